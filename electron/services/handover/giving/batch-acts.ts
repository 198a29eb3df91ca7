import { fail, ok, type BatchDetail, type CodeOf, type Contract, type InputOf, type Outcome } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import type { WriteDb } from '../../../store/index.ts';
import { dossierForPackage, getDossier } from '../../dossiers/index.ts';
import { actorOf } from '../../people/index.ts';
import { currentOffice } from '../../settings/index.ts';
import type { HandoverDeps } from '../ports.ts';
import { batchWith, cancelBatch, deleteItem, forgetPackages, insertBatch, insertItem, moveBatch, orderItems, setHanded, updateBatch } from './batch.store.ts';
import { batchNow, note, onBatch } from './on-batch.ts';

type Methods = Contract['handover'];
type Answer<M extends keyof Methods> = Outcome<BatchDetail, CodeOf<Methods[M]>>;

/** Puts dossiers into a draft; the first that cannot be chosen stops it. */
function putDossiers(deps: HandoverDeps, db: WriteDb, batch: string, dossiers: readonly string[]): Outcome<null, 'not-found' | 'dossier-taken'> {
  for (const id of new Set(dossiers)) {
    const detail = getDossier(db, id);
    const found = detail && dossierForPackage(db, deps.clock, id, deps.actWords);
    if (detail === undefined || found === undefined) return fail('not-found');
    if (detail.handedOverAt !== null || batchWith(db, id) !== undefined) return fail('dossier-taken', { code: found.head.fileCode });
    insertItem(db, batch, { dossier: id, fileCode: found.head.fileCode, title: detail.title, permanent: detail.retention.kind === 'permanent', documents: detail.members });
  }
  orderItems(db, batch);
  return ok(null);
}

/** Thrown to undo a transaction whose answer is a failure. */
class Undone extends Error {
  readonly answer: Extract<Outcome<never, 'not-found' | 'dossier-taken'>, { readonly ok: false }>;
  constructor(answer: Extract<Outcome<never, 'not-found' | 'dossier-taken'>, { readonly ok: false }>) {
    super(answer.failure.code);
    this.answer = answer;
  }
}

function orUndo(outcome: Outcome<null, 'not-found' | 'dossier-taken'>): void {
  if (!outcome.ok) throw new Undone(outcome);
}

function undoable<T>(work: () => T): T | Undone['answer'] {
  try {
    return work();
  } catch (error) {
    if (error instanceof Undone) return error.answer;
    throw error;
  }
}

/** Begins a batch, with dossiers where some are named. */
export function makeBatch(deps: HandoverDeps, { fields, dossiers }: InputOf<Methods['make']>): Answer<'make'> {
  return undoable((): Answer<'make'> =>
    deps.store.write((db): Answer<'make'> => {
      const moment = { at: instantOf(deps.clock), by: actorOf(db).name };
      const id = insertBatch(db, currentOffice(db), fields, moment);
      orUndo(putDossiers(deps, db, id, dossiers));
      note(db, 'handover-batch', id, 'begun', moment, { title: fields.title, archive: fields.archive.code, dossiers: [...dossiers] });
      return ok(batchNow(db, id));
    }),
  );
}

/** Writes what was changed; what was checked is to be checked again. */
export function saveBatch(deps: HandoverDeps, input: InputOf<Methods['save']>): Answer<'save'> {
  return onBatch(deps, input, 'change', (db, batch, moment) => {
    if (batch.state !== 'draft') moveBatch(db, batch.id, 'draft');
    updateBatch(db, batch.id, input.fields);
    note(db, 'handover-batch', batch.id, 'changed', moment, { title: input.fields.title, archive: input.fields.archive.code });
    return ok(null);
  });
}

export function addToBatch(deps: HandoverDeps, input: InputOf<Methods['addDossiers']>): Answer<'addDossiers'> {
  return undoable((): Answer<'addDossiers'> =>
    onBatch(deps, input, 'change', (db, batch, moment): Outcome<null, never> => {
      if (batch.state !== 'draft') moveBatch(db, batch.id, 'draft');
      orUndo(putDossiers(deps, db, batch.id, input.dossiers));
      note(db, 'handover-batch', batch.id, 'dossiers-added', moment, { dossiers: [...input.dossiers] });
      return ok(null);
    }),
  );
}

export function removeFromBatch(deps: HandoverDeps, input: InputOf<Methods['removeDossiers']>): Answer<'removeDossiers'> {
  return onBatch(deps, input, 'change', (db, batch, moment) => {
    if (batch.state !== 'draft') moveBatch(db, batch.id, 'draft');
    for (const dossier of new Set(input.dossiers)) deleteItem(db, batch.id, dossier);
    orderItems(db, batch.id);
    note(db, 'handover-batch', batch.id, 'dossiers-removed', moment, { dossiers: [...input.dossiers] });
    return ok(null);
  });
}

/** Back to draft; packages that lie somewhere are none of this batch any more. */
export function withdrawBatch(deps: HandoverDeps, input: InputOf<Methods['withdraw']>): Answer<'withdraw'> {
  return onBatch(deps, input, 'withdraw', (db, batch, moment) => {
    moveBatch(db, batch.id, 'draft');
    forgetPackages(db, batch.id);
    note(db, 'handover-batch', batch.id, 'withdrawn', moment, { reason: input.reason, from: batch.state, folder: batch.folder });
    return ok(null);
  });
}

/** The packages were given to the archive. The dossiers stay this office's until its minutes are in. */
export function handBatch(deps: HandoverDeps, input: InputOf<Methods['hand']>): Answer<'hand'> {
  return onBatch(deps, input, 'hand', (db, batch, moment) => {
    setHanded(db, batch.id, input.day);
    note(db, 'handover-batch', batch.id, 'handed', moment, { day: input.day, totals: batch.totals, folder: batch.folder });
    return ok(null);
  });
}

export function giveUpBatch(deps: HandoverDeps, input: InputOf<Methods['cancel']>): Answer<'cancel'> {
  return onBatch(deps, input, 'cancel', (db, batch, moment) => {
    cancelBatch(db, batch.id, input.reason);
    note(db, 'handover-batch', batch.id, 'cancelled', moment, { reason: input.reason, from: batch.state });
    return ok(null);
  });
}
