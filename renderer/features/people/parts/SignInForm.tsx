import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, Field, makeStyles, Select } from '@fluentui/react-components';
import { ArrowEnterLeft20Regular } from '@fluentui/react-icons';
import type { Session } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { recall, remember } from '../../../foundations/preferences.tsx';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { PasswordField } from './PasswordField.tsx';

/** Where this machine remembers who worked at it last. */
const lastKey = 'tvt.lastPerson';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '14px' },
  act: { alignSelf: 'flex-start' },
});

export type SignInFormProps = { readonly session: Session };

/** Name and password. The name is chosen already where the station knows who was here last. */
export function SignInForm({ session }: SignInFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const box = useRef<HTMLFormElement>(null);
  const [person, setPerson] = useState(() => firstChoice(session));
  const [password, setPassword] = useState('');
  const signIn = useCommand('people', 'signIn');
  const chosen = session.names.some(({ id }) => id === person) ? person : '';
  useEffect(() => {
    box.current?.querySelector<HTMLElement>(chosen === '' ? 'select' : 'input')?.focus();
  }, [chosen]);
  const submit = (): void => {
    if (signIn.pending || chosen === '') return;
    void signIn.run({ person: chosen, password }).then((outcome) => {
      setPassword('');
      if (outcome.ok) remember(lastKey, chosen);
      else box.current?.querySelector('input')?.focus();
    });
  };
  return (
    <form
      ref={box}
      className={styles.form}
      noValidate
      aria-label={t('signIn.act')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {signIn.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, signIn.failure)}
        </Notice>
      )}
      <Field label={t('signIn.name')}>
        <Select
          name="person"
          value={chosen}
          onChange={(_, { value }) => {
            setPerson(value);
            signIn.reset();
          }}
        >
          {chosen === '' && <option value="">{t('signIn.choose')}</option>}
          {session.names.map(({ id, name, position }) => (
            <option key={id} value={id}>
              {position === '' ? name : `${name} · ${position}`}
            </option>
          ))}
        </Select>
      </Field>
      <PasswordField name="password" label={t('signIn.password')} value={password} known onChange={setPassword} />
      <Button className={styles.act} appearance="primary" type="submit" icon={<ArrowEnterLeft20Regular />} disabledFocusable={signIn.pending || chosen === ''}>
        {t(signIn.pending ? 'signIn.pending' : 'signIn.act')}
      </Button>
    </form>
  );
}

function firstChoice({ person, names }: Session): string {
  const last = recall(lastKey);
  return person?.id ?? (typeof last === 'string' ? last : names.length === 1 ? (names[0]?.id ?? '') : '');
}
