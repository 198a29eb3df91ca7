import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  ArrowReply16Regular,
  Checkmark12Filled,
  Circle12Filled,
  Flag16Filled,
  History16Regular,
  LockClosed16Regular,
} from '@fluentui/react-icons';
import type { LifeItem } from '#contract';
import type { Density } from '../../../foundations/layout.ts';
import { momentOf, shortDayOf } from '../../../i18n/dates.ts';
import { urgencyWord } from '../../../i18n/urgency-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ForReaders } from '../../../ui/ForReaders.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { DueMark } from '../../handling/index.ts';
import { hasEnded, toneOf } from './life-words.ts';

/** Cells of a row; the grid is told this number. */
export const outgoingColumnCount = 7;

const useStyles = makeStyles({
  row: { display: 'flex', flexDirection: 'column', justifyContent: 'center', height: '100%', boxSizing: 'border-box', padding: '0 12px 0 14px' },
  line: { display: 'flex', alignItems: 'center', gap: '10px', minWidth: 0, height: '18px' },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  fill: { flexGrow: 1, flexBasis: 0 },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  day: { minWidth: '38px', flexShrink: 0 },
  name: { fontWeight: tokens.fontWeightSemibold, flexShrink: 1 },
  struck: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  subject: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground1 },
  mark: { flexShrink: 0, fontSize: tokens.fontSizeBase200, '& svg': { width: '13px', height: '13px' } },
});

export type OutgoingCellsProps = { readonly item: LifeItem; readonly density: Density };

/** One draft or document of ours: number or kind, state, signer, day, subject, urgency, due date. */
export function OutgoingCells({ item, density }: OutgoingCellsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const compact = density === 'compact';
  const urgency = urgencyWord(t, item.urgency);
  const ended = hasEnded(item.state);
  const text = item.code === '' ? item.typeName || t('life.untitled') : item.code;
  const name = (
    <span role="gridcell" aria-colindex={1} className={mergeClasses(styles.name, styles.cut, ended && styles.struck)} title={text}>
      {text}
    </span>
  );
  const state = (
    <span role="gridcell" aria-colindex={2} className={styles.mark}>
      {item.returned ? (
        <StateMark tone="attention" icon={<ArrowReply16Regular aria-hidden="true" />}>
          {t('life.state.returned')}
        </StateMark>
      ) : (
        <StateMark
          tone={item.imported ? 'neutral' : toneOf(item.state)}
          icon={
            ended ? <LockClosed16Regular aria-hidden="true" /> : item.imported ? <History16Regular aria-hidden="true" /> : item.state === 'issued' ? <Checkmark12Filled aria-hidden="true" /> : <Circle12Filled aria-hidden="true" />
          }
        >
          {t(item.imported && item.state === 'issued' ? 'legacy.mark' : item.state === 'issued' && item.sent ? 'life.state.sent' : `life.state.${item.state}`)}
        </StateMark>
      )}
    </span>
  );
  const signer = (
    <span role="gridcell" aria-colindex={3} className={mergeClasses(styles.small, styles.cut, styles.fill)} title={item.signerName}>
      {item.signerName}
    </span>
  );
  const day = (
    <span role="gridcell" aria-colindex={4} className={mergeClasses(styles.small, styles.day)}>
      {item.imported && !compact ? momentOf(item.at).slice(0, 10) : shortDayOf(item.at)}
    </span>
  );
  const subject = (
    <span role="gridcell" aria-colindex={5} className={mergeClasses(styles.subject, styles.cut, styles.fill)} title={item.subject}>
      {item.subject || t('life.noSubject')}
    </span>
  );
  const urgencyCell = urgency !== null && (
    <span role="gridcell" aria-colindex={6} className={styles.mark} title={urgency}>
      <StateMark tone="danger" icon={<Flag16Filled aria-hidden="true" />}>
        {compact ? <ForReaders>{urgency}</ForReaders> : urgency}
      </StateMark>
    </span>
  );
  const due = item.dueDate !== null && !ended && (
    <span role="gridcell" aria-colindex={7} className={styles.mark}>
      <DueMark due={item.dueDate} days={null} />
    </span>
  );
  if (compact) {
    return (
      <div role="presentation" className={styles.row}>
        <div role="presentation" className={styles.line}>
          {day}
          {name}
          {subject}
          {urgencyCell}
          {due}
          {state}
        </div>
      </div>
    );
  }
  return (
    <div role="presentation" className={styles.row}>
      <div role="presentation" className={styles.line}>
        {name}
        {signer}
        {urgencyCell}
        {state}
      </div>
      <div role="presentation" className={styles.line}>
        {day}
        {subject}
        {due}
      </div>
    </div>
  );
}
