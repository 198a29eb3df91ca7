import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  ArrowReply16Regular,
  ArrowUndo16Regular,
  Checkmark12Filled,
  CheckmarkCircle16Regular,
  Circle12Filled,
  CircleHalfFill16Regular,
  DocumentArrowRight16Regular,
  Flag16Filled,
  History16Regular,
  PeopleTeam16Regular,
  PersonArrowRight16Regular,
  QuestionCircle16Regular,
  ShieldDismiss16Regular,
  ShieldQuestion16Regular,
} from '@fluentui/react-icons';
import type { DeskDecision, IncomingSummary } from '#contract';
import type { Density } from '../../../foundations/layout.ts';
import { momentOf, shortDayOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ForReaders } from '../../../ui/ForReaders.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { DueMark } from '../../handling/index.ts';
import { urgencyWord } from '../../../i18n/urgency-words.ts';

/** Cells of a row; the grid is told this number. */
export const incomingColumnCount = 10;

const useStyles = makeStyles({
  row: {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    height: '100%',
    boxSizing: 'border-box',
    padding: '0 12px 0 14px',
  },
  line: { display: 'flex', alignItems: 'center', gap: '10px', minWidth: 0, height: '18px' },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  fill: { flexGrow: 1, flexBasis: 0 },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  state: { width: '84px', flexShrink: 0, fontSize: tokens.fontSizeBase200 },
  number: {
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
  },
  day: { width: '84px', flexShrink: 0, paddingLeft: '16px', boxSizing: 'border-box' },
  dayCompact: { width: '38px', flexShrink: 0 },
  symbol: { fontWeight: tokens.fontWeightSemibold, flexShrink: 1 },
  symbolCompact: { flexBasis: '36%', flexShrink: 1 },
  struck: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  subject: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground1 },
  mark: { flexShrink: 0, fontSize: tokens.fontSizeBase200, '& svg': { width: '13px', height: '13px' } },
  placeholder: { display: 'flex', alignItems: 'center', height: '100%', paddingLeft: '30px' },
  bar: { height: '10px', width: '55%', borderRadius: '3px', backgroundColor: tokens.colorNeutralStencil1 },
});

export type IncomingCellsProps = {
  readonly item: IncomingSummary;
  readonly density: Density;
  /** why somebody should look at its signatures */
  readonly mark: DeskDecision | undefined;
};

const endIcons = {
  refused: <ArrowReply16Regular aria-hidden="true" />,
  recalled: <ArrowUndo16Regular aria-hidden="true" />,
  replaced: <DocumentArrowRight16Regular aria-hidden="true" />,
} as const;

/** How far the work on a registered document is; the words stand beside them for readers and on the row's title. */
const stageIcons = {
  registered: <Checkmark12Filled aria-hidden="true" />,
  presented: <PersonArrowRight16Regular aria-hidden="true" />,
  assigned: <PeopleTeam16Regular aria-hidden="true" />,
  'in-progress': <CircleHalfFill16Regular aria-hidden="true" />,
  done: <CheckmarkCircle16Regular aria-hidden="true" />,
} as const;

function stageOf(state: IncomingSummary['state']): keyof typeof stageIcons {
  return state === 'presented' || state === 'assigned' || state === 'in-progress' || state === 'done' ? state : 'registered';
}

