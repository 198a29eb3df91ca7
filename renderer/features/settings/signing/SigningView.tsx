import type { ReactNode } from 'react';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { Card, CardPage } from '../people/Card.tsx';
import { AnchorsCard } from './AnchorsCard.tsx';
import { DeskPolicyCard } from './DeskPolicyCard.tsx';
import { PicturesCard } from './PicturesCard.tsx';
import { SigningForm } from './SigningForm.tsx';

/** Ký số: how the office signs, its pictures, and whom it believes. */
export function SigningView(): ReactNode {
  const t = useWords();
  const settings = useAsk('signingSettings', 'settings', {});
  const rules = useAsk('signingSettings', 'rules', {});
  if (settings.data === undefined || rules.data === undefined) {
    const error = settings.error ?? rules.error;
    return error === null ? <Waiting label={t('common.loading')} /> : <Notice tone="attention">{failureWords(t, failureOf(error))}</Notice>;
  }
  return (
    <CardPage label={t('directory.tab.signing')}>
      <PicturesCard />
      <Card title={t('signer.settings.title')} untitled>
        <SigningForm settings={settings.data} rules={rules.data} />
      </Card>
      <DeskPolicyCard />
      <AnchorsCard />
    </CardPage>
  );
}
