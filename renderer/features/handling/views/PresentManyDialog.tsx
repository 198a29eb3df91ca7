import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import type { IncomingSummary, PresentOutcome } from '#contract';
import { reloadIncoming, useRefreshIncoming } from '../../../bridge/incoming-cache.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ActDialog, NoteField } from '../parts/ActDialog.tsx';
import { useLeaderChoice } from '../use-leader-choice.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, maxHeight: '40vh', overflowY: 'auto', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  item: { display: 'flex', alignItems: 'center', gap: '10px', padding: '4px 10px', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  number: { flexShrink: 0, minWidth: '36px', fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  subject: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  small: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Most documents presented in one pass. */
const most = 200;

/** Presents the registered documents that are marked to one leader, then tells of each what became of it. */
export function PresentManyDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const refresh = useRefreshIncoming();
  const waiting = useAsk('records', 'incomingList', { state: 'registered', before: null, limit: most }, { fresh: true });
  // In the order in which they were registered.
  const items = (waiting.data?.items ?? []).toReversed();
  const [left, setLeft] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const [told, setTold] = useState<{ readonly items: readonly IncomingSummary[]; readonly name: string }>();
  const command = useCommand('handling', 'presentMany');
  const chosen = items.filter((item) => !left.includes(item.id));
  const choice = useLeaderChoice((leader, leaderName) => {
    setTold({ items: chosen, name: leaderName });
    void command.run({ ids: chosen.map(({ id }) => id), leader, leaderName, note }).then(() => {
      refresh(chosen.map(({ id }) => id));
      void reloadIncoming(cache);
    });
  });
  if (command.value !== undefined && told !== undefined) return <Presented outcomes={command.value} {...told} onClose={onClose} />;
  return (
    <ActDialog
      open
      title={t('handling.presentMany.title')}
      confirm={t('handling.presentMany.act', { count: chosen.length })}
      pending={command.pending || chosen.length === 0}
      failure={command.failure}
      onConfirm={choice.confirm}
      onClose={onClose}
    >
      {choice.field}
      <ul className={styles.list} aria-label={t('handling.presentMany.list')} {...(items.length > 6 ? { tabIndex: 0 } : {})}>
        {items.map((item) => (
          <li key={item.id} className={styles.item}>
            <Checkbox
              checked={!left.includes(item.id)}
              aria-label={t('handling.presentMany.one', { number: arrivalOf(item), subject: item.subject })}
              onChange={(_, { checked }) => {
                setLeft((before) => (checked === true ? before.filter((id) => id !== item.id) : [...before, item.id]));
              }}
            />
            <Line item={item} />
          </li>
        ))}
      </ul>
      <NoteField label={t('handling.note')} value={note} onChange={setNote} />
    </ActDialog>
  );
}

type PresentedProps = {
  readonly outcomes: readonly PresentOutcome[];
  readonly items: readonly IncomingSummary[];
  readonly name: string;
  readonly onClose: () => void;
};

function Presented({ outcomes, items, name, onClose }: PresentedProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const done = outcomes.filter((one) => one.failure === null).length;
  return (
    <ModalDialog
      open
      title={t('handling.presentMany.done', { count: done, name })}
      closeLabel={t('common.close')}
      onClose={onClose}
      foot={
        <Button appearance="primary" onClick={onClose} data-first>
          {t('common.close')}
        </Button>
      }
    >
      <ul className={styles.list} aria-label={t('handling.presentMany.list')} {...(items.length > 6 ? { tabIndex: 0 } : {})}>
        {items.map((item) => {
          const failure = outcomes.find((one) => one.id === item.id)?.failure ?? null;
          return (
            <li key={item.id} className={styles.item}>
              <Line item={item}>{failure !== null && <Notice tone="attention">{failureWords(t, failure, 'handling')}</Notice>}</Line>
            </li>
          );
        })}
      </ul>
    </ModalDialog>
  );
}

function Line({ item, children }: { readonly item: IncomingSummary; readonly children?: ReactNode }): ReactNode {
  const styles = useStyles();
  return (
    <>
      <span className={styles.number}>{arrivalOf(item)}</span>
      <span className={styles.subject}>
        {item.subject}
        <span className={styles.small}>{[`${item.codeNumber}/${item.codeNotation}`, item.issuerName].join(' · ')}</span>
        {children}
      </span>
    </>
  );
}

function arrivalOf({ arrivalNumber, arrivalSuffix }: IncomingSummary): string {
  return `${String(arrivalNumber ?? '')}${arrivalSuffix}`;
}
