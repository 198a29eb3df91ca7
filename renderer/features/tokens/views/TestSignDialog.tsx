import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { GivenPin, ShownCertificate, TokenDevice } from '#contract';
import { useConnection } from '../../../bridge/context.ts';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { deviceName } from '../parts/doctor-words.tsx';
import { PinBox } from '../pin/PinBox.tsx';

const useStyles = makeStyles({
  text: { margin: 0, textWrap: 'pretty' },
  facts: { display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: '4px 16px', margin: 0, '& dt': { color: tokens.colorNeutralForeground2 }, '& dd': { margin: 0 } },
});

export type TestSignDialogProps = {
  /** As it was when it was opened: a device that is read again, or taken out, does not take the box away from under a hand. */
  readonly tested: TestedDevice;
  readonly onClose: () => void;
};

/** What is tried, and how its PIN is given. */
export type TestedDevice = {
  readonly device: TokenDevice;
  readonly pin: NonNullable<TokenDevice['token']>['pin'];
  readonly certificate: ShownCertificate;
};

/** A signature over random bytes, so that the whole way is tried without a document. */
export function TestSignDialog({ tested, onClose }: TestSignDialogProps): ReactNode {
  const { device, pin: pinState, certificate } = tested;
  const styles = useStyles();
  const t = useWords();
  const { call } = useConnection();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AnyFailure>();
  const [milliseconds, setMilliseconds] = useState<number>();

  // Not by `useCommand`: it keeps what it was given until the answer is there.
  const sign = async (pin: GivenPin): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    setMilliseconds(undefined);
    const answered = call.tokens.testSign({ device: device.id, certificate: certificate.sha256, pin });
    if (pin.kind === 'typed') pin.pin.fill(0);
    const outcome = await answered;
    setBusy(false);
    if (outcome.ok) setMilliseconds(outcome.value.milliseconds);
    else setFailure(outcome.failure);
  };
  const remarks = String(failure?.params?.['remarks'] ?? '').split(' ').map((remark) => `token.pinRemark.${remark}`).filter(isMessageKey);

  return (
    <ModalDialog open title={t('doctor.test.title')} closeLabel={t('common.close')} onClose={onClose} foot={<Button onClick={onClose}>{t('common.close')}</Button>}>
      <p className={styles.text}>{t('doctor.test.what')}</p>
      <dl className={styles.facts}>
        <dt>{t('doctor.test.device')}</dt>
        <dd>{deviceName(t, device)}</dd>
        <dt>{t('doctor.test.certificate')}</dt>
        <dd>{certificate.name}</dd>
      </dl>
      <Notice tone="attention">{t('doctor.test.cost')}</Notice>
      {failure !== undefined && (
        <Notice tone="attention" live>
          {[failureWords(t, failure), ...remarks.map((remark) => t(remark))].join(' ')}
        </Notice>
      )}
      {milliseconds !== undefined && (
        <Notice tone="good" live>
          {t('doctor.test.done', { milliseconds })}
        </Notice>
      )}
      <PinBox pin={pinState} act={t('doctor.test.act')} busyWords={t('doctor.test.busy')} busy={busy} onGiven={(pin) => void sign(pin)} />
    </ModalDialog>
  );
}
