import type { Certification, CertifyingArchive, Contract, InputOf, StoredFile } from '#contract';
import { dayFromTyped, isDay } from '../../../i18n/dates.ts';
import { noRequest, requestOf, type RequestDraft } from '../../packages/index.ts';

type Wish = Omit<InputOf<Contract['holdings']['makeCertification']>, 'certification'>;

/** A văn bản xác thực that was made of a draft, to be signed outside. */
export type MadeText = {
  /** what it was made of: with another wish it certifies nothing */
  readonly wish: string;
  readonly certification: Certification;
  readonly code: string;
  readonly file: { readonly id: string; readonly name: string };
  readonly signed: StoredFile | null;
};

/** A use copy as it is typed. */
export type CopyDraft = RequestDraft & {
  readonly recipient: string;
  readonly recipientId: string;
  readonly validUntil: string;
  readonly output: 'zip' | 'folder';
  readonly drive: string | null;
  readonly whole: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly certified: boolean;
  readonly archive: CertifyingArchive;
  readonly copies: string;
  readonly text: MadeText | null;
};

/** A use copy with nothing typed yet. */
const nothing: CopyDraft = { ...noRequest, recipient: '', recipientId: '', validUntil: '', output: 'zip', drive: null, whole: true, chosen: new Set(), certified: false, archive: 'historical', copies: '1', text: null };

/** Drafts with a text that somebody has gone to sign: closing the dialog must not make the signature worthless. By package, until the window ends. */
const waiting = new Map<string, CopyDraft>();

export function draftFor(received: string): CopyDraft {
  return waiting.get(received) ?? nothing;
}

/** Keeps a draft while its text waits for the signature. */
export function keepDraft(received: string, draft: CopyDraft): void {
  if (draft.text === null) waiting.delete(received);
  else waiting.set(received, draft);
}

export function dropDraft(received: string): void {
  waiting.delete(received);
}

/** yyyy-MM-dd; null: no term; undefined: no day. */
export function untilOf({ validUntil }: Pick<CopyDraft, 'validUntil'>): string | null | undefined {
  if (validUntil === '') return null;
  return isDay(validUntil) ? dayFromTyped(validUntil) : undefined;
}

/** Undefined: no such number. */
export function copiesOf({ copies }: Pick<CopyDraft, 'copies'>): number | undefined {
  return /^[1-9]\d{0,2}$/.test(copies.trim()) ? Number(copies) : undefined;
}

/** What a draft asks for; undefined while something is missing. */
export function wishOf(received: string, draft: CopyDraft): Wish | undefined {
  const request = requestOf(draft);
  const validUntil = untilOf(draft);
  const recipient = { name: draft.recipient.trim(), id: draft.recipientId.trim() };
  if (recipient.name === '' || request.id === '' || request.day === null || request.content === '' || validUntil === undefined || (!draft.whole && draft.chosen.size === 0)) return undefined;
  if (draft.certified && (recipient.id === '' || copiesOf(draft) === undefined)) return undefined;
  return { package: received, request, recipient, validUntil, documents: draft.whole ? null : [...draft.chosen] };
}

/** What decides the text of a certification. */
export function wishKey(wish: Wish, { archive, copies }: Pick<CopyDraft, 'archive' | 'copies'>): string {
  return JSON.stringify([wish, archive, copies.trim()]);
}
