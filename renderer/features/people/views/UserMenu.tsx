import type { ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { LockClosed20Regular, Person20Regular, PersonSwap20Regular, SignOut20Regular } from '@fluentui/react-icons';
import { useCommand } from '../../../bridge/methods.ts';
import { useSession } from '../../../bridge/session.ts';
import { roleWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Hint } from '../../../ui/Hint.tsx';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { PasswordForm } from '../parts/PasswordForm.tsx';

const useStyles = makeStyles({
  who: {
    marginInlineStart: 'auto',
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    minWidth: 0,
    color: tokens.colorNeutralForeground2,
    '& svg': { flexShrink: 0 },
  },
  text: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  name: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  button: { minWidth: 0, maxWidth: '260px' },
  roles: { margin: 0, color: tokens.colorNeutralForeground2 },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  hint: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

export type UserMenuProps = {
  /** the one operator of a station that asks for no password */
  readonly operator: string;
  readonly agency: string;
  /** what is open of the person's own dialog */
  readonly shown: UserDialog;
  readonly onShow: (shown: UserDialog) => void;
};

/** Closed, with its acts, or at once with the change of the password. */
export type UserDialog = 'closed' | 'acts' | 'password';

/** Who is working, and the way to somebody else. */
export function UserMenu({ operator, agency, shown, onShow }: UserMenuProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const session = useSession();
  const lock = useCommand('people', 'lock');
  const signOut = useCommand('people', 'signOut');
  const person = session?.person;
  const close = (): void => {
    onShow('closed');
  };
  if (session === undefined || session.state === 'one-operator' || person === null || person === undefined) {
    const parts = [operator, agency].filter((part) => part !== '');
    return (
      <div className={styles.who} title={`${parts.join(' · ')}. ${t('user.oneOperator')}`}>
        {parts.length > 0 && <Person20Regular aria-hidden="true" />}
        <span className={styles.text}>
          <span className={styles.name}>{operator}</span>
          {parts.length > 1 ? ' · ' : ''}
          {agency}
        </span>
      </div>
    );
  }
  const switchUser = (): void => {
    close();
    void lock.run({});
  };
  return (
    <div className={styles.who}>
      <Button
        className={styles.button}
        size="small"
        appearance="subtle"
        icon={<Person20Regular />}
        aria-label={t('user.open', { name: person.name })}
        title={`${person.name} · ${agency}`}
        onClick={() => {
          onShow('acts');
        }}
      >
        <span className={styles.text}>{person.name}</span>
      </Button>
      <Hint content={t('user.lock')} relationship="label">
        <Button size="small" appearance="subtle" icon={<LockClosed20Regular />} aria-keyshortcuts="Control+Shift+L" onClick={switchUser} />
      </Hint>
      <ModalDialog open={shown !== 'closed'} title={person.name} closeLabel={t('common.close')} onClose={close}>
        <p className={styles.roles}>{t('user.roles', { roles: roleWords(t, session.roles), count: session.roles.length })}</p>
        {shown === 'password' ? (
          <PasswordForm onDone={close} />
        ) : (
          <div className={styles.acts}>
            <Button data-first icon={<PersonSwap20Regular />} onClick={switchUser}>
              {t('user.switch')}
            </Button>
            <Button
              onClick={() => {
                onShow('password');
              }}
            >
              {t('password.change')}
            </Button>
            <Button
              icon={<SignOut20Regular />}
              onClick={() => {
                close();
                void signOut.run({});
              }}
            >
              {t('user.signOut')}
            </Button>
          </div>
        )}
        <p className={styles.hint}>{t('user.switchHint')}</p>
      </ModalDialog>
    </div>
  );
}
