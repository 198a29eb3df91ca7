import { fail, ok, type CodeOf, type Contract, type DossierFields, type DossierRemark, type InputOf, type Outcome, type OutputOf, type ParsedInputOf } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { changeOne, sql } from '../../store/index.ts';
import { actorOf } from '../people/index.ts';
import { currentOffice } from '../settings/index.ts';
import { remarksOn } from './check/check.ts';
import type { DossierDeps } from './deps.ts';
import { getDossier, insertDossier, isCodeTaken, isOnItsWay, updateDossier } from './dossier.store.ts';
import { noteAct } from './history.store.ts';
import { settledMaker } from './makers.store.ts';
import { putDocuments, registeredDocuments } from './members/member-acts.ts';
import { arrangeByTime } from './members/places.store.ts';
import { onDossier, told } from './on-dossier.ts';
import { entryHead, planHead } from './plan/plan.store.ts';
import { settledRetention } from './retention.ts';
import { noteTitle } from './suggest/traits.store.ts';

type Methods = Contract['dossiers'];
type Answer<M extends keyof Methods> = Outcome<OutputOf<Methods[M]>, CodeOf<Methods[M]>>;

/** End before start, or the fields as they are written down. */
function settled(fields: DossierFields): Outcome<DossierFields, 'end-before-start'> {
  if (fields.startDate !== null && fields.endDate !== null && fields.endDate < fields.startDate) return fail('end-before-start', { field: 'endDate' });
  return ok({ ...fields, retention: settledRetention(fields.retention) });
}

/** Opens a dossier, from an entry of an issued plan or without one, with documents that belong to it. */
export function openDossier(deps: DossierDeps, input: ParsedInputOf<Methods['open']>): Answer<'open'> {
  return deps.store.write((db): Answer<'open'> => {
    const entry = input.entry === null ? undefined : entryHead(db, input.entry);
    const plan = entry && planHead(db, entry.plan);
    const maker = settledMaker(db, input.fields.maker);
    if ((input.entry !== null && (entry === undefined || plan === undefined)) || maker === undefined) return fail('not-found');
    if (plan !== undefined && plan.state !== 'approved') return fail('plan-step', { state: plan.state });
    const fields = settled({ ...input.fields, maker });
    if (!fields.ok) return fields;
    const office = currentOffice(db);
    if (isCodeTaken(db, office, fields.value, '')) return fail('notation-taken', { notation: fields.value.notation, field: 'notation' });
    const documents = registeredDocuments(db, input.documents);
    if (!documents.ok) return documents;
    const moment = { at: instantOf(deps.clock), by: actorOf(db).name, reason: '' };
    const id = insertDossier(db, { office, plan: plan?.id ?? null, entry: entry?.id ?? null, line: entry?.line ?? null, fields: fields.value, ...moment });
    noteTitle(db, entry?.line ?? id, '', fields.value.title);
    noteAct(db, { dossier: id }, 'opened', moment, { notation: fields.value.notation, catalog: fields.value.catalog, title: fields.value.title, entry: input.entry });
    putDocuments(db, { id, line: entry?.line ?? id, arranged: 'time' }, documents.value, moment);
    return ok(told(deps, db, id));
  });
}

/** Writes what was changed of an open dossier. */
export function saveDossier(deps: DossierDeps, input: InputOf<Methods['save']>): Answer<'save'> {
  return onDossier(deps, input, 'change', (db, head, moment): Outcome<null, CodeOf<Methods['save']>> => {
    const maker = settledMaker(db, input.fields.maker);
    if (maker === undefined) return fail('not-found');
    const fields = settled({ ...input.fields, maker });
    if (!fields.ok) return fields;
    if (isCodeTaken(db, head.office, fields.value, head.id)) return fail('notation-taken', { notation: fields.value.notation, field: 'notation' });
    const before = getDossier(db, head.id)?.fields;
    updateDossier(db, head.id, head.entry, fields.value);
    noteTitle(db, head.line, head.title, fields.value.title);
    const changed = (Object.keys(fields.value) as (keyof DossierFields)[]).filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(fields.value[name]));
    noteAct(db, { dossier: head.id }, 'changed', moment, { fields: changed, notation: fields.value.notation, title: fields.value.title });
    return ok(null);
  });
}

/** Members that are named for each kind of remark; a dossier of thousands may have one for each, and they are counted. */
const namedMembers = 200;

