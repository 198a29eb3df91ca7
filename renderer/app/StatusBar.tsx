import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  Clock16Regular,
  ClockAlarm16Regular,
  Edit16Regular,
  PlugConnected20Regular,
  PlugDisconnected20Regular,
  Send16Regular,
  UsbStick20Regular,
  Warning16Regular,
} from '@fluentui/react-icons';
import type { StationStatus } from '#contract';
import { useLatest } from '../bridge/streams.ts';
import { BackupMark } from '../features/settings/index.ts';
import { SetupLine } from '../features/setup/index.ts';
import { SigningLine } from '../features/signing/index.ts';
import { formatAddress, goTo, useAddress } from '../foundations/address.ts';
import { own } from '../foundations/theme.ts';
import { shortMomentOf } from '../i18n/dates.ts';
import { useWords } from '../i18n/use-words.ts';
import { StateMark, type Tone } from '../ui/StateMark.tsx';

const useStyles = makeStyles({
  bar: {
    gridArea: 'foot',
    display: 'flex',
    alignItems: 'stretch',
    backgroundColor: own.tvtRail,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
    overflow: 'hidden',
    whiteSpace: 'nowrap',
  },
  item: {
    display: 'flex',
    alignItems: 'center',
    padding: '0 12px',
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    '& svg': { width: '16px', height: '16px' },
  },
  link: {
    color: 'inherit',
    textDecorationLine: 'none',
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  end: { marginInlineStart: 'auto', borderRight: 'none' },
  practice: {
    borderRight: 'none',
    backgroundColor: own.tvtPracticeBackground,
    color: own.tvtPracticeForeground,
    fontWeight: tokens.fontWeightSemibold,
    gap: '6px',
  },
});

const axisTone: Readonly<Record<'off' | 'online' | 'offline' | 'refused', Tone>> = {
  off: 'neutral',
  online: 'good',
  offline: 'attention',
  refused: 'attention',
};

export type StatusBarProps = { readonly status: StationStatus; readonly present: boolean };

/** The line at the foot of the window: axis, outbox, duties, token, practice. */
export function StatusBar({ status, present }: StatusBarProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const bar = useLatest('station', 'bar');
  const clockSeconds = useLatest('connection', 'clock')?.differsBySeconds ?? null;
  const { section } = useAddress();
  const waiting = bar?.outboxWaiting ?? 0;
  const attention = bar?.outboxAttention ?? 0;
  const owed = useLatest('duties', 'counts');
  const harmed = useLatest('keeping', 'fixity')?.alarms ?? 0;
  // Until a restored station takes over it is not connected, whatever the line says.
  const waits = (useLatest('backup', 'state')?.restored ?? null) !== null;
  const token = useLatest('tokens', 'devices')?.summary ?? 'unread';
  const received =
    bar === undefined || bar.lastReceivedAt === null
      ? t('bar.neverReceived')
      : t('bar.received', { time: shortMomentOf(bar.lastReceivedAt) });
  return (
    <footer className={styles.bar} aria-label={t('bar.label')}>
      <span className={styles.item}>
        {!present || bar === undefined ? (
          <StateMark tone="neutral" icon={<PlugDisconnected20Regular aria-hidden="true" />}>
            {t(present ? 'bar.axis.unknown' : 'bar.coreGone')}
          </StateMark>
        ) : (
          <StateMark
            tone={axisTone[waits ? 'off' : bar.axis]}
            icon={
              bar.axis === 'online' ? (
                <PlugConnected20Regular aria-hidden="true" />
              ) : (
                <PlugDisconnected20Regular aria-hidden="true" />
              )
            }
          >
            {waits || bar.axis === 'off' ? t('bar.axis.off') : t('bar.axisLine', { axis: t(`bar.axis.${bar.axis}`), received })}
          </StateMark>
        )}
      </span>
      {present && bar !== undefined && bar.trouble !== null && (
        <span className={styles.item}>
          <StateMark tone="danger" icon={<Warning16Regular aria-hidden="true" />}>
            {t(`bar.trouble.${bar.trouble}`)}
          </StateMark>
        </span>
      )}
      {present && harmed > 0 && (
        <span className={styles.item}>
          <StateMark tone="danger" icon={<Warning16Regular aria-hidden="true" />}>
            {t('bar.integrity', { count: harmed })}
          </StateMark>
        </span>
      )}
      {present && clockSeconds !== null && (
        <span className={styles.item} title={t('connection.clockWhy')}>
          <StateMark tone="attention" icon={<ClockAlarm16Regular aria-hidden="true" />}>
            {t(clockSeconds > 0 ? 'connection.clockAhead' : 'connection.clockBehind', {
              minutes: Math.round(Math.abs(clockSeconds) / 60),
            })}
          </StateMark>
        </span>
      )}
      <a
        className={mergeClasses(styles.item, styles.link)}
        href={formatAddress('outbox')}
        onClick={(event) => {
          event.preventDefault();
          goTo('outbox');
        }}
      >
        <StateMark
          tone={attention > 0 ? 'attention' : 'neutral'}
          icon={attention > 0 ? <Warning16Regular aria-hidden="true" /> : <Send16Regular aria-hidden="true" />}
        >
          {t('bar.outbox', { total: waiting + attention, attention })}
        </StateMark>
      </a>
      <a
        className={mergeClasses(styles.item, styles.link)}
        href={formatAddress('duties')}
        onClick={(event) => {
          event.preventDefault();
          goTo('duties');
        }}
      >
        <StateMark
          tone={(owed?.overdue ?? 0) > 0 ? 'danger' : (owed?.soon ?? 0) > 0 ? 'attention' : 'neutral'}
          icon={<Clock16Regular aria-hidden="true" />}
        >
          {t('bar.duties', { soon: owed?.soon ?? 0, overdue: owed?.overdue ?? 0 })}
        </StateMark>
      </a>
      <a
        className={mergeClasses(styles.item, styles.link)}
        href={formatAddress('token')}
        onClick={(event) => {
          event.preventDefault();
          goTo('token');
        }}
      >
        <StateMark
          tone={token === 'attention' ? 'attention' : token === 'plugged' ? 'good' : 'neutral'}
          icon={token === 'attention' ? <Warning16Regular aria-hidden="true" /> : <UsbStick20Regular aria-hidden="true" />}
        >
          {t(`bar.token.${token}`)}
        </StateMark>
      </a>
      {present && <BackupMark className={mergeClasses(styles.item, styles.link)} />}
      {present && <SigningLine className={mergeClasses(styles.item, styles.link)} here={section === 'signing'} />}
      {present && <SetupLine className={mergeClasses(styles.item, styles.link)} />}
      <span className={mergeClasses(styles.item, styles.end)}>{t('bar.version', { version: status.version })}</span>
      {status.practice && (
        <span className={mergeClasses(styles.item, styles.practice)}>
          <Edit16Regular aria-hidden="true" />
          {t('bar.practice')}
        </span>
      )}
    </footer>
  );
}
