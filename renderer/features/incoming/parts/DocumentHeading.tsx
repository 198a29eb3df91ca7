import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Flag16Filled } from '@fluentui/react-icons';
import type { IncomingDetail } from '#contract';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { DueMark } from '../../handling/index.ts';
import { urgencyWord } from '../../../i18n/urgency-words.ts';

const useStyles = makeStyles({
  heading: { display: 'flex', flexDirection: 'column', gap: '2px' },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
  struck: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  subject: { margin: 0, textWrap: 'pretty', overflowWrap: 'anywhere' },
  source: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  marks: { display: 'flex', flexWrap: 'wrap', gap: '4px 14px', fontSize: tokens.fontSizeBase200 },
});

export type DocumentHeadingProps = { readonly document: IncomingDetail };

/** Symbol, subject, issuer and date; urgency and deadline when there are any. */
export function DocumentHeading({ document }: DocumentHeadingProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const urgency = urgencyWord(t, document.urgency);
  const ended = document.state === 'refused' || document.state === 'recalled' || document.state === 'replaced';
  const source = [document.issuerName, document.issuedDate === null ? '' : calendarDay(document.issuedDate)];
  return (
    <div className={styles.heading}>
      <h2 className={mergeClasses(styles.title, ended && styles.struck)}>{[document.codeNumber, document.codeNotation].filter((part) => part !== '').join('/')}</h2>
      <p className={styles.source}>{source.filter((part) => part !== '').join(' · ')}</p>
      <p className={styles.subject}>{document.subject}</p>
      {document.answers.length > 0 && (
        <p className={styles.source}>
          {t('answers.label')}{' '}
          {document.answers.map((one, index) => (
            <span key={one.id}>
              {index > 0 && ', '}
              <AddressLink
                href={formatAddress('outbox', { tab: 'sent', document: one.id })}
                onGo={() => {
                  goTo('outbox', { tab: 'sent', document: one.id });
                }}
              >
                {one.code}
              </AddressLink>
            </span>
          ))}
        </p>
      )}
      {(urgency !== null || (document.due !== null && document.dueDays !== null)) && (
        <div className={styles.marks}>
          {urgency !== null && (
            <StateMark tone="danger" icon={<Flag16Filled aria-hidden="true" />}>
              {urgency}
            </StateMark>
          )}
          {document.due !== null && document.dueDays !== null && <DueMark due={document.due} days={document.dueDays} full />}
        </div>
      )}
    </div>
  );
}
