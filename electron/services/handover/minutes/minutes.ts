import { z } from 'zod';
import type { BatchDetail, BatchItem, HandoverTotals, ReceiptDetail, ReceivedPackage } from '#contract';
import { canonicalJson, type Json } from '../../../foundation/canonical-json.ts';
import { one, sql, type ReadDb } from '../../../store/index.ts';

const Text = z.string().max(2000);
const Count = z.number().int().nonnegative();
const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const Party = z.strictObject({ name: Text, code: Text });
const Person = z.strictObject({ name: Text, position: Text });

const MinutesPackage = z.strictObject({
  objectId: Text,
  fileCode: Text,
  title: Text,
  permanent: z.boolean(),
  /** SHA-256 of METS.xml, which names all the rest; '' when it had none */
  metsSha256: z.union([Digest, z.literal('')]),
  documents: Count,
  files: Count,
  bytes: Count,
  /** null while nobody has decided */
  decision: z.enum(['accepted', 'refused']).nullable(),
  reason: Text,
});
export type MinutesPackage = z.infer<typeof MinutesPackage>;

const Totals = z.strictObject({ dossiers: Count, documents: Count, files: Count, bytes: Count, permanent: Count, accepted: Count, refused: Count });

/**
 * Biên bản giao nhận as both sides keep it: what was handed, with the hash that stands for each whole package, and what was
 * decided about it (TT 05/2025/TT-BNV art. 22.2.đ, 25.2; NĐ 30/2020 annex V part V). The same for both sides once it is decided.
 */
export const Minutes = z.strictObject({
  format: z.literal('tram-van-thu-handover-minutes'),
  version: z.literal(1),
  side: z.enum(['giving', 'receiving']),
  number: Text,
  /** day of the hand-over or of its conclusion; '' not yet */
  day: Text,
  title: Text,
  agreement: Text,
  turn: Count,
  sender: Party,
  archive: Party,
  giver: Person,
  taker: Person,
  media: Text,
  note: Text,
  /** tổng số hồ sơ theo đăng ký; null: not registered */
  registered: Count.nullable(),
  packages: z.array(MinutesPackage).max(100_000),
  totals: Totals,
});
export type Minutes = z.infer<typeof Minutes>;

/** The totals of what the packages say, counted alike on both sides. */
function totalsOf(packages: readonly MinutesPackage[]): HandoverTotals {
  const sum = (of: (one: MinutesPackage) => number): number => packages.reduce((all, one) => all + of(one), 0);
  return {
    dossiers: packages.length,
    documents: sum(({ documents }) => documents),
    files: sum(({ files }) => files),
    bytes: sum(({ bytes }) => bytes),
    permanent: sum(({ permanent }) => Number(permanent)),
    accepted: sum(({ decision }) => Number(decision === 'accepted')),
    refused: sum(({ decision }) => Number(decision === 'refused')),
  };
}

/** Name and code of an office of this station. */
export function partyOf(db: ReadDb, office: string): Minutes['sender'] {
  return one<{ name: string; code: string }>(db, sql`SELECT name, iif(organ_id = '', former_organ_id, organ_id) AS code FROM office WHERE id = ${office}`) ?? { name: '', code: '' };
}

const head = { format: 'tram-van-thu-handover-minutes', version: 1 } as const;

/** The giving side's minutes. */
export function minutesOfBatch({ fields, handedOn, minutesNumber }: BatchDetail, sender: Minutes['sender'], items: readonly BatchItem[]): Minutes {
  const { title, agreement, turn, giver, taker, media, note, archive } = fields;
  const packages = items.map(
    ({ objectId, fileCode, title: name, retention, sha256, documents, files, bytes, answer, answerReason }): MinutesPackage => ({ objectId, fileCode, title: name, permanent: retention === 'permanent', metsSha256: sha256, documents, files, bytes, decision: answer, reason: answerReason }),
  );
  return { ...head, side: 'giving', number: minutesNumber, day: handedOn ?? '', title, agreement, turn, sender, archive, giver, taker, media, note, registered: packages.length, packages, totals: totalsOf(packages) };
}

/** The receiving side's minutes. */
export function minutesOfReceipt({ fields, minutesNumber }: ReceiptDetail, day: string, archive: Minutes['archive'], received: readonly ReceivedPackage[]): Minutes {
  const { title, agreement, turn, giver, taker, media, note, sender, registered } = fields;
  const packages = received.map(
    ({ objectId, fileCode, title: name, permanent, sha256, documents, files, bytes, decision, decisionReason }): MinutesPackage => ({ objectId, fileCode, title: name, permanent, metsSha256: sha256, documents, files, bytes, decision, reason: decisionReason }),
  );
  return { ...head, side: 'receiving', number: minutesNumber, day, title, agreement, turn, sender, archive, giver, taker, media, note, registered, packages, totals: totalsOf(packages) };
}

/** The bytes of the machine-readable minutes: the same minutes have the same bytes. */
export function minutesBytes(minutes: Minutes): Buffer {
  return Buffer.from(`${canonicalJson(minutes as unknown as Json)}\n`, 'utf8');
}

/** Reads minutes of a side; undefined when these bytes are none of it, or say totals that their own packages do not have. */
export function readMinutes(bytes: Uint8Array, side: Minutes['side']): Minutes | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
  const parsed = Minutes.safeParse(value);
  if (!parsed.success || parsed.data.side !== side) return undefined;
  const { packages, totals } = parsed.data;
  return canonicalJson(totals) === canonicalJson(totalsOf(packages)) ? parsed.data : undefined;
}
