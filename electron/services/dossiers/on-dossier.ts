import { fail, ok, type DossierAct, type DossierDetail, type Outcome } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { afterCommit, type WriteDb } from '../../store/index.ts';
import { actorOf } from '../people/index.ts';
import { currentAsker, mayRead } from './access/readers.store.ts';
import type { DossierDeps } from './deps.ts';
import { dossierHead, getDossier, raiseDossier, type DossierHead } from './dossier.store.ts';
import type { Moment } from './history.store.ts';
import { mayAct } from './life.ts';
import { keepSpan } from './members/span.store.ts';

/**
 * Takes one act on a dossier in one transaction and answers with the dossier as it is after it. `version` is the one that
 * was shown; null for acts that do not depend on what else was changed. Nothing else changes a dossier.
 */
export function onDossier<Code extends string>(
  deps: DossierDeps,
  input: { readonly id: string; readonly version: number | null; readonly reason?: string },
  act: DossierAct,
  work: (db: WriteDb, head: DossierHead, moment: Moment) => Outcome<unknown, Code>,
): Outcome<DossierDetail, Code | 'not-found' | 'no-access' | 'dossier-changed' | 'dossier-step'> {
  return deps.store.write((db): Outcome<DossierDetail, Code | 'not-found' | 'no-access' | 'dossier-changed' | 'dossier-step'> => {
    const head = dossierHead(db, input.id);
    if (head === undefined) return fail('not-found');
    if (!mayRead(db, currentAsker(db), head.id)) return fail('no-access');
    if (input.version !== null && head.version !== input.version) return fail('dossier-changed');
    const standing = { state: head.state, members: act === 'discard' ? 0 : head.members, handedOver: act === 'reopen' ? false : head.handedOverAt !== null, destroyed: head.disposal === 'destroyed' };
    if (!mayAct(act, standing)) return fail('dossier-step', { state: head.state });
    const moment = { at: instantOf(deps.clock), by: actorOf(db).name, reason: input.reason ?? '' };
    const done = work(db, head, moment);
    if (!done.ok) return done;
    raiseDossier(db, head.id, moment);
    return ok(told(deps, db, head.id));
  });
}

/** The dossier as it is now; whoever listens hears of it after the commit. */
export function told(deps: DossierDeps, db: WriteDb, id: string): DossierDetail {
  keepSpan(db, id);
  const detail = getDossier(db, id);
  if (detail === undefined) throw new Error('a dossier is never removed');
  afterCommit(db, () => {
    deps.changed({ dossiers: [id], plans: [] });
  });
  return detail;
}
