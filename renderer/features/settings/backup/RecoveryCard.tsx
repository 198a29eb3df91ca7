import { useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { Key20Regular, Print20Regular } from '@fluentui/react-icons';
import type { BackupState, Printed } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { goTo } from '../../../foundations/address.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Card } from '../people/Card.tsx';
import { madePassphrase, strengthOf } from './passphrase.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '560px' },
  row: { display: 'flex', gap: '12px', flexWrap: 'wrap', alignItems: 'center' },
  made: { userSelect: 'text', fontFamily: 'monospace' },
});

/** Mật khẩu khôi phục: what opens a backup where this machine is gone, and the sheet for the safe. */
export function RecoveryCard({ state }: { readonly state: BackupState }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const sheet = useCommand('backup', 'makeSheet');
  const change = useCommand('backup', 'setRecovery');
  const [changing, setChanging] = useState(false);
  const { recovery } = state;
  const print = async (): Promise<void> => {
    const made = await sheet.run({});
    if (made.ok) goTo('printing', { tab: 'printed', file: (made.value satisfies Printed).id });
  };
  return (
    <Card title={t('backup.recovery')} intro={t('backup.recoveryIntro')}>
      {recovery === null ? <Notice tone="attention">{t('backup.recovery.none')}</Notice> : <div>{t('backup.recovery.set', { time: momentOf(recovery.setAt), by: recovery.setBy, code: recovery.code })}</div>}
      {change.barred !== undefined ? (
        <Notice tone="info">{failureWords(t, change.barred)}</Notice>
      ) : recovery === null || changing ? (
        <RecoveryForm
          changes={recovery !== null}
          onDone={() => {
            setChanging(false);
          }}
        />
      ) : (
        <div className={styles.row}>
          <Button
            icon={<Print20Regular />}
            disabledFocusable={sheet.pending}
            onClick={() => {
              if (!sheet.pending) void print();
            }}
          >
            {t('backup.sheet')}
          </Button>
          <Button
            icon={<Key20Regular />}
            onClick={() => {
              setChanging(true);
            }}
          >
            {t('backup.recovery.change')}
          </Button>
        </div>
      )}
      {sheet.failure !== undefined && <Notice tone="attention" live>{failureWords(t, sheet.failure)}</Notice>}
    </Card>
  );
}

function RecoveryForm({ changes, onDone }: { readonly changes: boolean; readonly onDone: () => void }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const set = useCommand('backup', 'setRecovery');
  const [first, setFirst] = useState('');
  const [again, setAgain] = useState('');
  const [made, setMade] = useState('');
  const [asked, setAsked] = useState(false);
  const strength = strengthOf(first);
  const unequal = first !== again;
  const submit = async (): Promise<void> => {
    setAsked(true);
    if (strength === 'short' || strength === 'weak' || unequal || set.pending) return;
    const outcome = await set.run({ passphrase: first });
    if (outcome.ok) onDone();
  };
  return (
    <form
      className={styles.form}
      aria-label={t('backup.recovery')}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {changes && <Notice tone="info">{t('backup.recovery.changeMeaning')}</Notice>}
      <Field
        label={t('backup.recovery.first')}
        hint={t('backup.recovery.hint')}
        validationState={first === '' && !asked ? 'none' : strength === 'strong' ? 'success' : strength === 'fair' ? 'none' : asked ? 'error' : 'warning'}
        validationMessage={first === '' && !asked ? null : t(`backup.recovery.${strength}`)}
      >
        <Input name="passphrase" type="password" autoComplete="off" maxLength={200} value={first} onChange={(_, { value }) => { setFirst(value); setMade(''); }} />
      </Field>
      <Field label={t('backup.recovery.again')} validationState={asked && unequal ? 'error' : 'none'} validationMessage={asked && unequal ? t('backup.recovery.unequal') : null}>
        <Input name="again" type="password" autoComplete="off" maxLength={200} value={again} onChange={(_, { value }) => { setAgain(value); }} />
      </Field>
      {made !== '' && (
        <Notice tone="attention" live>
          <span className={styles.made}>{t('backup.recovery.made', { words: made })}</span>
        </Notice>
      )}
      <div className={styles.row}>
        <Button type="submit" appearance="primary" disabledFocusable={set.pending}>
          {t('backup.recovery.confirm')}
        </Button>
        <Button
          onClick={() => {
            const words = madePassphrase();
            setFirst(words);
            setAgain(words);
            setMade(words);
          }}
        >
          {t('backup.recovery.make')}
        </Button>
      </div>
      {set.failure !== undefined && <Notice tone="attention" live>{failureWords(t, set.failure)}</Notice>}
    </form>
  );
}
