import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import type { FormHint } from './form-hints.ts';

const useStyles = makeStyles({
  head: { margin: 0 },
  list: { margin: '4px 0 0', paddingInlineStart: '18px' },
  clause: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** What the program remarks on the form: hints for a person, never a verdict. */
export function HintList({ hints }: { readonly hints: readonly FormHint[] | null }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (hints === null) return <Notice tone="info">{t('hint.reading')}</Notice>;
  if (hints.length === 0) return <Notice tone="good">{t('hint.none')}</Notice>;
  return (
    <Notice tone="attention">
      <p className={styles.head}>{t('hint.some', { count: hints.length })}</p>
      <ul className={styles.list}>
        {hints.map(({ code, clause, value }) => (
          <li key={code}>
            {t(`hint.${code}`, { value })} <span className={styles.clause}>{t('hint.clause', { clause })}</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
