import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { useAsk } from '../../bridge/methods.ts';
import { useWords } from '../../i18n/use-words.ts';
import { NameField } from './parts/NameField.tsx';

export type LeaderChoice = {
  /** the field where the leader stands, the first of its dialog */
  readonly field: ReactNode;
  /** Hands the choice on, or says at the field that it is missing. */
  readonly confirm: () => void;
};

/**
 * To whom documents are presented: the first leader of the office unless another is typed. `onChosen` gets the id where the
 * name is a leader's. Asked before the names have come, it answers as soon as they have.
 */
export function useLeaderChoice(onChosen: (leader: string | null, leaderName: string) => void): LeaderChoice {
  const t = useWords();
  const { data } = useAsk('handling', 'parties', {});
  const leaders = data?.persons.filter((one) => one.leader) ?? [];
  const [typed, setTyped] = useState<string>();
  const [missing, setMissing] = useState(false);
  const early = useRef(false);
  const name = typed ?? leaders[0]?.name ?? '';
  const loaded = data !== undefined;
  const confirm = (): void => {
    if (!loaded && typed === undefined) {
      early.current = true;
      return;
    }
    const leaderName = name.trim();
    setMissing(leaderName === '');
    if (leaderName !== '') onChosen(leaders.find((one) => one.name === leaderName)?.id ?? null, leaderName);
  };
  const onLoaded = useEffectEvent(() => {
    if (!early.current) return;
    early.current = false;
    confirm();
  });
  useEffect(() => {
    if (loaded) onLoaded();
  }, [loaded]);
  const field = (
    <NameField
      name="leaderName"
      label={t('handling.present.leader')}
      value={name}
      known={leaders.map((one) => one.name)}
      fault={missing ? t('handling.fault.leader') : undefined}
      required
      first
      onChange={setTyped}
    />
  );
  return { field, confirm };
}
