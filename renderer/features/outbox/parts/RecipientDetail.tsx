import type { ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { ArrowUndo20Regular } from '@fluentui/react-icons';
import type { Delivery } from '#contract';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { statusCodeWords } from './outbox-words.tsx';
import { SettleAlarm } from './SettleAlarm.tsx';
import { useDetailPanel } from './use-detail-panel.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: '18px', overflowWrap: 'anywhere' },
  act: { alignSelf: 'flex-start' },
});

export type RecipientDetailProps = {
  readonly delivery: Delivery;
  /** null when there is nothing to take back here */
  readonly onRecall: (() => void) | null;
};

/** The chosen recipient: alarm with what to do, everything heard from it in order, its reply. */
export function RecipientDetail({ delivery, onRecall }: RecipientDetailProps): ReactNode {
  const styles = useStyles();
  const frame = useDetailPanel();
  const t = useWords();
  const { reply } = delivery;
  return (
    <section className={frame.panel} aria-label={t('sent.recipient')} data-pane="recipient" tabIndex={0}>
      <h3 className={frame.title}>{t('sent.recipientTitle', { name: delivery.name, organId: delivery.organId })}</h3>
      {delivery.alarm !== null && (
        <Notice tone="attention" action={<SettleAlarm delivery={delivery} />}>
          {t(`sent.alarmMeaning.${delivery.alarm}`)}
        </Notice>
      )}
      <ul className={styles.list}>
        <li>
          {delivery.cancelledAt !== null
            ? t('sent.cancelledAt', { time: momentOf(delivery.cancelledAt) })
            : delivery.sentAt === null
              ? t('sent.notSentYet')
              : t('sent.sentAt', { time: momentOf(delivery.sentAt) })}
        </li>
        {delivery.statuses.map((status) => (
          <li key={`${status.code} ${status.heardAt}`}>
            {t('sent.heard', {
              time: momentOf(status.saidAt ?? status.heardAt),
              code: status.code,
              what: statusCodeWords(t, status.code),
              note: status.note,
              noted: status.note === '' ? 'no' : 'yes',
            })}
          </li>
        ))}
        {delivery.takeBack !== null && (
          <li>{t(`sent.takeBackFull.${delivery.takeBack}`, { time: delivery.takeBackAt === null ? '' : momentOf(delivery.takeBackAt) })}</li>
        )}
        {reply !== null && (
          <li>
            {t('sent.repliedBy')}{' '}
            <AddressLink
              href={formatAddress('incoming', { id: reply.id })}
              onGo={() => {
                goTo('incoming', { id: reply.id });
              }}
            >
              {reply.code}
            </AddressLink>
          </li>
        )}
      </ul>
      {onRecall !== null && (
        <Button className={styles.act} icon={<ArrowUndo20Regular />} onClick={onRecall}>
          {t(delivery.takeBack === null ? 'recall.here' : 'recall.hereAgain')}
        </Button>
      )}
    </section>
  );
}
