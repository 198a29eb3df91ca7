import type { ReactNode } from 'react';
import { Circle12Filled, Checkmark12Filled, Prohibited16Regular, LockClosed16Regular } from '@fluentui/react-icons';
import type { DossierState } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';
import { stateTone } from './dossier-words.ts';

const icons: Readonly<Record<DossierState, ReactNode>> = {
  open: <Circle12Filled aria-hidden="true" />,
  closed: <Checkmark12Filled aria-hidden="true" />,
  locked: <LockClosed16Regular aria-hidden="true" />,
  discarded: <Prohibited16Regular aria-hidden="true" />,
};

/** The state of a dossier in colour, icon and word. */
export function DossierMark({ state }: { readonly state: DossierState }): ReactNode {
  const t = useWords();
  return (
    <StateMark tone={stateTone[state]} icon={icons[state]}>
      {t(`dossiers.state.${state}`)}
    </StateMark>
  );
}
