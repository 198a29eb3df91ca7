import type { Confidence, DutyKind, DutyRule, DutySettings, DutyState } from '#contract';
import { vietnamDay } from '../../../foundation/clock.ts';
import {
  endOfDay,
  isAfterHours,
  nextWorkingDay,
  nextWorkingMorningEnd,
  subtractWorkingMinutes,
  vietnamInstant,
  type WorkingCalendar,
} from '../../calendar/index.ts';
import type { Owed } from './owed.ts';

/** No act names a number: all of these are inferred, and each office sets its own. */
export const usualDutySettings: DutySettings = {
  leadMinutes: 120,
  urgentMinutes: 60,
  receiptAfterHours: 'same-day',
  morningEnds: 'shift',
};

export type Basis = { readonly basis: string; readonly basisConfidence: Confidence };

/** The articles, as data (axis.md §4.1, §4.2; records-rules.md §1.1): read in the Official Gazette. */
const bases: Readonly<Record<DutyKind, Basis>> = {
  'receipt-notice': { basis: 'NĐ 30/2020/NĐ-CP Điều 21.2; Phụ lục VI mục III.1.e', basisConfidence: 'read' },
  registration: { basis: 'NĐ 30/2020/NĐ-CP Điều 4.2.c, Điều 22, Điều 23.1', basisConfidence: 'read' },
  // The article leaves the days to the office's own working rules.
  handling: { basis: 'NĐ 30/2020/NĐ-CP Điều 24', basisConfidence: 'read' },
  sending: { basis: 'QĐ 28/2018/QĐ-TTg Điều 6.2; NĐ 30/2020/NĐ-CP Điều 18.1', basisConfidence: 'read' },
  'recall-answer': { basis: 'QĐ 28/2018/QĐ-TTg Điều 8.2, 9.2; NĐ 30/2020/NĐ-CP Điều 18.4.b', basisConfidence: 'read' },
};

/**
 * A receipt notice goes out by itself within seconds. Only one that is still here after this long is worth a word,
 * or each arrival late in the day would flash on the desk.
 */
const selfDoneMinutes = 10;

export type Deadline = Basis & {
  /** the last instant that is in time */
  readonly due: string;
  /** from here on it is called soon */
  readonly warnAt: string;
  readonly rule: DutyRule;
  readonly ruleConfidence: Confidence;
  readonly certain: boolean;
};

type End = Pick<Deadline, 'due' | 'rule' | 'ruleConfidence' | 'certain'>;

type Dated = Pick<Owed, 'kind' | 'since' | 'urgency' | 'set'>;

/** When a duty ends, when it is to be warned of, and on what ground. Pure: the calendar and the settings decide. */
export function deadlineOf(owed: Dated, calendar: WorkingCalendar, settings: DutySettings): Deadline {
  return deadlinesBy(calendar, settings)(owed);
}

/** The same for thousands of duties, which began and end on few days: what follows from a day is counted once. */
export function deadlinesBy(calendar: WorkingCalendar, settings: DutySettings): (owed: Dated) => Deadline {
  const leads = new Map<string, string>();
  const leadOf = (due: string): string => remembered(leads, due, () => subtractWorkingMinutes(calendar, due, settings.leadMinutes));
  const sets = new Map<string, Deadline>();
  const ends = new Map<string, End>();
  return (owed) => {
    const { kind, since, urgency, set } = owed;
    if (set !== undefined) return remembered(sets, `${kind} ${set.day} ${set.nearFrom}`, () => deadlineOfDay(kind, set));
    const day = vietnamDay(new Date(since));
    // What is urgent, and a notice that may have come after hours, is counted by the clock.
    const byDay = kind === 'receipt-notice' ? settings.receiptAfterHours === 'same-day' : urgency === 0;
    const count = (): End => endOf(owed, day, calendar, settings);
    const end = byDay ? remembered(ends, `${kind} ${day}`, count) : count();
    const earliest = kind === 'receipt-notice' ? minutesAfter(since, selfDoneMinutes) : since;
    return { ...end, ...bases[kind], warnAt: earlier(later(leadOf(end.due), earliest), end.due) };
  };
}

function deadlineOfDay(kind: DutyKind, { day, nearFrom }: NonNullable<Owed['set']>): Deadline {
  const due = endOfDay(day);
  const warnAt = earlier(vietnamInstant(nearFrom, '00:00'), due);
  return { due, warnAt, rule: 'set-day', ruleConfidence: 'office', certain: true, ...bases[kind] };
}

function remembered<T>(known: Map<string, T>, key: string, count: () => T): T {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = count();
  known.set(key, value);
  return value;
}

/** How a duty stands at an instant. Undefined: done in time, nothing more to say. */
export function stateOf(deadline: Pick<Deadline, 'due' | 'warnAt'>, doneAt: string | null, now: string): DutyState | undefined {
  if (doneAt !== null) return doneAt > deadline.due ? 'done-late' : undefined;
  if (now > deadline.due) return 'overdue';
  return now >= deadline.warnAt ? 'soon' : 'ok';
}

function endOf({ kind, since, urgency }: Dated, day: string, calendar: WorkingCalendar, settings: DutySettings): End {
  switch (kind) {
    case 'receipt-notice':
      // "Ngay trong ngày" makes no exception for the evening or a day off, and the program sends it unasked.
      return settings.receiptAfterHours === 'next-working-day' && isAfterHours(calendar, since)
        ? endOfNextWorkingDay(calendar, day, 'next-working-day-after-hours', 'inferred')
        : { due: endOfDay(day), rule: 'same-day', ruleConfidence: 'read', certain: true };
    case 'registration':
      return urgency > 0 ? atOnce(since, settings) : endOfNextWorkingDay(calendar, day, 'next-working-day', 'read');
    case 'handling':
      throw new Error('the day of handling is set by persons');
    case 'sending': {
      if (urgency > 0) return atOnce(since, settings);
      const { at, certain } = nextWorkingMorningEnd(calendar, day, settings.morningEnds);
      return { due: at, rule: 'next-working-morning', ruleConfidence: 'inferred', certain };
    }
    case 'recall-answer':
      // The articles say that it must be done and not by when; the general rule of NĐ 30 art. 4.2.c is taken.
      return urgency > 0 ? atOnce(since, settings) : endOfNextWorkingDay(calendar, day, 'next-working-day', 'inferred');
  }
}

/** "Ngay" runs by the clock, also on a Sunday: the decrees make no exception, and the number of minutes is the office's. */
function atOnce(since: string, settings: DutySettings): End {
  return { due: minutesAfter(since, settings.urgentMinutes), rule: 'at-once', ruleConfidence: 'inferred', certain: true };
}

function endOfNextWorkingDay(calendar: WorkingCalendar, day: string, rule: DutyRule, ruleConfidence: Confidence): End {
  const next = nextWorkingDay(calendar, day);
  return { due: endOfDay(next.day), rule, ruleConfidence, certain: next.certain };
}

function minutesAfter(instant: string, minutes: number): string {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
