import type { ReactNode } from 'react';
import type { MessageFile } from '#contract';
import { calendarDay } from '../../../i18n/dates.ts';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { urgencyWord } from '../../../i18n/urgency-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { FieldLines } from '../../../ui/FieldLines.tsx';
import { sizeWords } from '../../files/index.ts';

/** Lines of a list that are shown; a hostile message may have a million. */
const mostLines = 100;

/** What the envelope of a message says; what it leaves out is not shown. */
export function MessageFields({ message }: { readonly message: MessageFile }): ReactNode {
  const t = useWords();
  const lines = linesOf(message, t).filter(([, values]) => values.some((value) => value !== ''));
  return <FieldLines lines={lines.map(([name, values]) => [name, values.length <= mostLines ? values : [...values.slice(0, mostLines), t('messageFile.more', { count: values.length - mostLines })]] as const)} />;
}

function linesOf(message: MessageFile, t: Formatter): (readonly [string, readonly string[]])[] {
  const day = (value: string | null): string => (value === null ? '' : calendarDay(value));
  const party = ({ organId, name }: MessageFile['issuer']): string => (name === '' ? organId : organId === '' ? name : t('messageFile.party', { name, code: organId }));
  const status = `statusCode.${message.statusCode}`;
  return [
    [t('messageFile.status'), [message.statusCode === '' ? '' : isMessageKey(status) ? t(status) : t('statusCode.other', { code: message.statusCode })]],
    [t('messageFile.reason'), [message.reason]],
    [t('field.type'), [message.typeName]],
    [t('field.issuedDate'), [day(message.issuedDate)]],
    [t(message.kind === 'status' ? 'messageFile.from' : 'field.issuer'), [party(message.issuer)]],
    [t('messageFile.recipients'), message.recipients.map(party)],
    [t('field.signer'), [message.signerName]],
    [t('field.signerPosition'), [message.signerPosition]],
    [t('field.signerCompetence'), [message.signerCompetence]],
    [t('field.place'), [message.place]],
    [t('field.urgency'), [message.kind === 'status' ? '' : (urgencyWord(t, message.urgency) ?? t('urgency.0'))]],
    [t('field.dueDate'), [day(message.dueDate)]],
    [t('field.toPlaces'), message.toPlaces],
    [t('field.pageAmount'), [message.pageAmount === null ? '' : String(message.pageAmount)]],
    [t('field.documentId'), [message.documentId]],
    [t('messageFile.files'), message.files.map((file) => t('messageFile.file', { name: file.name, size: sizeWords(t, file.size) }))],
    [t('messageFile.file.name'), [message.file.name]],
  ];
}
