import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type OutputOf } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { changeOne, sql, type Store } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { actorOf } from '../people/index.ts';
import { readSettings } from '../settings/index.ts';
import { reportFactsOf, stateOf } from './incoming.store.ts';
import { takeArrivalNumber } from './numbers/take.ts';
import { statusAbout, type QueueStatus } from './ports.ts';

export type RegisterDeps = { readonly store: Store; readonly clock: Clock; readonly queueStatus: QueueStatus };

type Method = Contract['records']['registerIncoming'];

/**
 * Enters an arrived document in the register (vào sổ, NĐ 30/2020 art. 22): arrival number, register row, audit entry
 * and status 03 to the sender are one transaction.
 */
export function registerIncoming(
  deps: RegisterDeps,
  { id, book, held }: InputOf<Method>,
): Outcome<OutputOf<Method>, CodeOf<Method>> {
  return deps.store.write((db) => {
    const state = stateOf(db, id);
    const facts = reportFactsOf(db, id);
    if (state === undefined || facts === undefined) return fail('not-found');
    if (state === 'registered') return fail('already-registered');
    if (state !== 'arrived') return fail('document-closed', { state });
    const at = instantOf(deps.clock);
    const taken = takeArrivalNumber(db, { at, book: book ?? null, held: held ?? null });
    if (!taken.ok) return taken;
    const { series, number, suffix, year } = taken.value;
    const { agency } = readSettings(db);
    const operator = actorOf(db).name;
    changeOne(
      db,
      sql`UPDATE incoming_document
          SET state = 'registered', arrival_series = ${series}, arrival_number = ${number}, arrival_suffix = ${suffix}, arrival_year = ${year},
            registered_at = ${at}, registered_by = ${operator}
          WHERE id = ${id} AND state = 'arrived'`,
    );
    appendAudit(db, {
      at,
      actor: operator,
      action: 'document.registered',
      subjectKind: 'incoming-document',
      subjectId: id,
      detail: { arrivalNumber: number, ...(suffix === '' ? {} : { arrivalSuffix: suffix }), arrivalYear: year },
    });
    deps.queueStatus(db, {
      ...statusAbout(facts, agency.name),
      statusCode: '03',
      at,
      staff: operator,
      description: 'Văn bản đã được tiếp nhận và vào sổ văn bản đến',
    });
    return ok({ id, arrivalNumber: number, arrivalSuffix: suffix, arrivalYear: year });
  });
}
