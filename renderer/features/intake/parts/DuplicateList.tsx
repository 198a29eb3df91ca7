import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { Duplicate } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({ list: { margin: '4px 0 0', paddingInlineStart: '18px' } });
const atMost = 5;

export type DuplicateListProps = { readonly found: readonly Duplicate[]; readonly live?: boolean };

/** Documents that may be the same one, and why; nothing when there are none. */
export function DuplicateList({ found, live = false }: DuplicateListProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (found.length === 0) return null;
  return (
    <Notice tone="attention" live={live}>
      {t('duplicate.count', { count: found.length })}
      <ul className={styles.list}>
        {found.slice(0, atMost).map((one) => (
          <li key={one.id}>
            <AddressLink
              href={formatAddress('incoming', { id: one.id })}
              onGo={() => {
                goTo('incoming', { id: one.id });
              }}
            >
              {headOf(t, one)}
            </AddressLink>{' '}
            – {one.reasons.map((reason) => t(`duplicate.reason.${reason}`)).join('; ')}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function headOf(t: Formatter, one: Duplicate): string {
  const code = [one.codeNumber, one.codeNotation].filter((part) => part !== '').join('/') || t('duplicate.noCode');
  const day = one.issuedDate === null ? '' : `, ${calendarDay(one.issuedDate)}`;
  const number = one.arrivalNumber === null ? t('duplicate.unregistered') : t('duplicate.registered', { number: String(one.arrivalNumber), year: String(one.arrivalYear ?? '') });
  return `${code} · ${one.issuerName}${day} (${number})`;
}

/** The same for a document that is stored. */
export function StoredDuplicates({ id }: { readonly id: string }): ReactNode {
  return <DuplicateList found={useAsk('intake', 'duplicatesOf', { id }).data ?? []} />;
}
