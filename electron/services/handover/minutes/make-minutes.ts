import { createHash } from 'node:crypto';
import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type Printed } from '#contract';
import { vietnamDay } from '../../../foundation/clock.ts';
import { keepPrinted, printFacts } from '../../records/index.ts';
import { everyItem, getBatch, officeOfBatch } from '../giving/batch.store.ts';
import type { HandoverDeps } from '../ports.ts';
import { everyPackage, getReceipt, officeOfReceipt } from '../receiving/receipts.store.ts';
import { minutesBytes, minutesOfBatch, minutesOfReceipt, partyOf, type Minutes } from './minutes.ts';
import { minutesPage, type ReceivingFacts } from './page.ts';

type Methods = Contract['handover'];

async function kept(deps: HandoverDeps, minutes: Minutes, office: string, format: 'pdf' | 'json', received: ReceivingFacts | null, subject: string): Promise<Outcome<Printed>> {
  const facts = printFacts(deps.store.read, deps.clock, office);
  const data = minutesBytes(minutes);
  const sha256 = createHash('sha256').update(data).digest('hex');
  const bytes = format === 'json' ? data : await minutesPage(deps.fonts(), facts, minutes, sha256, received);
  const name = `bien-ban-giao-nhan-${minutes.side === 'giving' ? 'ben-giao' : 'ben-nhan'}-lan-${String(minutes.turn)}`;
  return ok(await keepPrinted(deps, facts, { kind: 'hand-over', name, format, bytes, detail: { subject, minutes: sha256, totals: minutes.totals } }));
}

/** Biên bản giao nhận as the giving side knows it, once its packages are whole. */
export async function makeBatchMinutes(deps: HandoverDeps, { id, format }: InputOf<Methods['makeMinutes']>): Promise<Outcome<Printed, CodeOf<Methods['makeMinutes']>>> {
  const db = deps.store.read;
  const batch = getBatch(db, id);
  if (batch === undefined) return fail('not-found');
  if (batch.packagedAt === null || batch.state === 'cancelled') return fail('batch-step', { state: batch.state });
  const office = officeOfBatch(db, id);
  return kept(deps, minutesOfBatch(batch, partyOf(db, office), everyItem(db, id)), office, format, null, id);
}

/** Biên bản giao nhận of the archive. The giving side's station reads only one of a concluded receipt. */
export async function makeReceiptMinutes(deps: HandoverDeps, { id, format }: InputOf<Methods['makeReceiptMinutes']>): Promise<Outcome<Printed, CodeOf<Methods['makeReceiptMinutes']>>> {
  const db = deps.store.read;
  const receipt = getReceipt(db, id);
  if (receipt === undefined) return fail('not-found');
  if (receipt.concludedAt === null) return fail('receipt-step', { state: receipt.state });
  const office = officeOfReceipt(db, id);
  const { passed, failed, duplicates, acceptedEver } = receipt;
  const received = { passed, failed, duplicates, acceptedEver, receivedAt: vietnamDay(new Date(receipt.startedAt)) };
  const day = vietnamDay(new Date(receipt.concludedAt));
  return kept(deps, minutesOfReceipt(receipt, day, partyOf(db, office), everyPackage(db, id)), office, format, received, id);
}
