import type { HandlingAct, HandlingRole, IncomingState } from '#contract';

export type Step = {
  readonly act: HandlingAct;
  readonly from: IncomingState;
  readonly to: IncomingState;
  /** who may; the station itself does what a message of the axis asks for */
  readonly who: readonly HandlingRole[];
  /** what the sender of a document from the axis hears (axis.md §2.8); '' for nothing */
  readonly status: '' | '02' | '03' | '04' | '05' | '06' | '15';
  /** a reason must be given */
  readonly reason: boolean;
};

const everybody: readonly HandlingRole[] = ['officer', 'leader', 'clerk'];

function rows(
  act: HandlingAct,
  ways: readonly (readonly [from: IncomingState, to: IncomingState])[],
  facts: Omit<Step, 'act' | 'from' | 'to'>,
): Step[] {
  return ways.map(([from, to]) => ({ act, from, to, ...facts }));
}

/**
 * The life of a received document, step by step: from where, by which act, to where, who may, what its sender hears. What
 * is not in this table cannot be done. NĐ 30/2020 art. 21.2 (return), 22 (register), 23 (present, direct, hand over), 24
 * (work and its deadlines); QĐ 28/2018 art. 9 (statuses, recall).
 */
export const steps: readonly Step[] = [
  ...rows('register', [['arrived', 'registered']], { who: ['clerk'], status: '03', reason: false }),
  ...rows('refuse', [['arrived', 'refused']], { who: ['clerk'], status: '02', reason: true }),
  ...rows('present', [['registered', 'presented']], { who: ['clerk'], status: '', reason: false }),
  ...rows('take-back', [['presented', 'registered']], { who: ['clerk', 'leader'], status: '', reason: true }),
  ...rows(
    'direct',
    [
      ['presented', 'assigned'],
      // A further round beside those who have the work already.
      ['assigned', 'assigned'],
      ['in-progress', 'in-progress'],
    ],
    { who: ['leader'], status: '04', reason: false },
  ),
  ...rows(
    'record-direction',
    [
      // The paper went to the leader and came back without the screen having been told.
      ['registered', 'assigned'],
      ['presented', 'assigned'],
      ['assigned', 'assigned'],
      ['in-progress', 'in-progress'],
    ],
    { who: ['clerk'], status: '04', reason: false },
  ),
  ...rows(
    'reassign',
    [
      ['assigned', 'assigned'],
      ['in-progress', 'assigned'],
    ],
    // The clerk, when it stands on the paper.
    { who: ['leader', 'clerk'], status: '04', reason: true },
  ),
  ...rows(
    'progress',
    [
      ['assigned', 'in-progress'],
      ['in-progress', 'in-progress'],
    ],
    { who: everybody, status: '05', reason: false },
  ),
  ...rows(
    'finish',
    [
      // For information only: the leader has read it and nothing is to be done.
      ['presented', 'done'],
      ['assigned', 'done'],
      ['in-progress', 'done'],
    ],
    { who: everybody, status: '06', reason: false },
  ),
  ...rows('reopen', [['done', 'in-progress']], { who: ['leader', 'clerk'], status: '', reason: true }),
  ...rows(
    'return',
    [
      ['registered', 'refused'],
      ['presented', 'refused'],
      ['assigned', 'refused'],
      ['in-progress', 'refused'],
    ],
    { who: ['clerk'], status: '02', reason: true },
  ),
  ...rows(
    'recall',
    [
      ['arrived', 'recalled'],
      ['registered', 'recalled'],
      ['presented', 'recalled'],
      ['assigned', 'recalled'],
      ['in-progress', 'recalled'],
      ['done', 'recalled'],
      // What had ended before may still be taken back: its files are destroyed then.
      ['refused', 'recalled'],
      ['replaced', 'recalled'],
    ],
    { who: ['clerk'], status: '15', reason: false },
  ),
  ...rows(
    'replace',
    [
      ['arrived', 'replaced'],
      ['registered', 'replaced'],
      ['presented', 'replaced'],
      ['assigned', 'replaced'],
      ['in-progress', 'replaced'],
      ['done', 'replaced'],
    ],
    { who: ['clerk'], status: '', reason: false },
  ),
];

/** The step that an act is from a standing; undefined when there is none. */
export function stepFor(act: HandlingAct, from: IncomingState): Step | undefined {
  return steps.find((step) => step.act === act && step.from === from);
}

/** What ends a document for good. */
export function isEnded(standing: IncomingState): standing is 'refused' | 'recalled' | 'replaced' {
  return standing === 'refused' || standing === 'recalled' || standing === 'replaced';
}

/** What a person chooses by hand, the usual next step first; the rest follows from messages of the sender. */
const chosen: readonly HandlingAct[] = [
  'register',
  'present',
  'direct',
  'record-direction',
  'progress',
  'finish',
  'reassign',
  'take-back',
  'reopen',
  'refuse',
  'return',
];

/** The step that usually comes next. */
const usual: Partial<Readonly<Record<IncomingState, HandlingAct>>> = { assigned: 'progress', 'in-progress': 'finish' };

/** What somebody with these roles may do next; the usual step first. */
export function nextActs(standing: IncomingState, roles: readonly HandlingRole[]): HandlingAct[] {
  const may = chosen.filter((act) => stepFor(act, standing)?.who.some((role) => roles.includes(role)) === true);
  const first = may.filter((act) => act === usual[standing]);
  return [...first, ...may.filter((act) => !first.includes(act))];
}

/**
 * What somebody with these acts before him goes on with; null when he waits for another. To decide is the leader's (NĐ 30/2020 art. 23):
 * whoever may only write down a direction from paper is not led there, unless the office's leaders decide on paper.
 */
export function usualAct(acts: readonly HandlingAct[], paperDirections: boolean): HandlingAct | null {
  const [first] = acts;
  if (first === undefined || first === 'reopen') return null;
  return first === 'record-direction' && !paperDirections ? null : first;
}

const turns: Readonly<Record<IncomingState, readonly HandlingRole[]>> = {
  arrived: ['clerk'],
  registered: ['clerk'],
  presented: ['leader'],
  assigned: ['officer'],
  'in-progress': ['officer'],
  done: [],
  refused: [],
  recalled: [],
  replaced: [],
};

/** Whose turn it is at a standing; nobody's at the end. */
export function turnAt(standing: IncomingState): readonly HandlingRole[] {
  return turns[standing];
}
