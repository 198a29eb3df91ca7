import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { SaveLink } from '../../files/index.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: { padding: '6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  head: { fontWeight: tokens.fontWeightSemibold },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  file: { display: 'flex', alignItems: 'center', gap: '6px', overflowWrap: 'anywhere', minWidth: 0 },
});

/** Every version of a draft, newest first, with its files to be saved. */
export function VersionsTab({ id }: { readonly id: string }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const versions = useAsk('drafting', 'versions', { id });
  if (versions.isError) return <Notice tone="attention">{failureWords(t, failureOf(versions.error))}</Notice>;
  if (versions.data === undefined) return <Waiting label={t('common.loading')} lines={4} />;
  return (
    <ol className={styles.list} aria-label={t('versions.label')} reversed>
      {versions.data.toReversed().map((one) => (
        <li key={one.version} className={styles.item}>
          <div className={styles.head}>{t('versions.one', { version: one.version })}</div>
          <div className={styles.small}>{t('acts.by', { person: one.by, at: momentOf(one.at) })}</div>
          <div>{one.fields.subject}</div>
          {one.files.map((file) => (
            <div key={file.id} className={styles.file}>
              <SaveLink id={file.id} name={file.name} words={null} />
              <span>{t(`draft.role.${file.role}`, { name: file.name })}</span>
            </div>
          ))}
        </li>
      ))}
    </ol>
  );
}
