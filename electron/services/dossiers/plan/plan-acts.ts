import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type ParsedInputOf, type PlanAct, type PlanDetail } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { afterCommit, changeOne, one, run, sql, type WriteDb } from '../../../store/index.ts';
import { actorOf } from '../../people/index.ts';
import { currentOffice } from '../../settings/index.ts';
import type { DossierDeps } from '../deps.ts';
import { noteAct, type Moment } from '../history.store.ts';
import { planLife } from '../life.ts';
import { settledMaker } from '../makers.store.ts';
import { settledRetention } from '../retention.ts';
import { noteTitle } from '../suggest/traits.store.ts';
import { largeHeading, nextNumber, notationOf, renumbered } from './numbering.ts';
import { arrangeNodes, entryHead, getPlan, headingsOf, insertEntry, insertHeading, insertPlan, isNotationTaken, linesOfPlan, planHead, planOfYear, raisePlan, updateEntry, type PlanHead } from './plan.store.ts';

type Methods = Contract['dossiers'];
type Step = 'not-found' | 'plan-changed' | 'plan-step';
type Answer<M extends keyof Methods> = Outcome<PlanDetail, CodeOf<Methods[M]>>;

/** Takes one act on a plan as it was shown, in one transaction, and answers with the plan as it is after it. */
function onPlan<Code extends string>(
  deps: DossierDeps,
  input: { readonly id: string; readonly version: number; readonly reason?: string },
  act: PlanAct | ((head: PlanHead) => PlanAct),
  work: (db: WriteDb, head: PlanHead, moment: Moment) => Outcome<unknown, Code>,
): Outcome<PlanDetail, Code | Step> {
  return deps.store.write((db): Outcome<PlanDetail, Code | Step> => {
    const head = planHead(db, input.id);
    if (head === undefined) return fail('not-found');
    if (head.version !== input.version) return fail('plan-changed');
    const taken = typeof act === 'function' ? act(head) : act;
    if (!planLife[taken].from.includes(head.state)) return fail('plan-step', { state: head.state });
    const done = work(db, head, { at: instantOf(deps.clock), by: actorOf(db).name, reason: input.reason ?? '' });
    if (!done.ok) return done;
    raisePlan(db, head.id);
    return after(deps, db, head.id);
  });
}

function after(deps: DossierDeps, db: WriteDb, id: string): Outcome<PlanDetail, never> {
  const detail = getPlan(db, id);
  if (detail === undefined) throw new Error('a file plan is never removed');
  afterCommit(db, () => {
    deps.changed({ plans: [id], dossiers: [] });
  });
  return ok(detail);
}

/** A new plan of a year, empty or with the lines of another one: numbers anew, without what was noted of that year. */
export function createPlan(deps: DossierDeps, input: ParsedInputOf<Methods['createPlan']>): Answer<'createPlan'> {
  return deps.store.write((db): Answer<'createPlan'> => {
    const office = currentOffice(db);
    if (planOfYear(db, office, input.year) !== undefined) return fail('plan-exists', { year: input.year });
    const from = input.copyFrom === null ? undefined : getPlan(db, input.copyFrom);
    if (input.copyFrom !== null && from === undefined) return fail('not-found');
    const moment = { at: instantOf(deps.clock), by: actorOf(db).name, reason: '' };
    const id = insertPlan(db, { ...input, office, copiedFrom: input.copyFrom, ...moment });
    if (from !== undefined) copyLines(db, from, id, input.numbering);
    noteAct(db, { plan: id }, 'created', moment, { year: input.year, copiedFrom: input.copyFrom, entries: from?.entryTotal ?? 0 });
    return after(deps, db, id);
  });
}

function copyLines(db: WriteDb, from: PlanDetail, id: string, numbering: PlanDetail['numbering']): void {
  const lines = linesOfPlan(db, from.id);
  const copies = new Map<string, string>();
  for (const { parent, ...heading } of from.headings) copies.set(heading.id, insertHeading(db, id, { ...heading, parent: parent === null ? null : (copies.get(parent) ?? null) }));
  for (const entry of from.entries) {
    insertEntry(db, id, { ...entry, heading: copies.get(entry.heading) ?? '', line: lines.get(entry.id) ?? null, addedReason: '' });
  }
  // What was added in the year stands behind; another rule counts otherwise.
  if (from.numbering !== numbering || from.entries.some(({ addedReason }) => addedReason !== '')) numberAnew(db, id);
}

