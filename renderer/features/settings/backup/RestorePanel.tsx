import { useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles, Radio, RadioGroup } from '@fluentui/react-components';
import { FolderSearch20Regular } from '@fluentui/react-icons';
import type { Generation } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { goTo } from '../../../foundations/address.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { BackupProgressLine } from './BackupProgressLine.tsx';
import { FolderField, isWholePath } from './FolderField.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px' },
  row: { display: 'flex', gap: '12px', flexWrap: 'wrap' },
  line: { overflowWrap: 'anywhere' },
});

const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);

/** Khôi phục từ bản sao lưu: folder, which backup, passphrase; the core starts anew when all was found right. */
export function RestorePanel({ onBack }: { readonly onBack: () => void }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [folder, setFolder] = useState('');
  const [looked, setLooked] = useState('');
  const [generation, setGeneration] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const list = useAsk('backup', 'generations', { folder: looked }, { enabled: looked !== '' });
  const restore = useCommand('backup', 'restore');
  const cancel = useCommand('backup', 'cancel');
  const running = useLatest('backup', 'state')?.running ?? null;
  const good = (looked === '' ? undefined : list.data)?.filter(({ state }) => state === 'good') ?? [];
  const chosen = good.find((one) => one.generation === generation) ?? good[0];
  const go = async (): Promise<void> => {
    if (chosen === undefined || passphrase === '' || restore.pending) return;
    const outcome = await restore.run({ folder: looked, keyCheck: chosen.keyCheck, generation: chosen.generation, passphrase });
    if (!outcome.ok) return;
    // The core closes and opens what was restored; what is asked meanwhile waits for it.
    setTimeout(() => {
      // The work that came back, and not the set-up from which it was asked for.
      goTo('incoming');
      location.reload();
    }, 1500);
  };
  if (restore.value !== undefined) return <Notice tone="good" live>{t('restore.done')}</Notice>;
  if (restore.pending) {
    return (
      <div className={styles.form}>
        <Notice tone="info" live>{t('restore.running')}</Notice>
        {running !== null && <BackupProgressLine running={running} />}
        <div>
          <Button disabledFocusable={cancel.pending} onClick={() => { if (!cancel.pending) void cancel.run({}); }}>
            {t('backup.cancel')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form
      className={styles.form}
      aria-label={t('restore.title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== undefined) void go();
        else if (isWholePath(folder)) setLooked(folder.trim());
      }}
    >
      <FolderField
        label={t('restore.where')}
        value={folder}
        onChange={(typed) => {
          setFolder(typed);
          setLooked('');
        }}
        onChosen={setLooked}
      />
      {list.isError && looked !== '' && <Notice tone="attention" live>{failureWords(t, failureOf(list.error))}</Notice>}
      {looked !== '' && list.data !== undefined && good.length === 0 && <Notice tone="attention" live>{t('restore.none')}</Notice>}
      {chosen !== undefined && (
        <>
          <Field label={t('restore.which')}>
            <RadioGroup value={chosen.generation} onChange={(_, { value }) => { setGeneration(value); }}>
              {good.slice(0, 30).map((one) => (
                <Radio key={one.generation} value={one.generation} label={<Line one={one} />} />
              ))}
            </RadioGroup>
          </Field>
          <Field label={t('restore.passphrase', { code: chosen.recovery })}>
            <Input name="passphrase" type="password" autoComplete="off" maxLength={200} value={passphrase} onChange={(_, { value }) => { setPassphrase(value); }} />
          </Field>
        </>
      )}
      {restore.failure !== undefined && (
        <Notice tone={restore.failure.code === 'backup-cancelled' ? 'info' : 'attention'} live>
          {failureWords(t, restore.failure, 'restore')}
        </Notice>
      )}
      <div className={styles.row}>
        {chosen === undefined ? (
          <Button type="submit" appearance="primary" icon={<FolderSearch20Regular />} disabledFocusable={!isWholePath(folder)}>
            {t('restore.look')}
          </Button>
        ) : (
          <Button type="submit" appearance="primary" disabledFocusable={passphrase === ''}>
            {t('restore.go')}
          </Button>
        )}
        <Button onClick={onBack}>{t('restore.back')}</Button>
      </div>
    </form>
  );
}

function Line({ one }: { readonly one: Generation }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <span className={styles.line}>
      {t('restore.line', { time: one.at === null ? '' : momentOf(one.at), office: one.office === '' ? one.organId : one.office, host: one.host, recovery: one.recovery })}
      <br />
      {t('backup.list.counts', { incoming: one.incoming, outgoing: one.outgoing, files: one.files, size: mebibytes(one.bytes) })}
    </span>
  );
}
