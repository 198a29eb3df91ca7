import { IncomingFields, SuggestedField, type Candidate, type FileSuggestions } from '#contract';
import { calendarDay } from '../../i18n/dates.ts';
import { isMessageKey } from '../../i18n/catalogue.ts';
import type { Formatter } from '../../i18n/formatter.ts';

export type FieldName = keyof IncomingFields;
/** What stands in the form: text as it is typed, days as dd/MM/yyyy. */
export type FormValues = Readonly<Record<FieldName, string>>;
export type Faults = Readonly<Partial<Record<FieldName, string>>>;

const days: readonly FieldName[] = ['issuedDate', 'arrivedOn', 'dueDate'];

/** An empty form; the day of arrival is today in Vietnam. */
export function emptyValues(now: Date = new Date()): FormValues {
  const today = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric' }).format(now);
  return {
    codeNumber: '', codeNotation: '', issuedDate: '', place: '', typeName: '', subject: '', issuerName: '', issuerOrganId: '', arrivedOn: today,
    signerName: '', signerPosition: '', signerCompetence: '', urgency: '0', dueDate: '', holders: '', language: '', pageAmount: '', description: '',
  };
}

/** A value of a suggestion as it stands in the form. */
export function shownValue(field: FieldName, value: string): string {
  return days.includes(field) && /^\d{4}-\d{2}-\d{2}$/.test(value) ? calendarDay(value) : value;
}

/** What a file suggests by itself: everything but guesses, which are only offered. */
export function suggestedValues(suggestions: FileSuggestions | undefined): Partial<FormValues> {
  const found: Partial<Record<FieldName, string>> = {};
  for (const { field, best } of suggestions?.fields ?? []) {
    if (best !== null && best.confidence !== 'doubtful') found[field] = shownValue(field, best.value);
  }
  return found;
}

/** What may be chosen for a field, the best first; none for a field that is never suggested. */
export function candidatesFor(suggestions: FileSuggestions | undefined, field: FieldName): readonly Candidate[] {
  if (!SuggestedField.options.some((one) => one === field)) return [];
  const found = suggestions?.fields.find((one) => one.field === field);
  if (found === undefined) return [];
  const all = found.best === null ? found.others : [found.best, ...found.others];
  return all.filter((one, index) => all.findIndex((other) => other.value === one.value) === index);
}

/** `5/3/2026` and `05032026` as `2026-03-05`; null when nothing is typed; anything else as typed, for the contract to refuse. */
function dayOf(text: string): string | null {
  if (text.trim() === '') return null;
  const [, day = '', month = '', year = ''] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text) ?? /^\s*(\d{2})(\d{2})(\d{4})\s*$/.exec(text) ?? [];
  return year === '' ? text.trim() : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** What the contract takes; not judged yet. */
export function inputOf(values: FormValues): Readonly<Record<FieldName, unknown>> {
  const pages = values.pageAmount.trim();
  return {
    ...values,
    issuedDate: dayOf(values.issuedDate),
    arrivedOn: dayOf(values.arrivedOn) ?? '',
    dueDate: dayOf(values.dueDate),
    urgency: Number(values.urgency),
    pageAmount: pages === '' ? null : /^\d+$/.test(pages) ? Number(pages) : pages,
  };
}

/** The form as the contract takes it, or a sentence at each field that it does not take. */
export function checked(values: FormValues, t: Formatter): { readonly fields: IncomingFields } | { readonly faults: Faults } {
  const parsed = IncomingFields.safeParse(inputOf(values));
  if (parsed.success) return { fields: parsed.data };
  const faults: Partial<Record<FieldName, string>> = {};
  for (const issue of parsed.error.issues) {
    const field = issue.path[0] as FieldName;
    faults[field] ??= faultWords(t, field, issue.code, issue.code === 'too_big' ? Number(issue.maximum) : 0);
  }
  return { faults };
}

function faultWords(t: Formatter, field: FieldName, rule: string, most: number): string {
  if (rule === 'too_big') return t('fault.intake.too_big', { most });
  if (rule === 'too_small') return t('fault.intake.missing');
  const key = `fault.intake.${field}`;
  return isMessageKey(key) ? t(key) : t('fault.general');
}
