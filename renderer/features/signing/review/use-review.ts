import { useRef } from 'react';
import type { SigningItem, SigningPlace, SigningRole } from '#contract';
import { useConnection } from '../../../bridge/context.ts';
import { ask } from '../../../bridge/methods.ts';
import { seenKey, usePlan, useRound, type Placed, type PlanSoFar } from '../../../bridge/signing-cache.ts';
import { isSamePlace } from './place.ts';

/** How a document of the round stands; `waiting`: not opened yet. */
export type ReviewState = 'looking' | 'refused' | 'left' | 'waiting' | 'opened' | 'waved';

/** A document of the round as it would be signed now. */
export type ReviewDocument = {
  readonly item: SigningItem;
  readonly state: ReviewState;
  readonly placed: Placed | undefined;
  readonly pictures: ReadonlyMap<string, string>;
};

export type Review = {
  readonly plan: PlanSoFar;
  readonly documents: readonly ReviewDocument[];
  /** those that can be signed and are part of this round */
  readonly ready: readonly ReviewDocument[];
  readonly unopened: readonly ReviewDocument[];
  readonly open: (item: SigningItem) => void;
  /** signs these without opening them, by the person's own word */
  readonly wave: (items: readonly SigningItem[]) => void;
  /** leaves one out of this round, or takes it in again */
  readonly leave: (id: string, out: boolean) => void;
  /** a place that somebody pointed at, or null: where it was found; looked at when the hand rests */
  readonly put: (id: string, place: SigningPlace | null) => void;
};

/** After the last arrow key or drag, so that a held key asks once. */
const restMs = 250;

/** The round over some documents: what would be signed, what was seen of it, and what the person decides. */
export function useReview(role: SigningRole, ids: readonly string[]): Review {
  const connection = useConnection();
  const plan = usePlan(role, ids);
  const [round, change] = useRound(role, ids);
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const opened = new Set(round.opened);
  const waved = new Set(round.waved);
  const documents = plan.items.map((planned): ReviewDocument => {
    const placed = round.placed[planned.id];
    const item = placed?.preview?.item ?? planned;
    const pictures = placed?.preview == null ? plan.pictures : new Map([...plan.pictures, ...placed.preview.pictures.map(({ id, source }) => [id, source] as const)]);
    const key = seenKey(item);
    const state = round.left.includes(item.id) ? 'left' : placed?.looking === true ? 'looking' : item.refusal !== null ? 'refused' : opened.has(key) ? 'opened' : waved.has(key) ? 'waved' : 'waiting';
    return { item, state, placed, pictures };
  });
  const ready = documents.filter(({ state }) => state === 'waiting' || state === 'opened' || state === 'waved');
  return {
    plan,
    documents,
    ready,
    unopened: ready.filter(({ state }) => state === 'waiting'),
    open: (item) => {
      const key = seenKey(item);
      if (!opened.has(key)) change((before) => ({ ...before, opened: [...before.opened, key] }));
    },
    wave: (items) => {
      change((before) => ({ ...before, waved: [...before.waved, ...items.map(seenKey)] }));
    },
    leave: (id, out) => {
      change((before) => ({ ...before, left: out ? [...before.left.filter((one) => one !== id), id] : before.left.filter((one) => one !== id) }));
    },
    put: (id, place) => {
      clearTimeout(timers.current.get(id));
      const set = (placed: Placed | null): void => {
        change(({ placed: { [id]: _, ...others }, ...before }) => ({ ...before, placed: placed === null ? others : { ...others, [id]: placed } }));
      };
      if (place === null) {
        set(null);
        return;
      }
      // Until it was looked at, the former preview is drawn where the hand has put it.
      set({ place, preview: round.placed[id]?.preview ?? null, looking: true });
      const look = (): void => {
        ask(connection, 'signing', 'preview', { role, id, place }).then(
          (preview) => {
            change((before) => (isSamePlace(before.placed[id]?.place, place) ? { ...before, placed: { ...before.placed, [id]: { place, preview, looking: false } } } : before));
          },
          () => {
            set(null);
          },
        );
      };
      timers.current.set(id, setTimeout(look, restMs));
    },
  };
}
