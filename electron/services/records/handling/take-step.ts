import { fail, ok, type HandlingAct, type IncomingState, type Outcome } from '#contract';
import type { Json } from '../../../foundation/canonical-json.ts';
import { changeOne, sql, type WriteDb } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { readSettings } from '../../settings/index.ts';
import { reportFactsOf, stateOf } from '../incoming.store.ts';
import { statusAbout, type QueueStatus } from '../ports.ts';
import type { Actor } from './actor.ts';
import { endOpenAssignments, insertStep, sourceOf, wasTold } from './handling.store.ts';
import { isEnded, stepFor, type Step } from './steps.ts';

export type StepCode = 'not-found' | 'document-closed' | 'step-not-allowed' | 'not-your-step' | 'reason-needed';

export type StepToTake = {
  readonly document: string;
  readonly act: HandlingAct;
  /** instant */
  readonly at: string;
  readonly by: Actor;
  /** reason, or what is noted of the progress; '' for none */
  readonly note: string;
  /** to whom it goes, in words */
  readonly party?: string;
  /** what the log keeps beside the step itself */
  readonly detail?: { readonly [key: string]: Json };
  /** Writes the new standing when it takes more than the stage: a number, a closure. */
  readonly put?: (db: WriteDb) => void;
  /** what the sender reads with the status */
  readonly told?: string;
  /** what the status answers; a status without one is said once per document */
  readonly occasion?: string;
};

/**
 * Takes one step of the table in the caller's transaction: checks it, writes the new standing, the step, the audit entry and
 * what the sender hears. Nothing else moves a document. Documents that did not come by the axis tell nobody.
 */
export function takeStep(db: WriteDb, queueStatus: QueueStatus, input: StepToTake): Outcome<Step, StepCode> {
  const from = stateOf(db, input.document);
  if (from === undefined) return fail('not-found');
  const step = stepFor(input.act, from);
  if (step === undefined) return isEnded(from) ? fail('document-closed', { state: from }) : fail('step-not-allowed', { act: input.act, state: from });
  if (!step.who.some((role) => input.by.roles.includes(role))) return fail('not-your-step', { act: input.act });
  if (step.reason && input.note === '') return fail('reason-needed', { field: 'reason' });
  if (input.put === undefined) moveStage(db, input.document, step.to);
  else input.put(db);
  if (stateOf(db, input.document) !== step.to) throw new Error(`${input.act} did not bring the document to ${step.to}`);
  if (isEnded(step.to)) endOpenAssignments(db, input.document, 'withdrawn', input.at, input.note);
  const tell = toldBy(db, input, step);
  insertStep(db, { ...input, from, to: step.to, party: input.party ?? '', statusCode: tell ? step.status : '' });
  appendAudit(db, {
    at: input.at,
    actor: input.by.name,
    action: actions[input.act],
    subjectKind: 'incoming-document',
    subjectId: input.document,
    detail: {
      from,
      to: step.to,
      ...(input.note === '' ? {} : { reason: input.note }),
      ...((input.party ?? '') === '' ? {} : { party: input.party ?? '' }),
      ...input.detail,
    },
  });
  if (tell) report(db, queueStatus, input, step);
  return ok(step);
}

/** What the log calls each act. */
const actions: Readonly<Record<HandlingAct, string>> = {
  register: 'document.registered',
  refuse: 'document.refused',
  present: 'document.presented',
  'take-back': 'document.taken-back',
  direct: 'document.directed',
  'record-direction': 'document.direction-recorded',
  reassign: 'document.reassigned',
  progress: 'document.progressed',
  finish: 'document.finished',
  reopen: 'document.reopened',
  return: 'document.returned',
  recall: 'document.recall-agreed',
  replace: 'document.replaced',
};

/** What the sender reads when nothing else is said. */
const usualWords: Readonly<Record<string, string>> = {
  '03': 'Văn bản đã được tiếp nhận và vào sổ văn bản đến',
  '04': 'Văn bản đã được phân công xử lý',
  '05': 'Văn bản đang được xử lý',
  '06': 'Văn bản đã được xử lý xong',
};

/** `done` is worked on no more and worked on again after a `reopen`; the register state is never touched here. */
function moveStage(db: WriteDb, document: string, to: IncomingState): void {
  const stage = to === 'registered' ? null : to;
  changeOne(db, sql`UPDATE incoming_document SET stage = ${stage} WHERE id = ${document} AND state = 'registered' AND closure IS NULL`);
}

function toldBy(db: WriteDb, input: StepToTake, step: Step): boolean {
  if (step.status === '' || sourceOf(db, input.document) !== 'axis') return false;
  return input.occasion !== undefined || !wasTold(db, input.document, step.status);
}

function report(db: WriteDb, queueStatus: QueueStatus, input: StepToTake, step: Step): void {
  const facts = reportFactsOf(db, input.document);
  if (facts === undefined) throw new Error('a document is never removed');
  const told = {
    ...statusAbout(facts, readSettings(db).agency.name),
    statusCode: step.status,
    at: input.at,
    staff: input.by.name,
    description: input.told ?? usualWords[step.status] ?? input.note,
  };
  queueStatus(db, told, input.occasion ?? '');
}
