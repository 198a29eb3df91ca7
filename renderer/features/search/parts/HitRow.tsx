import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Clock16Regular, DocumentArrowRight16Regular, Flag16Filled, MailInbox16Regular } from '@fluentui/react-icons';
import type { SearchHit } from '#contract';
import { calendarDay } from '../../../i18n/dates.ts';
import { urgencyWord } from '../../../i18n/urgency-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';
import { standingWord } from '../words.ts';
import { MarkedText } from './MarkedText.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '2px', minWidth: 0 },
  line: { display: 'flex', alignItems: 'center', gap: '10px', minWidth: 0 },
  code: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  struck: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  small: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  end: { marginInlineStart: 'auto', flexShrink: 0 },
  subject: { overflowWrap: 'anywhere', maxHeight: '40px', overflow: 'hidden' },
  found: { overflowWrap: 'anywhere', maxHeight: '32px', overflow: 'hidden' },
  place: { fontWeight: tokens.fontWeightSemibold },
});

export type HitRowProps = {
  readonly hit: SearchHit;
  /** two lines only, for the palette */
  readonly short?: boolean;
};

/** A found document: number, state and day; subject; issuer; and where else the words stand. */
export function HitRow({ hit, short = false }: HitRowProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const urgency = urgencyWord(t, hit.urgency);
  const ended = hit.standing === 'recalled' || hit.standing === 'replaced' || hit.standing === 'voided';
  const about = [hit.typeName, hit.issuerName].filter((part) => part !== '').join(' · ');
  return (
    <span className={styles.box}>
      <span className={styles.line}>
        <StateMark
          tone="neutral"
          className={styles.small}
          icon={hit.register === 'incoming' ? <MailInbox16Regular aria-hidden="true" /> : <DocumentArrowRight16Regular aria-hidden="true" />}
        >
          {hit.arrivalNumber === null ? t(`find.short.${hit.register}`) : t('find.arrivalNumber', { number: hit.arrivalNumber })}
        </StateMark>
        <span className={mergeClasses(styles.code, styles.cut, ended && styles.struck)}>
          <MarkedText parts={hit.code} />
        </span>
        <span className={styles.small}>{hit.imported && (hit.standing === 'done' || hit.standing === 'issued') ? t('legacy.mark') : standingWord(t, hit.standing)}</span>
        {urgency !== null && (
          <StateMark tone="danger" className={styles.small} icon={<Flag16Filled aria-hidden="true" />}>
            {urgency}
          </StateMark>
        )}
        <span className={mergeClasses(styles.small, styles.end)}>{calendarDay(hit.issuedDate ?? hit.day)}</span>
      </span>
      <span className={short ? styles.cut : styles.subject}>
        <MarkedText parts={hit.subject} />
      </span>
      {!short && (
        <span className={mergeClasses(styles.small, styles.line)}>
          <span className={styles.cut}>{about}</span>
          {hit.dueDate !== null && (
            <StateMark tone="neutral" className={mergeClasses(styles.small, styles.end)} icon={<Clock16Regular aria-hidden="true" />}>
              {t('find.due', { day: calendarDay(hit.dueDate) })}
            </StateMark>
          )}
        </span>
      )}
      {!short &&
        hit.found.map(({ place, parts }) => (
          <span key={place} className={mergeClasses(styles.small, styles.found)}>
            <span className={styles.place}>{t('find.in', { place: t(`find.place.${place}`) })}</span> <MarkedText parts={parts} />
          </span>
        ))}
    </span>
  );
}
