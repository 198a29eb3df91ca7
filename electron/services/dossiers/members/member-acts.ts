import { fail, ok, type CodeOf, type Contract, type DossierDetail, type InputOf, type Outcome, type OutputOf } from '#contract';
import { changeOne, sql, type WriteDb } from '../../../store/index.ts';
import { firstDamaged } from '../../records/index.ts';
import type { DossierDeps } from '../deps.ts';
import type { DossierHead } from '../dossier.store.ts';
import { noteAct, type Moment } from '../history.store.ts';
import { onDossier } from '../on-dossier.ts';
import { documentTraits } from '../suggest/traits.ts';
import { countTraits } from '../suggest/traits.store.ts';
import { insertDocument, insertFile, isMember, knownDocument, memberHeads, removeMembers, updateMember, type DocumentRef, type KnownDocument } from './members.store.ts';
import { arrangeByTime, placeByTime, putAt } from './places.store.ts';
import { knownSpan, widenSpan } from './span.store.ts';

type Methods = Contract['dossiers'];
type Answer<M extends keyof Methods> = Outcome<OutputOf<Methods[M]>, CodeOf<Methods[M]>>;

/** What a document is called in a sentence: number and symbol, else its subject. */
const shownCode = ({ code, subject }: KnownDocument): string => (code === '/' ? subject : code);

/** Documents that there are and that are in a register; else what is said of the first that is not. */
export function registeredDocuments(db: WriteDb, refs: readonly DocumentRef[]): Outcome<readonly KnownDocument[], 'not-found' | 'document-not-registered'> {
  const documents: KnownDocument[] = [];
  for (const ref of refs) {
    const document = knownDocument(db, ref.id);
    if (document?.kind !== ref.kind) return fail('not-found');
    if (!document.registered) return fail('document-not-registered', { code: shownCode(document) });
    documents.push(document);
  }
  return ok(documents);
}

/** Of so many and more at once each is not put in its place by itself, as to arrange all takes less. */
const many = 50;

/** Puts documents into an open dossier, counts what they have in common, and arranges. Answers which came in. */
export function putDocuments(db: WriteDb, head: Pick<DossierHead, 'id' | 'line' | 'arranged'>, documents: readonly KnownDocument[], moment: Moment): readonly string[] {
  const added: string[] = [];
  const members: string[] = [];
  const known = knownSpan(db, head.id);
  for (const document of documents) {
    if (isMember(db, head.id, document)) continue;
    const member = insertDocument(db, head.id, document, moment);
    if (head.arranged === 'time' && documents.length < many) placeByTime(db, head.id, member);
    countTraits(db, head.line, documentTraits(document), 1);
    added.push(document.id);
    members.push(member);
  }
  if (added.length > 0) {
    if (known !== undefined) widenSpan(db, head.id, known, members);
    if (head.arranged === 'time' && documents.length >= many) arrangeByTime(db, head.id);
    noteAct(db, { dossier: head.id }, 'documents-added', moment, { documents: added });
  }
  return added;
}

/** Puts documents of the registers into a dossier; their bytes stay where they are. */
export function addDocuments(deps: DossierDeps, input: InputOf<Methods['addDocuments']>): Answer<'addDocuments'> {
  let added: readonly string[] = [];
  const done = onDossier(deps, { id: input.dossier, version: null }, 'change', (db, head, moment) => {
    const documents = registeredDocuments(db, input.documents);
    if (!documents.ok) return documents;
    added = putDocuments(db, head, documents.value, moment);
    return ok(null);
  });
  return done.ok ? ok({ dossier: done.value, added: added.length, already: input.documents.length - added.length }) : done;
}

/** Puts a file that is no document of the registers into a dossier (tài liệu khác). */
export async function addFile(deps: DossierDeps, input: InputOf<Methods['addFile']>): Promise<Answer<'addFile'>> {
  const damaged = await firstDamaged(deps.store.blobs, [input.file]);
  if (damaged !== undefined) return fail('file-damaged', { file: damaged });
  return onDossier(deps, { id: input.dossier, version: null }, 'change', (db, head, moment) => {
    const member = insertFile(db, head.id, input.file, input.fields, input.notes, moment);
    if (head.arranged === 'time') placeByTime(db, head.id, member);
    noteAct(db, { dossier: head.id }, 'file-added', moment, { member, name: input.file.name, sha256: input.file.sha256 });
    return ok(null);
  });
}

/** Writes what is noted of a member. */
export function saveMember(deps: DossierDeps, input: InputOf<Methods['saveMember']>): Answer<'saveMember'> {
  return onDossier(deps, input, 'change', (db, head, moment): Outcome<null, 'not-found'> => {
    const [member] = memberHeads(db, head.id, [input.member]);
    if (member === undefined || (input.fields !== null && member.kind !== 'file')) return fail('not-found');
    updateMember(db, member.id, input.notes, input.fields);
    if (head.arranged === 'time' && input.fields !== null) placeByTime(db, head.id, member.id);
    noteAct(db, { dossier: head.id }, 'member-changed', moment, { member: member.id, document: member.document });
    return ok(null);
  });
}

/** Takes members out of a dossier; documents stay in their register, files of its own in the store. */
export function takeOut(deps: DossierDeps, input: InputOf<Methods['removeMembers']>): Answer<'removeMembers'> {
  return onDossier(deps, input, 'change', (db, head, moment): Outcome<null, 'not-found'> => {
    const ids = [...new Set(input.members)];
    const heads = memberHeads(db, head.id, ids);
    if (heads.length !== ids.length) return fail('not-found');
    removeMembers(db, head.id, ids, moment);
    for (const { document } of heads) {
      const known = document === null ? undefined : knownDocument(db, document);
      if (known !== undefined) countTraits(db, head.line, documentTraits(known), -1);
    }
    noteAct(db, { dossier: head.id }, 'members-removed', moment, { members: heads.map(({ id, document, name }) => ({ id, document, name })) });
    return ok(null);
  });
}

/** Arranges by time, or leaves the order to hands from now on. */
export function arrange(deps: DossierDeps, input: InputOf<Methods['arrange']>): Outcome<DossierDetail, CodeOf<Methods['arrange']>> {
  return onDossier(deps, input, 'change', (db, head, moment) => {
    changeOne(db, sql`UPDATE dossier SET arranged = ${input.by} WHERE id = ${head.id}`);
    if (input.by === 'time') arrangeByTime(db, head.id);
    noteAct(db, { dossier: head.id }, 'arranged', moment, { by: input.by });
    return ok(null);
  });
}

/** Puts members, in the order given, to a place of the list. */
export function moveMembers(deps: DossierDeps, input: InputOf<Methods['moveMembers']>): Outcome<DossierDetail, CodeOf<Methods['moveMembers']>> {
  return onDossier(deps, input, 'change', (db, head, moment): Outcome<null, 'not-found'> => {
    const moved = [...new Set(input.members)];
    if (memberHeads(db, head.id, moved).length !== moved.length) return fail('not-found');
    const to = putAt(db, head.id, moved, input.to);
    changeOne(db, sql`UPDATE dossier SET arranged = 'hand' WHERE id = ${head.id}`);
    noteAct(db, { dossier: head.id }, 'members-moved', moment, { members: moved, to });
    return ok(null);
  });
}
