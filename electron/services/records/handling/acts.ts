import { fail, ok, type CodeOf, type Contract, type HandlingAct, type Outcome, type ParsedInputOf, type PresentOutcome } from '#contract';
import { instantOf, vietnamDay } from '../../../foundation/clock.ts';
import type { ReadDb, WriteDb } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { closeIncoming, stateOf } from '../incoming.store.ts';
import type { RegisterDeps } from '../register-incoming.ts';
import { currentActor } from './actor.ts';
import { codeOfOurs, linkReply, repliesTo } from './answers.store.ts';
import {
  endAssignment,
  endOpenAssignments,
  findAssignment,
  handlingFactsOf,
  markWorking,
  noteTransfer,
  putDeadline,
  putLeader,
  putOwnDeadline,
  putResult,
  reopenLead,
} from './handling.store.ts';
import { personFacts } from './parties.store.ts';
import { isEnded } from './steps.ts';
import { takeStep, type StepCode, type StepToTake } from './take-step.ts';

type Methods = Contract['handling'];
type Input<M extends keyof Methods> = ParsedInputOf<Methods[M]>;
type Answer<M extends keyof Methods> = Outcome<{ readonly id: string }, CodeOf<Methods[M]>>;

/** One step and what is written with it, in a transaction of its own. */
function step(
  deps: RegisterDeps,
  id: string,
  act: HandlingAct,
  facts: (db: WriteDb, at: string) => Pick<StepToTake, 'note' | 'party' | 'detail' | 'put' | 'told'>,
  after: (db: WriteDb, at: string) => void,
): Outcome<{ readonly id: string }, StepCode> {
  return deps.store.write((db) => {
    const at = instantOf(deps.clock);
    const taken = takeStep(db, deps.queueStatus, { document: id, act, at, by: currentActor(db), ...facts(db, at) });
    if (!taken.ok) return taken;
    after(db, at);
    return ok({ id });
  });
}

/** Presents a registered document to a leader, in the office's words or by id. */
export function present(deps: RegisterDeps, { id, leader, leaderName, note }: Input<'present'>): Answer<'present'> {
  const nameOf = (db: ReadDb): string => (leader === null ? undefined : personFacts(db, leader)?.name) ?? leaderName;
  if (nameOf(deps.store.read) === '') return fail('leader-missing', { field: 'leaderName' });
  return step(
    deps,
    id,
    'present',
    (db) => ({ note, party: nameOf(db) }),
    (db) => {
      putLeader(db, id, leader !== null && personFacts(db, leader) !== undefined ? leader : null, nameOf(db));
    },
  );
}

/** Presents several documents to one leader, each in a transaction of its own, in the order in which they are named. */
export function presentMany(deps: RegisterDeps, { ids, ...to }: Input<'presentMany'>): Outcome<PresentOutcome[], 'leader-missing'> {
  const outcomes: PresentOutcome[] = [];
  for (const id of ids) {
    const outcome = present(deps, { id, ...to });
    if (outcome.ok) outcomes.push({ id, failure: null });
    else if (outcome.failure.code === 'leader-missing') return fail('leader-missing', outcome.failure.params);
    else outcomes.push({ id, failure: { code: outcome.failure.code, params: { ...outcome.failure.params } } });
  }
  return ok(outcomes);
}

/** Takes a presented document back to the clerk's desk. */
export function takeBack(deps: RegisterDeps, { id, reason }: Input<'takeBack'>): Answer<'takeBack'> {
  return step(
    deps,
    id,
    'take-back',
    (db) => ({ note: reason, party: handlingFactsOf(db, id)?.leaderName ?? '' }),
    (db) => {
      putLeader(db, id, null, '');
    },
  );
}

/** Notes how far the work is; whoever leads is at work from now on. */
export function progress(deps: RegisterDeps, { id, note }: Input<'progress'>): Answer<'progress'> {
  return step(
    deps,
    id,
    'progress',
    () => ({ note }),
    (db) => {
      markWorking(db, id);
    },
  );
}

/** Ends the work: answered by a document of ours, filed, or no answer needed. */
export function finish(deps: RegisterDeps, { id, result, answer, note }: Input<'finish'>): Answer<'finish'> {
  const linked = repliesTo(deps.store.read, id);
  const chosen = answer === null ? undefined : codeOfOurs(deps.store.read, answer);
  if (result === 'answered' && chosen === undefined && (answer !== null || linked.length === 0)) {
    return fail('answer-missing', { field: 'answer' });
  }
  const codes = result === 'answered' ? [...new Set([...linked.map((own) => own.code), ...(chosen === undefined ? [] : [chosen])])].join(', ') : '';
  return step(
    deps,
    id,
    'finish',
    () => ({
      note,
      detail: { result, answer: codes },
      ...(codes === '' ? {} : { told: `Văn bản đã được xử lý xong, trả lời tại văn bản ${codes}` }),
    }),
    (db, at) => {
      if (result === 'answered' && answer !== null) linkAnswered(db, id, answer, at);
      putResult(db, id, result, at);
      endOpenAssignments(db, id, 'done', at, note);
    },
  );
}

