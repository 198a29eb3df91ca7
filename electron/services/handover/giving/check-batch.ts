import { fail, ok, type BatchItem, type CodeOf, type Contract, type HandoverRemark, type InputOf, type Outcome, type OutputOf } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { BlobDamaged, BlobMissing } from '../../../store/index.ts';
import { getDossier } from '../../dossiers/index.ts';
import { actorOf } from '../../people/index.ts';
import type { HandoverDeps } from '../ports.ts';
import type { Runs } from '../runs.ts';
import { batchWith, everyItem, getBatch, moveBatch, raiseBatch, saveRemarks } from './batch.store.ts';
import { captured } from './content.ts';
import { mayActOn } from './life.ts';
import { batchNow, note } from './on-batch.ts';
import { contentRemarks, dossierRemarks, fileRemarks, type Say } from './remarks.ts';

type Method = Contract['handover']['check'];
type Answer = Outcome<OutputOf<Method>, CodeOf<Method>>;

/** Looks at every dossier of a batch and reads every file once; keeps what was found. The batch is checked when nothing stops it. */
export function checkBatch(deps: HandoverDeps, runs: Runs, input: InputOf<Method>): Promise<Answer> {
  return runs.run('checking', input.id, async (running): Promise<Answer> => {
    const { store } = deps;
    const before = getBatch(store.read, input.id);
    if (before === undefined) return fail('not-found');
    if (before.version !== input.version) return fail('batch-changed');
    if (!mayActOn('check', before.state)) return fail('batch-step', { state: before.state });
    const items = everyItem(store.read, input.id);
    if (items.length === 0) return fail('batch-empty');
    const remarks: HandoverRemark[] = [];
    // The circular wants the code of the registration in every package (Phụ lục III.II.1.b).
    if (before.fields.agreement === '') remarks.push({ key: 'agreement-missing', code: 'agreement-missing', stops: true, dossier: null, ordinal: 0, params: {} });
    running.tell({ of: items.length });
    for (const [index, item] of items.entries()) {
      if (running.signal.aborted) return fail('handover-cancelled');
      const say: Say = (code, stops, ordinal, params, about = '') => {
        remarks.push({ key: [item.dossier, code, ordinal, about].join(':'), code, stops, dossier: item.dossier, ordinal, params: { code: item.fileCode, ...params } });
      };
      const found = captured(deps, store.read, item.dossier, before.fields, item.ordinal);
      if (found !== undefined) {
        standing(deps, input.id, item, say);
        contentRemarks(found.content, deps.schemas('SIP_hoso'), found.dossier.withoutFile, say);
        await fileRemarks(found.content, (sha256) => wholeness(deps, sha256), running.signal, say);
        dossierRemarks(deps, item.dossier, item.fileCode, say);
      }
      running.tell({ done: index + 1 });
    }
    return store.write((db): Answer => {
      const batch = getBatch(db, input.id);
      if (batch?.version !== input.version) return fail('batch-changed');
      const moment = { at: instantOf(deps.clock), by: actorOf(db).name };
      const stopping = remarks.filter(({ stops }) => stops).length;
      const state = stopping === 0 ? 'checked' : 'draft';
      if (batch.state !== state) moveBatch(db, batch.id, state);
      saveRemarks(db, batch.id, moment.at, remarks);
      raiseBatch(db, batch.id);
      note(db, 'handover-batch', batch.id, 'checked', moment, { remarks: remarks.length, stopping, dossiers: items.length });
      return ok({ batch: batchNow(db, batch.id), remarks });
    });
  });
}

function standing(deps: HandoverDeps, batch: string, item: BatchItem, say: Say): void {
  const db = deps.store.read;
  const dossier = getDossier(db, item.dossier);
  if (dossier?.closedAt === null || dossier?.state === 'open' || dossier?.state === 'discarded') say('not-closed', true, 0, {});
  if (dossier !== undefined && dossier.handedOverAt !== null) say('already-handed', true, 0, {});
  if (dossier !== undefined && dossier.disposal !== null) say('in-disposal', true, 0, {});
  if (batchWith(db, item.dossier) !== batch) say('in-other-batch', true, 0, {});
}

/** Reads a file to its end. */
async function wholeness({ store }: HandoverDeps, sha256: string): Promise<'bytes-missing' | 'bytes-damaged' | undefined> {
  try {
    await store.blobs.verify(sha256);
    return undefined;
  } catch (error) {
    if (error instanceof BlobMissing) return 'bytes-missing';
    if (error instanceof BlobDamaged) return 'bytes-damaged';
    throw error;
  }
}
