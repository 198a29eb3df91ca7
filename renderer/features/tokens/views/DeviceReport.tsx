import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowClockwise20Regular, ArrowDownload20Regular, Key20Regular } from '@fluentui/react-icons';
import type { ShownCertificate, TokenDevice, TokensState } from '#contract';
import { useConnection } from '../../../bridge/context.ts';
import { useCommand } from '../../../bridge/methods.ts';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { CheckSteps } from '../../../ui/CheckSteps.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { CertificateTable } from '../parts/CertificateTable.tsx';
import { deviceName, moduleWords, stepOf, verdictMarks } from '../parts/doctor-words.tsx';
import { saveText } from '../save-text.ts';
import { Drivers } from './Drivers.tsx';

const useStyles = makeStyles({
  pane: { height: '100%', overflowY: 'auto', boxSizing: 'border-box', padding: '16px 20px 24px', outlineStyle: 'none' },
  head: { display: 'flex', gap: '4px 12px', alignItems: 'baseline', flexWrap: 'wrap', marginBottom: '4px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  less: { color: tokens.colorNeutralForeground2 },
  about: { margin: '0 0 12px', textWrap: 'pretty' },
  acts: { display: 'flex', gap: '8px', flexWrap: 'wrap', alignItems: 'center', margin: '0 0 14px' },
  part: { margin: '20px 0 6px', fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  notes: { display: 'flex', flexDirection: 'column', gap: '8px', marginBottom: '12px' },
});

export type DeviceReportProps = {
  readonly state: TokensState;
  readonly device: TokenDevice;
  readonly looking: boolean;
  readonly onLook: () => void;
  readonly onTest: (certificate: ShownCertificate) => void;
};

/** One device: how it stands, each step with its remedy, its certificates, and what can be done. */
export function DeviceReport({ state, device, looking, onLook, onTest }: DeviceReportProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { call } = useConnection();
  const choose = useCommand('tokens', 'choose');
  const forget = useCommand('tokens', 'forget');
  const [saved, setSaved] = useState('');
  const [saveFailure, setSaveFailure] = useState<AnyFailure>();
  const module = state.modules.find(({ id }) => id === device.module);
  const own = device.certificates.filter(({ privateKey }) => privateKey !== 'none');
  const meant = own.find(({ chosen }) => chosen) ?? (own.length === 1 ? own[0] : undefined);
  const failure = choose.failure ?? forget.failure ?? saveFailure;
  const kept = module?.keptSeconds ?? 0;

  const save = async (): Promise<void> => {
    const outcome = await call.tokens.supportReport({});
    if (outcome.ok) saveText(outcome.value.name, outcome.value.text);
    setSaved(outcome.ok ? outcome.value.name : '');
    setSaveFailure(outcome.ok ? undefined : outcome.failure);
  };

  return (
    <section className={styles.pane} data-pane="reading" tabIndex={0} aria-label={deviceName(t, device)}>
      <div className={styles.head}>
        <h2 className={styles.title}>{deviceName(t, device)}</h2>
        <StateMark {...verdictMarks[device.verdict]}>{t(`doctor.verdict.${device.verdict}`)}</StateMark>
        <span className={styles.less}>
          {[moduleWords(module), ...(device.token === null ? [] : [device.token.model, t('doctor.serial', { serial: device.token.serial })])].filter((part) => part !== '').join(' · ')}
        </span>
      </div>
      <p className={styles.about}>
        {t(`doctor.about.${device.verdict}`)} {device.readAt !== null && <span className={styles.less}>{t('doctor.readAt', { time: momentOf(device.readAt) })}</span>}
      </p>
      <div className={styles.acts}>
        <Button icon={<ArrowClockwise20Regular />} disabledFocusable={looking} aria-keyshortcuts="F5" onClick={onLook}>
          {t('doctor.look')}
        </Button>
        <Button
          icon={<Key20Regular />}
          disabledFocusable={meant === undefined || device.verdict === 'working'}
          onClick={() => {
            if (meant !== undefined) onTest(meant);
          }}
        >
          {t('doctor.test')}
        </Button>
        <Button icon={<ArrowDownload20Regular />} onClick={() => void save()}>
          {t('doctor.save')}
        </Button>
        <span className={styles.less} role="status">
          {looking ? t('doctor.looking') : ''}
        </span>
      </div>
      <div className={styles.notes}>
        {kept > 0 && (
          <Notice tone="info" action={<Button size="small" onClick={() => void forget.run({})}>{t('doctor.forget')}</Button>}>
            {t('doctor.kept', { seconds: kept })}
          </Notice>
        )}
        {saved !== '' && (
          <Notice tone="good" live>
            {t('doctor.saved', { name: saved })}
          </Notice>
        )}
        {failure !== undefined && (
          <Notice tone="attention" live>
            {failureWords(t, failure)}
          </Notice>
        )}
      </div>
      {device.steps.length > 0 && <CheckSteps steps={device.steps.map((step) => stepOf(t, step))} label={t('doctor.checklist')} />}
      {device.certificates.length > 0 && (
        <>
          <h3 className={styles.part}>{t('doctor.certificates')}</h3>
          <CertificateTable certificates={device.certificates} mayChoose={choose.barred === undefined} onChoose={(certificate) => void choose.run({ certificate })} />
        </>
      )}
      <h3 className={styles.part}>{t('doctor.drivers')}</h3>
      <Drivers state={state} />
    </section>
  );
}
