import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { useLatest } from '../../../bridge/streams.ts';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { TokensView } from '../../tokens/index.ts';
import { StepFrame } from '../parts/StepFrame.tsx';
import type { StepProps } from './step.ts';

const useStyles = makeStyles({
  pictures: { margin: 0, textWrap: 'pretty' },
  room: { position: 'relative', flexGrow: 1, minHeight: '440px' },
  // What fills its room, as on its own page.
  devices: {
    position: 'absolute',
    inset: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

/** Thiết bị ký: what the token doctor finds now, and the driver where it finds none. */
export function TokenStep({ step, setup }: StepProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const ready = useLatest('tokens', 'devices')?.devices.some(({ verdict, certificates }) => verdict === 'ready' || certificates.some(({ chosen }) => chosen)) ?? false;
  return (
    <StepFrame
      step={step}
      primary={{
        words: t('setup.goOn'),
        run: () => {
          // What stands ready now need not be plugged in tomorrow.
          if (ready) setup.settle('token', 'done');
          else setup.goTo('axis');
        },
      }}
      skip={{
        means: t('setup.without.token'),
        run: () => {
          setup.settle('token', 'skipped');
        },
      }}
    >
      <p className={styles.pictures}>
        {t('setup.token.pictures')}{' '}
        <AddressLink href={formatAddress('settings', { tab: 'signing' })} onGo={() => { goTo('settings', { tab: 'signing' }); }}>
          {t('setup.later.signing')}
        </AddressLink>
      </p>
      <div className={styles.room}>
        <div className={styles.devices}>
          <TokensView />
        </div>
      </div>
    </StepFrame>
  );
}
