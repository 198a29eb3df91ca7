import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { Contract, InputOf, SigningProgress } from '#contract';
import { useConnection } from '../../../bridge/context.ts';
import type { AnyFailure } from '../../../bridge/failure.ts';
import type { SigningOrder } from '../../../bridge/signing-cache.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { deviceName, PinBox } from '../../tokens/index.ts';
import { causeWords } from '../parts/signing-words.ts';
import { WarningList } from '../review/SignerCard.tsx';
import type { Checked } from '../review/use-check.ts';

const useStyles = makeStyles({
  text: { margin: 0, textWrap: 'pretty' },
  facts: { display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: '4px 16px', margin: 0, '& dt': { color: tokens.colorNeutralForeground2 }, '& dd': { margin: 0, overflowWrap: 'anywhere' } },
  kept: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
});

type GivenPin = InputOf<Contract['signing']['start']>['pin'];

export type PinDialogProps = {
  readonly order: SigningOrder;
  /** the certificate's check, whose warnings stand here once more; null when this signs again what failed */
  readonly checked: Checked | null;
  /** a batch is on its way */
  readonly onStarted: (batch: string, order: SigningOrder) => void;
  /** the dialog has nothing more to say: the batch is worth looking at itself */
  readonly onGoOn: () => void;
  readonly onClose: () => void;
};

/**
 * Asks for the PIN of one batch, and stays until the token has taken it: a wrong one is told here, where the next is typed.
 * Nothing of a PIN is part of any state.
 */
export function PinDialog({ order, checked, onStarted, onGoOn, onClose }: PinDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { call } = useConnection();
  const tokens = useLatest('tokens', 'devices');
  const progress = useLatest('signing', 'progress') ?? null;
  const [starting, setStarting] = useState(false);
  const [batch, setBatch] = useState<string | null>(null);
  const [failure, setFailure] = useState<AnyFailure>();
  const [asking, setAsking] = useState(false);
  const count = order.items.length;
  const device = tokens?.devices.find(({ id }) => id === order.device);
  const certificate = device?.certificates.find(({ sha256 }) => sha256 === order.certificate);
  const kept = tokens?.modules.find(({ id }) => id === device?.module)?.keptSeconds ?? 0;
  const mine = batch !== null && progress?.id === batch ? progress : null;
  const standing = standingOf(mine);
  const goesOn = useEffectEvent(onGoOn);
  useEffect(() => {
    // What it does from here on stands in a view of its own.
    if (standing === 'under-way') goesOn();
  }, [standing]);
  const refused = standing === 'token-refused' ? mine?.token : null;
  const busy = starting || (batch !== null && (mine === null || standing === 'waiting'));

  // Not by `useCommand`: it keeps what it was given until the answer is there.
  const start = async (pin: GivenPin): Promise<void> => {
    setStarting(true);
    setFailure(undefined);
    setBatch(null);
    const answered = call.signing.start({ ...order, pin });
    if (pin.kind === 'typed') pin.pin.fill(0);
    const outcome = await answered;
    setStarting(false);
    if (outcome.ok) {
      setBatch(outcome.value.batch);
      onStarted(outcome.value.batch, order);
    } else setFailure(outcome.failure);
  };
  const act = t(`signing.pin.act.${order.role}`, { count });
  const pin = device?.token?.pin;
  return (
    <ModalDialog
      open
      title={t(`signing.pin.title.${order.role}`, { count })}
      closeLabel={t('common.close')}
      onClose={busy ? onGoOn : onClose}
      foot={<Button onClick={busy ? onGoOn : onClose}>{t(busy ? 'signing.pin.toProgress' : 'ask.cancel')}</Button>}
    >
      <dl className={styles.facts}>
        <dt>{t('doctor.test.certificate')}</dt>
        <dd>{certificate?.name ?? t('signing.pin.gone')}</dd>
        <dt>{t('doctor.test.device')}</dt>
        <dd>{device === undefined ? t('signing.pin.gone') : deviceName(t, device)}</dd>
      </dl>
      {checked !== null && <WarningList checked={checked} />}
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure, 'signing')}
        </Notice>
      )}
      {refused != null && (
        <Notice tone="attention" live>
          {causeWords(t, refused)} {t('signing.pin.nothingSigned')}
        </Notice>
      )}
      {pin === undefined ? (
        <Notice tone="attention" live>
          {t('signing.pin.absent')}
        </Notice>
      ) : kept > 0 && !asking && failure === undefined && refused == null ? (
        <>
          <p className={styles.text}>{t('signing.pin.kept', { seconds: kept })}</p>
          <div className={styles.kept}>
            <Button appearance="primary" data-first disabledFocusable={busy} onClick={() => void start({ kind: 'kept' })}>
              {busy ? t('signing.pin.busy') : act}
            </Button>
            <Button
              disabledFocusable={busy}
              onClick={() => {
                setAsking(true);
              }}
            >
              {t('signing.pin.typeAnew')}
            </Button>
          </div>
        </>
      ) : (
        <PinBox pin={pin} act={act} busyWords={t('signing.pin.busy')} busy={busy} onGiven={(given) => void start(given)} />
      )}
    </ModalDialog>
  );
}

/** How far a batch is, as far as this dialog is concerned: before the token has signed anything it stays. */
function standingOf(progress: SigningProgress | null): 'waiting' | 'token-refused' | 'under-way' {
  if (progress === null) return 'waiting';
  const signed = progress.items.some(({ state }) => state === 'time-stamping' || state === 'noting' || state === 'done');
  if (signed) return 'under-way';
  if (progress.endedAt === null) return 'waiting';
  return progress.token === null || progress.done > 0 ? 'under-way' : 'token-refused';
}
