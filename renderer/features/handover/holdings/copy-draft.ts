import type { Certification, CertifyingArchive, Contract, InputOf } from '#contract';
import { calendarDay, dayFromTyped, isDay } from '../../../i18n/dates.ts';
import { noRequest, requestOf, type RequestDraft } from '../../packages/index.ts';

type Wish = Omit<InputOf<Contract['holdings']['makeCertification']>, 'certification'>;

/** A văn bản xác thực that was made of a draft; it lies in the profile. */
type MadeText = {
  /** what it was made of: with another wish it certifies nothing */
  readonly wish: string;
  readonly id: string;
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

/** The draft that a text was made of, so that its copy can be given out later. */
export function draftFor(received: string, made: Certification | null): CopyDraft {
  if (made === null) return nothing;
  const { request, recipient, validUntil, documents } = made.wish;
  const draft: CopyDraft = {
    ...nothing,
    requestId: request.id,
    requestDay: request.day === null ? '' : calendarDay(request.day),
    purpose: request.purpose,
    purposeContent: request.content,
    payer: request.payer,
    topic: request.topic,
    recipient: recipient.name,
    recipientId: recipient.id,
    validUntil: validUntil === null ? '' : calendarDay(validUntil),
    whole: documents === null,
    chosen: new Set(documents ?? []),
    certified: true,
    archive: made.archive,
    copies: String(made.copies),
  };
  const wish = wishOf(received, draft);
  return wish === undefined ? draft : { ...draft, text: { wish: wishKey(wish, draft), id: made.id } };
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
