import { fail, ok, type CodeOf, type Contract, type Outcome, type OutgoingDetail, type OutputOf, type ParsedInputOf } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { afterCommit, type WriteDb } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { noteIssued, notePaperSent, noteSealed } from '../numbered.store.ts';
import { freezeOutgoing, getOutgoing, putOutgoingFiles } from '../outgoing.store.ts';
import { actorOf } from './actor.ts';
import { signedFileOf } from './check-draft.ts';
import type { DraftingDeps } from './deps.ts';
import { stateAfter } from './life.ts';

type Methods = Contract['drafting'];
type Answer<M extends keyof Methods> = Outcome<OutputOf<Methods[M]>, CodeOf<Methods[M]>>;

/**
 * Notes the seal, or the agency's signature, of a numbered document. The agency signs only what its competent person has
 * signed (NĐ 30/2020 art. 32.2.d), which a numbered document was.
 */
export async function sealDocument(deps: DraftingDeps, input: ParsedInputOf<Methods['seal']>): Promise<Answer<'seal'>> {
  const found = getOutgoing(deps.store.read, input.document);
  if (found === undefined) return fail('not-found');
  const [main, ...others] = found.files;
  const signed = await signedFileOf(deps.store.blobs, input, main);
  if (!signed.ok) return signed;
  const { file, facts } = signed.value;
  return deps.store.write((db) => {
    const state = getOutgoing(db, input.document)?.state ?? 'voided';
    if (stateAfter(state, 'seal') === undefined) return fail('wrong-step', { state });
    const [at, actor] = [instantOf(deps.clock), actorOf(db)];
    if (file !== null) putOutgoingFiles(db, input.document, [file, ...others.map(({ id: _, ...one }) => one)], at);
    noteSealed(db, input.document, at, actor);
    appendAudit(db, {
      at,
      actor,
      action: 'document.sealed',
      subjectKind: 'outgoing-document',
      subjectId: input.document,
      detail: { ...facts, ...(file === null ? {} : { file: file.name, sha256: file.sha256 }) },
    });
    tell(deps, db, input.document);
    return ok({ document: input.document, signed: facts });
  });
}

/**
 * Issues a document (phát hành, art. 18): with `send` it goes to the outbox in the same transaction. One that takes the place
 * of another that never went over the axis freezes that one at once; where somebody has it, sending does it.
 */
export async function issueDocument(deps: DraftingDeps, { document, send }: ParsedInputOf<Methods['issue']>): Promise<Answer<'issue'>> {
  const found = getOutgoing(deps.store.read, document);
  if (found === undefined) return fail('not-found');
  if (stateAfter(found.state, 'issue') === undefined) return fail('wrong-step', { state: found.state });
  const issue = (db: WriteDb): Outcome<null, 'wrong-step'> => issueNow(deps, db, document);
  if (send && (found.plannedTo.length > 0 || found.replaces !== null)) {
    const sent = await deps.sendPlanned(document, issue);
    // A replacement of what went on paper alone has nobody to send to, and is issued all the same.
    if (sent.ok || sent.failure.code !== 'nothing-to-send') return sent.ok ? ok({ document, queued: sent.value }) : sent;
  }
  return deps.store.write((db) => {
    const done = issue(db);
    return done.ok ? ok({ document, queued: 0 }) : done;
  });
}

function issueNow(deps: DraftingDeps, db: WriteDb, document: string): Outcome<null, 'wrong-step'> {
  const found = getOutgoing(db, document);
  if (found === undefined || stateAfter(found.state, 'issue') === undefined) return fail('wrong-step', { state: found?.state ?? '' });
  const [at, actor] = [instantOf(deps.clock), actorOf(db)];
  noteIssued(db, document, at, actor);
  appendAudit(db, {
    at,
    actor,
    action: 'document.issued',
    subjectKind: 'outgoing-document',
    subjectId: document,
    detail: {
      documentId: found.documentId,
      code: `${found.codeNumber}/${found.codeNotation}`,
      subject: found.subject,
      repliesTo: found.repliesTo,
      corrects: found.corrects,
      files: found.files.map((file) => ({ name: file.name, sha256: file.sha256 })),
      paperTo: found.paperTo,
    },
  });
  replaceUnsent(db, found, at, actor);
  tell(deps, db, document);
  return ok(null);
}