/** Names and numbering rule of a draft. */
export function savePlan(deps: DossierDeps, input: InputOf<Methods['savePlan']>): Answer<'savePlan'> {
  return onPlan(deps, input, 'change', (db, head, moment) => {
    changeOne(db, sql`UPDATE file_plan SET numbering = ${input.numbering}, note = ${input.note} WHERE id = ${head.id}`);
    noteAct(db, { plan: head.id }, 'changed', moment, { numbering: input.numbering });
    return ok(null);
  });
}

/** In a draft anything may be written; an approved plan is only added to. */
const writing = (added: boolean) => (head: PlanHead): PlanAct => (head.state === 'approved' && added ? 'supplement' : 'change');

/** A heading, new or changed. */
export function saveHeading(deps: DossierDeps, input: InputOf<Methods['saveHeading']>): Answer<'saveHeading'> {
  return onPlan(deps, input, writing(input.heading === null), (db, head, moment): Outcome<null, CodeOf<Methods['saveHeading']>> => {
    if (head.state === 'approved' && input.reason === '') return fail('reason-needed', { field: 'reason' });
    const headings = headingsOf(db, head.id);
    const { parent, title } = input.fields;
    const known = headings.find(({ id }) => id === input.heading);
    if ((input.heading !== null && known === undefined) || (parent !== null && !headings.some(({ id }) => id === parent))) return fail('not-found');
    const hasSmall = headings.some((one) => one.parent === input.heading && input.heading !== null);
    if (parent !== null && (hasSmall || parent === input.heading || headings.some((one) => one.id === parent && one.parent !== null))) return fail('heading-depth');
    const symbol = parent === null ? input.fields.symbol.toLocaleUpperCase('vi') : '';
    if (symbol !== '' && headings.some((one) => one.symbol === symbol && one.id !== input.heading)) return fail('symbol-twice', { symbol });
    if (known === undefined) insertHeading(db, head.id, { parent, symbol, title });
    else changeOne(db, sql`UPDATE file_heading SET parent = ${parent}, symbol = ${symbol}, title = ${title} WHERE id = ${known.id}`);
    if (known !== undefined && known.symbol !== symbol) numberAnew(db, head.id);
    noteAct(db, { plan: head.id }, known === undefined ? 'heading-added' : 'heading-changed', moment, { symbol, title });
    return ok(null);
  });
}

/** An entry, new or changed; its code follows from its number and the symbol of its large heading. */
export function saveEntry(deps: DossierDeps, input: InputOf<Methods['saveEntry']>): Answer<'saveEntry'> {
  return onPlan(deps, input, writing(input.entry === null), (db, head, moment): Outcome<null, CodeOf<Methods['saveEntry']>> => {
    if (head.state === 'approved' && input.reason === '') return fail('reason-needed', { field: 'reason' });
    const plan = getPlan(db, head.id);
    const { fields } = input;
    const known = input.entry === null ? undefined : entryHead(db, input.entry);
    const large = plan && largeHeading(plan.headings, fields.heading);
    const maker = settledMaker(db, fields.maker);
    if (plan === undefined || large === undefined || maker === undefined) return fail('not-found');
    if (input.entry !== null && known?.plan !== head.id) return fail('not-found');
    const number = fields.number ?? (known?.heading === fields.heading ? known.number : nextNumber(plan, fields.heading));
    const notation = notationOf(number, large.symbol);
    if (isNotationTaken(db, head.id, notation, input.entry)) return fail('notation-taken', { notation });
    const entry = { ...fields, number, notation, maker, retention: settledRetention(fields.retention) };
    if (known === undefined) {
      const id = insertEntry(db, head.id, { ...entry, line: null, addedReason: head.state === 'approved' ? input.reason : '' });
      noteTitle(db, id, '', fields.title);
    } else {
      updateEntry(db, known.id, entry);
      noteTitle(db, known.line, known.title, fields.title);
    }
    noteAct(db, { plan: head.id }, known === undefined ? 'entry-added' : 'entry-changed', moment, { notation, title: fields.title });
    return ok(null);
  });
}

