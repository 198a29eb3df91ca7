import { useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import type { StoredFile } from '#contract';
import { failureOf, type AnyFailure } from '../../../bridge/failure.ts';
import { useStaging } from '../../../bridge/stage-file.ts';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { PickFile, SmallTable } from '../../legacy/index.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  columns: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(170px, 1fr))', gap: '10px' },
  intro: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

/** A sheet as the core saw it. */
export type SeenSheet = {
  readonly name: string;
  readonly hidden: boolean;
  readonly header: number | null;
  readonly columns: readonly { readonly index: number; readonly letter: string; readonly head: string }[];
  readonly first: readonly { readonly row: number; readonly cells: readonly string[] }[];
};

/** What is asked of a sheet, but for which kind of thing its rows are. */
export type TableChoice<F extends string> = { readonly file: StoredFile; readonly sheet: string; readonly header: number; readonly columns: { index: number; field: F }[] };

export type TableImportProps<S extends SeenSheet, F extends string, P> = {
  readonly title: string;
  readonly intro: string;
  /** what a column may hold, with its words */
  readonly fields: readonly F[];
  readonly fieldWords: (field: F) => string;
  /** what a column of a sheet seems to hold */
  readonly guessed: (sheet: S, column: number) => F;
  readonly look: (file: StoredFile) => Promise<readonly S[]>;
  /** told of the sheet that is shown, before its columns are asked for */
  readonly onSheet?: (sheet: S) => void;
  readonly preview: (choice: TableChoice<F>) => Promise<P>;
  readonly good: (preview: P) => number;
  readonly confirm: (count: number) => string;
  /** Takes the good rows over; throws the failure. */
  readonly run: (choice: TableChoice<F>) => Promise<void>;
  readonly found: (preview: P, letters: readonly string[]) => ReactNode;
  /** further questions above the columns */
  readonly children?: ReactNode;
  readonly onClose: () => void;
};

/** A table from Excel: choose the file, say what its columns hold, look at what would come of it, take it over. */
export function TableImport<S extends SeenSheet, F extends string, P>(props: TableImportProps<S, F, P>): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const staging = useStaging();
  const [file, setFile] = useState<StoredFile | null>(null);
  const [sheets, setSheets] = useState<readonly S[]>([]);
  const [sheet, setSheet] = useState<S | null>(null);
  const [header, setHeader] = useState('');
  /** as a person chose; by column */
  const [chosen, setChosen] = useState<Readonly<Record<number, F>>>({});
  const [seen, setSeen] = useState<{ readonly choice: TableChoice<F>; readonly preview: P } | null>(null);
  const [failure, setFailure] = useState<AnyFailure>();
  const [running, setRunning] = useState(false);
  const fieldAt = (of: S, at: number): F => {
    const field = chosen[at];
    return field !== undefined && props.fields.includes(field) ? field : props.guessed(of, at);
  };
  const choose = (one: S): void => {
    setSheet(one);
    setHeader(String(one.header ?? 1));
    setChosen({});
    setSeen(null);
    props.onSheet?.(one);
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  const open = async (picked: File): Promise<void> => {
    const [stored] = await staging.take([picked]);
    if (stored === undefined) return;
    await attempt(async () => {
      const looked = await props.look(stored);
      setFile(stored);
      setSheets(looked);
      const likely = looked.find((one) => !one.hidden && one.header !== null) ?? looked[0];
      if (likely !== undefined) choose(likely);
    });
  };
  const look = async (): Promise<void> => {
    if (file === null || sheet === null || !/^[1-9]\d{0,6}$/.test(header)) return;
    const choice: TableChoice<F> = { file, sheet: sheet.name, header: Number(header), columns: sheet.columns.map(({ index }, at) => ({ index, field: fieldAt(sheet, at) })) };
    await attempt(async () => {
      setSeen({ choice, preview: await props.preview(choice) });
    });
  };
  const run = async (): Promise<void> => {
    if (seen === null || running) return;
    setRunning(true);
    await attempt(() => props.run(seen.choice));
    setRunning(false);
  };
  const failed = failure ?? staging.failure;
  const good = seen === null ? 0 : props.good(seen.preview);
  return (
    <ModalDialog
      open
      title={props.title}
      closeLabel={t('common.close')}
      onClose={props.onClose}
      foot={
        <>
          {seen === null && sheet !== null && (
            <Button appearance="primary" onClick={() => void look()}>
              {t('legacy.preview')}
            </Button>
          )}
          {seen !== null && good > 0 && (
            <Button appearance="primary" disabledFocusable={running} onClick={() => void run()}>
              {props.confirm(good)}
            </Button>
          )}
          {seen !== null && <Button onClick={() => { setSeen(null); }}>{t('legacy.back')}</Button>}
          <Button onClick={props.onClose}>{t('ask.cancel')}</Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p className={styles.intro}>{props.intro}</p>
        {failed !== undefined && (
          <Notice tone="attention" live>
            {tableFailure(t, failed)}
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
            {props.children}
            <Field label={t('legacy.header')} hint={t('dossiers.import.headerHint')}>
              <Input name="header" inputMode="numeric" value={header} maxLength={7} onChange={(_, { value }) => { setHeader(value); }} />
            </Field>
            <div className={styles.columns}>
              {sheet.columns.map(({ letter, head }, at) => (
                <Field key={letter} label={`${t('legacy.columnOf', { letter })}: ${head === '' ? t('legacy.headless') : head.slice(0, 60)}`}>
                  <Select name={`column-${letter}`} value={fieldAt(sheet, at)} onChange={(_, { value }) => { setChosen((before) => ({ ...before, [at]: value as F })); }}>
                    {props.fields.map((field) => (
                      <option key={field} value={field}>
                        {props.fieldWords(field)}
                      </option>
                    ))}
                  </Select>
                </Field>
              ))}
            </div>
            <SmallTable label={t('legacy.first')} heads={[t('legacy.row'), ...sheet.columns.map(({ letter }) => letter)]} rows={sheet.first.map(({ row, cells }) => ({ key: String(row), cells: [row, ...cells] }))} />
          </>
        )}
        {seen !== null && props.found(seen.preview, sheet?.columns.map(({ letter }) => letter) ?? [])}
      </div>
    </ModalDialog>
  );
}

/** The columns that are missing, by the names that the form has for them. */
function tableFailure(t: Formatter, failure: AnyFailure): string {
  const named = failure.params?.['fields'];
  if (failure.code !== 'columns-missing' || typeof named !== 'string') return failureWords(t, failure, 'dossiers');
  const words = named.split(' ').map((field) => {
    const key = `dossiers.column.${field}`;
    return isMessageKey(key) ? t(key) : field;
  });
  return failureWords(t, { ...failure, params: { fields: words.join(', ') } });
}
