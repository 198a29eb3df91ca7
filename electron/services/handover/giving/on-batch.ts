import { fail, ok, type BatchAct, type BatchDetail, type Outcome } from '#contract';
import type { Json } from '../../../foundation/canonical-json.ts';
import { instantOf } from '../../../foundation/clock.ts';
import type { WriteDb } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import type { HandoverDeps } from '../ports.ts';
import { getBatch, raiseBatch } from './batch.store.ts';
import { mayActOn } from './life.ts';

export type Moment = { readonly at: string; readonly by: string };
type Detail = { readonly [key: string]: Json };

/** Writes an act on a batch or receipt into the audit log, in the caller's transaction. */
export function note(db: WriteDb, subjectKind: 'handover-batch' | 'handover-receipt', id: string, act: string, { at, by }: Moment, detail: Detail = {}): void {
  appendAudit(db, { at, actor: by, action: `handover.${act}`, subjectKind, subjectId: id, detail });
}

/** A batch that is known to be there. */
export function batchNow(db: Parameters<typeof getBatch>[0], id: string): BatchDetail {
  const batch = getBatch(db, id);
  if (batch === undefined) throw new Error('a batch is never removed');
  return batch;
}

/** Takes one act on a batch in one transaction, and answers with the batch as it is after it. */
export function onBatch<Code extends string>(
  deps: HandoverDeps,
  input: { readonly id: string; readonly version: number },
  act: BatchAct,
  work: (db: WriteDb, batch: BatchDetail, moment: Moment) => Outcome<unknown, Code>,
): Outcome<BatchDetail, Code | 'not-found' | 'batch-changed' | 'batch-step'> {
  return deps.store.write((db): Outcome<BatchDetail, Code | 'not-found' | 'batch-changed' | 'batch-step'> => {
    const batch = getBatch(db, input.id);
    if (batch === undefined) return fail('not-found');
    if (batch.version !== input.version) return fail('batch-changed');
    if (!mayActOn(act, batch.state)) return fail('batch-step', { state: batch.state });
    const done = work(db, batch, { at: instantOf(deps.clock), by: actorOf(db).name });
    if (!done.ok) return done;
    raiseBatch(db, batch.id);
    return ok(batchNow(db, batch.id));
  });
}
