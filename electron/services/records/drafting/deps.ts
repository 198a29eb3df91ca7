import { fail, ok, type DraftDetail, type DraftState, type LifeAct, type Outcome } from '#contract';
import type { Json } from '../../../foundation/canonical-json.ts';
import { instantOf, type Clock } from '../../../foundation/clock.ts';
import { afterCommit, type Store, type WriteDb } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import type { DocumentConverter, SendPlanned } from '../ports.ts';
import { actorOf } from './actor.ts';
import { draftDetail } from './draft-detail.ts';
import { draftRow, type DraftRow } from './draft.store.ts';
import { stateAfter } from './life.ts';

export type DraftingDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly sendPlanned: SendPlanned;
  readonly converter: DocumentConverter;
  /** told after drafts or documents of ours came or changed */
  readonly changed: (ids: readonly string[]) => void;
};

/** What one step of a draft is done with. */
export type DraftStep = { readonly row: DraftRow; readonly next: DraftState; readonly at: string; readonly actor: string };

/**
 * Does one step with a draft in one transaction: whether it may be done now says the table of `life.ts` and nothing else.
 * `version`, where given, is the one that the person has seen; another means that somebody changed it meanwhile. `actor`: who
 * asked for it, where it took so long that somebody else may be at the window by now. `work`
 * answers what the trace tells beside, null when nothing was to be done, or why it refuses.
 */
export function onDraft<C extends string = never>(
  deps: Pick<DraftingDeps, 'store' | 'clock' | 'changed'>,
  input: { readonly id: string; readonly version?: number; readonly actor?: string },
  act: LifeAct,
  action: string,
  work: (db: WriteDb, step: DraftStep) => Outcome<{ readonly [key: string]: Json } | null, C>,
): Outcome<DraftDetail, C | 'not-found' | 'wrong-step' | 'draft-changed'> {
  return deps.store.write((db) => {
    const row = draftRow(db, input.id);
    if (row === undefined) return fail('not-found');
    const next = stateAfter(row.state, act);
    if (next === undefined) return fail('wrong-step', { state: row.state });
    if (input.version !== undefined && input.version !== row.version) return fail('draft-changed');
    const step = { row, next: next as DraftState, at: instantOf(deps.clock), actor: input.actor ?? actorOf(db) };
    const done = work(db, step);
    if (!done.ok) return done;
    if (done.value !== null) writeTrace(db, step, { action, draft: input.id, detail: done.value });
    return ok(afterStep(deps, db, input.id));
  });
}

/** Writes what happened to a draft into its trace. */
export function writeTrace(
  db: WriteDb,
  step: Pick<DraftStep, 'at' | 'actor'>,
  fact: { readonly action: string; readonly draft: string; readonly detail: { readonly [key: string]: Json } },
): void {
  appendAudit(db, { at: step.at, actor: step.actor, action: fact.action, subjectKind: 'draft', subjectId: fact.draft, detail: fact.detail });
}

/** The draft as it stands now; whoever follows is told once that is on disk. */
export function afterStep(deps: Pick<DraftingDeps, 'changed'>, db: WriteDb, id: string): DraftDetail {
  afterCommit(db, () => {
    deps.changed([id]);
  });
  const detail = draftDetail(db, id);
  if (detail === undefined) throw new Error('a draft that was just written is gone');
  return detail;
}