/** What never went over the axis is replaced by issuing the new one; what did, by telling who has it. */
function replaceUnsent(db: WriteDb, document: OutgoingDetail, at: string, actor: string): void {
  if (document.replaces === null) return;
  const old = getOutgoing(db, document.replaces);
  if (old === undefined || stateAfter(old.state, 'replace') === undefined || wentElectronically(old)) return;
  const reason = document.subject;
  freezeOutgoing(db, old.id, { state: 'replaced', at, reason, replacedBy: document.id });
  appendAudit(db, {
    at,
    actor,
    action: 'document.replaced-on-paper',
    subjectKind: 'outgoing-document',
    subjectId: old.id,
    detail: { by: document.id, reason },
  });
}

/** Sends an issued document to its electronic recipients that have not been sent it yet. */
export async function sendDocument(deps: DraftingDeps, { document }: ParsedInputOf<Methods['send']>): Promise<Answer<'send'>> {
  const sent = await deps.sendPlanned(document, () => ok(null));
  return sent.ok ? ok({ document, queued: sent.value }) : sent;
}

/** Notes that the paper copies of an issued document were handed over. */
export function paperSent(deps: DraftingDeps, { document, note }: ParsedInputOf<Methods['paperSent']>): Answer<'paperSent'> {
  return deps.store.write((db) => {
    const found = getOutgoing(db, document);
    if (found === undefined) return fail('not-found');
    if (found.state !== 'issued' || found.paperSentAt !== null) return fail('wrong-step', { state: found.state });
    if (found.paperTo.length === 0) return fail('nothing-on-paper');
    const [at, actor] = [instantOf(deps.clock), actorOf(db)];
    notePaperSent(db, document, at, found.plannedTo.length === 0);
    appendAudit(db, {
      at,
      actor,
      action: 'document.paper-sent',
      subjectKind: 'outgoing-document',
      subjectId: document,
      detail: { to: found.paperTo, note },
    });
    tell(deps, db, document);
    return ok({ document });
  });
}

/** Takes back a document that went on paper alone, or not at all: it is frozen, its copies are asked back by hand. */
export function recallPaper(deps: DraftingDeps, { document, reason }: ParsedInputOf<Methods['recallPaper']>): Answer<'recallPaper'> {
  return deps.store.write((db) => {
    const found = getOutgoing(db, document);
    if (found === undefined) return fail('not-found');
    if (stateAfter(found.state, 'recall') === undefined) return fail('wrong-step', { state: found.state });
    if (wentElectronically(found)) return fail('went-electronically');
    const [at, actor] = [instantOf(deps.clock), actorOf(db)];
    freezeOutgoing(db, document, { state: 'recalled', at, reason, replacedBy: null });
    appendAudit(db, {
      at,
      actor,
      action: 'document.recalled',
      subjectKind: 'outgoing-document',
      subjectId: document,
      detail: { form: 'paper', reason, to: found.paperTo.map((one) => one.name) },
    });
    tell(deps, db, document);
    return ok({ document });
  });
}

/** What went on paper alone is sent in the moment in which that was noted. */
function wentElectronically({ sentAt, paperSentAt }: Pick<OutgoingDetail, 'sentAt' | 'paperSentAt'>): boolean {
  return sentAt !== null && sentAt !== paperSentAt;
}

function tell(deps: DraftingDeps, db: WriteDb, document: string): void {
  afterCommit(db, () => {
    deps.changed([document]);
  });
}
