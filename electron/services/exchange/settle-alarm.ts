import { fail, ok, type CodeOf, type Contract, type Delivery, type Outcome, type ParsedInputOf } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { afterCommit } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { actorOf } from '../people/index.ts';
import { deliveriesOf, documentOfRecipient, noteSettled } from './recipients.store.ts';
import type { SendDeps } from './send-document.ts';

type Method = Contract['exchange']['settleAlarm'];

/** Takes a recipient's alarm off the desk with a note of what was done, kept in the document's log. */
export function settleAlarm(deps: SendDeps, { delivery, note }: ParsedInputOf<Method>): Outcome<Delivery[], CodeOf<Method>> {
  return deps.store.write((db) => {
    const document = documentOfRecipient(db, delivery);
    if (document === undefined) return fail('not-found');
    const row = deliveriesOf(db, document, deps.clock.now()).find((one) => one.id === delivery);
    if (row?.alarm === null || row === undefined) return fail('no-alarm');
    const at = instantOf(deps.clock);
    noteSettled(db, delivery, at);
    appendAudit(db, {
      at,
      actor: actorOf(db).name,
      action: 'delivery.settled',
      subjectKind: 'outgoing-document',
      subjectId: document,
      detail: { to: row.organId, alarm: row.alarm, note },
    });
    afterCommit(db, () => {
      deps.sentChanged([document]);
    });
    return ok(deliveriesOf(db, document, deps.clock.now()));
  });
}
