import type { ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { DocumentAdd16Regular, PersonArrowRight16Regular } from '@fluentui/react-icons';
import type { IncomingCounts, IncomingState } from '#contract';
import type { DueFilter } from '../../../bridge/incoming-cache.ts';
import { adjustAddress } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';

export type ListHeadProps = {
  readonly state: IncomingState | null;
  readonly due: DueFilter | null;
  /** whether only what is presented to the one who is signed in; null where that is no question */
  readonly mine: boolean | null;
  readonly counts: IncomingCounts | undefined;
  readonly onChoose: (filter: { readonly state: IncomingState | null; readonly due: DueFilter | null }) => void;
  /** null where it is not this person's part */
  readonly onAdd: (() => void) | null;
  /** presents what is registered, several at once; null likewise */
  readonly onPresent: (() => void) | null;
};

const useStyles = makeStyles({
  add: { display: 'flex', flexWrap: 'wrap', gap: '8px', padding: '6px 12px 0', flexShrink: 0 },
});

const closed = ['refused', 'recalled', 'replaced'] as const;
const stages = ['arrived', 'registered', 'presented', 'assigned', 'in-progress'] as const;
const dues = ['soon', 'overdue'] as const;
/** What a clerk goes to all day; work that is late must be in sight. */
const mostUsed = ['all', 'arrived', 'registered', 'overdue', 'presented'] as const;

/** Which documents are listed, in the order of their way. Those that have ended are one tab, with a line of their own below it. */
export function ListHead({ state, due, mine, counts, onChoose, onAdd, onPresent }: ListHeadProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const known = counts === undefined ? 'no' : 'yes';
  const words = (one: IncomingState | DueFilter): string => t(`incoming.tab.${one}`, { count: counts?.[one] ?? 0, known });
  const ended = closed.find((one) => one === state);
  const endedCount = closed.reduce((sum, one) => sum + (counts?.[one] ?? 0), 0);
  return (
    <>
      <div className={styles.add}>
        {onAdd !== null && (
          <Button size="small" icon={<DocumentAdd16Regular />} aria-keyshortcuts="F9" onClick={onAdd}>
            {t('intake.add')}&nbsp;
            <KeyHint keys="F9" />
          </Button>
        )}
        {onPresent !== null && state === 'registered' && (counts?.registered ?? 0) > 0 && (
          <Button size="small" icon={<PersonArrowRight16Regular />} onClick={onPresent}>
            {t('handling.presentMany.open')}
          </Button>
        )}
      </div>
      <Tabs
        label={t('incoming.tabs')}
        dense
        first={mostUsed}
        ofList
        chosen={due ?? (ended === undefined ? (state ?? 'all') : 'closed')}
        tabs={[
          { name: 'all', words: t('incoming.tab.all') },
          ...stages.map((name) => ({ name, words: words(name) })),
          ...dues.map((name) => ({ name, words: words(name) })),
          { name: 'done', words: words('done') },
          { name: 'closed', words: t('closed.tab', { count: endedCount, known }) },
        ]}
        onChoose={(name) => {
          if (name === 'closed') onChoose({ state: closed.find((one) => (counts?.[one] ?? 0) > 0) ?? 'refused', due: null });
          else if (name === 'soon' || name === 'overdue') onChoose({ state: null, due: name });
          else onChoose({ state: name === 'all' ? null : name, due: null });
        }}
      />
      {mine !== null && (
        <Tabs
          label={t('incoming.of.label')}
          chosen={mine ? 'mine' : 'all'}
          tabs={(['mine', 'all'] as const).map((name) => ({ name, words: t(`incoming.of.${name}`) }))}
          onChoose={(name) => {
            adjustAddress({ of: name, id: null });
          }}
        />
      )}
      {ended !== undefined && (
        <Tabs
          label={t('closed.tabs')}
          chosen={ended}
          tabs={closed.map((name) => ({ name, words: words(name) }))}
          onChoose={(name) => {
            onChoose({ state: name, due: null });
          }}
        />
      )}
    </>
  );
}
