import { DraftingSettings, fail, ok, type CodeOf, type Contract, type DraftDetail, type Outcome, type OutputOf, type ParsedInputOf, type StoredFile } from '#contract';
import type { Blobs, ReadDb } from '../../../store/index.ts';
import { readSetting } from '../../settings/index.ts';
import { firstDamaged } from '../record-outgoing.ts';
import { onDraft, type DraftingDeps } from './deps.ts';
import { missingIn } from './draft-detail.ts';
import { contentCheckerOf, contentOf, draftRow, insertAct, putVersion, setDraftState, voidApprovals } from './draft.store.ts';
import { isPdf, signedFacts } from './pdf-bytes.ts';
import { withoutVersion } from './save-draft.ts';

type Methods = Contract['drafting'];
type Answer<M extends keyof Methods> = Outcome<OutputOf<Methods[M]>, CodeOf<Methods[M]>>;

/** How this office works with drafts; two persons check unless somebody has said otherwise. */
export function draftingSettings(db: ReadDb): DraftingSettings {
  return readSetting(db, 'drafting', DraftingSettings) ?? { twoPersons: true };
}

/** Hands a draft over to be checked, when nothing is missing that register and message cannot be without. */
export function submitDraft(deps: DraftingDeps, { id, comment }: ParsedInputOf<Methods['submit']>): Answer<'submit'> {
  return withoutVersion(
    onDraft(deps, { id }, 'submit', 'draft.submitted', (db, { row, next, at, actor }) => {
      const { fields, files } = contentOf(db, id, row.version);
      const [missing] = missingIn(db, fields, files);
      if (missing !== undefined) return fail('draft-incomplete', { field: missing });
      setDraftState(db, id, { state: next, at, by: actor });
      insertAct(db, id, { act: 'submit', at, person: actor, actor, comment });
      return ok({ comment });
    }),
  );
}

/** The content is checked and answered for by the head of the drafting unit (NĐ 30/2020 art. 12.1). */
export function checkContent(deps: DraftingDeps, input: ParsedInputOf<Methods['checkContent']>): Answer<'checkContent'> {
  return onDraft(deps, input, 'check-content', 'draft.content-checked', (db, { next, at, actor }) => {
    const person = input.person === '' ? actor : input.person;
    setDraftState(db, input.id, { state: next, at, by: actor });
    insertAct(db, input.id, { act: 'check-content', at, person, actor, comment: input.comment });
    return ok({ person, comment: input.comment });
  });
}

/**
 * Form and procedure are checked by the person charged with it (art. 12.2): another one than who checked the content, unless
 * the office has it otherwise. Persons are told apart by their names, as long as nobody signs in.
 */
export function checkForm(deps: DraftingDeps, input: ParsedInputOf<Methods['checkForm']>): Answer<'checkForm'> {
  return onDraft(deps, input, 'check-form', 'draft.form-checked', (db, { next, at, actor }) => {
    const person = input.person === '' ? actor : input.person;
    const other = contentCheckerOf(db, input.id) ?? '';
    if (draftingSettings(db).twoPersons && sameName(person, other)) return fail('same-person', { person });
    setDraftState(db, input.id, { state: next, at, by: actor });
    insertAct(db, input.id, { act: 'check-form', at, person, actor, comment: input.comment, hints: input.hints });
    return ok({ person, comment: input.comment, hints: input.hints });
  });
}

function sameName(one: string, other: string): boolean {
  const plain = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
  return plain(one) === plain(other);
}

/**
 * Notes the signature of the competent person. A file that came back takes the place of the draft's; it must be a PDF, and
 * whether it goes on from the bytes that were checked is told, not demanded: a scan never does.
 */
export async function signDraft(deps: DraftingDeps, input: ParsedInputOf<Methods['sign']>): Promise<Answer<'sign'>> {
  const { store } = deps;
  const row = draftRow(store.read, input.id);
  if (row === undefined) return fail('not-found');
  const { fields, files } = contentOf(store.read, input.id, row.version);
  const main = files.find((file) => file.role === 'main');
  const signed = await signedFileOf(store.blobs, input, main);
  if (!signed.ok) return signed;
  const { file, facts } = signed.value;
  return onDraft(deps, input, 'sign', 'draft.signed', (db, { next, at, actor }) => {
    // Noted before the signed file takes its place: it is this version that was signed.
    insertAct(db, input.id, { act: 'sign', at, person: fields.signerName, actor, comment: '', signed: facts });
    if (file !== null) {
      const others = files.filter((one) => one.role !== 'main').map(({ id: _, ...one }) => one);
      putVersion(db, input.id, { fields, files: [{ ...file, role: 'main' }, ...others] }, at, actor);
    }
    setDraftState(db, input.id, { state: next, at, by: actor, signedAt: at });
    return ok({ signer: fields.signerName, ...facts, ...(file === null ? {} : { file: file.name, sha256: file.sha256 }) });
  });
}

type SignedFile = { readonly file: StoredFile | null; readonly facts: Awaited<ReturnType<typeof signedFacts>> };

/** The file that a signature or seal made elsewhere gave, with what can be told of it; none when it is on paper alone. */
export async function signedFileOf(
  blobs: Blobs,
  { form, file }: { readonly form: 'file' | 'paper'; readonly file: StoredFile | null },
  before: StoredFile | undefined,
): Promise<Outcome<SignedFile, 'file-needed' | 'file-damaged' | 'main-not-pdf' | 'file-same'>> {
  if (file === null && form !== 'paper') return fail('file-needed');
  if (file !== null) {
    const wrong = await notAPdf(blobs, file);
    if (wrong !== undefined) return fail(wrong, { file: file.name });
    if (file.sha256 === before?.sha256) return fail('file-same', { file: file.name });
  }
  return ok({ file, facts: await signedFacts(blobs, before, file, form) });
}

async function notAPdf(blobs: Blobs, file: StoredFile): Promise<'file-damaged' | 'main-not-pdf' | undefined> {
  if ((await firstDamaged(blobs, [file])) !== undefined) return 'file-damaged';
  return (await isPdf(blobs, file.sha256)) ? undefined : 'main-not-pdf';
}

/** Gives a draft back to its drafter, from whatever step before it has a number. */
export function returnDraft(deps: DraftingDeps, { id, reason }: ParsedInputOf<Methods['returnDraft']>): Answer<'returnDraft'> {
  return withoutVersion<DraftDetail, 'not-found' | 'wrong-step'>(
    onDraft(deps, { id }, 'return', 'draft.returned', (db, { row, next, at, actor }) => {
      const voided = voidApprovals(db, id, at, reason);
      insertAct(db, id, { act: 'return', at, person: actor, actor, comment: reason });
      setDraftState(db, id, { state: next, at, by: actor, returnedReason: reason });
      return ok({ reason, from: row.state, voided });
    }),
  );
}