/** Puts a heading among its siblings or an entry into a heading. */
export function moveInPlan(deps: DossierDeps, input: InputOf<Methods['moveInPlan']>): Answer<'moveInPlan'> {
  return onPlan(deps, input, 'change', (db, head, moment): Outcome<null, CodeOf<Methods['moveInPlan']>> => {
    const plan = getPlan(db, head.id);
    const nodes: readonly { readonly id: string }[] | undefined = input.what === 'heading' ? plan?.headings : plan?.entries;
    if (plan === undefined || nodes === undefined || !nodes.some(({ id }) => id === input.node)) return fail('not-found');
    const into = plan.headings.find(({ id }) => id === input.into);
    if (input.into !== null && into === undefined) return fail('not-found');
    if (input.what === 'heading') {
      if (into !== undefined && (into.parent !== null || into.id === input.node || plan.headings.some(({ parent }) => parent === input.node))) return fail('heading-depth');
      // A small heading has no symbol of its own; a large one that was small has none yet.
      if (into !== undefined) changeOne(db, sql`UPDATE file_heading SET parent = ${into.id}, symbol = '' WHERE id = ${input.node}`);
      else changeOne(db, sql`UPDATE file_heading SET parent = NULL WHERE id = ${input.node}`);
      arrangeNodes(db, 'heading', placed(plan.headings.map(({ id }) => id), input.node, input.before));
      numberSymbols(db, head.id);
    } else {
      const entry = entryHead(db, input.node);
      const large = into && largeHeading(plan.headings, into.id);
      if (entry === undefined || into === undefined || large === undefined) return fail('not-found');
      const stays = largeHeading(plan.headings, entry.heading)?.id === large.id;
      const number = stays || head.numbering === 'whole' ? entry.number : nextNumber(plan, into.id);
      const notation = notationOf(number, large.symbol);
      if (isNotationTaken(db, head.id, notation, entry.id)) return fail('notation-taken', { notation });
      changeOne(db, sql`UPDATE file_entry SET heading = ${into.id}, number = ${number}, notation = ${notation} WHERE id = ${entry.id}`);
      arrangeNodes(db, 'entry', placed(plan.entries.filter((one) => one.heading === into.id || one.id === entry.id).map(({ id }) => id), entry.id, input.before));
    }
    noteAct(db, { plan: head.id }, 'moved', moment, { what: input.what, node: input.node, into: input.into, before: input.before });
    return ok(null);
  });
}

/** A list with `node` before `before`, or at its end. */
function placed(ids: readonly string[], node: string, before: string | null): string[] {
  const others = ids.filter((id) => id !== node);
  const at = before === null ? -1 : others.indexOf(before);
  return at < 0 ? [...others, node] : [...others.slice(0, at), node, ...others.slice(at)];
}

/** Takes a heading that is empty, or an entry, out of a draft. */
export function removeFromPlan(deps: DossierDeps, input: InputOf<Methods['removeFromPlan']>): Answer<'removeFromPlan'> {
  return onPlan(deps, input, 'change', (db, head, moment): Outcome<null, CodeOf<Methods['removeFromPlan']>> => {
    if (input.what === 'heading') {
      const heading = headingsOf(db, head.id).find(({ id }) => id === input.node);
      if (heading === undefined) return fail('not-found');
      const inside = one<{ n: number }>(db, sql`SELECT (SELECT COUNT(*) FROM file_heading WHERE parent = ${heading.id}) + (SELECT COUNT(*) FROM file_entry WHERE heading = ${heading.id}) AS n`)?.n ?? 0;
      if (inside > 0) return fail('heading-not-empty', { count: inside });
      run(db, sql`DELETE FROM file_heading WHERE id = ${heading.id}`);
      noteAct(db, { plan: head.id }, 'heading-removed', moment, { title: heading.title });
      return ok(null);
    }
    const entry = entryHead(db, input.node);
    if (entry?.plan !== head.id) return fail('not-found');
    noteTitle(db, entry.line, entry.title, '');
    run(db, sql`DELETE FROM file_entry WHERE id = ${entry.id}`);
    noteAct(db, { plan: head.id }, 'entry-removed', moment, { notation: entry.notation, title: entry.title });
    return ok(null);
  });
}

