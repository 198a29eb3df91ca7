import { fail, ok, type CodeOf, type Contract, type Delivery, type DispatchKind, type Outcome, type OutgoingDetail, type ParsedInputOf } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { newId } from '../../foundation/ids.ts';
import { afterCommit, type ReadDb, type Store, type WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { announceReplacement, changeOutgoing, firstDamaged, getIncoming, getOutgoing, noteSent, putOutgoingFiles } from '../records/index.ts';
import { actorOf } from '../people/index.ts';
import { readSettings } from '../settings/index.ts';
import { agencyKey } from './agency-code.store.ts';
import { storeDocumentMessage, type MessageFacts } from './document-message.ts';
import { queueDispatch } from './outbox.store.ts';
import { addRecipients, deliveriesOf, insertDispatch, recipientsOf, sameRecipients, type Party, type Recipient } from './recipients.store.ts';

export type SendDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** told after rows were put into the outbox */
  readonly queued: (ids: readonly string[]) => void;
  /** told after something about our documents changed */
  readonly sentChanged: (documents: readonly string[]) => void;
};

type Methods = Contract['exchange'];
type Answer<M extends keyof Methods> = Promise<Outcome<Delivery[], CodeOf<Methods[M]>>>;

/** Who has a document or is about to get it, and has not given it back. */
export function holders(recipients: readonly Recipient[]): Recipient[] {
  return recipients.filter((one) => one.cancelledAt === null && one.takeBack !== 'agreed');
}

/** Whether a document of ours may still be acted on: it is neither frozen nor about to be replaced, and not merely an entry of an old register. */
function mayAct(document: OutgoingDetail): Outcome<null, 'document-frozen' | 'being-replaced' | 'from-old-register'> {
  // It has neither file nor DocumentId of its own.
  if (document.imported) return fail('from-old-register');
  if (document.state !== 'issued') return fail('document-frozen');
  return document.replacedBy === null ? ok(null) : fail('being-replaced');
}

/** Puts a new document for its recipients into the outbox (axis.md §2.3, type 0). */
export async function sendDocument(deps: SendDeps, input: ParsedInputOf<Methods['sendDocument']>): Answer<'sendDocument'> {
  const { store } = deps;
  const document = getOutgoing(store.read, input.document);
  if (document === undefined) return fail('not-found');
  const stands = mayAct(document);
  if (!stands.ok) return stands;
  const keys = input.recipients.map((one) => agencyKey(store.read, one.organId));
  const firstAt = new Map(keys.map((key, at) => [key, at] as const).toReversed());
  const twice = input.recipients.find((_, at) => firstAt.get(keys[at] ?? '') !== at);
  if (twice !== undefined) return fail('recipient-twice', { organId: twice.organId, name: twice.name });
  const notYetSent = (db: ReadDb): Outcome<null, 'already-sent'> => {
    const has = new Set(holders(recipientsOf(db, document.id)).map((one) => agencyKey(db, one.organId)));
    const already = input.recipients.find((_, at) => has.has(keys[at] ?? ''));
    return already === undefined ? ok(null) : fail('already-sent', { organId: already.organId, name: already.name });
  };
  const may = notYetSent(store.read);
  if (!may.ok) return may;
  const message = { document, seen: document, kind: 'new', receivers: input.recipients, reason: '', replaces: null } as const;
  const also = (db: WriteDb, id: string, at: string): void => {
    addRecipients(db, document.id, id, input.recipients, at);
  };
  // While the message was written, the same may have been asked for once more.
  return dispatch(deps, message, also, notYetSent);
}

/** Changes an issued document and tells everybody who has it (axis.md §2.3, type 2). */
export async function updateDocument(deps: SendDeps, input: ParsedInputOf<Methods['updateDocument']>): Answer<'updateDocument'> {
  const { store } = deps;
  const document = getOutgoing(store.read, input.document);
  if (document === undefined) return fail('not-found');
  const stands = mayAct(document);
  if (!stands.ok) return stands;
  const recipients = recipientsOf(store.read, document.id);
  const receivers = holders(recipients);
  if (receivers.length === 0) return fail('nothing-sent');
  const present: Readonly<Record<string, unknown>> = document;
  const changes = Object.entries(input.changes).filter(([field, value]) => JSON.stringify(present[field]) !== JSON.stringify(value));
  if (changes.length === 0 && input.files === null) return fail('nothing-changed');
  if (input.files !== null) {
    const damaged = await firstDamaged(store.blobs, input.files);
    if (damaged !== undefined) return fail('file-damaged', { file: damaged });
  }
  const files = input.files?.map((file) => ({ id: newId(), ...file })) ?? document.files;
  const changed: OutgoingDetail = { ...document, ...Object.fromEntries(changes), files };
  const message = { document: changed, seen: document, kind: 'update', receivers, reason: input.reason, replaces: null } as const;
  const also = (db: WriteDb, _id: string, at: string): ReturnType<Also> => {
    changeOutgoing(db, document.id, changed, at);
    if (input.files !== null) putOutgoingFiles(db, document.id, input.files, at);
    const before = Object.fromEntries(changes.map(([field]) => [field, JSON.stringify(present[field])]));
    const after = Object.fromEntries(changes.map(([field, value]) => [field, JSON.stringify(value)]));
    const hashes = input.files?.map((file) => file.sha256) ?? [];
    return { before, after, files: hashes };
  };
  // Whom somebody else has sent it to meanwhile would never hear of the update.
  return dispatch(deps, message, also, (db) => (sameRecipients(recipients, recipientsOf(db, document.id)) ? ok(null) : fail('overtaken')));
}

