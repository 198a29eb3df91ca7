import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { StationStatus } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { DeadlineSettings } from '../../handling/index.ts';
import { CalendarCard } from '../calendar/CalendarCard.tsx';
import { HoursForm } from '../calendar/HoursForm.tsx';
import { WarningsForm } from '../calendar/WarningsForm.tsx';
import { ClockNotice } from '../parts/ClockNotice.tsx';
import { AxisForm } from './AxisForm.tsx';
import { LookForm } from './LookForm.tsx';
import { StationForm } from './StationForm.tsx';

const useStyles = makeStyles({
  page: { height: '100%', overflow: 'auto', outlineOffset: '-2px', backgroundColor: tokens.colorNeutralBackground2 },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(300px, 1fr) minmax(0, 2.4fr)',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
    gap: '16px',
    alignItems: 'start',
    maxWidth: '1400px',
    padding: '16px',
  },
  note: { padding: '16px 16px 0', maxWidth: '1368px' },
  column: { display: 'flex', flexDirection: 'column', gap: '16px' },
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '16px 20px 20px',
  },
  wide: { gridColumn: '1 / -1', minWidth: 0 },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    gap: '6px 16px',
    margin: 0,
    '& dt': { color: tokens.colorNeutralForeground2 },
    '& dd': { margin: 0, overflowWrap: 'anywhere', userSelect: 'text' },
  },
});

export type SettingsViewProps = {
  readonly status: StationStatus;
  /** the card of the set-up, which builds on these settings */
  readonly setup: ReactNode;
};

/** Thiết lập: the agency, the axis, how this machine looks, working hours, warnings and the calendar. */
export function SettingsView({ status, setup }: SettingsViewProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const settings = useAsk('station', 'settings', {});
  const hours = useAsk('calendar', 'hours', {});
  const warnings = useAsk('duties', 'settings', {});
  return (
    <div className={styles.page} data-pane="list" tabIndex={0} role="region" aria-label={t('section.settings')}>
      {status.practice && (
        <div className={styles.note}>
          <Notice tone="info">{t('settings.practiceWhy')}</Notice>
        </div>
      )}
      <ClockNotice className={styles.note} />
      <div className={styles.columns}>
        <div className={styles.column}>
          {settings.isError && settings.data === undefined && (
            <Unanswered error={settings.error} onAgain={() => void settings.refetch()} />
          )}
          {settings.isPending && <Waiting label={t('common.loading')} />}
          {settings.data !== undefined && (
            <div className={styles.card}>
              <StationForm settings={settings.data} practice={status.practice} />
            </div>
          )}
          {hours.data !== undefined && (
            <div className={styles.card}>
              <HoursForm hours={hours.data} />
            </div>
          )}
          <div className={styles.card}>
            <LookForm />
          </div>
          {warnings.data !== undefined && (
            <div className={styles.card}>
              <WarningsForm settings={warnings.data} />
            </div>
          )}
          {setup}
          <div className={styles.card}>
            <dl className={styles.facts}>
              <dt>{t('settings.folder')}</dt>
              <dd>{status.folder}</dd>
              <dt>{t('settings.version')}</dt>
              <dd>{status.version}</dd>
            </dl>
          </div>
        </div>
        {settings.data !== undefined && (
          <div className={styles.card}>
            <AxisForm axis={settings.data.axis} practice={status.practice} version={status.version} />
          </div>
        )}
        <div className={mergeClasses(styles.card, styles.wide)}>
          <CalendarCard />
        </div>
        <div className={mergeClasses(styles.card, styles.wide)}>
          <DeadlineSettings />
        </div>
      </div>
    </div>
  );
}
