import { RetentionSettings, type DeadlineChoice, type DeadlineKind, type RetentionRule } from '#contract';
import { dayPlus } from '../../../foundation/clock.ts';
import { sql, type ReadDb, type Sql } from '../../../store/index.ts';
import { readSetting } from '../../settings/index.ts';

/**
 * How the days are counted, with where each rule stands and how sure that is. Where the acts disagree, the one that warns
 * first is the default: a warning blocks nothing, and the office may choose another.
 */
export const deadlineChoices: readonly DeadlineChoice[] = [
  { kind: 'expiry', rule: 'from-year-end', basis: 'Luật Lưu trữ 33/2024/QH15 Điều 15', confidence: 'secondary', usual: true },
  { kind: 'expiry', rule: 'from-day', basis: 'Quy định riêng của cơ quan', confidence: 'office', usual: false },
  { kind: 'hand-in', rule: 'sixty-days', basis: 'TT 05/2025/TT-BNV Điều 19.1.a', confidence: 'read', usual: true },
  { kind: 'hand-in', rule: 'year-from-day', basis: 'NĐ 30/2020/NĐ-CP Điều 30.1', confidence: 'read', usual: false },
  { kind: 'hand-in', rule: 'year-from-year-end', basis: 'Luật Lưu trữ 33/2024/QH15 Điều 17', confidence: 'secondary', usual: false },
];

/** As long as the office has chosen nothing. That it gives to a historical archive is not known of it. */
const usual: RetentionSettings = { expiry: 'from-year-end', handIn: 'sixty-days', expiryLeadDays: 90, handInLeadDays: 30, depositsToHistorical: false };

/** The office's rules. */
export function readRules(db: ReadDb): RetentionSettings {
  return readSetting(db, 'retention', RetentionSettings) ?? usual;
}

/** The rule that holds for a kind of deadline, with its source. */
export function choiceOf(settings: RetentionSettings, kind: DeadlineKind): DeadlineChoice {
  const rule: RetentionRule = kind === 'expiry' ? settings.expiry : settings.handIn;
  const choice = deadlineChoices.find((one) => one.kind === kind && one.rule === rule);
  if (choice === undefined) throw new Error(`no rule ${rule}`);
  return choice;
}

/**
 * The day itself: of a term the first day on which it is over, of handing in the last one. `endedOn`: the day on which the work
 * ended; `years`: of the term.
 */
export function dueDay(rule: RetentionRule, endedOn: string, years: number): string {
  switch (rule) {
    case 'from-year-end':
      return `${String(Number(endedOn.slice(0, 4)) + years + 1)}-01-01`;
    case 'from-day':
      return dayPlus(yearsLater(endedOn, years), 1);
    case 'sixty-days':
      return dayPlus(endedOn, 60);
    case 'year-from-day':
      return yearsLater(endedOn, 1);
    case 'year-from-year-end':
      return `${String(Number(endedOn.slice(0, 4)) + 1)}-12-31`;
  }
}

/** The same day some years later; the 1st of March where there is no 29th of February, as SQLite's own counting has it. */
function yearsLater(day: string, years: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year + years, month - 1, date)).toISOString().slice(0, 10);
}

/** The same in SQL, over a row `d` of `dossier`. */
export function dueSql(rule: RetentionRule): Sql {
  switch (rule) {
    case 'from-year-end':
      return sql`(d.keep_until + 1) || '-01-01'`;
    case 'from-day':
      return sql`date(d.end_date, '+' || d.retention_years || ' years', '+1 day')`;
    case 'sixty-days':
      return sql`date(d.end_date, '+60 days')`;
    case 'year-from-day':
      return sql`date(d.end_date, '+1 year')`;
    case 'year-from-year-end':
      return sql`(substr(d.end_date, 1, 4) + 1) || '-12-31'`;
  }
}

/** Whether a day has come: a term is over on its day, handing in is late the day after. */
export function isOver(kind: DeadlineKind, due: string, today: string): boolean {
  return kind === 'expiry' ? due <= today : due < today;
}
