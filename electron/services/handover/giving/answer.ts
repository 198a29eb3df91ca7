import { fail, ok, type BatchDetail, type BatchItem, type CodeOf, type Contract, type HandoverDecision, type InputOf, type Outcome } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { afterCommit, type WriteDb } from '../../../store/index.ts';
import { noteAct } from '../../dossiers/index.ts';
import { actorOf } from '../../people/index.ts';
import { differencesOf, minutesFile } from '../minutes/compare.ts';
import { minutesOfBatch, partyOf, readMinutes } from '../minutes/minutes.ts';
import type { HandoverDeps } from '../ports.ts';
import { answerItem, batchOfObject, everyItem, getBatch, officeOfBatch, raiseBatch, setAnswered } from './batch.store.ts';
import { answeredState, mayActOn } from './life.ts';
import { batchNow, note, onBatch, type Moment } from './on-batch.ts';

type Methods = Contract['handover'];
type ImportAnswer = Outcome<BatchDetail, CodeOf<Methods['importMinutes']>>;
type Answered = { readonly decision: HandoverDecision; readonly reason: string };

/** Writes the archive's answer about every item, and where that leads, in the caller's transaction. */
function answerAll(deps: HandoverDeps, db: WriteDb, batch: BatchDetail, items: readonly BatchItem[], answerOf: (item: BatchItem) => Answered, number: string, moment: Moment): void {
  const accepted: string[] = [];
  for (const item of items) {
    const { decision, reason } = answerOf(item);
    answerItem(db, item, decision, reason, moment.at);
    noteAct(db, { dossier: item.dossier }, decision === 'accepted' ? 'handed-over' : 'hand-over-refused', { ...moment, reason }, { batch: batch.id, archive: batch.fields.archive.code, package: item.objectId, sha256: item.sha256 });
    if (decision === 'accepted') accepted.push(item.dossier);
  }
  const state = answeredState(accepted.length, items.length - accepted.length);
  setAnswered(db, batch.id, state, moment.at, moment.by, number);
  note(db, 'handover-batch', batch.id, 'answered', moment, { state, number, accepted: accepted.length, refused: items.length - accepted.length });
  afterCommit(db, () => {
    deps.dossiersChanged(items.map(({ dossier }) => dossier));
  });
}

/** Takes over minutes on paper. Originals stay; what was refused may go into another batch. */
export function enterMinutes(deps: HandoverDeps, input: InputOf<Methods['enterMinutes']>): Outcome<BatchDetail, CodeOf<Methods['enterMinutes']>> {
  return onBatch(deps, input, 'answer', (db, batch, moment): Outcome<null, 'not-found'> => {
    const items = everyItem(db, batch.id);
    const refused = new Map(input.refused.map(({ item, reason }) => [item, reason]));
    if (![...refused.keys()].every((id) => items.some((item) => item.id === id))) return fail('not-found');
    answerAll(deps, db, batch, items, ({ id }) => ({ decision: refused.has(id) ? 'refused' : 'accepted', reason: refused.get(id) ?? '' }), input.number, moment);
    return ok(null);
  });
}

/** Takes over the archive's minutes as its station wrote them: every package must be the very one that was made here. */
export async function importMinutes(deps: HandoverDeps, { file }: InputOf<Methods['importMinutes']>): Promise<ImportAnswer> {
  const bytes = await minutesFile(deps.store, file.sha256, file.size);
  if (bytes === undefined) return fail('file-damaged', { file: file.name });
  const minutes = readMinutes(bytes, 'receiving');
  if (minutes === undefined) return fail('minutes-unreadable');
  return deps.store.write((db): ImportAnswer => {
    const id = minutes.packages.map(({ objectId }) => (objectId === '' ? undefined : batchOfObject(db, objectId))).find((found) => found !== undefined);
    const batch = id === undefined ? undefined : getBatch(db, id);
    if (batch === undefined) return fail('minutes-other');
    if (!mayActOn('answer', batch.state)) return fail('batch-step', { state: batch.state });
    const items = everyItem(db, batch.id);
    const ours = minutesOfBatch(batch, partyOf(db, officeOfBatch(db, batch.id)), items);
    const differs = differencesOf(ours, minutes, 'giving').find(({ stops }) => stops);
    if (differs !== undefined) return fail('minutes-differ', { code: differs.code });
    const answers = new Map(minutes.packages.map(({ objectId, decision, reason }) => [objectId, { decision: decision ?? 'refused', reason }]));
    const moment = { at: instantOf(deps.clock), by: actorOf(db).name };
    answerAll(deps, db, batch, items, ({ objectId }) => answers.get(objectId) ?? { decision: 'refused', reason: '' }, minutes.number, moment);
    raiseBatch(db, batch.id);
    return ok(batchNow(db, batch.id));
  });
}
