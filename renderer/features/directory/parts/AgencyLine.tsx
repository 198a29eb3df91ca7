import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { LockClosed16Regular } from '@fluentui/react-icons';
import type { Agency } from '#contract';
import { calendarDay } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';

const useStyles = makeStyles({
  box: { minWidth: 0, display: 'flex', flexDirection: 'column', gap: '1px' },
  name: { overflowWrap: 'anywhere' },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: '12px',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  code: { fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground1 },
});

export type AgencyLineProps = { readonly agency: Agency };

/** An agency in two lines: its name, then its codes, where it belongs and whether its code still holds. */
export function AgencyLine({ agency }: AgencyLineProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { closedOn, successor } = agency;
  return (
    <span className={styles.box}>
      <span className={styles.name}>{agency.name}</span>
      <span className={styles.facts}>
        <span className={styles.code}>{agency.code}</span>
        {agency.otherCodes.length > 0 && <span>{t('directory.alsoCodes', { codes: agency.otherCodes.join(', ') })}</span>}
        {agency.under !== null && <span>{agency.under}</span>}
        {agency.foundAs !== null && <span>{t('directory.foundAs', { name: agency.foundAs })}</span>}
        {closedOn !== null && (
          <StateMark tone="attention" icon={<LockClosed16Regular aria-hidden="true" />}>
            {successor === null
              ? t('directory.closedOn', { day: calendarDay(closedOn) })
              : t('directory.closedTo', { day: calendarDay(closedOn), name: successor.name, code: successor.code })}
          </StateMark>
        )}
      </span>
    </span>
  );
}
