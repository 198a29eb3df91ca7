import { useState, type ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { Key20Regular } from '@fluentui/react-icons';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { PasswordField } from './PasswordField.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '14px' },
  act: { alignSelf: 'flex-start' },
});

export type PasswordFormProps = { readonly onDone: () => void };

/** Another password of one's own. */
export function PasswordForm({ onDone }: PasswordFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [differ, setDiffer] = useState(false);
  const change = useCommand('people', 'changePassword');
  const submit = (): void => {
    if (change.pending) return;
    setDiffer(again !== password);
    if (again !== password) return;
    void change.run({ old, password }).then((outcome) => {
      if (outcome.ok) onDone();
    });
  };
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={t('password.change')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {change.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, change.failure)}
        </Notice>
      )}
      <PasswordField name="old" label={t('password.old')} value={old} known first onChange={setOld} />
      <PasswordField name="password" label={t('password.new')} hint={t('password.rule')} value={password} known={false} onChange={setPassword} />
      <PasswordField name="again" label={t('password.again')} value={again} known={false} fault={differ ? t('password.differ') : undefined} onChange={setAgain} />
      <Button className={styles.act} appearance="primary" type="submit" icon={<Key20Regular />} disabledFocusable={change.pending}>
        {t('password.change')}
      </Button>
    </form>
  );
}
