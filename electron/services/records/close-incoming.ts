import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type OutputOf } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { afterCommit, type WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { readSettings } from '../settings/index.ts';
import {
  applyUpdate,
  differences,
  findRequest,
  insertChangeRequest,
  newestRequest,
  noteDecision,
  withdrawOpen,
  type ChangeContent,
} from './change-request.store.ts';
import { currentActor, stationActor } from './handling/actor.ts';
import { dueFrame, withDueDays } from './handling/due.ts';
import { isEnded } from './handling/steps.ts';
import { takeStep } from './handling/take-step.ts';
import { closeIncoming, getIncoming, markDestroyed, reportFactsOf, stateOf } from './incoming.store.ts';
import { statusAbout, type QueueStatus } from './ports.ts';
import type { RegisterDeps } from './register-incoming.ts';

type Refuse = Contract['records']['refuseIncoming'];
type Decide = Contract['records']['decideChange'];

/**
 * Returns an arrived document to its sender (từ chối tiếp nhận, trả lại; QĐ 28/2018 art. 9.1, NĐ 30/2020 art. 21.2).
 * State, audit entry and status 02 with the reason are one transaction. A registered document has its number and is
 * not refused any more.
 */
export function refuseIncoming(deps: RegisterDeps, { id, reason }: InputOf<Refuse>): Outcome<OutputOf<Refuse>, CodeOf<Refuse>> {
  return deps.store.write((db) => {
    const state = stateOf(db, id);
    if (state === undefined) return fail('not-found');
    if (isEnded(state)) return fail('document-closed');
    if (state !== 'arrived') return fail('already-registered');
    const at = instantOf(deps.clock);
    const taken = takeStep(db, deps.queueStatus, {
      document: id,
      act: 'refuse',
      at,
      by: currentActor(db),
      note: reason,
      put: (inner) => {
        closeIncoming(inner, id, { closure: 'refused', at, reason, replacedBy: null });
      },
    });
    if (!taken.ok) throw new Error(`an arrived document was not refused: ${taken.failure.code}`);
    return ok(required(db, deps.clock, id));
  });
}

/**
 * Decides a sender's request. Agreeing to a recall ends the document and marks its files for destruction; agreeing to
 * an update puts the new fields in place. Status 15 or 16 tells the sender (axis.md §2.8).
 */
export function decideChange(
  deps: RegisterDeps & { readonly recalled: () => void },
  { request, agree, reason }: InputOf<Decide>,
): Outcome<OutputOf<Decide>, CodeOf<Decide>> {
  return deps.store.write((db) => {
    const asked = findRequest(db, request);
    if (asked === undefined) return fail('not-found');
    // What was recalled has ended; nothing is put into it any more.
    const ended = stateOf(db, asked.incoming) === 'recalled';
    if (asked.state !== 'open' || (ended && agree && asked.kind === 'update')) return fail('already-decided');
    if (!agree && reason === '') return fail('reason-needed', { field: 'reason' });
    const at = instantOf(deps.clock);
    const by = currentActor(db);
    const changes = asked.kind === 'update' ? differences(db, asked.incoming, asked.content) : [];
    noteDecision(db, request, { state: agree ? 'agreed' : 'refused', at, by: by.name, reason });
    if (agree && asked.kind === 'recall' && !ended) {
      const taken = takeStep(db, deps.queueStatus, {
        document: asked.incoming,
        act: 'recall',
        at,
        by,
        note: asked.reason,
        detail: { request, asked: asked.reason, reason },
        put: (inner) => {
          closeIncoming(inner, asked.incoming, { closure: 'recalled', at, reason: asked.reason, replacedBy: null });
        },
        told: agreedText.recall,
        occasion: request,
      });
      if (!taken.ok) throw new Error(`a document was not recalled: ${taken.failure.code}`);
      markDestroyed(db, asked.incoming, at);
      withdrawOpen(db, asked.incoming, { at, by: by.name, reason: agreedText.recall });
      afterCommit(db, deps.recalled);
      return ok(required(db, deps.clock, asked.incoming));
    }
    if (agree && asked.content !== null) applyUpdate(db, asked.incoming, asked.content, at);
    appendAudit(db, {
      at,
      actor: by.name,
      action: `document.${asked.kind}-${agree ? 'agreed' : 'refused'}`,
      subjectKind: 'incoming-document',
      subjectId: asked.incoming,
      // The register's values before an update stand nowhere else.
      detail: { request, asked: asked.reason, reason, ...(agree && changes.length > 0 ? { changes } : {}) },
    });
    report(db, deps.queueStatus, {
      incoming: asked.incoming,
      statusCode: agree ? '15' : '16',
      at,
      staff: by.name,
      description: agree ? agreedText[asked.kind] : reason,
      occasion: request,
    });
    return ok(required(db, deps.clock, asked.incoming));
  });
}

/** Why an update of a recalled document is refused. */
const endedText = 'Văn bản đã được thu hồi và hủy theo yêu cầu trước đó';
const agreedText = { recall: 'Đồng ý thu hồi, văn bản đã được hủy', update: 'Đồng ý cập nhật' } as const;

/**
 * Writes down what a sender asks about a document of ours, in the caller's transaction. What is open already is not
 * asked twice; a recall that was agreed to before is answered again with 15, as the sender seems not to have heard it,
 * and an update of what was recalled with 16.
 * `occasion` tells one message from another.
 */
export function askChange(
  db: WriteDb,
  queueStatus: QueueStatus,
  asked: {
    readonly incoming: string;
    readonly kind: 'recall' | 'update';
    readonly form: 'status' | 'message';
    readonly reason: string;
    readonly at: string;
    readonly content: ChangeContent | null;
    readonly occasion: string;
  },
): void {
  const earlier = newestRequest(db, asked.incoming, asked.kind);
  if (asked.kind === 'recall' && stateOf(db, asked.incoming) === 'recalled') {
    report(db, queueStatus, { ...asked, statusCode: '15', staff: '', description: agreedText.recall });
    return;
  }
  if (stateOf(db, asked.incoming) === 'recalled') {
    const request = insertChangeRequest(db, asked);
    noteDecision(db, request, { state: 'refused', at: asked.at, by: 'station', reason: endedText });
    report(db, queueStatus, { ...asked, statusCode: '16', staff: '', description: endedText });
    return;
  }
  if (earlier?.state === 'open' && asked.kind === 'recall') return;
  const request = insertChangeRequest(db, asked);
  appendAudit(db, {
    at: asked.at,
    actor: 'station',
    action: `document.${asked.kind}-asked`,
    subjectKind: 'incoming-document',
    subjectId: asked.incoming,
    detail: { request, form: asked.form, reason: asked.reason },
  });
}

/** Marks a received document as replaced by another that came from the same sender (business type 3); one that has ended stays as it is. */
export function replaceIncoming(db: WriteDb, queueStatus: QueueStatus, old: string, by: string, at: string, reason: string): void {
  takeStep(db, queueStatus, {
    document: old,
    act: 'replace',
    at,
    by: stationActor,
    note: reason,
    detail: { by },
    put: (inner) => {
      closeIncoming(inner, old, { closure: 'replaced', at, reason, replacedBy: by });
    },
  });
}

function report(
  db: WriteDb,
  queueStatus: QueueStatus,
  said: {
    readonly incoming: string;
    readonly statusCode: string;
    readonly at: string;
    readonly staff: string;
    readonly description: string;
    readonly occasion: string;
  },
): void {
  const facts = reportFactsOf(db, said.incoming);
  if (facts === undefined) throw new Error('a document that is reported exists');
  const { statusCode, at, staff, description, occasion } = said;
  queueStatus(db, { ...statusAbout(facts, readSettings(db).agency.name), statusCode, at, staff, description }, occasion);
}

function required(db: WriteDb, clock: Clock, id: string): OutputOf<Decide> {
  const detail = getIncoming(db, id);
  if (detail === undefined) throw new Error('a document is never removed');
  return withDueDays(dueFrame(db, clock), detail);
}
