import type { ReactNode } from 'react';
import type { Session, StationStatus } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { DoorCard } from '../parts/DoorCard.tsx';
import { SignInForm } from '../parts/SignInForm.tsx';

export type SignInScreenProps = { readonly session: Session; readonly status: StationStatus };

/** Nobody is signed in: who is it? */
export function SignInScreen({ session, status }: SignInScreenProps): ReactNode {
  const t = useWords();
  return (
    <DoorCard title={t('signIn.title')} text={status.agency.name}>
      <SignInForm session={session} />
    </DoorCard>
  );
}
