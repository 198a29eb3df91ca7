import type { ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { useAsk } from '../../bridge/methods.ts';
import { useBarrier } from '../../bridge/session.ts';
import { goTo } from '../../foundations/address.ts';
import { useWords } from '../../i18n/use-words.ts';
import { Acts, Card } from '../settings/index.ts';
import { OtherProfile } from './parts/OtherProfile.tsx';
import { openSteps } from './use-setup.ts';

/** In the settings: how far the set-up is and the way to it; in practice the way back to the office's station. */
export function SetupCard({ practice }: { readonly practice: boolean }): ReactNode {
  const t = useWords();
  const barred = useBarrier('setup', 'settle');
  const state = useAsk('setup', 'state', {}, { fresh: true }).data;
  if (state === undefined) return null;
  if (practice) {
    if (state.changesTo !== 'office') return null;
    return (
      <Card title={t('setup.office')} intro={t('setup.office.text')}>
        <OtherProfile words={t('setup.office.open')} />
      </Card>
    );
  }
  return (
    <Card title={t('section.setup')} intro={t('setup.card', { open: openSteps(state) })}>
      <Acts>
        {barred === undefined && (
          <Button
            onClick={() => {
              goTo('setup', {});
            }}
          >
            {t('setup.card.open')}
          </Button>
        )}
        {state.changesTo === 'practice' && <OtherProfile words={t('setup.practice.open')} />}
      </Acts>
    </Card>
  );
}
