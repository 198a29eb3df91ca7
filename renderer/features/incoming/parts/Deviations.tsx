import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { Deviation } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  list: { margin: '4px 0 0', paddingInlineStart: '18px', overflowWrap: 'anywhere' },
  details: { marginTop: '12px', color: tokens.colorNeutralForeground2, '& summary': { cursor: 'pointer' } },
  source: { fontSize: tokens.fontSizeBase200 },
});

/** Rules about whom a document is from and for: those a person must see before anything else. */
const aboutParties: ReadonlySet<string> = new Set(['handed-in-by-another', 'not-addressed-to-us']);

/** What speaks against the parties that a document names, above everything else about it. */
export function StrangeParties({ id }: { readonly id: string }): ReactNode {
  const t = useWords();
  const found = useAsk('exchange', 'deviations', { document: id }).data ?? [];
  return found
    .filter((one) => aboutParties.has(one.rule))
    .map((one) => (
      <Notice key={one.rule} tone="attention">
        {t(one.rule === 'handed-in-by-another' ? 'deviation.handedIn' : 'deviation.notAddressed', {
          value: one.value,
          limit: one.limit,
        })}
      </Notice>
    ));
}

/** Where the message that brought a document deviates from the format; it was taken in all the same. */
export function Deviations({ id }: { readonly id: string }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const found = (useAsk('exchange', 'deviations', { document: id }).data ?? []).filter((one) => !aboutParties.has(one.rule));
  if (found.length === 0) return null;
  return (
    <details className={styles.details}>
      <summary>{t('deviation.count', { count: found.length })}</summary>
      <ul className={styles.list}>
        {found.map((one) => (
          <li key={`${one.element} ${one.rule} ${one.value}`}>
            {t('deviation.one', { element: one.element, rule: ruleWords(t, one), value: one.value, valued: one.value === '' ? 'no' : 'yes' })}
            <div className={styles.source}>{t('deviation.source', { source: one.source, sure: one.sure })}</div>
          </li>
        ))}
      </ul>
    </details>
  );
}

function ruleWords(t: Formatter, { rule, limit }: Deviation): string {
  const key = `deviation.rule.${rule}`;
  return isMessageKey(key) ? t(key, { limit }) : rule;
}
