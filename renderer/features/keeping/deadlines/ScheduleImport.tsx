import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { RetentionField, type Contract, type InputOf, type RetentionPreview, type RetentionSchedule, type RetentionSheet, type StoredFile } from '#contract';
import { useConnection } from '../../../bridge/context.ts';
import { failureOf, type AnyFailure } from '../../../bridge/failure.ts';
import { refreshKeeping } from '../../../bridge/keeping-cache.ts';
import { ask, useCommand } from '../../../bridge/methods.ts';
import { useStaging } from '../../../bridge/stage-file.ts';
import { calendarDay, dayFromTyped, isDay, today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { DayField } from '../../../ui/DayField.tsx';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { PickFile, SmallTable } from '../../legacy/index.ts';
import { periodWords } from '../parts/period-words.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  columns: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(170px, 1fr))', gap: '10px' },
  intro: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

type Question = InputOf<Contract['keeping']['previewSchedule']>;

export type ScheduleImportProps = { readonly schedules: readonly RetentionSchedule[]; readonly onClose: () => void; readonly onDone: (words: string) => void };

/** A table of terms from Excel: its columns, what is read of it, and from when it holds; all rows or none. */
export function ScheduleImport({ schedules, onClose, onDone }: ScheduleImportProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const connection = useConnection();
  const cache = useQueryClient();
  const staging = useStaging();
  const take = useCommand('keeping', 'importSchedule');
  const [file, setFile] = useState<StoredFile | null>(null);
  const [sheets, setSheets] = useState<readonly RetentionSheet[]>([]);
  const [sheet, setSheet] = useState<RetentionSheet | null>(null);
  const [header, setHeader] = useState('');
  const [fields, setFields] = useState<readonly RetentionField[]>([]);
  const [seen, setSeen] = useState<{ readonly question: Question; readonly preview: RetentionPreview } | null>(null);
  const [failure, setFailure] = useState<AnyFailure>();
  const [name, setName] = useState('');
  const [source, setSource] = useState('');
  const [from, setFrom] = useState(calendarDay(today()));
  const [replaces, setReplaces] = useState(schedules.find(({ current }) => current)?.id ?? '');
  const [tried, setTried] = useState(false);
  const choose = (one: RetentionSheet): void => {
    setSheet(one);
    setHeader(String(one.header ?? 1));
    setFields(one.columns.map(({ field }) => field));
    setSeen(null);
  };
  const told = async (work: () => Promise<void>): Promise<void> => {
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  const open = (picked: File): Promise<void> =>
    told(async () => {
      const [stored] = await staging.take([picked]);
      if (stored === undefined) return;
      const looked = await ask(connection, 'keeping', 'lookAtSchedule', { file: stored });
      setFile(stored);
      setSheets(looked);
      setName((before) => before || picked.name.replace(/\.[^.]+$/, ''));
      const likely = looked.find((one) => !one.hidden && one.header !== null) ?? looked[0];
      if (likely !== undefined) choose(likely);
    });
  const look = (without: readonly number[]): Promise<void> =>
    told(async () => {
      if (file === null || sheet === null || !/^[1-9]\d{0,6}$/.test(header)) return;
      const question: Question = { file, sheet: sheet.name, header: Number(header), columns: sheet.columns.map(({ index }, at) => ({ index, field: fields[at] ?? 'ignore' })), without: [...without] };
      setSeen({ question, preview: await ask(connection, 'keeping', 'previewSchedule', question) });
    });
  const run = async (): Promise<void> => {
    setTried(true);
    if (seen === null || take.pending || name.trim() === '' || source.trim() === '' || !isDay(from)) return;
    const outcome = await take.run({ ...seen.question, name: name.trim(), source: source.trim(), confidence: 'office', validFrom: dayFromTyped(from), validTo: null, replaces: replaces === '' ? null : replaces, note: '' });
    await refreshKeeping(cache);
    if (outcome.ok) onDone(t('keeping.import.done', { count: outcome.value.rows }));
    else setFailure(outcome.failure);
  };
  const failed = failure ?? staging.failure;
  const empty = (value: string): object => (tried && value.trim() === '' ? { validationState: 'error' as const, validationMessage: t('dossiers.fault.empty') } : {});
  return (
    <ModalDialog
      open
      title={t('keeping.import.title')}
      closeLabel={t('common.close')}
      onClose={onClose}
      foot={
        <>
          {seen === null && sheet !== null && <Button appearance="primary" onClick={() => void look([])}>{t('legacy.preview')}</Button>}
          {seen !== null && seen.preview.good > 0 && seen.preview.bad === 0 && (
            <Button appearance="primary" disabledFocusable={take.pending} onClick={() => void run()}>
              {t('keeping.import.confirm', { count: seen.preview.good })}
            </Button>
          )}
          {seen !== null && seen.preview.bad > 0 && <Button onClick={() => void look([...seen.question.without, ...seen.preview.problems.map(({ row }) => row)])}>{t('keeping.import.without', { count: seen.preview.problems.length })}</Button>}
          {seen !== null && <Button onClick={() => { setSeen(null); }}>{t('legacy.back')}</Button>}
          <Button onClick={onClose}>{t('ask.cancel')}</Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p className={styles.intro}>{t('keeping.import.intro')}</p>
        {failed !== undefined && <Notice tone="attention" live>{failureWords(t, failed)}</Notice>}
        {file === null || sheet === null ? <PickFile onFile={(picked) => { void open(picked); }} /> : <p className={styles.intro}>{t('legacy.file', { name: file.name })}</p>}
        {sheet !== null && seen === null && (
          <>
            {sheets.length > 1 && (
              <Field label={t('legacy.sheet')}>
                <Select value={sheet.name} onChange={(_, { value }) => { const next = sheets.find((one) => one.name === value); if (next !== undefined) choose(next); }}>
                  {sheets.map((one) => (
                    <option key={one.name} value={one.name}>
                      {one.name}
                    </option>
                  ))}
                </Select>
              </Field>
            )}
            <Field label={t('legacy.header')} hint={t('legacy.headerHint')}>
              <Input name="header" inputMode="numeric" value={header} maxLength={7} onChange={(_, { value }) => { setHeader(value); }} />
            </Field>
            <div className={styles.columns}>
              {sheet.columns.map(({ letter, head }, at) => (
                <Field key={letter} label={`${t('legacy.columnOf', { letter })}: ${head === '' ? t('legacy.headless') : head.slice(0, 60)}`}>
                  <Select name={`column-${letter}`} value={fields[at] ?? 'ignore'} onChange={(_, { value }) => { setFields((before) => before.map((field, index) => (index === at ? RetentionField.parse(value) : field))); }}>
                    {RetentionField.options.map((field) => (
                      <option key={field} value={field}>
                        {t(`keeping.field.${field}`)}
                      </option>
                    ))}
                  </Select>
                </Field>
              ))}
            </div>
          </>
        )}
        {seen !== null && (
          <>
            <Notice tone={seen.preview.bad > 0 ? 'attention' : 'good'} live>
              {t('keeping.import.found', { good: seen.preview.good, bad: seen.preview.bad, groups: seen.preview.groups, permanent: seen.preview.permanent })}
            </Notice>
            {seen.preview.problems.length > 0 && (
              <SmallTable
                label={t('dossiers.import.bad')}
                heads={[t('legacy.row'), t('dossiers.import.problem'), ...(sheet?.columns.map(({ letter }) => letter) ?? [])]}
                wide={1}
                rows={seen.preview.problems.map(({ row, cells, problem }) => ({ key: String(row), cells: [row, t(`keeping.rowProblem.${problem}`), ...cells] }))}
              />
            )}
            {seen.preview.rows.length > 0 && (
              <SmallTable
                label={t('dossiers.import.good')}
                heads={[t('legacy.row'), t('keeping.rows.code'), t('keeping.rows.description'), t('dossiers.retention')]}
                wide={2}
                rows={seen.preview.rows.map((row) => ({ key: String(row.row), cells: [row.row, row.code, row.description, periodWords(t, row.period)] }))}
              />
            )}
            <Field label={t('keeping.schedules.name')} required {...empty(name)}>
              <Input name="name" value={name} maxLength={200} onChange={(_, { value }) => { setName(value); }} />
            </Field>
            <Field label={t('keeping.schedules.source')} hint={t('keeping.schedules.sourceHint')} required {...empty(source)}>
              <Input name="source" value={source} maxLength={300} onChange={(_, { value }) => { setSource(value); }} />
            </Field>
            <DayField name="validFrom" label={t('keeping.schedules.validFrom')} required value={from} fault={tried && !isDay(from) ? t('dossiers.fault.startDate') : undefined} onChange={setFrom} />
            {schedules.length > 0 && (
              <Field label={t('keeping.schedules.replaces')} hint={t('keeping.schedules.replacesHint')}>
                <Select name="replaces" value={replaces} onChange={(_, { value }) => { setReplaces(value); }}>
                  <option value="">{t('keeping.schedules.replacesNone')}</option>
                  {schedules.map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.name}
                    </option>
                  ))}
                </Select>
              </Field>
            )}
          </>
        )}
      </div>
    </ModalDialog>
  );
}
