import { fail, ok, type CodeOf, type Contract, type InputOf, type MinutesDifference, type Outcome, type OutputOf } from '#contract';
import { vietnamDay } from '../../../foundation/clock.ts';
import { BlobDamaged, BlobMissing, type Store } from '../../../store/index.ts';
import { everyItem, getBatch, officeOfBatch } from '../giving/batch.store.ts';
import type { HandoverDeps } from '../ports.ts';
import { everyPackage, getReceipt, officeOfReceipt } from '../receiving/receipts.store.ts';
import { minutesOfBatch, minutesOfReceipt, partyOf, readMinutes, type Minutes, type MinutesPackage } from './minutes.ts';

type Method = Contract['handover']['compareMinutes'];

/** Minutes of any hand-over are smaller. */
const mostBytes = 64 * 1024 * 1024;

/** The bytes of minutes that were handed in; undefined when they are lost or damaged, empty when they cannot be minutes. */
export async function minutesFile(store: Store, sha256: string, size: number): Promise<Buffer | undefined> {
  if (size > mostBytes) return Buffer.alloc(0);
  try {
    return (await store.blobs.range(sha256, 0, size)).bytes;
  } catch (error) {
    if (error instanceof BlobDamaged || error instanceof BlobMissing) return undefined;
    throw error;
  }
}

/**
 * What the other side's minutes say otherwise than ours. Of a package that was refused size and digest may differ: what arrived
 * damaged was refused for it; what was accepted must be what was made.
 */
export function differencesOf(giving: Minutes, receiving: Minutes, ours: 'giving' | 'receiving'): readonly MinutesDifference[] {
  const found: MinutesDifference[] = [];
  const say = (what: MinutesDifference['what'], code: string, given: string, received: string, stops: boolean): void => {
    found.push({ what, code, stops, ...(ours === 'giving' ? { ours: given, theirs: received } : { ours: received, theirs: given }) });
  };
  if (giving.agreement !== receiving.agreement) say('agreement', '', giving.agreement, receiving.agreement, false);
  if (giving.turn !== receiving.turn) say('turn', '', String(giving.turn), String(receiving.turn), false);
  if (giving.sender.code !== receiving.sender.code) say('sender', '', giving.sender.code, receiving.sender.code, false);
  if (giving.archive.code !== receiving.archive.code) say('archive', '', giving.archive.code, receiving.archive.code, false);
  const left = new Map<string, MinutesPackage>();
  for (const one of receiving.packages) {
    if (left.has(one.objectId)) say('twice', one.fileCode, '', one.objectId, true);
    left.set(one.objectId, one);
  }
  for (const made of giving.packages) {
    const came = left.get(made.objectId);
    left.delete(made.objectId);
    if (came === undefined) {
      say('missing', made.fileCode, made.objectId, '', true);
      continue;
    }
    if (came.decision === null) say('undecided', made.fileCode, '', '', true);
    if (came.decision === 'refused' && came.reason === '') say('no-reason', made.fileCode, '', '', true);
    const stops = came.decision === 'accepted';
    if (came.metsSha256 !== made.metsSha256) say('digest', made.fileCode, made.metsSha256, came.metsSha256, stops);
    if (came.fileCode !== made.fileCode) say('code', made.fileCode, made.fileCode, came.fileCode, stops);
    for (const what of ['documents', 'files', 'bytes'] as const) if (came[what] !== made[what]) say(what, made.fileCode, String(made[what]), String(came[what]), stops);
  }
  for (const extra of left.values()) say('extra', extra.fileCode, '', extra.objectId, true);
  return found;
}

const sideOf = ({ number, day, totals }: Minutes): OutputOf<Method>['ours'] => ({ number, day, totals });

/** Lays minutes of the other side beside ours. Minutes that share no package with it are of another hand-over. */
export async function compareMinutes({ store }: HandoverDeps, { side, id, file }: InputOf<Method>): Promise<Outcome<OutputOf<Method>, CodeOf<Method>>> {
  const db = store.read;
  const batch = side === 'giving' ? getBatch(db, id) : undefined;
  const receipt = side === 'receiving' ? getReceipt(db, id) : undefined;
  const ours =
    batch !== undefined
      ? minutesOfBatch(batch, partyOf(db, officeOfBatch(db, id)), everyItem(db, id))
      : receipt === undefined
        ? undefined
        : minutesOfReceipt(receipt, receipt.concludedAt === null ? '' : vietnamDay(new Date(receipt.concludedAt)), partyOf(db, officeOfReceipt(db, id)), everyPackage(db, id));
  if (ours === undefined) return fail('not-found');
  const bytes = await minutesFile(store, file.sha256, file.size);
  if (bytes === undefined) return fail('file-damaged', { file: file.name });
  const theirs = readMinutes(bytes, side === 'giving' ? 'receiving' : 'giving');
  if (theirs === undefined) return fail('minutes-unreadable');
  const known = new Set(ours.packages.map(({ objectId }) => objectId));
  if (known.size > 0 && !theirs.packages.some(({ objectId }) => known.has(objectId))) return fail('minutes-other');
  const [giving, receiving] = side === 'giving' ? [ours, theirs] : [theirs, ours];
  return ok({
    ours: sideOf(ours),
    theirs: sideOf(theirs),
    differences: [...differencesOf(giving, receiving, side)],
    refused: receiving.packages.filter(({ decision }) => decision === 'refused').map(({ fileCode, title, reason }) => ({ code: fileCode, title, reason })),
  });
}
