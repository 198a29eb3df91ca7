import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { IncomingDetail } from '#contract';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  title: { fontWeight: tokens.fontWeightSemibold },
  line: { margin: '2px 0 0' },
});

export type ClosedNoticeProps = { readonly document: IncomingDetail };

/** Which documents a document stands in the place of. Nothing when it replaced none. */
export function ReplacesNotice({ document }: ClosedNoticeProps): ReactNode {
  const t = useWords();
  if (document.replaces.length === 0) return null;
  return (
    <Notice tone="info">
      {t('replaces.meaning')}{' '}
      {document.replaces.map(({ id, code }) => (
        <AddressLink
          key={id}
          href={formatAddress('incoming', { id })}
          onGo={() => {
            goTo('incoming', { id });
          }}
        >
          {t('replaces.open', { code })}
        </AddressLink>
      ))}
    </Notice>
  );
}

/** Why a document has ended: when, for what reason, and what stands in its place. Nothing while it stands. */
export function ClosedNotice({ document }: ClosedNoticeProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { state, closedAt, closedReason, replacedBy } = document;
  if (state !== 'refused' && state !== 'recalled' && state !== 'replaced') return null;
  return (
    <Notice tone="info">
      <span className={styles.title}>
        {closedAt === null ? t(`closed.${state}`) : t('closed.at', { what: t(`closed.${state}`), time: momentOf(closedAt) })}
      </span>
      {closedReason !== '' && <p className={styles.line}>{t('closed.reason', { reason: closedReason })}</p>}
      <p className={styles.line}>{t(state === 'refused' && document.arrivalNumber !== null ? 'closed.meaning.returned' : `closed.meaning.${state}`)}</p>
      {replacedBy !== null && (
        <p className={styles.line}>
          <AddressLink
            href={formatAddress('incoming', { id: replacedBy })}
            onGo={() => {
              goTo('incoming', { id: replacedBy });
            }}
          >
            {t('closed.openReplacing')}
          </AddressLink>
        </p>
      )}
    </Notice>
  );
}
