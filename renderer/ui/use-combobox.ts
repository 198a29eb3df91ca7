import { useEffect, useEffectEvent, useId, useState, type KeyboardEvent, type MouseEvent } from 'react';

export type ComboboxOptions = {
  /** what tells the options of the list apart, in its order; null while none are known */
  readonly keys: readonly string[] | null;
  /** `by`: a key takes what is marked, the pointer what is seen */
  readonly onPick: (index: number, by: 'key' | 'pointer') => void;
  /** nothing is typed: Enter is not the list's */
  readonly empty: boolean;
  /** the options answer what is typed, and not what was typed before */
  readonly current?: boolean;
  /** what Escape does once the list is closed; absent: it is not the field's key then */
  readonly onClear?: () => void;
  /** no option is marked until an arrow marks one: what was typed is as good, and Enter leaves it */
  readonly freeText?: boolean;
  /** the list is always open, and closing it is somebody else's matter */
  readonly always?: boolean;
};

export type Combobox = {
  readonly id: string;
  /** the list is open and its options are known */
  readonly shown: boolean;
  /** index of the option that Enter takes; −1 when there is none */
  readonly at: number;
  /** To be called when the text changed. */
  readonly typed: () => void;
  readonly field: {
    readonly role: 'combobox';
    readonly 'aria-expanded': boolean;
    readonly 'aria-controls': string;
    readonly 'aria-autocomplete': 'list';
    readonly 'aria-activedescendant': string | undefined;
    readonly autoComplete: 'off';
    readonly spellCheck: false;
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onBlur: () => void;
  };
  readonly option: (index: number) => {
    readonly id: string;
    readonly role: 'option';
    readonly 'aria-selected': boolean;
    readonly onMouseDown: (event: MouseEvent) => void;
    readonly onClick: () => void;
  };
};

/** The keys of a field that offers options while one types (combobox with a list, WAI-ARIA 1.2). */
export function useCombobox({ keys, onPick, empty, current = true, onClear, freeText = false, always = false }: ComboboxOptions): Combobox {
  const id = useId();
  const [opened, setOpened] = useState(false);
  // A mark goes with its option: a later answer that has another in its place does not get it.
  const [marked, setMarked] = useState<string | null>(null);
  const open = opened || always;
  const shown = open && keys !== null;
  const last = (keys?.length ?? 0) - 1;
  const at = marked !== null ? (keys ?? []).indexOf(marked) : freeText ? -1 : Math.min(0, last);
  // Enter before the answer to what is typed: what is marked or first in it is taken once it is there, never one of an answer before it.
  const [early, setEarly] = useState(false);
  const pick = (index: number, by: 'key' | 'pointer'): void => {
    onPick(index, by);
    setMarked(null);
    setOpened(false);
    setEarly(false);
  };
  const answered = shown && current;
  const pickEarly = useEffectEvent(() => {
    setEarly(false);
    if (at >= 0) pick(at, 'key');
  });
  useEffect(() => {
    if (early && answered) pickEarly();
  }, [early, answered]);
  const onKeyDown = (event: KeyboardEvent): void => {
    // Unikey and other input methods have the keys while a word is being made; Alt and Ctrl belong to the form.
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!shown) setOpened(true);
      else if (event.key === 'ArrowDown') setMarked(keys[at >= last ? 0 : at + 1] ?? null);
      else setMarked(keys[at <= 0 ? last : at - 1] ?? null);
    } else if (event.key === 'Enter' && !empty) {
      // The form around it must not be sent by choosing; nor is an old answer taken for the present text.
      event.preventDefault();
      if (answered && at >= 0) pick(at, 'key');
      else if (freeText && marked === null) setOpened(false);
      else if (!answered) {
        setOpened(true);
        setEarly(true);
      }
    } else if (event.key === 'Escape' && !always && (open || (!empty && onClear !== undefined))) {
      event.preventDefault();
      event.stopPropagation();
      setEarly(false);
      if (open) setOpened(false);
      else onClear?.();
    }
  };
  return {
    id,
    shown,
    at,
    typed: () => {
      setEarly(false);
      setMarked(null);
      setOpened(true);
    },
    field: {
      role: 'combobox',
      'aria-expanded': shown && last >= 0,
      'aria-controls': `${id}-list`,
      'aria-autocomplete': 'list',
      'aria-activedescendant': shown && at >= 0 ? `${id}-${String(at)}` : undefined,
      autoComplete: 'off',
      spellCheck: false,
      onKeyDown,
      onBlur: () => {
        setEarly(false);
        setOpened(false);
      },
    },
    option: (index) => ({
      id: `${id}-${String(index)}`,
      role: 'option',
      'aria-selected': index === at,
      // The field keeps the focus, so that the next one can be typed at once.
      onMouseDown: (event) => {
        event.preventDefault();
      },
      onClick: () => {
        pick(index, 'pointer');
      },
    }),
  };
}
