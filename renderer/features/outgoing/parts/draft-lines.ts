import type { DraftFields, OutgoingDetail } from '#contract';
import { calendarDay, isDay, momentOf } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { urgencyWord } from '../../../i18n/urgency-words.ts';
import type { FieldLine } from '../../../ui/FieldLines.tsx';

/** What a draft says of itself, in the order of NĐ 30/2020 annex VI part I. */
export function draftLines(t: Formatter, fields: DraftFields): FieldLine[] {
  return [
    [t('field.type'), fields.typeName],
    [t('field.place'), fields.place],
    [t('draft.language'), fields.language],
    [t('field.pageAmount'), fields.pageAmount === null ? '' : String(fields.pageAmount)],
    [t('draft.authority'), fields.authorityLines],
    [t('field.signerPosition'), fields.signerPosition],
    [t('field.signer'), fields.signerName],
    [t('draft.unit'), fields.unitName],
    [t('draft.body'), fields.body],
    [t('field.urgency'), urgencyWord(t, fields.urgency) ?? t('urgency.0')],
    [t('draft.dueDate'), fields.dueDate === null ? '' : calendarDay(fields.dueDate)],
    [t('draft.electronic'), fields.recipients.map((one) => `${one.name} (${one.organId})`)],
    [t('draft.paper'), fields.paperRecipients.map((one) => t('issue.paperLine', { ...one }))],
    [t('field.toPlaces'), fields.toPlaces],
    [t('draft.issuedAmount'), fields.issuedAmount === null ? '' : String(fields.issuedAmount)],
    [t('draft.keepUnit'), fields.keepUnit],
    [t('draft.file'), [fields.fileNotation, fields.fileCatalog === null ? '' : String(fields.fileCatalog)].filter((part) => part !== '').join(' · ')],
    [t('draft.description'), fields.description],
  ];
}

/** The same of a row of the register, with when each step was done and by whom. */
export function documentLines(t: Formatter, document: OutgoingDetail): FieldLine[] {
  const done = (at: string | null, by = ''): string => (at === null ? '' : by === '' ? momentOf(at) : t('life.doneBy', { at: momentOf(at), by }));
  return [
    [t('field.type'), document.typeName],
    [t('field.issuedDate'), calendarDay(document.issuedDate)],
    [t('field.place'), document.place],
    [t('draft.authority'), document.signerCompetence],
    [t('field.signerPosition'), document.signerPosition],
    [t('field.signer'), document.signerName],
    [t('life.signedAt'), done(document.signedAt)],
    [t('life.numberedAt'), done(document.numberedAt, document.numberedBy)],
    [t('life.sealedAt'), done(document.sealedAt, document.sealedBy)],
    [t('life.issuedAt'), document.imported ? '' : done(document.issuedAt, document.issuedBy)],
    [t('life.sentAt'), done(document.sentAt)],
    [t('draft.electronic'), document.plannedTo.map((one) => `${one.name} (${one.organId})`)],
    [t('draft.paper'), document.paperTo.map((one) => t('issue.paperLine', { ...one }))],
    [t('field.toPlaces'), document.toPlaces],
    [t('field.urgency'), urgencyWord(t, document.urgency) ?? (document.imported ? '' : t('urgency.0'))],
    [t('draft.dueDate'), document.dueDate === null ? '' : calendarDay(document.dueDate)],
    [t('draft.unit'), document.unitName],
    [t('draft.drafter'), document.drafter],
    [t('draft.keepUnit'), document.keepUnit],
    [t('draft.issuedAmount'), document.issuedAmount === null ? '' : String(document.issuedAmount)],
    [t('field.pageAmount'), document.pageAmount === null ? '' : String(document.pageAmount)],
    [t('draft.description'), document.description],
    [t('field.documentId'), document.imported ? '' : document.documentId],
    ...(document.importedFrom === null
      ? []
      : ([
          [t('legacy.field.transferred'), isDay(document.importedFrom.transferred) ? calendarDay(document.importedFrom.transferred) : document.importedFrom.transferred],
          [t('legacy.field.receivedBy'), document.importedFrom.receivedBy],
        ] as const)),
  ];
}
