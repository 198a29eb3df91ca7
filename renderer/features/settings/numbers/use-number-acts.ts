import { dayFromTyped } from '../../../i18n/dates.ts';
import type { SeriesKey } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { useCommand } from '../../../bridge/methods.ts';

type On = { readonly series: SeriesKey; readonly words: string };
type OnNumber = On & { readonly suffix: string; readonly shown: string };

/** An act that a person has begun; `shown` is the number as it is written, `words` the series as it is called. */
export type Act =
  | ({ readonly kind: 'reserve' | 'void'; readonly number: number | null } & OnNumber)
  | ({ readonly kind: 'release'; readonly number: number } & OnNumber)
  | ({ readonly kind: 'insert' | 'start' | 'setBack' | 'late' | 'close' | 'reopen' } & On)
  | { readonly kind: 'closeYear'; readonly year: number; readonly mayEnd: boolean }
  | { readonly kind: 'reopenYear'; readonly year: number };

export const actFields = ['after', 'last', 'day', 'forWhom', 'until', 'reason'] as const;
export type ActField = (typeof actFields)[number];
export type ActValues = Readonly<Record<ActField, string>> & { readonly officeEnds: boolean };

/** What is to be filled in for each act, in order. */
export const fieldsOf: Readonly<Record<Act['kind'], readonly ActField[]>> = {
  reserve: ['forWhom', 'until', 'reason'],
  release: ['reason'],
  void: ['reason'],
  insert: ['after', 'day', 'forWhom', 'until', 'reason'],
  start: ['last', 'reason'],
  setBack: ['last', 'reason'],
  late: ['until', 'reason'],
  close: ['reason'],
  reopen: ['reason'],
  closeYear: ['reason'],
  reopenYear: ['reason'],
};

/** What stands in a field may be left out. */
export function isOptional(act: Act, field: ActField): boolean {
  return field === 'until' && act.kind !== 'late';
}

type Done = { readonly ok: true } | { readonly ok: false; readonly failure: AnyFailure };

/** Runs acts, and judges what was filled in by the contract's own schemas. */
export function useNumberActs(): { readonly run: (act: Act, values: ActValues) => Promise<Done>; readonly pending: boolean } {
  const reserve = useCommand('numbers', 'reserve');
  const release = useCommand('numbers', 'release');
  const voidNumber = useCommand('numbers', 'voidNumber');
  const insert = useCommand('numbers', 'insert');
  const start = useCommand('numbers', 'startAfter');
  const setBack = useCommand('numbers', 'setBack');
  const late = useCommand('numbers', 'allowLate');
  const close = useCommand('numbers', 'closeSeries');
  const reopen = useCommand('numbers', 'reopenSeries');
  const closeYear = useCommand('numbers', 'closeYear');
  const reopenYear = useCommand('numbers', 'reopenYear');
  const pending = [reserve, release, voidNumber, insert, start, setBack, late, close, reopen, closeYear, reopenYear].some((one) => one.pending);
  return {
    pending,
    async run(act, values) {
      const { reason, forWhom } = values;
      const until = values.until.trim() === '' ? null : dayFromTyped(values.until);
      switch (act.kind) {
        case 'reserve':
          return reserve.run({ ...act.series, number: act.number, suffix: act.suffix, forWhom, until, reason });
        case 'release':
          return release.run({ ...act.series, number: act.number, suffix: act.suffix, reason });
        case 'void':
          return voidNumber.run({ ...act.series, number: act.number, suffix: act.suffix, reason });
        case 'insert':
          return insert.run({ ...act.series, after: Number(values.after), day: dayFromTyped(values.day), forWhom, until, reason });
        case 'start':
          return start.run({ ...act.series, last: Number(values.last), reason });
        case 'setBack':
          return setBack.run({ ...act.series, last: Number(values.last), reason });
        case 'late':
          return late.run({ ...act.series, until: until ?? '', reason });
        case 'close':
          return close.run({ ...act.series, reason });
        case 'reopen':
          return reopen.run({ ...act.series, reason });
        case 'closeYear':
          return closeYear.run({ year: act.year, officeEnds: values.officeEnds, reason });
        case 'reopenYear':
          return reopenYear.run({ year: act.year, reason });
      }
    },
  };
}
