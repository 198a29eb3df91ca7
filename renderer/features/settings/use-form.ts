import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Faults } from './form-faults.ts';

export type FormState<V> = {
  readonly values: V;
  readonly set: (part: Partial<V>) => void;
  readonly faults: Faults;
  readonly show: (faults: Faults) => void;
  readonly dirty: boolean;
  readonly box: RefObject<HTMLDivElement | null>;
};

/** Values of a form over what is stored: what is typed stays until it is saved, and faults move the focus. */
export function useForm<V extends object>(stored: V): FormState<V> {
  const [typed, setTyped] = useState<Partial<V>>({});
  const [faults, setFaults] = useState<Faults>({});
  const box = useRef<HTMLDivElement>(null);
  const first = useRef<string | null>(null);
  useEffect(() => {
    if (first.current === null) return;
    box.current?.querySelector<HTMLElement>(`[name="${first.current}"]`)?.focus();
    first.current = null;
  }, [faults]);
  // What was stored in the meantime replaces what was typed.
  const [known, setKnown] = useState(stored);
  if (JSON.stringify(known) !== JSON.stringify(stored)) {
    setKnown(stored);
    setTyped({});
  }
  const values = { ...stored, ...typed };
  return {
    values,
    set(part) {
      setTyped((before) => ({ ...before, ...part }));
      setFaults((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in part))));
    },
    faults,
    show(next) {
      const names = [...(box.current?.querySelectorAll<HTMLElement>('[name]') ?? [])].map((element) => element.getAttribute('name') ?? '');
      first.current = names.find((name) => name in next) ?? null;
      setFaults(next);
    },
    dirty: JSON.stringify(values) !== JSON.stringify(stored),
    box,
  };
}
