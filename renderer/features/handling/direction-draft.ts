import type { Contract, HandlingDetail, InputOf, Party } from '#contract';
import { calendarDay, dayFromTyped, isDay, today } from '../../i18n/dates.ts';

/** One who is to get the work, as the form holds it; `deadline` as typed. */
export type Chosen = Party & { readonly lead: boolean; readonly deadline: string };

/** A direction as it is being written; days as typed. */
export type Draft = {
  readonly text: string;
  readonly leaderName: string;
  readonly delegatedAs: string;
  readonly fromPaper: boolean;
  readonly givenOn: string;
  readonly deadline: string;
  readonly chosen: readonly Chosen[];
  /** those who have the work are relieved of it */
  readonly withdraw: boolean;
  readonly reason: string;
};

/** Prefixes of NĐ 30/2020 art. 13 as which somebody decides. */
export const delegations = ['', 'KT.', 'TL.', 'TUQ.', 'Q.', 'TM.'] as const;

/** Whether somebody may decide on the screen, or only write down what stands on paper, or choose. */
export function waysOf({ next }: Pick<HandlingDetail, 'next'>): { readonly onScreen: boolean; readonly fromPaper: boolean } {
  return { onScreen: next.includes('direct'), fromPaper: next.includes('record-direction') };
}

/**
 * What the form begins with. The day of the office's rules is proposed where no other holds. `leader`: whose word it is
 * likely to be where it was presented to nobody; `paperDirections`: leaders of this office decide on paper.
 */
export function emptyDraft(handling: HandlingDetail, leader: string, paperDirections: boolean): Draft {
  const ways = waysOf(handling);
  return {
    text: '',
    leaderName: handling.leaderName === '' ? leader : handling.leaderName,
    delegatedAs: '',
    fromPaper: !ways.onScreen || (ways.fromPaper && paperDirections),
    givenOn: calendarDay(today()),
    deadline: handling.due === null && handling.proposed !== null ? calendarDay(handling.proposed.day) : '',
    chosen: [],
    withdraw: false,
    reason: '',
  };
}

/** Adds somebody: the first one leads, unless somebody leads already. Whoever is there already is not added twice. */
export function withParty(draft: Draft, party: Party, leadTaken: boolean): Draft {
  const same = (one: Party): boolean => one.unit === party.unit && one.unitName === party.unitName && one.person === party.person && one.personName === party.personName;
  if (draft.chosen.some(same)) return draft;
  const lead = !leadTaken && draft.chosen.every((one) => !one.lead);
  return { ...draft, chosen: [...draft.chosen, { ...party, lead, deadline: '' }] };
}

/** How one is called. */
export function partyName({ personName, unitName }: Pick<Party, 'personName' | 'unitName'>): string {
  return [personName, unitName].filter((one) => one !== '').join(', ');
}

/** Fields that lack something before the core is asked; keys of their sentences. */
export function draftFaults(draft: Draft, leadTaken: boolean): Partial<Readonly<Record<'party' | 'reason' | 'leaderName' | 'deadline' | 'givenOn', string>>> {
  const emptyOrDay = (text: string): boolean => text.trim() === '' || isDay(text);
  const leads = draft.chosen.filter((one) => one.lead).length + (leadTaken && !draft.withdraw ? 1 : 0);
  return {
    ...(draft.chosen.length === 0 ? { party: 'handling.fault.party' } : leads !== 1 ? { party: 'handling.fault.lead' } : {}),
    ...(draft.withdraw && draft.reason.trim() === '' ? { reason: 'ask.reasonMissing' } : {}),
    ...(draft.leaderName.trim() === '' ? { leaderName: 'handling.fault.leader' } : {}),
    ...([draft.deadline, ...draft.chosen.map((one) => one.deadline)].every(emptyOrDay) ? {} : { deadline: 'handling.fault.day' }),
    ...(isDay(draft.givenOn) ? {} : { givenOn: 'handling.fault.day' }),
  };
}

/** What the core is asked for. */
export function directionOf(
  id: string,
  draft: Draft,
  leaders: readonly { readonly id: string; readonly name: string }[],
): InputOf<Contract['handling']['direct']> {
  const dayOf = (typed: string): string | null => (typed.trim() === '' ? null : dayFromTyped(typed));
  const leaderName = draft.leaderName.trim();
  return {
    id,
    text: draft.text,
    leader: leaders.find((one) => one.name === leaderName)?.id ?? null,
    leaderName,
    delegatedAs: draft.delegatedAs,
    givenOn: draft.fromPaper ? dayFromTyped(draft.givenOn) : today(),
    fromPaper: draft.fromPaper,
    deadline: dayOf(draft.deadline),
    assignees: draft.chosen.map(({ lead, deadline, ...party }) => ({ ...party, part: lead ? 'lead' : 'joint', deadline: dayOf(deadline) })),
    withdraw: draft.withdraw,
    reason: draft.withdraw ? draft.reason : '',
  };
}
