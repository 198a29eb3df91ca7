import type { ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { ArrowClockwise20Regular, PlugDisconnected24Regular } from '@fluentui/react-icons';
import { failureOf } from '../bridge/failure.ts';
import { useAsk } from '../bridge/methods.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { ScreenMessage } from './ScreenMessage.tsx';
import { SignInGate } from './SignInGate.tsx';
import { StartFailure } from './StartFailure.tsx';

/** Decides what the window can show: the work, why the station did not open, or that there is no core. */
export function StartGate(): ReactNode {
  const t = useWords();
  const status = useAsk('station', 'status', {});
  if (status.data !== undefined) {
    return status.data.failure !== null ? <StartFailure status={status.data} /> : <SignInGate status={status.data} />;
  }
  if (status.isError) {
    const failure = failureOf(status.error);
    return (
      <ScreenMessage
        icon={<PlugDisconnected24Regular />}
        title={t('noCore.title')}
        paragraphs={[t('noCore.meaning'), t('noCore.remedy')]}
        // That the core is gone is what the title says already.
        facts={failure.code === 'core-gone' ? [] : [[t('noCore.reason'), failureWords(t, failure)]]}
      >
        <Button
          appearance="primary"
          icon={<ArrowClockwise20Regular />}
          onClick={() => {
            location.reload();
          }}
        >
          {t('noCore.again')}
        </Button>
      </ScreenMessage>
    );
  }
  return <Waiting label={t('common.opening')} lines={8} />;
}
