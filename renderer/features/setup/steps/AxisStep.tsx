import type { ReactNode } from 'react';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { AxisForm } from '../../settings/index.ts';
import { StepFrame } from '../parts/StepFrame.tsx';
import type { StepProps } from './step.ts';

/** Trục liên thông: how it is reached, tried with every line told. */
export function AxisStep({ step, setup, status }: StepProps): ReactNode {
  const t = useWords();
  const settings = useAsk('station', 'settings', {});
  return (
    <StepFrame
      step={step}
      skip={{
        means: t('setup.without.axis'),
        run: () => {
          setup.settle('axis', 'skipped');
        },
      }}
    >
      {settings.isError && settings.data === undefined && <Notice tone="attention">{failureWords(t, failureOf(settings.error))}</Notice>}
      {settings.isPending && <Waiting label={t('common.loading')} />}
      {settings.data !== undefined && (
        <AxisForm
          axis={settings.data.axis}
          practice={status.practice}
          version={status.version}
          step={{
            submitLabel: t('setup.saveAndGoOn'),
            onSaved: () => {
              setup.settle('axis', 'done');
            },
          }}
        />
      )}
    </StepFrame>
  );
}
