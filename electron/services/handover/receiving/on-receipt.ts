import { fail, ok, type Outcome, type ReceiptDetail } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import type { WriteDb } from '../../../store/index.ts';
import { actorOf } from '../../people/index.ts';
import type { Moment } from '../giving/on-batch.ts';
import type { HandoverDeps } from '../ports.ts';
import { getReceipt, raiseReceipt } from './receipts.store.ts';

/** A receipt that is known to be there. */
export function receiptNow(db: Parameters<typeof getReceipt>[0], id: string): ReceiptDetail {
  const receipt = getReceipt(db, id);
  if (receipt === undefined) throw new Error('a receipt is never removed');
  return receipt;
}

/** Takes one act on an open receipt in one transaction; `version` null: whatever else was changed. */
export function onReceipt<Code extends string>(
  deps: HandoverDeps,
  input: { readonly id: string; readonly version: number | null },
  work: (db: WriteDb, receipt: ReceiptDetail, moment: Moment) => Outcome<unknown, Code>,
): Outcome<ReceiptDetail, Code | 'not-found' | 'receipt-changed' | 'receipt-step'> {
  return deps.store.write((db): Outcome<ReceiptDetail, Code | 'not-found' | 'receipt-changed' | 'receipt-step'> => {
    const receipt = getReceipt(db, input.id);
    if (receipt === undefined) return fail('not-found');
    if (input.version !== null && receipt.version !== input.version) return fail('receipt-changed');
    if (receipt.state !== 'open') return fail('receipt-step', { state: receipt.state });
    const done = work(db, receipt, { at: instantOf(deps.clock), by: actorOf(db).name });
    if (!done.ok) return done;
    raiseReceipt(db, receipt.id);
    return ok(receiptNow(db, receipt.id));
  });
}
