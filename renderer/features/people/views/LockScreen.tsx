import { useEffect, useRef, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { Session } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { DoorCard } from '../parts/DoorCard.tsx';
import { SignInForm } from '../parts/SignInForm.tsx';

const useStyles = makeStyles({
  cover: {
    width: '100vw',
    height: '100vh',
    maxWidth: 'none',
    maxHeight: 'none',
    boxSizing: 'border-box',
    margin: 0,
    padding: 0,
    border: 'none',
  },
});

export type LockScreenProps = { readonly session: Session };

/**
 * Covers the work, which stays as it is underneath. The browser's own modal dialog, as it lies over any other dialog and
 * takes the keys from all of them; it does not close on Esc.
 */
export function LockScreen({ session }: LockScreenProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const cover = dialog.current;
    cover?.showModal();
    cover?.querySelector<HTMLElement>('input')?.focus();
    return () => {
      cover?.close();
    };
  }, []);
  const name = session.person?.name ?? '';
  return (
    <dialog
      ref={dialog}
      closedby="none"
      className={styles.cover}
      aria-label={t('lock.title', { name })}
      onCancel={(event) => {
        event.preventDefault();
      }}
      onClose={() => {
        // Where the attribute is not known, a second Esc closes a dialog whatever its page says.
        if (dialog.current?.isConnected === true) dialog.current.showModal();
      }}
    >
      <DoorCard title={t('lock.title', { name })} text={t('lock.text', { name })}>
        <SignInForm session={session} />
      </DoorCard>
    </dialog>
  );
}
