import { fail, ok, type Delivery, type Outcome } from '#contract';
import { afterCommit, type WriteDb } from '../../store/index.ts';
import { announceReplacement, freezeOutgoing, getOutgoing, type SendPlanned } from '../records/index.ts';
import { agencyKey } from './agency-code.store.ts';
import { addRecipients, recipientsOf, type Party } from './recipients.store.ts';
import { dispatch, holders, type SendDeps } from './send-document.ts';

/**
 * Gives a document of ours to the outbox for the recipients that its draft named and that have not been sent it. One that
 * takes the place of another goes as a replacement to all who have that, and as a new document to whoever is named beside.
 */
export async function sendPlanned(deps: SendDeps, id: string, first: Parameters<SendPlanned>[1]): ReturnType<SendPlanned> {
  const { store } = deps;
  const document = getOutgoing(store.read, id);
  if (document === undefined) return fail('not-found');
  if (document.state !== 'issued' && document.state !== 'sealed') return fail('document-frozen');
  const old = document.replaces === null ? undefined : getOutgoing(store.read, document.replaces);
  const keyOf = (organId: string): string => agencyKey(store.read, organId);
  const has = new Set(holders(recipientsOf(store.read, id)).map((one) => keyOf(one.organId)));
  const toTell = old?.state === 'issued' ? holders(recipientsOf(store.read, old.id)).filter((one) => !has.has(keyOf(one.organId))) : [];
  const told = new Set(toTell.map((one) => keyOf(one.organId)));
  const others = document.plannedTo.filter((one) => !has.has(keyOf(one.organId)) && !told.has(keyOf(one.organId)));
  if (toTell.length + others.length === 0) return fail('nothing-to-send');
  const strikeOld = (db: WriteDb, kind: 'new' | 'replace', at: string): void => {
    // Issuing may have frozen it already, when nobody had it.
    if (old === undefined || getOutgoing(db, old.id)?.state !== 'issued') return;
    // Where others have it, it is frozen once the axis has what takes its place.
    if (kind === 'replace') announceReplacement(db, old.id, id);
    else freezeOutgoing(db, old.id, { state: 'replaced', at, reason: document.subject, replacedBy: id });
    afterCommit(db, () => {
      deps.sentChanged([old.id]);
    });
  };
  const go = (kind: 'new' | 'replace', receivers: readonly Party[], before: Parameters<SendPlanned>[1]): Promise<Outcome<Delivery[], 'not-edxml' | 'overtaken' | 'already-sent' | 'wrong-step'>> =>
    dispatch<'wrong-step' | 'already-sent'>(
      deps,
      {
        document,
        seen: getOutgoing(store.read, id) ?? document,
        kind,
        receivers,
        reason: kind === 'replace' ? document.subject : '',
        replaces: kind === 'replace' && old !== undefined ? { documentId: old.documentId, organIds: receivers.map((one) => one.organId) } : null,
      },
      (db, sent, at) => {
        addRecipients(db, id, sent, receivers, at);
        // Also where nobody has the old one: it is replaced here by what goes out now.
        if (before === first) strikeOld(db, kind, at);
      },
      (db) => {
        // While the message was written, the same may have been asked for once more.
        const meanwhile = new Set(holders(recipientsOf(db, id)).map((one) => keyOf(one.organId)));
        const already = receivers.find((one) => meanwhile.has(keyOf(one.organId)));
        return already === undefined ? before(db) : fail('already-sent', { organId: already.organId, name: already.name });
      },
    );
  const nothing = (): Outcome<null> => ok(null);
  if (toTell.length > 0) {
    const replaced = await go('replace', toTell, first);
    if (!replaced.ok) return replaced;
  }
  if (others.length > 0) {
    const sent = await go('new', others, toTell.length > 0 ? nothing : first);
    if (!sent.ok) return sent;
  }
  return ok(toTell.length + others.length);
}
