import type { ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Send20Regular } from '@fluentui/react-icons';
import type { OutboxItem } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords, outboxFailureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { reasonWords, recipientCodes, recipientNames, stateMarks, statusWords } from './outbox-words.tsx';

const useStyles = makeStyles({
  panel: {
    borderTop: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground2,
    padding: '12px 16px',
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    flexShrink: 0,
    maxHeight: '45%',
    overflowY: 'auto',
    outlineOffset: '-2px',
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  facts: { display: 'flex', flexWrap: 'wrap', gap: '4px 20px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  row: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap' },
  detail: { margin: '4px 0 0', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

export type OutboxDetailProps = {
  readonly item: OutboxItem;
  readonly sending: boolean;
  readonly failure: AnyFailure | undefined;
  readonly onSend: () => void;
};

/** The chosen row in full sentences, with its next step. */
export function OutboxDetail({ item, sending, failure, onSend }: OutboxDetailProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const mark = stateMarks[item.state];
  const sendable = item.state === 'waiting' || item.state === 'attention';
  return (
    <section className={styles.panel} aria-label={t('outbox.detail')} data-pane="reading" tabIndex={0}>
      <h2 className={styles.title}>{t('outbox.detailTitle', { about: item.about, to: recipientNames(item) })}</h2>
      <div className={styles.facts}>
        <StateMark tone={mark.tone} icon={mark.icon}>
          {t(`outbox.state.${item.state}`)}
        </StateMark>
        <span>{t('outbox.fact.what', { what: statusWords(t, item), code: item.statusCode })}</span>
        <span>{t('outbox.fact.to', { organId: recipientCodes(item) })}</span>
        <span>{t('outbox.fact.since', { time: momentOf(item.createdAt) })}</span>
        <span>{t('outbox.fact.attempts', { count: item.attempts })}</span>
        {item.nextTryAt !== null && <span>{t('outbox.fact.next', { time: momentOf(item.nextTryAt) })}</span>}
      </div>
      {item.lastFailure !== null && item.state !== 'delivered' && item.state !== 'cancelled' ? (
        <Notice tone="attention">
          {outboxFailureWords(t, item.lastFailure)}
          {(item.lastFailureDetail ?? '') !== '' && (
            <p className={styles.detail}>{t('outbox.axisSaid', { text: item.lastFailureDetail })}</p>
          )}
        </Notice>
      ) : (
        <div>{reasonWords(t, item)}</div>
      )}
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure, 'sendNow')}
        </Notice>
      )}
      {sendable && (
        <div className={styles.row}>
          <Button
            appearance="primary"
            icon={<Send20Regular />}
            disabledFocusable={sending}
            aria-keyshortcuts="F8"
            onClick={onSend}
          >
            {sending ? t('outbox.state.sending') : t('outbox.sendNow')}
            <KeyHint keys="F8" onPrimary />
          </Button>
        </div>
      )}
    </section>
  );
}