/** Links our document to the one it answers; the log of either tells of it. */
function linkAnswered(db: WriteDb, incoming: string, outgoing: string, at: string): void {
  linkReply(db, incoming, outgoing);
  appendAudit(db, {
    at,
    actor: currentActor(db).name,
    action: 'document.named-as-answer',
    subjectKind: 'outgoing-document',
    subjectId: outgoing,
    detail: { incoming },
  });
}

/** Opens finished work again; whoever led it until then has it. */
export function reopen(deps: RegisterDeps, { id, reason }: Input<'reopen'>): Answer<'reopen'> {
  return step(
    deps,
    id,
    'reopen',
    () => ({ note: reason }),
    (db) => {
      const doneAt = handlingFactsOf(db, id)?.doneAt ?? null;
      if (doneAt !== null) reopenLead(db, id, doneAt);
      putResult(db, id, null, null);
    },
  );
}

/** Returns a registered document to its sender; number and register row stay. */
export function returnToSender(deps: RegisterDeps, { id, reason }: Input<'returnToSender'>): Answer<'returnToSender'> {
  return step(
    deps,
    id,
    'return',
    (_, at) => ({
      note: reason,
      told: reason,
      put: (db) => {
        closeIncoming(db, id, { closure: 'refused', at, reason, replacedBy: null });
      },
    }),
    () => undefined,
  );
}

/** Notes that the document went over to those who have the work, and who signed for it. */
export function transfer(deps: RegisterDeps, { assignment, transferredOn, receivedBy }: Input<'transfer'>): Answer<'transfer'> {
  if (transferredOn > vietnamDay(deps.clock.now())) return fail('given-later', { field: 'transferredOn' });
  return withOpenAssignment(deps, assignment, 'document.handed-over', (db, at) => {
    noteTransfer(db, assignment, transferredOn, receivedBy, at);
    return { transferredOn, party: receivedBy };
  });
}

/** One of those who have the work is done with its part. */
export function endPart(deps: RegisterDeps, { assignment, note }: Input<'endPart'>): Answer<'endPart'> {
  return withOpenAssignment(deps, assignment, 'document.part-done', (db, at) => {
    endAssignment(db, assignment, at, note);
    return { reason: note };
  });
}

function withOpenAssignment(
  deps: RegisterDeps,
  id: string,
  action: string,
  write: (db: WriteDb, at: string) => { readonly [key: string]: string },
): Outcome<{ readonly id: string }, 'not-found' | 'assignment-ended'> {
  return deps.store.write((db) => {
    const found = findAssignment(db, id);
    if (found === undefined) return fail('not-found');
    if (found.endedAt !== null) return fail('assignment-ended');
    const at = instantOf(deps.clock);
    const detail = { assignee: [found.personName, found.unitName].filter((name) => name !== '').join(', '), ...write(db, at) };
    appendAudit(db, { at, actor: currentActor(db).name, action, subjectKind: 'incoming-document', subjectId: found.document, detail });
    return ok({ id: found.document });
  });
}

/** Sets another day, of the document or of one who has the work; null gives back what would hold without it. */
export function setDeadline(deps: RegisterDeps, { id, assignment, deadline, reason }: Input<'setDeadline'>): Answer<'setDeadline'> {
  if (deadline !== null && deadline < vietnamDay(deps.clock.now())) return fail('deadline-past', { field: 'deadline' });
  return deps.store.write((db) => {
    const state = stateOf(db, id);
    const facts = handlingFactsOf(db, id);
    if (state === undefined || facts === undefined) return fail('not-found');
    if (state === 'done' || isEnded(state)) return fail('document-closed');
    const found = assignment === null ? undefined : findAssignment(db, assignment);
    if (assignment !== null && found?.document !== id) return fail('not-found');
    if (found !== undefined && found.endedAt !== null) return fail('assignment-ended');
    const before = found === undefined ? (facts.deadline ?? facts.dueDate) : found.due;
    if (assignment === null) putDeadline(db, id, deadline, deadline === null ? '' : 'directed');
    else putOwnDeadline(db, assignment, deadline);
    appendAudit(db, {
      at: instantOf(deps.clock),
      actor: currentActor(db).name,
      action: 'document.deadline-set',
      subjectKind: 'incoming-document',
      subjectId: id,
      detail: { before, deadline, reason, assignment },
    });
    return ok({ id });
  });
}
