import { useRef, useState, type InputEvent as TypingEvent, type KeyboardEvent, type RefObject } from 'react';
import type { PinFacts, PinRemarkName } from '#contract';
import { pinRemarks } from './pin-remarks.ts';

/** Nobody deletes a letter and types the next within so short a time; keyboard programs for Vietnamese do. */
const burstMs = 25;

export type PinTyping = {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly isEmpty: boolean;
  readonly remarks: readonly PinRemarkName[];
  readonly capsLock: boolean;
  /** a keyboard program for Vietnamese changed what was typed */
  readonly rewritten: boolean;
  readonly onInput: (event: TypingEvent<HTMLInputElement>) => void;
  readonly onComposition: () => void;
  readonly onKey: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** The bytes of what is typed, and an empty field. */
  readonly take: () => Uint8Array;
};

/** Follows a PIN while it is typed. The field keeps it; of React's state only remarks about it are part. */
export function usePinTyping({ min, max }: Pick<PinFacts, 'min' | 'max'>): PinTyping {
  const field = useRef<HTMLInputElement>(null);
  const deletedAt = useRef(-Infinity);
  const [isEmpty, setEmpty] = useState(true);
  const [remarks, setRemarks] = useState<readonly PinRemarkName[]>([]);
  const [capsLock, setCapsLock] = useState(false);
  const [rewritten, setRewritten] = useState(false);

  function look(): void {
    const bytes = new TextEncoder().encode(field.current?.value ?? '');
    setEmpty(bytes.length === 0);
    // Too short is what every PIN is at first; it is told when it is handed over.
    setRemarks(bytes.length === 0 ? [] : pinRemarks(bytes, { min: 0, max: min <= max ? max : 0 }));
    if (bytes.length === 0) setRewritten(false);
    bytes.fill(0);
  }

  return {
    field,
    isEmpty,
    remarks,
    capsLock,
    rewritten,
    onInput: (event) => {
      const { inputType } = event.nativeEvent;
      if (inputType === 'deleteContentBackward') deletedAt.current = event.timeStamp;
      else if (inputType === 'insertText' && event.timeStamp - deletedAt.current < burstMs) setRewritten(true);
      look();
    },
    onComposition: () => {
      setRewritten(true);
    },
    onKey: (event) => {
      setCapsLock(event.getModifierState('CapsLock'));
    },
    take: () => {
      const bytes = new TextEncoder().encode(field.current?.value ?? '');
      if (field.current !== null) field.current.value = '';
      look();
      return bytes;
    },
  };
}
