import { fail, ok, type AssignmentPart, type CodeOf, type Contract, type Outcome, type ParsedInputOf } from '#contract';
import type { z } from 'zod';
import { instantOf, vietnamDay } from '../../../foundation/clock.ts';
import type { ReadDb, WriteDb } from '../../../store/index.ts';
import { stateOf } from '../incoming.store.ts';
import type { RegisterDeps } from '../register-incoming.ts';
import { currentActor, type Actor } from './actor.ts';
import {
  assignmentsOf,
  endOpenAssignments,
  insertAssignment,
  insertDirection,
  putDeadline,
  putHolders,
  putLeader,
  type StoredAssignment,
} from './handling.store.ts';
import { personFacts, unitName } from './parties.store.ts';
import { takeStep } from './take-step.ts';

type Method = Contract['handling']['direct'];
type Input = ParsedInputOf<Method>;
type Assignee = Input['assignees'][number];

/**
 * Writes a round of direction: what the leader decided, who leads, who joins and by when (NĐ 30/2020 art. 23). The document moves by
 * `direct`, by `record-direction` when it stands on paper, or by `reassign` when others are relieved of the work.
 */
export function direct(deps: RegisterDeps, input: Input): Outcome<{ readonly id: string }, CodeOf<Method>> {
  return deps.store.write((db) => {
    const state = stateOf(db, input.id);
    if (state === undefined) return fail('not-found');
    const at = instantOf(deps.clock);
    const today = vietnamDay(deps.clock.now());
    const assignees = input.assignees.map((one) => named(db, one));
    const before = assignmentsOf(db, input.id).filter((one) => one.endedAt === null);
    const kept = input.withdraw ? [] : before;
    const refused = refusal(input, assignees, kept, today);
    if (refused !== undefined) return refused;
    const by = currentActor(db);
    const leader = leaderOf(db, input, by);
    if (leader.name === '') return fail('leader-missing', { field: 'leaderName' });
    const words = holdersIn([...kept, ...assignees]);
    const relieves = input.withdraw && before.length > 0;
    // Who is no leader may only write down what a leader decided on paper.
    if (relieves && !input.fromPaper && !by.roles.includes('leader')) return fail('not-your-step', { act: 'reassign' });
    const taken = takeStep(db, deps.queueStatus, {
      document: input.id,
      act: relieves ? 'reassign' : input.fromPaper ? 'record-direction' : 'direct',
      at,
      by,
      note: input.reason,
      party: words,
      detail: { text: input.text, leader: leader.name, givenOn: input.givenOn, fromPaper: input.fromPaper, deadline: input.deadline },
    });
    if (!taken.ok) return taken;
    if (input.withdraw) endOpenAssignments(db, input.id, 'withdrawn', at, input.reason);
    const direction = insertDirection(db, input.id, {
      text: input.text,
      leader: leader.person,
      leaderName: leader.name,
      delegatedAs: input.delegatedAs,
      givenOn: input.givenOn,
      fromPaper: input.fromPaper,
      recordedAt: at,
      recordedBy: by.name,
    });
    if (input.deadline !== null) putDeadline(db, input.id, input.deadline, 'directed');
    for (const one of assignees) insertAssignment(db, { ...one, document: input.id, direction, transferredOn: today });
    putLeader(db, input.id, leader.person, leader.name);
    putHolders(db, input.id, words);
    return ok({ id: input.id });
  });
}

function refusal(
  input: Input,
  assignees: readonly Assignee[],
  kept: readonly StoredAssignment[],
  today: string,
): ReturnType<typeof fail<'one-lead-needed' | 'assignee-missing' | 'assignee-twice' | 'deadline-past' | 'given-later'>> | undefined {
  if (assignees.some((one) => one.unitName === '' && one.personName === '')) return fail('assignee-missing', { field: 'assignees' });
  const all = [...kept, ...assignees];
  if (all.filter((one) => one.part === 'lead').length !== 1) return fail('one-lead-needed', { field: 'assignees' });
  const keys = all.map(keyOf);
  const twice = all.find((one, at) => keys.indexOf(keyOf(one)) !== at);
  if (twice !== undefined) return fail('assignee-twice', { field: 'assignees', name: wordOf(twice) });
  const days = [input.deadline, ...assignees.map((one) => one.deadline)].filter((day) => day !== null);
  // On paper a day may have gone by before it is written down here.
  if (!input.fromPaper && days.some((day) => day < today)) return fail('deadline-past', { field: 'deadline' });
  if (input.givenOn > today) return fail('given-later', { field: 'givenOn' });
  return undefined;
}

/** Names as they are today, which stay when the unit or person is renamed; a person's unit goes with it. */
function named(db: ReadDb, one: Assignee): Assignee {
  const person = one.person === null ? undefined : personFacts(db, one.person);
  const unit = one.unit ?? person?.unit ?? null;
  return {
    ...one,
    person: person === undefined ? null : one.person,
    personName: person?.name ?? one.personName,
    unit: unit !== null && unitName(db, unit) === undefined ? null : unit,
    unitName: (unit === null ? undefined : unitName(db, unit)) ?? one.unitName,
  };
}

function leaderOf(db: WriteDb, input: Input, by: Actor): { readonly person: string | null; readonly name: string } {
  const known = input.leader === null ? undefined : personFacts(db, input.leader);
  if (known !== undefined) return { person: input.leader, name: known.name };
  if (input.leaderName !== '') return { person: null, name: input.leaderName };
  // Whoever decides on the screen is the leader; what stands on paper is another's word.
  return input.fromPaper ? { person: null, name: '' } : { person: by.person, name: by.name };
}

type Holder = {
  readonly part: z.infer<typeof AssignmentPart>;
  readonly unit: string | null;
  readonly unitName: string;
  readonly person: string | null;
  readonly personName: string;
};

function keyOf(one: Holder): string {
  return `${one.unit ?? one.unitName}\n${one.person ?? one.personName}`;
}

/** How one of them is called in the register. */
function wordOf({ unitName: unit, personName: person }: Holder): string {
  return unit === '' ? person : person === '' ? unit : `${person} (${unit})`;
}

/** Column 7 of the register, "Đơn vị hoặc người nhận" (NĐ 30/2020 annex IV form VI): whoever leads first. */
function holdersIn(all: readonly Holder[]): string {
  const lead = all.filter((one) => one.part === 'lead').map(wordOf);
  const joint = all.filter((one) => one.part === 'joint').map(wordOf);
  return [...lead, ...(joint.length === 0 ? [] : [`phối hợp: ${joint.join(', ')}`])].join('; ');
}
