import type { ReactNode } from 'react';
import type { StartFailureCode, StationStatus } from '#contract';
import { Button } from '@fluentui/react-components';
import { ArrowClockwise20Regular, DatabaseWarning20Regular } from '@fluentui/react-icons';
import { usePreferences } from '../foundations/preferences.tsx';
import type { Formatter } from '../i18n/formatter.ts';
import { useWords } from '../i18n/use-words.ts';
import { ScreenMessage } from './ScreenMessage.tsx';

export type StartFailureProps = { readonly status: StationStatus };

/** Why the store did not open: what happened, what it means, what to do, and where the data lies. */
export function StartFailure({ status }: StartFailureProps): ReactNode {
  const t = useWords();
  const { language, change } = usePreferences();
  const code: StartFailureCode = status.failure?.code ?? 'internal';
  return (
    <ScreenMessage
      icon={<DatabaseWarning20Regular />}
      title={t(`start.${code}.title`)}
      paragraphs={[t(`start.${code}.meaning`), t(`start.${code}.remedy`)]}
      facts={factsOf(status, t)}
    >
      <Button
        appearance="primary"
        icon={<ArrowClockwise20Regular />}
        onClick={() => {
          location.reload();
        }}
      >
        {t('start.again')}
      </Button>
      <Button
        onClick={() => {
          change({ language: language === 'vi' ? 'en' : 'vi' });
        }}
      >
        {t('start.otherLanguage')}
      </Button>
    </ScreenMessage>
  );
}

function factsOf(status: StationStatus, t: Formatter): (readonly [string, string])[] {
  const params = status.failure?.params ?? {};
  const facts: (readonly [string, string | number | undefined])[] = [
    [t('start.folder'), status.folder],
    [t('start.backup'), params['backup']],
    [t('start.fileVersion'), params['fileVersion']],
    [t('start.programVersion'), params['programVersion']],
    [t('start.program'), status.version],
    [t('start.incident'), params['incident']],
  ];
  return facts.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)] as const]));
}
