import type { Abbreviations } from '#contract';
import { vietnamDay } from '../../electron/foundation/clock.ts';

type Prepare = { readonly must: (domain: string, method: string, input: unknown) => Promise<unknown> };

const thisYear = (): string => vietnamDay(new Date()).slice(0, 4);
const copies = (): { register: string; scope: string; year: number } => ({ register: 'copy', scope: '', year: Number(thisYear()) });

/** One input that succeeds for each audited command of numbers, in the order in which they are given. */
export const numbersInputs: Readonly<Record<string, (prepare: Prepare) => unknown>> = {
  'numbers.saveRules': () => ({
    validFrom: '2099-01-01',
    rules: { administrative: 'per-kind', groups: [], books: [], timeOrder: 'refuse' },
    reason: 'Quyết định 01/QĐ-UBND',
  }),
  'numbers.saveAgencyKind': () => ({ kind: 'commune' }),
  'numbers.saveAbbreviation': () => ({ category: 'office', id: null, name: '', abbreviation: 'UBND' }),
  'numbers.endAbbreviation': async ({ must }) => ({
    id: ((await must('numbers', 'saveAbbreviation', { category: 'field', id: null, name: 'Văn xã', abbreviation: 'VX' })) as Abbreviations).own[0]?.id ?? '',
    reason: 'Bỏ lĩnh vực',
  }),
  'numbers.startAfter': () => ({ ...copies(), last: 7, reason: 'Sổ giấy' }),
  'numbers.setBack': async ({ must }) => {
    await must('numbers', 'startAfter', { ...copies(), last: 70, reason: 'Gõ nhầm' });
    return { ...copies(), last: 7, reason: 'Gõ thừa số 0' };
  },
  'numbers.reserve': () => ({ ...copies(), number: null, forWhom: 'VX', until: null, reason: 'Kỳ họp' }),
  'numbers.release': () => ({ ...copies(), number: 8, suffix: '', reason: 'Thôi' }),
  'numbers.voidNumber': () => ({ ...copies(), number: 8, reason: 'Hỏng' }),
  'numbers.insert': () => ({ ...copies(), after: 8, day: `${thisYear()}-01-01`, forWhom: 'VX', until: null, reason: 'Sót' }),
  'numbers.allowLate': () => ({ ...copies(), year: Number(thisYear()) - 1, until: '2099-12-31', reason: 'Ký cuối năm' }),
  'numbers.closeSeries': () => ({ ...copies(), year: Number(thisYear()) - 1, reason: 'Hết năm' }),
  'numbers.reopenSeries': async ({ must }) => {
    await must('numbers', 'voidNumber', { ...copies(), number: 8, suffix: 'a', reason: 'Thôi' });
    await must('numbers', 'closeSeries', { ...copies(), reason: 'Nhầm' });
    return { ...copies(), reason: 'Mở lại' };
  },
  'numbers.closeYear': () => ({ year: Number(thisYear()), officeEnds: true, reason: 'Sáp nhập' }),
  'numbers.reopenYear': () => ({ year: Number(thisYear()), reason: 'Nhầm' }),
};
