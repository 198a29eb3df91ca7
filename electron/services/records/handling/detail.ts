import type { HandlingDetail } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import type { ReadDb } from '../../../store/index.ts';
import { addWorkingDays, workingDaysBetween } from '../../calendar/index.ts';
import { stateOf } from '../incoming.store.ts';
import { currentActor } from './actor.ts';
import { repliesTo } from './answers.store.ts';
import { dayByRules, readPaperDirections } from './deadline-rules.store.ts';
import { dueDaysTo, dueFrame } from './due.ts';
import { assignmentsOf, directionsOf, handlingFactsOf, stepsOf, type HandlingFacts } from './handling.store.ts';
import { isEnded, nextActs, turnAt, usualAct } from './steps.ts';

/** Working days that a direction often gives. */
const offered = [1, 3, 5, 10];

/** All that is known of a document's way through the house; undefined when there is no such document. */
export function handlingDetail(db: ReadDb, clock: Clock, id: string): HandlingDetail | undefined {
  const standing = stateOf(db, id);
  const facts = handlingFactsOf(db, id);
  if (standing === undefined || facts === undefined) return undefined;
  const frame = dueFrame(db, clock);
  const open = standing !== 'done' && !isEnded(standing);
  const due = facts.deadline ?? facts.dueDate;
  const next = nextActs(standing, isForAnother(db, standing, facts.leader) ? [] : currentActor(db).roles);
  return {
    id,
    standing,
    next,
    usual: usualAct(next, readPaperDirections(db)),
    turn: [...turnAt(standing)],
    leader: facts.leader,
    leaderName: facts.leaderName,
    due,
    dueDays: open ? dueDaysTo(frame, due) : null,
    dueBasis: basisOf(facts),
    dueCertain: due === null || dueDaysTo(frame, due) === null || workingDaysBetween(frame.calendar, frame.today, due).certain,
    proposed: dayByRules(db, frame.calendar, facts, frame.today),
    offers: offered.map((workingDays) => ({ workingDays, day: addWorkingDays(frame.calendar, frame.today, workingDays).day })),
    directions: directionsOf(db, id),
    assignments: assignmentsOf(db, id).map((one) => ({ ...one, dueDays: one.endedAt === null ? dueDaysTo(frame, one.due) : null })),
    steps: stepsOf(db, id),
    result: facts.result,
    doneAt: facts.doneAt,
    answeredBy: repliesTo(db, id),
  };
}

/**
 * Whether a document waits for another leader's word than that of the one who is signed in. Then nothing is offered to him;
 * who may decide in whose place is the office's matter, so the core does not refuse it.
 */
function isForAnother(db: ReadDb, standing: HandlingDetail['standing'], leader: string | null): boolean {
  const { person, roles } = currentActor(db);
  return standing === 'presented' && leader !== null && person !== null && person !== leader && !roles.includes('clerk');
}

function basisOf({ deadline, deadlineBasis, dueDate }: HandlingFacts): HandlingDetail['dueBasis'] {
  if (deadline !== null) return deadlineBasis === 'rule' ? 'rule' : 'directed';
  return dueDate === null ? null : 'sender';
}
