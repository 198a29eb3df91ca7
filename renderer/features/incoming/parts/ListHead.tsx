import type { ReactNode } from 'react';
import type { IncomingCounts, IncomingState } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { Tabs } from '../../../ui/Tabs.tsx';

export type ListHeadProps = {
  readonly state: IncomingState | null;
  readonly counts: IncomingCounts | undefined;
  readonly onState: (state: IncomingState | null) => void;
};

/** Which documents are listed. */
export function ListHead({ state, counts, onState }: ListHeadProps): ReactNode {
  const t = useWords();
  const words = (one: IncomingState): string =>
    t(`incoming.tab.${one}`, { count: counts?.[one] ?? 0, known: counts === undefined ? 'no' : 'yes' });
  return (
    <Tabs
      label={t('incoming.tabs')}
      chosen={state ?? 'all'}
      tabs={[
        { name: 'all', words: t('incoming.tab.all') },
        { name: 'arrived', words: words('arrived') },
        { name: 'registered', words: words('registered') },
      ]}
      onChoose={(name) => {
        onState(name === 'all' ? null : name);
      }}
    />
  );
}
