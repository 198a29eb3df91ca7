import { useEffect, useEffectEvent, type ReactNode } from 'react';
import { useAsk } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { FirstBackup, PlaceCard, RecoveryCard, RestoreCard } from '../../settings/index.ts';
import { StepFrame } from '../parts/StepFrame.tsx';
import type { StepProps } from './step.ts';

/** Sao lưu: where copies of the whole station go, and the passphrase without which none opens. */
export function BackupStep({ step, setup }: StepProps): ReactNode {
  const t = useWords();
  const asked = useAsk('backup', 'state', {}, { fresh: true }).data;
  const state = useLatest('backup', 'state') ?? asked;
  const renew = useEffectEvent(setup.renew);
  // Both cards save by themselves; how the step stands follows.
  const { folder } = state?.settings ?? { folder: null };
  const code = state?.recovery?.code;
  const made = state?.lastGoodAt;
  useEffect(() => {
    renew();
  }, [folder, code, made]);
  return (
    <StepFrame
      step={step}
      primary={
        // Until there is a passphrase its form has the one button that counts.
        state === undefined || state.recovery === null
          ? undefined
          : {
              words: t('setup.goOn'),
              run: () => {
                setup.settle('backup', 'done');
              },
            }
      }
      skip={{
        means: t('setup.without.backup'),
        run: () => {
          setup.settle('backup', 'skipped');
        },
      }}
    >
      {state === undefined ? (
        <Waiting label={t('common.loading')} />
      ) : (
        <>
          <PlaceCard key={JSON.stringify(state.settings)} settings={state.settings} />
          <RecoveryCard state={state} />
          <FirstBackup state={state} />
          <RestoreCard />
        </>
      )}
    </StepFrame>
  );
}
