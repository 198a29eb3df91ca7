import { useState, type ReactNode } from 'react';
import { Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import type { BatchDetail } from '#contract';
import { useBatchItems } from '../../../bridge/handover-cache.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { fold, foldedMatch } from '../../../i18n/fold.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { countWords } from '../parts/count-words.ts';
import { useHandoverAct } from '../parts/use-handover-act.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, maxHeight: '280px', overflowY: 'auto', outlineOffset: '-2px' },
  item: { borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, padding: '2px 0' },
  reason: { width: '100%' },
});

export type PaperAnswerDialogProps = { readonly batch: BatchDetail; readonly onDone: (words: string) => void; readonly onClose: () => void };

/** Beyond it the field above narrows the list. */
const most = 100;

/** Minutes on paper: what is ticked was refused and why, the rest was accepted. */
export function PaperAnswerDialog({ batch, onDone, onClose }: PaperAnswerDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const enter = useHandoverAct('enterMinutes');
  const items = useBatchItems(batch.id).data?.pages.flat() ?? [];
  const [number, setNumber] = useState('');
  const [words, setWords] = useState('');
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const query = fold(words.trim());
  const found = items.filter((one) => refused.has(one.id) || query === '' || foldedMatch(fold(`${one.fileCode} ${one.title}`), query));
  const reasonless = [...refused.values()].some((reason) => reason.trim() === '');
  return (
    <ActDialog
      open
      title={t('handover.paper.title')}
      confirm={t('handover.paper.confirm', { accepted: batch.totals.dossiers - refused.size, refused: refused.size })}
      pending={enter.pending}
      blocked={number.trim() === '' || reasonless}
      failure={enter.failure === undefined ? undefined : failureWords(t, enter.failure)}
      onConfirm={() => {
        void enter.run({ id: batch.id, version: batch.version, number: number.trim(), refused: [...refused].map(([item, reason]) => ({ item, reason: reason.trim() })) }).then((done) => {
          if (done !== undefined) onDone(t('handover.said.answered', { counts: countWords(t, { accepted: done.totals.accepted, refused: done.totals.refused }) }));
        });
      }}
      onClose={onClose}
    >
      <p>{t('handover.paper.meaning')}</p>
      <Field label={t('handover.paper.number')} required>
        <Input name="number" data-first value={number} maxLength={60} onChange={(_, { value }) => { setNumber(value); }} />
      </Field>
      <Field label={t('handover.paper.refused')}>
        <Input name="find" placeholder={t('handover.choose.find')} value={words} onChange={(_, { value }) => { setWords(value); }} />
      </Field>
      <ul className={styles.list} tabIndex={0} aria-label={t('handover.paper.refused')}>
        {found.slice(0, most).map((one) => {
          const reason = refused.get(one.id);
          return (
            <li key={one.id} className={styles.item}>
              <Checkbox
                label={t('handover.paper.one', { code: one.fileCode, title: one.title })}
                checked={reason !== undefined}
                onChange={(_, { checked }) => { setRefused(new Map(checked === true ? [...refused, [one.id, '']] : [...refused].filter(([id]) => id !== one.id))); }}
              />
              {reason !== undefined && <Input className={styles.reason} aria-label={t('handover.paper.reasonOf', { code: one.fileCode })} placeholder={t('handover.paper.reason')} value={reason} maxLength={500} onChange={(_, { value }) => { setRefused(new Map([...refused, [one.id, value]])); }} />}
            </li>
          );
        })}
      </ul>
      {found.length > most && <Notice tone="info">{t('handover.paper.more', { count: found.length - most })}</Notice>}
    </ActDialog>
  );
}