function noted(remarks: readonly DossierRemark[]): { code: string; count: number; members: string[] }[] {
  return [...Map.groupBy(remarks, ({ code }) => code)].map(([code, some]) => ({ code, count: some.length, members: some.flatMap(({ member }) => member ?? []).slice(0, namedMembers) }));
}

/** Ends a dossier; every remark that holds at this moment must have been seen. Its first day is that of its oldest document where none was written. */
export function closeDossier(deps: DossierDeps, input: InputOf<Methods['close']>): Answer<'close'> {
  return onDossier(deps, input, 'close', (db, head, moment): Outcome<null, CodeOf<Methods['close']>> => {
    const detail = getDossier(db, head.id);
    const start = head.startDate ?? (detail?.firstDay != null && detail.firstDay < input.endDate ? detail.firstDay : input.endDate);
    if (input.endDate < start) return fail('end-before-start', { field: 'endDate' });
    const remarks = remarksOn(db, head.id, input.endDate);
    const unseen = remarks.filter(({ key }) => !input.seen.includes(key));
    if (unseen.length > 0) return fail('remarks-unseen', { count: unseen.length });
    // The registers may have put right a day since the document found its place.
    if (head.arranged === 'time') arrangeByTime(db, head.id);
    changeOne(
      db,
      sql`UPDATE dossier SET state = 'closed', start_date = ${start}, end_date = ${input.endDate}, closed_at = ${moment.at}, closed_by = ${moment.by} WHERE id = ${head.id}`,
    );
    noteAct(db, { dossier: head.id }, 'closed', moment, { endDate: input.endDate, members: head.members, remarks: noted(remarks) });
    return ok(null);
  });
}

/** Opens a closed dossier again. */
export function reopenDossier(deps: DossierDeps, input: InputOf<Methods['reopen']>): Answer<'reopen'> {
  return onDossier(deps, input, 'reopen', (db, head, moment): Outcome<null, CodeOf<Methods['reopen']>> => {
    if (head.handedOverAt !== null || isOnItsWay(db, head.id)) return fail('dossier-handed-over');
    if (head.disposal !== null) return fail('dossier-in-disposal');
    changeOne(db, sql`UPDATE dossier SET state = 'open', closed_at = NULL, closed_by = '' WHERE id = ${head.id}`);
    noteAct(db, { dossier: head.id }, 'reopened', moment);
    return ok(null);
  });
}

/** Freezes a dossier: it is neither changed nor opened again until it is unlocked (NĐ 30/2020 annex VI part I IV). */
export function lockDossier(deps: DossierDeps, input: InputOf<Methods['lock']>): Answer<'lock'> {
  return onDossier(deps, input, 'lock', (db, head, moment) => {
    changeOne(
      db,
      sql`UPDATE dossier SET state = 'locked', locked_from = ${head.state}, locked_at = ${moment.at}, locked_by = ${moment.by}, locked_reason = ${moment.reason} WHERE id = ${head.id}`,
    );
    noteAct(db, { dossier: head.id }, 'locked', moment);
    return ok(null);
  });
}

/** Gives a locked dossier back to the state that it was locked in. */
export function unlockDossier(deps: DossierDeps, input: InputOf<Methods['unlock']>): Answer<'unlock'> {
  return onDossier(deps, input, 'unlock', (db, head, moment) => {
    changeOne(db, sql`UPDATE dossier SET state = ${head.lockedFrom}, locked_from = NULL, locked_at = NULL, locked_by = '', locked_reason = '' WHERE id = ${head.id}`);
    noteAct(db, { dossier: head.id }, 'unlocked', moment, { to: head.lockedFrom });
    return ok(null);
  });
}

/** Gives up a dossier that was opened by mistake and is empty. Its code stays taken, so that nothing is doubled. */
export function discardDossier(deps: DossierDeps, input: InputOf<Methods['discard']>): Answer<'discard'> {
  return onDossier(deps, input, 'discard', (db, head, moment): Outcome<null, CodeOf<Methods['discard']>> => {
    if (head.members > 0) return fail('dossier-not-empty', { count: head.members });
    changeOne(db, sql`UPDATE dossier SET state = 'discarded' WHERE id = ${head.id}`);
    noteAct(db, { dossier: head.id }, 'discarded', moment);
    return ok(null);
  });
}
