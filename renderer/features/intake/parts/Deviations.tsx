import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { Deviation } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { isMessageKey, type MessageKey } from '../../../i18n/catalogue.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  list: { margin: '4px 0 0', paddingInlineStart: '18px', overflowWrap: 'anywhere' },
  details: { marginTop: '12px', color: tokens.colorNeutralForeground2, '& summary': { cursor: 'pointer' } },
  source: { fontSize: tokens.fontSizeBase200 },
});

/** Rules about whom a document is from and for, and what it may replace: those a person must see before anything else. */
const aboutParties: Readonly<Record<string, MessageKey>> = {
  'handed-in-by-another': 'deviation.handedIn',
  'not-addressed-to-us': 'deviation.notAddressed',
  'replaces-anothers': 'deviation.replacesAnothers',
  'replaces-not-here': 'deviation.replacesNotHere',
};

/** What speaks against the parties and forerunners that a document names, above everything else about it. */
export function StrangeParties({ id }: { readonly id: string }): ReactNode {
  return <PartyNotices found={useAsk('exchange', 'deviations', { document: id }).data ?? []} />;
}

/** The same of a message whose deviations are known. */
export function PartyNotices({ found }: { readonly found: readonly Deviation[] }): ReactNode {
  const t = useWords();
  return found.map((one) => {
    const words = aboutParties[one.rule];
    return words === undefined ? null : (
      <Notice key={`${one.rule} ${one.value}`} tone={one.rule === 'replaces-not-here' ? 'info' : 'attention'}>
        {t(words, { value: one.value, limit: one.limit })}
      </Notice>
    );
  });
}

/** Where the message that brought a document deviates from the format; it was taken in all the same. */
export function Deviations({ id }: { readonly id: string }): ReactNode {
  return <DeviationList found={useAsk('exchange', 'deviations', { document: id }).data ?? []} />;
}

/** The same of a message whose deviations are known. */
export function DeviationList({ found: all }: { readonly found: readonly Deviation[] }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const found = all.filter((one) => !Object.hasOwn(aboutParties, one.rule));
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
