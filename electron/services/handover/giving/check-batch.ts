import { fail, ok, type BatchItem, type CodeOf, type Contract, type HandoverRemark, type InputOf, type Outcome, type OutputOf } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { BlobDamaged, BlobMissing } from '../../../store/index.ts';
import { getDossier, remarksOn } from '../../dossiers/index.ts';
import { contentProblems, type PackageFile } from '../../packages/index.ts';
import { actorOf } from '../../people/index.ts';
import type { HandoverDeps } from '../ports.ts';
import type { Running, Runs } from '../runs.ts';
import { batchWith, everyItem, getBatch, moveBatch, raiseBatch, saveRemarks } from './batch.store.ts';
import { captured, type Captured } from './content.ts';
import { mayActOn } from './life.ts';
import { batchNow, note } from './on-batch.ts';

type Method = Contract['handover']['check'];
type Answer = Outcome<OutputOf<Method>, CodeOf<Method>>;

/** Told of files by this check itself. */
const told = new Set(['empty', 'file-missing', 'file-destroyed', 'verdict-failed', 'verdict-unsure', 'verdict-waiting']);

type Say = (code: HandoverRemark['code'], stops: boolean, ordinal: number, params: HandoverRemark['params'], about?: string) => void;

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
        contents(deps, found, say);
        await bytes(deps, found, running, say);
        ofDossier(deps, item, say);
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

/** What the circular has against it, and members that no package can hold. */
function contents(deps: HandoverDeps, { dossier, content }: Captured, say: Say): void {
  if (content.documents.length === 0) say('empty', true, 0, {});
  for (const { ordinal, subject, destroyed } of dossier.withoutFile) say('no-file', false, ordinal, { subject, destroyed: destroyed ? 1 : 0 });
  for (const [index, problem] of contentProblems(content, deps.schemas()).entries()) {
    if (problem.code === 'package-empty') continue;
    const code = problem.code === 'package-identity' && problem.place === 'sender' ? 'office-code' : 'content';
    say(code, true, problem.document, { problem: problem.code, field: problem.place, detail: problem.detail }, String(index));
  }
}

const isPdf = ({ name, mediaType }: PackageFile): boolean => mediaType === 'application/pdf' || /\.pdf$/i.test(name);

/** Every file is there and whole, and what is known of its signatures. */
async function bytes(deps: HandoverDeps, { content }: Captured, running: Running, say: Say): Promise<void> {
  for (const [index, document] of content.documents.entries()) {
    const files = document.content.kind === 'file' ? [document.content.file, ...document.attachments] : document.attachments;
    for (const [place, file] of files.entries()) {
      if (running.signal.aborted) return;
      const about = `${file.sha256.slice(0, 16)}.${String(place)}`;
      await deps.store.blobs.verify(file.sha256).catch((error: unknown) => {
        if (error instanceof BlobMissing) say('bytes-missing', true, index + 1, { name: file.name }, about);
        else if (error instanceof BlobDamaged) say('bytes-damaged', true, index + 1, { name: file.name }, about);
        else throw error;
      });
      if (!isPdf(file)) continue;
      if (file.verdict === null) say('verdict-none', false, index + 1, { name: file.name }, about);
      else if (file.verdict.indication === 'failed') say('verdict-failed', false, index + 1, { name: file.name }, about);
      else if (file.verdict.indication === 'indeterminate') say('verdict-unsure', false, index + 1, { name: file.name }, about);
    }
  }
}

/** What the dossier's own check has against it (NĐ 30/2020 art. 29). */
function ofDossier(deps: HandoverDeps, item: BatchItem, say: Say): void {
  for (const { key, code, ordinal, params } of remarksOn(deps.store.read, item.dossier)) {
    if (!told.has(code)) say('dossier', false, ordinal ?? 0, { ...params, of: code, dossierCode: item.fileCode }, key);
  }
}
