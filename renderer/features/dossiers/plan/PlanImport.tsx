import { useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { PlanField, type Contract, type InputOf, type OutputOf, type PlanDetail, type PlanSheet, type StoredFile } from '#contract';
import { noteDossiersChanged } from '../../../bridge/dossier-cache.ts';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { useCommand, methodKey, ask } from '../../../bridge/methods.ts';
import { useConnection } from '../../../bridge/context.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useStaging } from '../../../bridge/stage-file.ts';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { PickFile, SmallTable } from '../../legacy/index.ts';
import { retentionWords } from '../parts/dossier-words.ts';
import { useQueryClient } from '@tanstack/react-query';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  columns: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(170px, 1fr))', gap: '10px' },
  intro: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

type Preview = OutputOf<Contract['dossiers']['previewPlanTable']>;
type Table = InputOf<Contract['dossiers']['previewPlanTable']>;

export type PlanImportProps = { readonly plan: PlanDetail; readonly onClose: () => void; readonly onDone: (words: string) => void };

/** A file plan from Excel: choose the file, say what its columns hold, look at what would be added, add it. */
export function PlanImport({ plan, onClose, onDone }: PlanImportProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const connection = useConnection();
  const cache = useQueryClient();
  const staging = useStaging();
  const take = useCommand('dossiers', 'importPlanTable');
  const [file, setFile] = useState<StoredFile | null>(null);
  const [sheets, setSheets] = useState<readonly PlanSheet[]>([]);
  const [sheet, setSheet] = useState<PlanSheet | null>(null);
  const [header, setHeader] = useState('');
  const [fields, setFields] = useState<readonly PlanField[]>([]);
  const [seen, setSeen] = useState<{ readonly table: Table; readonly preview: Preview } | null>(null);
  const [failure, setFailure] = useState<AnyFailure>();
  const choose = (one: PlanSheet): void => {
    setSheet(one);
    setHeader(String(one.header ?? 1));
    setFields(one.columns.map(({ field }) => field));
    setSeen(null);
  };
  const open = async (picked: File): Promise<void> => {
    setFailure(undefined);
    const [stored] = await staging.take([picked]);
    if (stored === undefined) return;
    try {
      const looked = await ask(connection, 'dossiers', 'lookAtPlanTable', { file: stored });
      setFile(stored);
      setSheets(looked.sheets);
      const likely = looked.sheets.find((one) => !one.hidden && one.header !== null) ?? looked.sheets[0];
      if (likely !== undefined) choose(likely);
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  const look = async (): Promise<void> => {
    if (file === null || sheet === null || !/^[1-9]\d{0,6}$/.test(header)) return;
    const table: Table = { plan: plan.id, file, sheet: sheet.name, header: Number(header), columns: sheet.columns.map(({ index }, at) => ({ index, field: fields[at] ?? 'ignore' })) };
    setFailure(undefined);
    try {
      setSeen({ table, preview: await ask(connection, 'dossiers', 'previewPlanTable', table) });
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  const run = async (): Promise<void> => {
    if (seen === null || take.pending) return;
    const outcome = await take.run(seen.table);
    if (!outcome.ok) {
      setFailure(outcome.failure);
      return;
    }
    cache.setQueryData(methodKey('dossiers', 'plan', { id: plan.id }), outcome.value.plan);
    await noteDossiersChanged(cache, [], [plan.id]);
    const { good, headings, bad } = outcome.value.preview.counts;
    onDone(t('dossiers.import.done', { good, headings, bad }));
  };
  const failed = failure ?? staging.failure;
  const good = seen?.preview.counts.good ?? 0;
  return (
    <ModalDialog
      open
      title={t('dossiers.import.title', { year: String(plan.year) })}
      closeLabel={t('common.close')}
      onClose={onClose}
      foot={
        <>
          {seen === null && sheet !== null && (
            <Button appearance="primary" onClick={() => void look()}>
              {t('legacy.preview')}
            </Button>
          )}
          {seen !== null && good > 0 && (
            <Button appearance="primary" disabledFocusable={take.pending} onClick={() => void run()}>
              {t('dossiers.import.confirm', { count: good })}
            </Button>
          )}
          {seen !== null && <Button onClick={() => { setSeen(null); }}>{t('legacy.back')}</Button>}
          <Button onClick={onClose}>{t('ask.cancel')}</Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p className={styles.intro}>{t('dossiers.import.intro')}</p>
        {failed !== undefined && (
          <Notice tone="attention" live>
            {planFailure(t, failed)}
          </Notice>
        )}
        {file === null || sheet === null ? <PickFile onFile={(picked) => { void open(picked); }} /> : <p className={styles.intro}>{t('legacy.file', { name: file.name })}</p>}
        {sheet !== null && seen === null && (
          <>
            {sheets.length > 1 && (
              <Field label={t('legacy.sheet')}>
                <Select value={sheet.name} onChange={(_, { value }) => { const next = sheets.find(({ name }) => name === value); if (next !== undefined) choose(next); }}>
                  {sheets.map(({ name }) => (
                    <option key={name} value={name}>
                      {name}
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
                  <Select name={`column-${letter}`} value={fields[at] ?? 'ignore'} onChange={(_, { value }) => { setFields((before) => before.map((field, index) => (index === at ? PlanField.parse(value) : field))); }}>
                    {PlanField.options.map((field) => (
                      <option key={field} value={field}>
                        {t(`dossiers.column.${field}`)}
                      </option>
                    ))}
                  </Select>
                </Field>
              ))}
            </div>
            <SmallTable label={t('legacy.first')} heads={[t('legacy.row'), ...sheet.columns.map(({ letter }) => letter)]} rows={sheet.first.map(({ row, cells }) => ({ key: String(row), cells: [row, ...cells] }))} />
          </>
        )}
        {seen !== null && <Found preview={seen.preview} heads={sheet?.columns.map(({ letter }) => letter) ?? []} />}
      </div>
    </ModalDialog>
  );
}

function Found({ preview, heads }: { readonly preview: Preview; readonly heads: readonly string[] }): ReactNode {
  const t = useWords();
  return (
    <>
      <Notice tone={preview.counts.bad > 0 ? 'attention' : 'good'} live>
        {t('dossiers.import.found', preview.counts)}
      </Notice>
      {preview.bad.length > 0 && (
        <SmallTable
          label={t('dossiers.import.bad')}
          heads={[t('legacy.row'), t('dossiers.import.problem'), ...heads]}
          wide={1}
          rows={preview.bad.map(({ row, cells, problems }) => ({ key: String(row), cells: [row, problems.map((one) => t(`dossiers.problem.${one.code}`, one.params)).join('; '), ...cells] }))}
        />
      )}
      {preview.good.length > 0 && (
        <SmallTable
          label={t('dossiers.import.good')}
          heads={[t('legacy.row'), t('dossiers.field.notation'), t('dossiers.field.title'), t('dossiers.retention'), t('dossiers.maker.unit')]}
          wide={2}
          rows={preview.good.map((one) => ({ key: String(one.row), cells: [one.row, one.notation, one.title, retentionWords(t, one.retention), [one.personName, one.unitName].filter((part) => part !== '').join(', ')] }))}
        />
      )}
    </>
  );
}

/** The columns that are missing, by the names that the form has for them. */
function planFailure(t: Formatter, failure: AnyFailure): string {
  const named = failure.params?.['fields'];
  if (failure.code !== 'columns-missing' || typeof named !== 'string') return failureWords(t, failure, 'dossiers');
  const words = named.split(' ').map((field) => {
    const key = `dossiers.column.${field}`;
    return isMessageKey(key) ? t(key) : field;
  });
  return failureWords(t, { ...failure, params: { fields: words.join(', ') } });
}
