import type { ReactNode } from 'react';
import type { IncomingDetail } from '#contract';
import { calendarDay, isDay, momentOf } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { urgencyWord } from '../../../i18n/urgency-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { FieldLines, type FieldLine } from '../../../ui/FieldLines.tsx';

export type DocumentFieldsProps = { readonly document: IncomingDetail };

/** What the sender wrote about the document, and what the register holds of it; the heading above has the rest. */
export function DocumentFields({ document }: DocumentFieldsProps): ReactNode {
  return <FieldLines lines={fieldsOf(document, useWords())} />;
}

function fieldsOf(document: IncomingDetail, t: Formatter): FieldLine[] {
  const number =
    document.arrivalNumber === null
      ? t('field.notRegistered')
      : t('field.arrivalNumberOfYear', { number: `${String(document.arrivalNumber)}${document.arrivalSuffix}`, year: String(document.arrivalYear ?? '') });
  return [
    [t('field.arrivalNumber'), number, document.arrivalNumber !== null],
    // An old register has the day alone.
    [t('field.arrivedAt'), document.imported ? momentOf(document.arrivedAt).slice(0, 10) : momentOf(document.arrivedAt)],
    ...(document.registeredAt === null
      ? []
      : [
          [t('field.registeredAt'), momentOf(document.registeredAt)] as const,
          [t('field.registeredBy'), document.registeredBy ?? ''] as const,
        ]),
    [t('field.type'), document.typeName],
    [t('field.issuedDate'), document.issuedDate === null ? '' : calendarDay(document.issuedDate)],
    [t('field.issuer'), document.issuerName],
    [t('field.issuerOrganId'), document.issuerOrganId],
    [t('field.signer'), document.signerName],
    [t('field.signerPosition'), document.signerPosition],
    [t('field.signerCompetence'), document.signerCompetence],
    [t('field.place'), document.place],
    [t('field.urgency'), urgencyWord(t, document.urgency) ?? (document.imported ? '' : t('urgency.0'))],
    [t('field.dueDate'), document.dueDate === null ? '' : calendarDay(document.dueDate)],
    ...(document.due === null || document.due === document.dueDate ? [] : [[t('field.due'), calendarDay(document.due)] as const]),
    ...(document.holders === '' ? [] : [[t('field.holders'), document.holders] as const]),
    ...(document.importedFrom === null
      ? []
      : ([
          [t('legacy.field.transferred'), isDay(document.importedFrom.transferred) ? calendarDay(document.importedFrom.transferred) : document.importedFrom.transferred],
          [t('legacy.field.receivedBy'), document.importedFrom.receivedBy],
        ] as const)),
    ...(document.description === '' ? [] : [[t('field.description'), document.description] as const]),
    [t('field.pageAmount'), document.pageAmount === null ? '' : String(document.pageAmount)],
    [t('field.documentId'), document.documentId],
    ...(document.toPlaces.length === 0 ? [] : [[t('field.toPlaces'), document.toPlaces] as const]),
    [t('field.source'), t(`field.source.${document.source}`)],
  ];
}
