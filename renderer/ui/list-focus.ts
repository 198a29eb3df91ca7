import { useEffect, type RefObject } from 'react';

/** A key led to a list that is not there yet. */
let wantedUntil = 0;
/** Longer than a list takes to be there, just after a start on a slow machine too. */
const patienceMs = 15_000;

/** After a key that leads to a list, its arrows are at hand: it has the focus as soon as it is there. */
export function wantListFocus(): void {
  wantedUntil = Date.now() + patienceMs;
  // Whoever goes on by another key or with the pointer meanwhile is not brought back.
  for (const other of ['keydown', 'pointerdown']) addEventListener(other, forget, { once: true, capture: true });
  // What is there already may be the list that is being left: the wish goes on until another comes.
  requestAnimationFrame(() => {
    if (Date.now() <= wantedUntil) document.querySelector<HTMLElement>('[data-pane=list] [role=grid]')?.focus();
  });
}

/** Takes the focus that a key wanted for a list when it is there. */
export function useWantedFocus(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    take(list.current);
  }, [list]);
}

/** The same for a form in a list's place: its first field has the focus once the form is there. */
export function useWantedFirstField(form: RefObject<HTMLElement | null>, there: boolean): void {
  useEffect(() => {
    if (there) take(form.current?.querySelector<HTMLElement>('select, input') ?? null);
  }, [form, there]);
}

function forget(): void {
  wantedUntil = 0;
}

function take(list: HTMLElement | null): void {
  if (list === null || Date.now() > wantedUntil) return;
  wantedUntil = 0;
  list.focus();
}
