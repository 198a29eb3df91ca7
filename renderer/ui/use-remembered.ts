import { useState } from 'react';
import { recall, remember } from '../foundations/preferences.tsx';

/** A number that this machine remembers, such as the width of a pane. */
export function useRememberedNumber(key: string, initial: number): readonly [number, (value: number) => void] {
  const [value, setValue] = useState(() => {
    const stored = recall(key);
    return typeof stored === 'number' && Number.isFinite(stored) ? stored : initial;
  });
  return [
    value,
    (next) => {
      setValue(next);
      remember(key, next);
    },
  ];
}
