import { useState } from 'react';
import { recall, remember } from '../../../foundations/preferences.tsx';
import { useMaySign } from '../../signing/index.ts';

/** With a token here; elsewhere, so that a signed file comes back; by hand on paper. */
export type SigningWay = 'program' | 'file' | 'paper';

/** The way in which this window's documents were signed, or sealed, the last time: an office does it in one way most of the day. */
export function useSigningWay(kind: 'sign' | 'seal'): readonly [SigningWay, (way: SigningWay) => void] {
  const key = `tvt.signing.way.${kind}`;
  const may = useMaySign(kind === 'sign' ? 'person' : 'agency');
  const [way, setWay] = useState<SigningWay>(() => {
    const stored = recall(key);
    return stored === 'file' || stored === 'paper' ? stored : 'program';
  });
  return [
    // The clerk notes what the leader signed elsewhere.
    way === 'program' && !may ? 'file' : way,
    (next) => {
      setWay(next);
      remember(key, next);
    },
  ];
}