/** One incoming document: number or "new", day, symbol, issuer, subject, urgency, deadline, doubtful signatures. */
export function IncomingCells({ item, density, mark }: IncomingCellsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const urgency = urgencyWord(t, item.urgency);
  const text = [item.codeNumber, item.codeNotation].filter((part) => part !== '').join('/');
  const compact = density === 'compact';
  const ended = item.state === 'refused' || item.state === 'recalled' || item.state === 'replaced' ? item.state : null;
  const worked = stageOf(item.state);

  // What became of it then, its register does not say.
  const stage = item.imported && worked === 'done' ? t('legacy.mark') : t(`incoming.stage.${worked}`);
  const state = (
    <span role="gridcell" aria-colindex={1} className={styles.state} title={item.arrivalNumber === null || ended !== null ? undefined : stage}>
      {ended !== null ? (
        <StateMark tone="neutral" icon={endIcons[ended]}>
          {t(`closed.short.${ended}`)}
        </StateMark>
      ) : item.arrivalNumber === null ? (
        <StateMark tone="brand" icon={<Circle12Filled aria-hidden="true" />}>
          {t('incoming.state.arrived')}
        </StateMark>
      ) : (
        <StateMark tone={worked === 'done' ? 'neutral' : 'good'} icon={stageIcons[worked]}>
          <ForReaders>{stage}</ForReaders>
          <span className={styles.number}>{`${String(item.arrivalNumber)}${item.arrivalSuffix}`}</span>
        </StateMark>
      )}
    </span>
  );
  const day = (
    <span role="gridcell" aria-colindex={2} className={mergeClasses(styles.small, compact ? styles.dayCompact : styles.day)}>
      {item.imported && !compact ? momentOf(item.arrivedAt).slice(0, 10) : shortDayOf(item.arrivedAt)}
    </span>
  );
  const symbol = (
    <span
      role="gridcell"
      aria-colindex={3}
      className={mergeClasses(styles.symbol, styles.cut, compact && styles.symbolCompact, ended !== null && styles.struck)}
      title={text}
    >
      {text}
    </span>
  );
  const subject = (
    <span role="gridcell" aria-colindex={5} className={mergeClasses(styles.subject, styles.cut, styles.fill)} title={item.subject}>
      {item.subject}
    </span>
  );
  const urgencyCell = urgency !== null && (
    <span role="gridcell" aria-colindex={6} className={styles.mark} title={urgency}>
      <StateMark tone="danger" icon={<Flag16Filled aria-hidden="true" />}>
        {compact ? <ForReaders>{urgency}</ForReaders> : urgency}
      </StateMark>
    </span>
  );
  const asked = item.openChange !== null && (
    <span role="gridcell" aria-colindex={8} className={styles.mark}>
      <StateMark tone="attention" icon={<QuestionCircle16Regular aria-hidden="true" />}>
        {t(`change.badge.${item.openChange}`)}
      </StateMark>
    </span>
  );
  const signatures = mark !== undefined && (
    <span role="gridcell" aria-colindex={10} className={styles.mark} title={t(`verification.desk.${mark.why}`)}>
      <StateMark
        tone={mark.why === 'document-failed' ? 'danger' : 'attention'}
        icon={mark.why === 'document-failed' ? <ShieldDismiss16Regular aria-hidden="true" /> : <ShieldQuestion16Regular aria-hidden="true" />}
      >
        <ForReaders>{t(`verification.desk.${mark.why}`)}</ForReaders>
        {/* The shield says that it is about signatures, and the sentence says so to readers. */}
        {!compact && <span aria-hidden="true">{t(`verdict.mark.${mark.why}`)}</span>}
      </StateMark>
    </span>
  );
  const old = item.imported && (
    <span role="gridcell" aria-colindex={9} className={styles.mark}>
      <StateMark tone="neutral" icon={<History16Regular aria-hidden="true" />}>
        {t('legacy.mark')}
      </StateMark>
    </span>
  );
  const due = item.due !== null && item.dueDays !== null && (
    <span role="gridcell" aria-colindex={7} className={styles.mark}>
      <DueMark due={item.due} days={item.dueDays} />
    </span>
  );
  if (compact) {
    return (
      <div role="presentation" className={styles.row}>
        <div role="presentation" className={styles.line}>
          {state}
          {day}
          {symbol}
          {subject}
          {urgencyCell}
          {due}
          {asked}
          {old}
          {signatures}
        </div>
      </div>
    );
  }
  return (
    <div role="presentation" className={styles.row}>
      <div role="presentation" className={styles.line}>
        {state}
        {symbol}
        <span
          role="gridcell"
          aria-colindex={4}
          className={mergeClasses(styles.small, styles.cut, styles.fill)}
          title={item.issuerName}
        >
          {item.issuerName}
        </span>
        {signatures}
        {urgencyCell}
      </div>
      <div role="presentation" className={styles.line}>
        {day}
        {subject}
        {due}
        {asked}
        {old}
      </div>
    </div>
  );
}

export type IncomingPlaceholderProps = {
  readonly label: string;
  /** Nothing is drawn yet: the wait is still short. */
  readonly still: boolean;
};

/** A row that is not loaded yet. */
export function IncomingPlaceholder({ label, still }: IncomingPlaceholderProps): ReactNode {
  const styles = useStyles();
  return (
    <div role="gridcell" className={styles.placeholder}>
      {still ? null : <div className={styles.bar} aria-hidden="true" />}
      <ForReaders>{label}</ForReaders>
    </div>
  );
}
