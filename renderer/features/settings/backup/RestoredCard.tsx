import { useState, type ReactNode } from 'react';
import { Button, Checkbox, makeStyles } from '@fluentui/react-components';
import type { Restored } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { goTo } from '../../../foundations/address.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Card } from '../people/Card.tsx';

const useStyles = makeStyles({
  words: { margin: 0, maxWidth: '90ch', textWrap: 'pretty', overflowWrap: 'anywhere' },
  acts: { display: 'flex', gap: '12px', flexWrap: 'wrap' },
});

/** What somebody who brought a backup back must look at before the station works again. */
export function RestoredCard({ restored }: { readonly restored: Restored }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const confirm = useCommand('backup', 'confirmRestored');
  const [numbersChecked, setNumbers] = useState(false);
  const [oldStopped, setOld] = useState(false);
  return (
    <Card title={t('restored.title')}>
      <Notice tone="attention">{t('restored.lost', { time: momentOf(restored.backupAt) })}</Notice>
      <p className={styles.words}>{t('restored.facts', { generation: restored.generation, host: restored.oldHost, at: momentOf(restored.at) })}</p>
      {confirm.barred !== undefined ? (
        <Notice tone="info">{failureWords(t, confirm.barred)}</Notice>
      ) : (
        <>
          <Checkbox label={t('restored.numbers')} checked={numbersChecked} onChange={(_, { checked }) => { setNumbers(checked === true); }} />
          <Checkbox label={t('restored.old')} checked={oldStopped} onChange={(_, { checked }) => { setOld(checked === true); }} />
          <div className={styles.acts}>
            <Button
              appearance="primary"
              disabledFocusable={!numbersChecked || !oldStopped || confirm.pending}
              onClick={() => {
                if (numbersChecked && oldStopped && !confirm.pending) void confirm.run({ numbersChecked, oldStopped });
              }}
            >
              {t('restored.confirm')}
            </Button>
            <Button
              onClick={() => {
                goTo('settings', { tab: 'numbers' });
              }}
            >
              {t('restored.numbersOpen')}
            </Button>
          </div>
        </>
      )}
      {confirm.failure !== undefined && <Notice tone="attention" live>{failureWords(t, confirm.failure)}</Notice>}
      <p className={styles.words}>{t('restored.trial')}</p>
    </Card>
  );
}
