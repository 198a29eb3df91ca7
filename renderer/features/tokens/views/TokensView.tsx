import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { TokenDevice, TokensState } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { OptionList } from '../../../ui/OptionList.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { StateMark } from '../../../ui/StateMark.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { deviceName, moduleWords, verdictMarks } from '../parts/doctor-words.tsx';
import { DeviceReport } from './DeviceReport.tsx';
import { TestSignDialog, type TestedDevice } from './TestSignDialog.tsx';

const useStyles = makeStyles({
  page: { display: 'grid', gridTemplateColumns: 'minmax(240px, 320px) minmax(0, 1fr)', height: '100%', minHeight: 0 },
  list: { borderRight: `1px solid ${tokens.colorNeutralStroke2}`, minHeight: 0, overflowY: 'auto' },
  name: { display: 'block', fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  line: { display: 'flex', justifyContent: 'space-between', gap: '8px', flexWrap: 'wrap' },
  less: { color: tokens.colorNeutralForeground2 },
  note: { padding: '16px' },
});

/** Thiết bị ký: every token and driver of this machine, and for each what stands between it and a signature. */
export function TokensView(): ReactNode {
  const state = useLatest('tokens', 'devices');
  const [tested, setTested] = useState<TestedDevice>();
  // What the token says of its PIN is followed; while it is read again, or is taken out, the box stays as it was.
  const pin = tested && state?.devices.find(({ id }) => id === tested.device.id)?.token?.pin;
  if (tested !== undefined && pin !== undefined && pin !== tested.pin) setTested({ ...tested, pin });
  return (
    <>
      <Devices state={state} onTest={setTested} />
      {tested !== undefined && (
        <TestSignDialog
          tested={tested}
          onClose={() => {
            setTested(undefined);
          }}
        />
      )}
    </>
  );
}

type DevicesProps = { readonly state: TokensState | undefined; readonly onTest: (tested: TestedDevice) => void };

function Devices({ state, onTest }: DevicesProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const look = useCommand('tokens', 'look');
  const start = (): void => {
    if (!look.pending) void look.run({});
  };
  const onUnread = useEffectEvent(start);
  // Whoever comes here wants to see them: drivers are started now, unless they are watched already.
  const unread = state?.summary === 'unread';
  useEffect(() => {
    if (unread) onUnread();
  }, [unread]);
  useShortcut('F5', start);

  if (look.failure !== undefined && unread) {
    return (
      <div className={styles.note}>
        <Notice tone="attention">{failureWords(t, look.failure)}</Notice>
      </div>
    );
  }
  if (state === undefined || state.devices.length === 0) return <Waiting label={t('doctor.looking')} lines={8} />;
  // One that was chosen may have been taken out.
  const device = state.devices.find(({ id }) => id === params['id']) ?? likeliest(state);
  const chosen = state.devices.findIndex((one) => one === device);
  return (
    <div className={styles.page}>
      <div className={styles.list} data-pane="list">
        <OptionList
          id="devices"
          label={t('doctor.devices')}
          chosen={chosen}
          onChoose={(index) => {
            adjustAddress({ id: state.devices[index]?.id ?? null });
          }}
          options={state.devices.map((one) => ({
            key: one.id,
            content: (
              <>
                <span className={styles.name}>{deviceName(t, one)}</span>
                <span className={styles.line}>
                  <span className={styles.less}>{moduleWords(state.modules.find(({ id }) => id === one.module))}</span>
                  <StateMark {...verdictMarks[one.verdict]}>{t(`doctor.verdict.${one.verdict}`)}</StateMark>
                </span>
              </>
            ),
          }))}
        />
      </div>
      {device !== undefined && (
        <DeviceReport
          key={device.id}
          state={state}
          device={device}
          looking={look.pending}
          onLook={start}
          onTest={(certificate) => {
            if (device.token !== null) onTest({ device, pin: device.token.pin, certificate });
          }}
        />
      )}
    </div>
  );
}

const order: readonly TokenDevice['verdict'][] = ['ready', 'attention', 'working', 'failed', 'reading', 'absent'];

/** The device that somebody who comes here means: the one with the picked certificate, else the nearest to signing. */
function likeliest({ devices }: TokensState): TokenDevice | undefined {
  const mine = devices.find(({ certificates }) => certificates.some(({ chosen }) => chosen));
  if (mine !== undefined) return mine;
  const rank = ({ token, verdict }: TokenDevice): number => (token === null ? 10 : 0) + order.indexOf(verdict);
  return devices.toSorted((one, other) => rank(one) - rank(other))[0];
}
