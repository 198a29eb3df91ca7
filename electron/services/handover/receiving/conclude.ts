import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type ReceiptDetail, type ReceivedPackage } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { actorOf } from '../../people/index.ts';
import type { Hands } from '../aside/jobs.ts';
import { note } from '../giving/on-batch.ts';
import { keepArchival } from '../holdings/keep-archival.ts';
import { isArchived } from '../holdings/holdings.store.ts';
import type { HandoverDeps } from '../ports.ts';
import type { Running, Runs } from '../runs.ts';
import { hold } from './hold.ts';
import { receiptNow } from './on-receipt.ts';
import { everyPackage, getReceipt, isHalfIn, raiseReceipt, setConcluded, setTaking } from './receipts.store.ts';

type Method = Contract['handover']['conclude'];
type Answer = Outcome<ReceiptDetail, CodeOf<Method>>;

/**
 * Takes what was accepted into the holdings, one package after another (`hold`), and makes an AIP of each where that is wanted. While it
 * goes on the receipt is `taking`, also after a kill: called again it goes on where it was, and nothing comes twice. The receipt is
 * concluded, and its minutes can be made, once all are held.
 */
export function conclude(deps: HandoverDeps, runs: Runs, input: InputOf<Method>, signal?: AbortSignal): Promise<Answer> {
  return runs.run('taking', input.id, (running) => concluded(deps, input, running), signal);
}

async function concluded(deps: HandoverDeps, input: InputOf<Method>, running: Running): Promise<Answer> {
  const begun = begin(deps, input);
  if (!begun.ok) return begun;
  const hands = deps.hands();
  try {
    const all = await everyOne(deps, begun.value, input.archive, hands, running);
    return all.ok ? ended(deps, input) : broken(deps, input.id, all);
  } finally {
    await hands.end();
  }
}

/** From here on nothing is decided any more. */
function begin(deps: HandoverDeps, input: InputOf<Method>): Answer {
  return deps.store.write((db): Answer => {
    const receipt = getReceipt(db, input.id);
    if (receipt === undefined) return fail('not-found');
    if (receipt.version !== input.version) return fail('receipt-changed');
    if (receipt.state === 'concluded') return fail('receipt-step', { state: receipt.state });
    if (receipt.packages === 0) return fail('no-packages', { folder: '' });
    if (receipt.undecided > 0) return fail('packages-undecided', { count: receipt.undecided });
    const moment = { at: instantOf(deps.clock), by: actorOf(db).name };
    if (receipt.state === 'open') setTaking(db, receipt.id, moment.at);
    else note(db, 'handover-receipt', receipt.id, 'taking-resumed', moment, { accepted: receipt.totals.accepted, held: receipt.held, archive: input.archive });
    raiseReceipt(db, receipt.id);
    return ok(receiptNow(db, receipt.id));
  });
}

type Held = Outcome<null, CodeOf<Method>>;

async function everyOne(deps: HandoverDeps, receipt: ReceiptDetail, archives: boolean, hands: Hands, running: Running): Promise<Held> {
  const { read } = deps.store;
  const waiting = everyPackage(read, receipt.id).filter((one) => one.decision === 'accepted' && (one.dossier === null || (archives && !isArchived(read, one.id))));
  const times = archives ? 2 : 1;
  const bytesOf = waiting.reduce((sum, { bytes }) => sum + bytes * times, 0);
  const started = performance.now();
  let bytesDone = 0;
  running.tell({ of: waiting.length, bytesOf });
  const moved = (bytes: number): void => {
    bytesDone += bytes;
    const spent = performance.now() - started;
    running.tell({ bytesDone: Math.min(bytesDone, bytesOf), secondsLeft: spent < 1000 ? null : Math.ceil(((bytesOf - Math.min(bytesDone, bytesOf)) * spent) / bytesDone / 1000) });
  };
  for (const [index, one] of waiting.entries()) {
    if (running.signal.aborted) return fail('handover-cancelled');
    const held = one.dossier === null ? await hold(deps, receipt, one, hands, { signal: running.signal, moved }) : ok(null);
    if (!held.ok) return held;
    const archived = archives ? await archivedToo(deps, one, hands, { signal: running.signal, moved }) : ok(null);
    if (!archived.ok) return archived;
    running.tell({ done: index + 1 });
  }
  return ok(null);
}

/** That a package becomes no AIP keeps nobody from handing over: it is held whole as it came. What only broke off is tried again. */
async function archivedToo(deps: HandoverDeps, one: ReceivedPackage, hands: Hands, listening: Parameters<typeof keepArchival>[3]): Promise<Held> {
  const kept = await keepArchival(deps, one.id, hands, listening);
  if (kept.ok) return ok(null);
  const { failure } = kept;
  if (failure.code === 'handover-cancelled') return fail('handover-cancelled');
  if (failure.code === 'handover-thread') return fail('handover-thread', { detail: String(failure.params?.['detail'] ?? '') });
  deps.store.write((db) => {
    note(db, 'handover-receipt', one.id, 'not-archived', { at: instantOf(deps.clock), by: actorOf(db).name }, { package: one.objectId, code: failure.code, ...failure.params });
  });
  return ok(null);
}

function ended(deps: HandoverDeps, input: InputOf<Method>): Answer {
  return deps.store.write((db): Answer => {
    const moment = { at: instantOf(deps.clock), by: actorOf(db).name };
    setConcluded(db, input.id, moment.at, moment.by, input.number);
    raiseReceipt(db, input.id);
    const now = receiptNow(db, input.id);
    note(db, 'handover-receipt', input.id, 'concluded', moment, { number: input.number, totals: now.totals, archived: now.archived });
    return ok(now);
  });
}

/** It may be decided otherwise, as of a package that is gone; but not while one is half in, of which all bytes are here already. */
function broken<F extends Extract<Held, { readonly ok: false }>>(deps: HandoverDeps, id: string, failure: F): F {
  deps.store.write((db) => {
    if (!isHalfIn(db, id)) setTaking(db, id, null);
    raiseReceipt(db, id);
  });
  return failure;
}
