import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowUp20Regular, Dismiss20Regular, Send20Regular } from '@fluentui/react-icons';
import type { OutboxItem } from '#contract';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords, outboxFailureWords } from '../../../i18n/failure-words.ts';
import { urgencyWord } from '../../../i18n/urgency-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { StateMark } from '../../../ui/StateMark.tsx';
import { reasonWords, recipientCodes, recipientsShort, stateMarks, whatWords } from '../parts/outbox-words.tsx';
import { cancelHindrance, isSendable, type QueueActs } from '../use-queue-acts.ts';
import { QueueDialog, type QueueQuestion } from './QueueDialog.tsx';
import { useDetailPanel } from '../parts/use-detail-panel.ts';

const useStyles = makeStyles({
  facts: { display: 'flex', flexWrap: 'wrap', gap: '4px 20px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  row: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap' },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, flexBasis: '240px', flexGrow: 1 },
  meaning: { margin: '2px 0 0' },
  detail: { margin: '4px 0 0', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

export type QueueDetailProps = {
  readonly item: OutboxItem;
  /** it waits behind another about the same document */
  readonly behind: boolean;
  readonly acts: QueueActs;
  /** told when the row was put before the others by the person's own hand */
  readonly onMoved: () => void;
};

/** The chosen row in full sentences, with what can be done about it. */
export function QueueDetail({ item, behind, acts, onMoved }: QueueDetailProps): ReactNode {
  const styles = useStyles();
  const frame = useDetailPanel();
  const t = useWords();
  const [question, setQuestion] = useState<QueueQuestion | null>(null);
  const mark = stateMarks[item.state];
  const sendable = isSendable(item);
  const hindrance = cancelHindrance(item);
  const failed = acts.failed?.id === item.id && question === null ? acts.failed : null;
  const urgency = urgencyWord(t, item.urgency);
  // Not the axis' words but the station's own: its list fits this message and others.
  const severalFit = item.lastFailureDetail?.startsWith('several-fit') === true;
  const ask = (next: QueueQuestion): void => {
    acts.forget();
    setQuestion(next);
  };
  const moveUp = (): void => {
    void acts.moveUp(item).then((done) => {
      // The list hears of the new order in a turn of its own, which was queued before this one.
      if (done) setTimeout(onMoved);
    });
  };
  useShortcut('F8', (event) => {
    if (!event.repeat) acts.sendNow(item);
  }, acts.may.sendNow);
  useShortcut('Ctrl+ArrowUp', moveUp, acts.may.moveUp && sendable && !item.movedUp);
  useShortcut('Delete', () => {
    ask('cancel');
  }, acts.may.cancelSend && sendable && hindrance === null);
  return (
    <section className={frame.panel} aria-label={t('outbox.detail')} data-pane="reading" tabIndex={0}>
      <h2 className={frame.title}>{t('outbox.detailTitle', { about: item.about, to: recipientsShort(t, item) })}</h2>
      <div className={styles.facts}>
        <StateMark tone={mark.tone} icon={mark.icon}>
          {t(`outbox.state.${item.state}`)}
        </StateMark>
        <span>{whatWords(t, item)}</span>
        {urgency !== null && <span>{urgency}</span>}
        {item.movedUp && <span>{t('queue.first')}</span>}
        <span>{t('outbox.fact.since', { time: momentOf(item.createdAt) })}</span>
        <span>{t('outbox.fact.attempts', { count: item.attempts })}</span>
        {item.nextTryAt !== null && <span>{t('outbox.fact.next', { time: momentOf(item.nextTryAt) })}</span>}
        <DocumentLink item={item} />
      </div>
      <div className={styles.facts}>{t('queue.toAll', { count: item.recipients.length, names: recipientCodes(item) })}</div>
      {item.inDoubt && sendable && (
        <Notice tone="attention">
          <strong>{t('doubt.title')}</strong>
          <p className={styles.meaning}>{t(severalFit ? 'doubt.severalFit' : 'doubt.meaning')}</p>
          {(item.lastFailureDetail ?? '') !== '' && !severalFit && (
            <p className={styles.detail}>{t('outbox.axisSaid', { text: item.lastFailureDetail })}</p>
          )}
        </Notice>
      )}
      {item.lastFailure !== null && sendable && !item.inDoubt && !behind ? (
        <Notice tone="attention">
          {outboxFailureWords(t, item.lastFailure)}
          {(item.lastFailureDetail ?? '') !== '' && (
            <p className={styles.detail}>{t('outbox.axisSaid', { text: item.lastFailureDetail })}</p>
          )}
        </Notice>
      ) : (
        !item.inDoubt && <div>{reasonWords(t, item, behind)}</div>
      )}
      {failed !== null && (
        <Notice tone="attention" live>
          {failureWords(t, failed.failure, failed.act)}
        </Notice>
      )}
      {sendable && (
        <div className={styles.row}>
          {acts.may.sendNow && (
            <Button
              appearance="primary"
              icon={<Send20Regular />}
              disabledFocusable={acts.busy}
              aria-keyshortcuts="F8"
              onClick={() => {
                acts.sendNow(item);
              }}
            >
              {acts.sendingId === item.id ? t('outbox.state.sending') : t('outbox.sendNow')}
              <KeyHint keys="F8" onPrimary />
            </Button>
          )}
          {acts.may.moveUp && !item.movedUp && (
            <Button icon={<ArrowUp20Regular />} disabledFocusable={acts.busy} aria-keyshortcuts="Control+ArrowUp" onClick={moveUp}>
              {t('queue.moveUp')}
            </Button>
          )}
          {acts.may.settleDoubt && item.inDoubt && (
            <>
              <Button
                disabledFocusable={acts.busy}
                onClick={() => {
                  ask('reached');
                }}
              >
                {t('doubt.reached')}
              </Button>
              <Button
                disabledFocusable={acts.busy}
                onClick={() => {
                  ask('not-reached');
                }}
              >
                {t('doubt.notReached')}
              </Button>
            </>
          )}
          {!acts.may.cancelSend ? null : hindrance === null ? (
            <Button
              icon={<Dismiss20Regular />}
              disabledFocusable={acts.busy}
              aria-keyshortcuts="Delete"
              onClick={() => {
                ask('cancel');
              }}
            >
              {t('queue.cancel')}
            </Button>
          ) : (
            <span className={styles.hint}>{t(`queue.hindrance.${hindrance}`)}</span>
          )}
        </div>
      )}
      <QueueDialog
        item={item}
        acts={acts}
        question={question}
        onClose={() => {
          setQuestion(null);
        }}
      />
    </section>
  );
}

/** Leads to the document that the message speaks of. */
function DocumentLink({ item }: { readonly item: OutboxItem }): ReactNode {
  const t = useWords();
  const { incoming, outgoing } = item;
  const section = incoming === null ? 'outbox' : 'incoming';
  const params: Readonly<Record<string, string | null>> = incoming === null ? { tab: 'sent', document: outgoing } : { id: incoming };
  return (
    <AddressLink
      href={formatAddress(section, params)}
      onGo={() => {
        goTo(section, params);
      }}
    >
      {t(incoming === null ? 'queue.openSent' : 'queue.openIncoming')}
    </AddressLink>
  );
}
