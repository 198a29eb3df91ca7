import { fail, ok, type CodeOf, type Contract, type Delivery, type Outcome, type OutgoingDetail, type ParsedInputOf } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { newId } from '../../foundation/ids.ts';
import { afterCommit, type ReadDb, type WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { actorOf } from '../people/index.ts';
import { freezeOutgoing, getOutgoing, type StatusReport } from '../records/index.ts';
import { readSettings } from '../settings/index.ts';
import { agencyKey } from './agency-code.store.ts';
import { cancelFollowers } from './never-sent.ts';
import { cancelRow, queueReport, rowsOfOutgoing, type OutboxRow } from './outbox.store.ts';
import { deliveriesOf, noteNeverSent, noteTakeBack, recipientsOf, sameRecipients, type Recipient } from './recipients.store.ts';
import { replacementCancelled } from './replacing.ts';
import { dispatch, holders, type SendDeps } from './send-document.ts';

type Method = Contract['exchange']['recallDocument'];
type Input = ParsedInputOf<Method>;

/**
 * Takes a document back (thu hồi; NĐ 30/2020 art. 18.4, QĐ 28/2018 art. 8.2). What has surely not left is taken out of
 * the outbox; everybody else is asked, by status 13 or by a message of business type 1 (axis.md §2.8), which waits behind
 * the document itself. When nobody keeps it, the document and its metadata are frozen (annex VI III.8).
 */
export async function recallDocument(deps: SendDeps, input: Input): Promise<Outcome<Delivery[], CodeOf<Method>>> {
  const { store } = deps;
  const document = getOutgoing(store.read, input.document);
  if (document === undefined) return fail('not-found');
  if (document.state === 'replaced') return fail('document-frozen');
  if (document.state === 'issued' && document.replacedBy !== null) return fail('being-replaced');
  const recipients = recipientsOf(store.read, document.id);
  const all = holders(recipients);
  const named = input.recipients ?? all.map((one) => one.organId);
  const keyOf = (organId: string): string => agencyKey(store.read, organId);
  const [wanted, present] = [new Set(named.map(keyOf)), new Set(all.map((one) => keyOf(one.organId)))];
  const chosen = all.filter((one) => wanted.has(keyOf(one.organId)));
  const unknown = named.find((organId) => !present.has(keyOf(organId)));
  if (unknown !== undefined) return fail('recipient-unknown', { organId: unknown });
  if (chosen.length === 0) return fail('nothing-sent');

  // A whole message that has not left needs no recall; one that goes to others as well must leave first.
  // A replacement leaves and is taken back then, unless the axis refused it: others count on the old one being struck.
  const unsent = (db: ReadDb): OutboxRow[] =>
    unsentRows(db, document.id).filter((row) => coveredBy(row, chosen) && (row.item.dispatch === 'new' || row.item.state === 'attention'));
  const cancellable = unsent(store.read);
  const asked = chosen.filter((one) => !cancellable.some((row) => row.content.kind === 'document' && row.content.dispatch === one.dispatch));
  if (cancellable.some((row) => row.item.inDoubt)) return fail('in-doubt');
  if (asked.length > 0 && document.state !== 'issued') return askAgain(deps, document, asked, input);
  if (document.state !== 'issued') return fail('document-frozen');

  const also = (db: WriteDb, at: string): { readonly cancelled: readonly string[] } => {
    const released: string[] = [];
    for (const row of cancellable) {
      cancelRow(db, row.item.id);
      if (row.content.kind === 'document') noteNeverSent(db, row.content.dispatch, at);
      released.push(...replacementCancelled(db, row, { at, actor: actorOf(db).name, note: input.reason }));
    }
    const followers = cancellable.length === 0 ? [] : cancelFollowers(db, document.id);
    for (const one of asked) noteTakeBack(db, one.id, 'asked', at);
    if (all.every((one) => chosen.includes(one))) {
      freezeOutgoing(db, document.id, { state: 'recalled', at, reason: input.reason, replacedBy: null });
    }
    const cancelled = [...cancellable.map((row) => row.item.id), ...followers];
    afterCommit(db, () => {
      deps.queued(cancelled);
      deps.sentChanged([document.id, ...released]);
    });
    return { cancelled };
  };
  if (input.form === 'message' && asked.length > 0) {
    const message = { document, seen: document, kind: 'recall', receivers: asked, reason: input.reason, replaces: null } as const;
    // What was to be cancelled may have left while the message was written, and somebody else may have sent it on.
    const asBefore = (db: ReadDb): boolean =>
      sameRecipients(recipients, recipientsOf(db, document.id)) && stateWords(unsent(db)) === stateWords(cancellable);
    return dispatch(deps, message, (db, _id, at) => also(db, at), (db) => (asBefore(db) ? ok(null) : fail('overtaken')));
  }
  return store.write((db) => {
    const at = instantOf(deps.clock);
    const { cancelled } = also(db, at);
    askByStatus(deps, db, document, asked, input.reason, at);
    noteRecall(db, document, input, asked, cancelled, at);
    return ok(deliveriesOf(db, document.id, deps.clock.now()));
  });
}

/** A recalled document is frozen, but a recipient that refused may be asked once more; by status, as that changes nothing. */
function askAgain(deps: SendDeps, document: OutgoingDetail, asked: readonly Recipient[], input: Input): Outcome<Delivery[], CodeOf<Method>> {
  return deps.store.write((db) => {
    const at = instantOf(deps.clock);
    for (const one of asked) noteTakeBack(db, one.id, 'asked', at);
    askByStatus(deps, db, document, asked, input.reason, at);
    noteRecall(db, document, input, asked, [], at);
    afterCommit(db, () => {
      deps.sentChanged([document.id]);
    });
    return ok(deliveriesOf(db, document.id, deps.clock.now()));
  });
}

function askByStatus(deps: SendDeps, db: WriteDb, document: OutgoingDetail, asked: readonly Recipient[], reason: string, at: string): void {
  const { agency } = readSettings(db);
  const occasion = newId();
  const rows: string[] = [];
  for (const one of asked) {
    const { documentId, codeNumber, codeNotation, issuedDate } = document;
    const report: StatusReport = {
      statusCode: '13',
      document: document.id,
      at,
      from: { organId: agency.organId, name: agency.name },
      to: { organId: one.organId, name: one.name },
      about: { documentId, codeNumber, codeNotation, issuedDate },
      staff: actorOf(db).name,
      description: reason,
    };
    rows.push(queueReport(db, { incoming: null, outgoing: document.id }, report, `${occasion}:${one.organId}`));
  }
  afterCommit(db, () => {
    deps.queued(rows);
  });
}

function noteRecall(db: WriteDb, document: OutgoingDetail, input: Input, asked: readonly Recipient[], cancelled: readonly string[], at: string): void {
  appendAudit(db, {
    at,
    actor: actorOf(db).name,
    action: 'document.recalled',
    subjectKind: 'outgoing-document',
    subjectId: document.id,
    detail: { form: input.form, reason: input.reason, to: asked.map((one) => one.organId), cancelled },
  });
}

/** Rows with the document itself that have not left. */
function unsentRows(db: ReadDb, document: string): OutboxRow[] {
  return rowsOfOutgoing(db, document).filter(
    ({ item }) => (item.dispatch === 'new' || item.dispatch === 'replace') && (item.state === 'waiting' || item.state === 'attention'),
  );
}

function stateWords(rows: readonly OutboxRow[]): string {
  return rows.map(({ item, doubtSince }) => `${item.id} ${item.state} ${doubtSince ?? ''}`).join();
}

function coveredBy(row: OutboxRow, chosen: readonly Recipient[]): boolean {
  return row.item.recipients.every((agency) => chosen.some((one) => one.organId === agency.organId));
}
