import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowImport20Regular } from '@fluentui/react-icons';
import { legacyFileBytes, type LegacyFile, type LegacyPreview, type LegacyQuestion, type StoredFile } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useStaging } from '../../../bridge/stage-file.ts';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { choicesFor, likelySheet, questionFrom, type Choices } from '../choices.ts';
import { ChoiceForm } from '../parts/ChoiceForm.tsx';
import { Findings, seriesSentence } from '../parts/Findings.tsx';
import { PickFile } from '../parts/PickFile.tsx';
import { ProgressLine } from '../parts/ProgressLine.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '14px' },
  intro: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty', maxWidth: '80ch' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '10px' },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
});

type Opened = { readonly file: StoredFile; readonly look: LegacyFile };
type Seen = { readonly question: LegacyQuestion; readonly preview: LegacyPreview };

/** Choose a file, say what it holds, look at what would become of it, take it over. */
export function ImportPane(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const staging = useStaging();
  const look = useCommand('legacy', 'look');
  const check = useCommand('legacy', 'preview');
  const take = useCommand('legacy', 'run');
  const save = useCommand('legacy', 'saveBad');
  const [opened, setOpened] = useState<Opened | null>(null);
  const [choices, setChoices] = useState<Choices | null>(null);
  const [seen, setSeen] = useState<Seen | null>(null);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<AnyFailure>();
  const [done, setDone] = useState('');
  const thisYear = Number(momentOf(new Date()).slice(6, 10));
  const sheet = opened?.look.sheets.find(({ name }) => name === choices?.sheet);
  const failed = failure ?? staging.failure;

  const open = async (picked: File): Promise<void> => {
    setFailure(undefined);
    setDone('');
    if (picked.size > legacyFileBytes) {
      setFailure({ code: 'file-too-large', params: { file: picked.name, most: legacyFileBytes / 1024 / 1024 } });
      return;
    }
    const [file] = await staging.take([picked]);
    if (file === undefined) return;
    const looked = await look.run({ file });
    if (!looked.ok) {
      setFailure(looked.failure);
      return;
    }
    const likely = likelySheet(looked.value);
    setOpened({ file, look: looked.value });
    setChoices(likely === undefined ? null : choicesFor(likely, thisYear));
    setSeen(null);
  };
  const preview = async (): Promise<void> => {
    if (opened === null || choices === null) return;
    const question = questionFrom(opened.file, choices, thisYear);
    if (question === undefined) return;
    setFailure(undefined);
    save.reset();
    const checked = await check.run(question);
    if (checked.ok) setSeen({ question, preview: checked.value });
    else setFailure(checked.failure);
  };
  const run = async (): Promise<void> => {
    if (seen === null || take.pending) return;
    setAsking(false);
    setFailure(undefined);
    const outcome = await take.run(seen.question);
    void cache.invalidateQueries();
    if (!outcome.ok) {
      setFailure(outcome.failure);
      return;
    }
    const { added, known, bad, otherYear, file } = outcome.value;
    setDone(t('legacy.done', { name: file.name, added, known, bad, otherYear }));
    if (bad === 0) {
      setOpened(null);
      setChoices(null);
      setSeen(null);
      return;
    }
    // What is to be mended stays on the screen, to be saved.
    const again = await check.run(seen.question);
    if (again.ok) setSeen({ question: seen.question, preview: again.value });
  };
  const busy = check.pending || take.pending;

  return (
    <div className={styles.stack}>
      <p className={styles.intro}>{t('legacy.intro')}</p>
      {failed !== undefined && (
        <Notice tone="attention" live>
          {failureSentence(t, failed)}
        </Notice>
      )}
      {done !== '' && (
        <Notice tone="good" live>
          {done} {t('legacy.done.next')}
        </Notice>
      )}
      {opened === null ? (
        <PickFile onFile={(file) => { void open(file); }} />
      ) : (
        <div className={styles.head}>
          <span className={styles.name}>{t('legacy.file', { name: opened.file.name })}</span>
          <Button
            size="small"
            disabledFocusable={busy}
            onClick={() => {
              if (busy) return;
              setOpened(null);
              setChoices(null);
              setSeen(null);
              setFailure(undefined);
            }}
          >
            {t('legacy.another')}
          </Button>
          {seen !== null && (
            <>
              <Button size="small" disabledFocusable={busy} onClick={() => { if (!busy) setSeen(null); }}>
                {t('legacy.back')}
              </Button>
              {seen.preview.counts.good > 0 && (
                <Button appearance="primary" size="small" icon={<ArrowImport20Regular />} disabledFocusable={busy} data-legacy="run" onClick={() => { if (!busy) setAsking(true); }}>
                  {t('legacy.import', { n: seen.preview.counts.good })}
                </Button>
              )}
            </>
          )}
        </div>
      )}
      {staging.busy !== null && <p className={styles.intro}>{t('legacy.reading', { name: staging.busy })}</p>}
      <ProgressLine />
      {opened !== null && choices !== null && sheet !== undefined && seen === null && (
        <ChoiceForm file={opened.look} sheet={sheet} choices={choices} thisYear={thisYear} pending={busy} onChange={setChoices} onPreview={() => { void preview(); }} />
      )}
      {seen !== null && sheet !== undefined && (
        <Findings
          preview={seen.preview}
          question={seen.question}
          heads={sheet.columns.map(({ letter, head }) => (head === '' ? letter : head))}
          saved={save.value}
          saving={save.pending}
          onSave={(format) => {
            void save.run({ question: seen.question, format });
          }}
        />
      )}
      <ModalDialog
        open={asking && seen !== null}
        title={t('legacy.confirm.title', { n: seen?.preview.counts.good ?? 0 })}
        closeLabel={t('common.close')}
        onClose={() => {
          setAsking(false);
        }}
        foot={
          <>
            <Button onClick={() => { setAsking(false); }} data-first="">
              {t('legacy.cancel')}
            </Button>
            <Button appearance="primary" onClick={() => { void run(); }}>
              {t('legacy.import', { n: seen?.preview.counts.good ?? 0 })}
            </Button>
          </>
        }
      >
        <p className={styles.intro}>
          {t('legacy.confirm.text', {
            name: opened?.file.name ?? '',
            series: seen?.preview.series.map((series) => seriesSentence(t, seen.question.year, series)).join(' ') ?? '',
          })}
        </p>
      </ModalDialog>
    </div>
  );
}

/** The columns that are missing, by the names that the form has for them. */
function failureSentence(t: Formatter, failure: AnyFailure): string {
  const fields = failure.params?.['fields'];
  if (failure.code !== 'columns-missing' || typeof fields !== 'string') return failureWords(t, failure);
  const names = fields.split(' ').map((field) => {
    const key = `legacy.column.${field}`;
    return isMessageKey(key) ? t(key) : field;
  });
  return failureWords(t, { ...failure, params: { fields: names.join(', ') } });
}
