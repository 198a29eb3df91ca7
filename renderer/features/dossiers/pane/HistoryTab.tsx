import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: { padding: '6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Everything that was done to a dossier or a plan, newest first. */
export function HistoryTab({ id }: { readonly id: string }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const history = useAsk('dossiers', 'history', { id });
  if (history.isError) return <Notice tone="attention">{failureWords(t, failureOf(history.error))}</Notice>;
  if (history.data === undefined) return <Waiting label={t('common.loading')} lines={4} />;
  return (
    <ol className={styles.list} aria-label={t('dossiers.history')} reversed>
      {history.data.toReversed().map((one) => {
        const key = `dossiers.did.${one.act}`;
        return (
          <li key={one.id} className={styles.item}>
            <div>{isMessageKey(key) ? t(key) : one.act}</div>
            <div className={styles.small}>{t('acts.by', { person: one.by, at: momentOf(one.at) })}</div>
            {one.reason !== '' && <div>{t('closed.reason', { reason: one.reason })}</div>}
          </li>
        );
      })}
    </ol>
  );
}
