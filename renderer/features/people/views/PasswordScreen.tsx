import type { ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import type { Session } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { DoorCard } from '../parts/DoorCard.tsx';
import { PasswordForm } from '../parts/PasswordForm.tsx';

const useStyles = makeStyles({ leave: { alignSelf: 'flex-start' } });

export type PasswordScreenProps = { readonly session: Session };

/** The password was given by somebody else, or is too old: another one before anything else. */
export function PasswordScreen({ session }: PasswordScreenProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const leave = useCommand('people', 'signOut');
  return (
    <DoorCard title={t('password.mustTitle', { name: session.person?.name ?? '' })} text={t('password.mustWhy')}>
      <PasswordForm onDone={() => undefined} />
      <Button className={styles.leave} size="small" onClick={() => void leave.run({})}>
        {t('user.signOut')}
      </Button>
    </DoorCard>
  );
}
