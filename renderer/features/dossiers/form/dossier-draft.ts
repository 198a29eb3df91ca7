import type { DossierFields } from '#contract';
import { calendarDay, dayFromTyped, isDay } from '../../../i18n/dates.ts';
import { retentionDraft, retentionFrom, type RetentionDraft } from '../parts/RetentionField.tsx';

/** A dossier's fields as they are typed: days, years and counts are text until they are checked. */
export type DossierDraft = Omit<DossierFields, 'catalog' | 'retention' | 'paperSheets' | 'startDate' | 'endDate'> & {
  readonly catalog: string;
  readonly retention: RetentionDraft;
  readonly paperSheets: string;
  readonly startDate: string;
  readonly endDate: string;
};

const typed = (day: string | null): string => (day === null ? '' : calendarDay(day));

export function draftOf(fields: DossierFields): DossierDraft {
  return {
    ...fields,
    catalog: String(fields.catalog),
    retention: retentionDraft(fields.retention),
    paperSheets: fields.paperSheets === null ? '' : String(fields.paperSheets),
    startDate: typed(fields.startDate),
    endDate: typed(fields.endDate),
  };
}

export type DraftFault = 'catalog' | 'notation' | 'title' | 'years' | 'startDate' | 'endDate' | 'paperSheets';

/** The fields as the contract has them, or which of them cannot be read. */
export function fieldsOf(draft: DossierDraft): { readonly fields: DossierFields; readonly faults: readonly DraftFault[] } {
  const retention = retentionFrom(draft.retention);
  const sheets = draft.paperSheets.trim();
  const day = (text: string): string | null => (text.trim() === '' ? null : dayFromTyped(text));
  const bad = (text: string): boolean => text.trim() !== '' && !isDay(text);
  const faults: DraftFault[] = [];
  if (!/^(19|20|21)\d{2}$/.test(draft.catalog.trim())) faults.push('catalog');
  if (draft.notation.trim() === '' || /[\s/\\]/.test(draft.notation.trim())) faults.push('notation');
  if (draft.title.trim() === '') faults.push('title');
  if (retention === undefined) faults.push('years');
  if (bad(draft.startDate)) faults.push('startDate');
  if (bad(draft.endDate)) faults.push('endDate');
  if (sheets !== '' && !/^\d{1,6}$/.test(sheets)) faults.push('paperSheets');
  const fields = {
    ...draft,
    catalog: Number(draft.catalog),
    retention: retention ?? { ...draft.retention, years: null },
    paperSheets: sheets === '' ? null : Number(sheets),
    startDate: day(draft.startDate),
    endDate: day(draft.endDate),
  };
  return { fields, faults };
}