/**
 * Sends an issued document in place of an earlier one, to everybody who has that (type 3). The earlier one takes no other
 * act from now on, and is frozen when the message has left.
 */
export async function replaceDocument(deps: SendDeps, input: ParsedInputOf<Methods['replaceDocument']>): Answer<'replaceDocument'> {
  const { store } = deps;
  const document = getOutgoing(store.read, input.document);
  const old = getOutgoing(store.read, input.replaces);
  if (document === undefined || old === undefined) return fail('not-found');
  if (old.id === document.id) return fail('document-frozen');
  for (const one of [document, old]) {
    const stands = mayAct(one);
    if (!stands.ok) return stands;
  }
  const sentTo = (db: ReadDb): Recipient | undefined => recipientsOf(db, document.id).find((one) => one.cancelledAt === null);
  const already = sentTo(store.read);
  if (already !== undefined) return fail('already-sent', { organId: already.organId, name: already.name });
  const recipients = recipientsOf(store.read, old.id);
  const receivers = holders(recipients);
  if (receivers.length === 0) return fail('nothing-sent');
  const replaces = { documentId: old.documentId, organIds: receivers.map((one) => one.organId) };
  const message = { document, seen: document, kind: 'replace', receivers, reason: input.reason, replaces } as const;
  const also = (db: WriteDb, id: string, at: string): ReturnType<Also> => {
    addRecipients(db, document.id, id, receivers, at);
    announceReplacement(db, old.id, document.id);
    afterCommit(db, () => {
      deps.sentChanged([old.id]);
    });
    return { replaces: old.id };
  };
  const mayGo = (db: ReadDb): Outcome<null, 'overtaken'> =>
    sentTo(db) === undefined && isUnchanged(db, old) && sameRecipients(recipients, recipientsOf(db, old.id)) ? ok(null) : fail('overtaken');
  return dispatch(deps, message, also, mayGo);
}

type Also = (db: WriteDb, dispatchId: string, at: string) => Parameters<typeof appendAudit>[1]['detail'] | void;

/** Whether a document of ours says what it said when it was read before; that it was sent meanwhile does not count. */
function isUnchanged(db: ReadDb, seen: OutgoingDetail): boolean {
  const now = getOutgoing(db, seen.id);
  return now !== undefined && JSON.stringify({ ...now, sentAt: null }) === JSON.stringify({ ...seen, sentAt: null });
}

/**
 * Writes the message, then document, recipients, dispatch, audit entry and outbox row in one transaction. `also` does
 * what belongs to it and answers what the audit entry tells beside; `mayGo` looks once more whether it may, or does what
 * must be done before, such as issuing it. The message
 * speaks of the document as it was `seen`: one that somebody changed while it was written is left alone.
 */
export async function dispatch<C extends string = never>(
  deps: SendDeps,
  message: Pick<MessageFacts, 'kind' | 'document' | 'receivers' | 'reason' | 'replaces'> & { readonly seen: OutgoingDetail },
  also: Also,
  mayGo: (db: WriteDb) => Outcome<null, C>,
): Promise<Outcome<Delivery[], 'not-edxml' | 'overtaken' | C>> {
  const { store, clock } = deps;
  const { seen, ...facts } = message;
  const { document, kind, reason } = facts;
  const { agency, axis } = readSettings(store.read);
  const operator = actorOf(store.read).name;
  const at = instantOf(clock);
  const sender: Party = { organId: agency.organId, name: agency.name };
  const answers = document.repliesTo === null ? null : (getIncoming(store.read, document.repliesTo) ?? null);
  const stored = await storeDocumentMessage(store.blobs, { ...facts, sender, staff: operator, at, answers }, axis.elementOrder);
  if (!stored.ok) return fail('not-edxml', stored.failure.params);
  const id = newId();
  const receivers = message.receivers.map(({ organId, name }) => ({ organId, name }));
  return store.write((db) => {
    if (!isUnchanged(db, seen)) return fail('overtaken');
    const may = mayGo(db);
    if (!may.ok) return may;
    if (getOutgoing(db, document.id)?.state !== 'issued') return fail('overtaken');
    insertDispatch(db, document.id, { id, kind, reason, createdAt: at, createdBy: operator, sender: sender.organId, receivers, ...stored.value });
    const row = queueDispatch(db, { dispatch: id, outgoing: document.id, urgency: document.urgency, at });
    const more = also(db, id, at) ?? {};
    if (kind === 'new' || kind === 'replace') noteSent(db, document.id, at);
    const detail = { kind, reason, to: receivers.map((one) => one.organId), sha256: stored.value.sha256, ...more };
    appendAudit(db, { at, actor: operator, action: actions[kind], subjectKind: 'outgoing-document', subjectId: document.id, detail });
    afterCommit(db, () => {
      deps.queued([row]);
      deps.sentChanged([document.id]);
    });
    return ok(deliveriesOf(db, document.id, clock.now()));
  });
}

const actions = {
  new: 'document.queued',
  recall: 'document.recalled',
  update: 'document.updated',
  replace: 'document.replacing',
} as const satisfies Record<DispatchKind, string>;
