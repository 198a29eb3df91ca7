import { fail, ok, type CodeOf, type Contract, type DraftFields, type DraftFile, type Outcome, type OutputOf, type ParsedInputOf, type StoredFile } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { newId } from '../../../foundation/ids.ts';
import type { Blobs, WriteDb } from '../../../store/index.ts';
import { stateOf } from '../incoming.store.ts';
import { getOutgoing } from '../outgoing.store.ts';
import { firstDamaged } from '../record-outgoing.ts';
import { actorOf } from './actor.ts';
import { afterStep, onDraft, writeTrace, type DraftingDeps } from './deps.ts';
import { contentOf, draftRow, insertAct, insertDraft, putVersion, setDraftState, voidApprovals } from './draft.store.ts';
import { isPdf } from './pdf-bytes.ts';

type Methods = Contract['drafting'];
type Answer<M extends keyof Methods> = Outcome<OutputOf<Methods[M]>, CodeOf<Methods[M]>>;
type FileIn = Omit<DraftFile, 'id'>;

/** Begins a draft, complete or not. */
export async function createDraft(deps: DraftingDeps, input: ParsedInputOf<Methods['create']>): Promise<Answer<'create'>> {
  const may = await judge(deps.store.blobs, input);
  if (!may.ok) return may;
  return deps.store.write((db) => {
    if (!namesExist(db, input.fields)) return fail('not-found');
    const [id, at, actor] = [newId(), instantOf(deps.clock), actorOf(db)];
    insertDraft(db, id, at, actor);
    putVersion(db, id, input, at, actor);
    writeTrace(db, { at, actor }, { action: 'draft.created', draft: id, detail: { subject: input.fields.subject, files: named(input.files) } });
    return ok(afterStep(deps, db, id));
  });
}

/**
 * Puts a new version in place. A draft that was being checked or waited for its signature goes back to its beginning: who
 * checked it did not see this (NĐ 30/2020 art. 11.2). Nothing happens when nothing changed.
 */
export async function saveDraft(deps: DraftingDeps, input: ParsedInputOf<Methods['save']>): Promise<Answer<'save'>> {
  const may = await judge(deps.store.blobs, input);
  if (!may.ok) return may;
  return onDraft(deps, input, 'change', 'draft.changed', (db, { row, next, at, actor }) => {
    if (!namesExist(db, input.fields)) return fail('not-found');
    const before = contentOf(db, input.id, row.version);
    const fields = changedFields(before.fields, input.fields);
    const filesChanged = JSON.stringify(named(before.files)) !== JSON.stringify(named(input.files));
    if (fields.length === 0 && !filesChanged) return ok(null);
    putVersion(db, input.id, input, at, actor);
    const voided = voidApprovals(db, input.id, at, 'changed');
    // A draft that came back keeps the reason in sight until it is handed over again.
    setDraftState(db, input.id, { state: next, at, by: actor, returnedReason: row.returned_reason });
    return ok({ fields, voided, ...(filesChanged ? { files: named(input.files) } : {}) });
  });
}

/** Gives a draft up. It is kept with every version, out of the lists. */
export function discardDraft(deps: DraftingDeps, input: ParsedInputOf<Methods['discard']>): Answer<'discard'> {
  return withoutVersion(
    onDraft(deps, { id: input.id }, 'discard', 'draft.discarded', (db, { next, at, actor }) => {
      setDraftState(db, input.id, { state: next, at, by: actor });
      return ok({ reason: input.reason });
    }),
  );
}

/** A comment on a draft, at whatever step it is. */
export function commentDraft(deps: DraftingDeps, input: ParsedInputOf<Methods['comment']>): Answer<'comment'> {
  return deps.store.write((db) => {
    const state = draftRow(db, input.id)?.state;
    if (state === undefined) return fail('not-found');
    if (state === 'numbered' || state === 'discarded') return fail('draft-closed');
    const [at, actor] = [instantOf(deps.clock), actorOf(db)];
    const person = input.person === '' ? actor : input.person;
    insertAct(db, input.id, { act: 'comment', at, person, actor, comment: input.text });
    writeTrace(db, { at, actor }, { action: 'draft.commented', draft: input.id, detail: { person, text: input.text } });
    return ok(afterStep(deps, db, input.id));
  });
}

/** A step that names no version cannot meet a changed one; the type follows. */
export function withoutVersion<T, C extends string>(outcome: Outcome<T, C | 'draft-changed'>): Outcome<T, C> {
  if (!outcome.ok && outcome.failure.code === 'draft-changed') throw new Error('no version was named');
  return outcome as Outcome<T, C>;
}

async function judge(
  blobs: Blobs,
  input: { readonly fields: DraftFields; readonly files: readonly FileIn[] },
): Promise<Outcome<null, 'secret-refused' | 'file-damaged' | 'main-not-pdf' | 'main-twice' | 'recipient-twice'>> {
  if (input.fields.secrecy !== 0) return fail('secret-refused', { field: 'secrecy' });
  const codes = input.fields.recipients.map((one) => one.organId);
  const twice = input.fields.recipients.find((one, at) => codes.indexOf(one.organId) !== at);
  if (twice !== undefined) return fail('recipient-twice', { organId: twice.organId, name: twice.name });
  const damaged = await firstDamaged(blobs, input.files);
  if (damaged !== undefined) return fail('file-damaged', { file: damaged });
  const [main, second] = input.files.filter((file) => file.role === 'main');
  if (second !== undefined) return fail('main-twice', { file: second.name });
  if (main !== undefined && !(await isPdf(blobs, main.sha256))) return fail('main-not-pdf', { file: main.name });
  return ok(null);
}

function namesExist(db: WriteDb, fields: DraftFields): boolean {
  if (fields.repliesTo !== null && stateOf(db, fields.repliesTo) === undefined) return false;
  return [fields.corrects, fields.replaces].every((id) => id === null || getOutgoing(db, id) !== undefined);
}

function changedFields(before: DraftFields, after: DraftFields): string[] {
  const names = Object.keys(after) as (keyof DraftFields)[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

function named(files: readonly (Pick<StoredFile, 'name' | 'sha256'> & { readonly role: string })[]): { role: string; name: string; sha256: string }[] {
  return files.map(({ role, name, sha256 }) => ({ role, name, sha256 }));
}
