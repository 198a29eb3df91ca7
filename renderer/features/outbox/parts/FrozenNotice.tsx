import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { OutgoingDetail } from '#contract';
import { adjustAddress, formatAddress } from '../../../foundations/address.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  title: { fontWeight: tokens.fontWeightSemibold },
  line: { margin: '2px 0 0' },
});

/** Why one of our documents is frozen, since when, and what stands or is to stand in its place. Nothing while it stands. */
export function FrozenNotice({ document }: { readonly document: OutgoingDetail }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { state, frozenAt, frozenReason, replacedBy } = document;
  const frozen = state === 'recalled' || state === 'replaced' || state === 'voided';
  if (!frozen && replacedBy === null) return null;
  return (
    <Notice tone="info">
      <span className={styles.title}>
        {!frozen ? t('sent.beingReplaced') : t(`sent.frozen.${state}`, { time: frozenAt === null ? '' : momentOf(frozenAt) })}
      </span>
      {frozenReason !== '' && <p className={styles.line}>{t('closed.reason', { reason: frozenReason })}</p>}
      <p className={styles.line}>{t(!frozen ? 'sent.beingReplacedMeaning' : 'sent.frozenMeaning')}</p>
      {replacedBy !== null && (
        <p className={styles.line}>
          <AddressLink
            href={formatAddress('outbox', { tab: 'sent', document: replacedBy })}
            onGo={() => {
              adjustAddress({ tab: 'sent', document: replacedBy });
            }}
          >
            {t('closed.openReplacing')}
          </AddressLink>
        </p>
      )}
    </Notice>
  );
}