/** Numbers all entries of a draft anew. */
export function renumberPlan(deps: DossierDeps, input: InputOf<Methods['renumberPlan']>): Answer<'renumberPlan'> {
  return onPlan(deps, input, 'change', (db, head, moment) => {
    numberAnew(db, head.id);
    noteAct(db, { plan: head.id }, 'renumbered', moment);
    return ok(null);
  });
}

function numberAnew(db: WriteDb, plan: string): void {
  const detail = getPlan(db, plan);
  if (detail === undefined) return;
  writeNumbers(db, renumbered(detail));
}

/** Gives entries the symbols of their headings again; their numbers stay as far as that leaves no code twice. */
function numberSymbols(db: WriteDb, plan: string): void {
  const detail = getPlan(db, plan);
  if (detail === undefined) return;
  const kept = detail.entries.map(({ id, number, heading }) => ({ id, number, notation: notationOf(number, largeHeading(detail.headings, heading)?.symbol ?? '') }));
  writeNumbers(db, new Set(kept.map(({ notation }) => notation)).size === kept.length ? kept : renumbered(detail));
}

function writeNumbers(db: WriteDb, numbers: readonly { readonly id: string; readonly number: number; readonly notation: string }[]): void {
  // Codes are exchanged among entries, which one statement after the other cannot do without a moment of two alike.
  for (const { id } of numbers) run(db, sql`UPDATE file_entry SET notation = '~' || id WHERE id = ${id}`);
  for (const { id, number, notation } of numbers) run(db, sql`UPDATE file_entry SET number = ${number}, notation = ${notation} WHERE id = ${id}`);
}

/** Notes that the head issued the plan. */
export function approvePlan(deps: DossierDeps, input: InputOf<Methods['approvePlan']>): Answer<'approvePlan'> {
  return onPlan(deps, input, 'approve', (db, head, moment): Outcome<null, CodeOf<Methods['approvePlan']>> => {
    const plan = getPlan(db, head.id);
    if (plan === undefined || plan.entryTotal === 0) return fail('plan-empty');
    const nobody = plan.entries.find(({ maker }) => maker.unitName === '' && maker.personName === '');
    if (nobody !== undefined) return fail('maker-missing', { notation: nobody.notation });
    changeOne(
      db,
      sql`UPDATE file_plan SET state = 'approved', decision_number = ${input.decisionNumber}, decision_date = ${input.decisionDate}, approver = ${input.approver},
            approved_at = ${moment.at}, approved_by = ${moment.by} WHERE id = ${head.id}`,
    );
    noteAct(db, { plan: head.id }, 'approved', moment, { decisionNumber: input.decisionNumber, decisionDate: input.decisionDate, approver: input.approver, entries: plan.entryTotal });
    return ok(null);
  });
}

/** Takes an issued plan back to draft while nothing was built on it. */
export function withdrawPlan(deps: DossierDeps, input: InputOf<Methods['withdrawPlan']>): Answer<'withdrawPlan'> {
  return onPlan(deps, input, 'withdraw', (db, head, moment): Outcome<null, CodeOf<Methods['withdrawPlan']>> => {
    const count = one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM dossier WHERE plan = ${head.id}`)?.n ?? 0;
    if (count > 0) return fail('plan-in-use', { count });
    changeOne(
      db,
      sql`UPDATE file_plan SET state = 'draft', decision_number = '', decision_date = NULL, approver = '', approved_at = NULL, approved_by = '' WHERE id = ${head.id}`,
    );
    noteAct(db, { plan: head.id }, 'withdrawn', moment);
    return ok(null);
  });
}

/** Ends the year of a plan, or goes on with it. */
export function endPlan(deps: DossierDeps, act: 'close' | 'reopen', input: InputOf<Methods['closePlan']>): Answer<'closePlan'> {
  return onPlan(deps, input, act, (db, head, moment) => {
    const closed = act === 'close';
    changeOne(
      db,
      sql`UPDATE file_plan SET state = ${closed ? 'closed' : 'approved'}, closed_at = ${closed ? moment.at : null}, closed_by = ${closed ? moment.by : ''} WHERE id = ${head.id}`,
    );
    noteAct(db, { plan: head.id }, closed ? 'closed' : 'reopened', moment);
    return ok(null);
  });
}
