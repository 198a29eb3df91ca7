import { useState, type ReactNode } from 'react';
import { makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import type { OutgoingDetail } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useRefreshLife } from '../../../bridge/outgoing-cache.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { codeOf } from '../parts/life-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: '20px', maxHeight: '160px', overflowY: 'auto' },
  head: { margin: 0, fontWeight: tokens.fontWeightSemibold },
});

export type IssueDialogProps = {
  readonly document: OutgoingDetail;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDone: (words: string) => void;
};

/** Issuing and sending as one act: who gets it over the axis and who on paper stands there once more before. */
export function IssueDialog({ document, open, onClose, onDone }: IssueDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const issue = useCommand('drafting', 'issue');
  const refresh = useRefreshLife();
  const canSend = document.plannedTo.length > 0 || document.replaces !== null;
  const [sending, setSending] = useState(true);
  const send = canSend && sending;
  const confirm = (): void => {
    void issue.run({ document: document.id, send }).then(async (outcome) => {
      await refresh([document.id]);
      if (!outcome.ok) return;
      onDone(t('issue.done', { code: codeOf(document), count: outcome.value.queued }));
      onClose();
    });
  };
  return (
    <ActDialog
      open={open}
      title={t('issue.title', { code: codeOf(document) })}
      confirm={t(send ? 'issue.actSend' : 'issue.act')}
      pending={issue.pending}
      failure={issue.failure === undefined ? undefined : failureWords(t, issue.failure, 'drafting')}
      onConfirm={confirm}
      onClose={onClose}
    >
      {canSend && (
        <RadioGroup
          aria-label={t('issue.how')}
          value={sending ? 'send' : 'only'}
          onChange={(_, { value }) => {
            setSending(value === 'send');
          }}
        >
          <Radio value="send" label={t('issue.sendToo', { count: document.plannedTo.length })} />
          <Radio value="only" label={t('issue.only')} />
        </RadioGroup>
      )}
      <p className={styles.head}>{t('issue.electronic', { count: document.plannedTo.length })}</p>
      {document.plannedTo.length > 0 && (
        <ul className={styles.list} tabIndex={0} aria-label={t('issue.electronic', { count: document.plannedTo.length })}>
          {document.plannedTo.map((one) => (
            <li key={one.organId}>{`${one.name} (${one.organId})`}</li>
          ))}
        </ul>
      )}
      <p className={styles.head}>{t('issue.paper', { count: document.paperTo.length })}</p>
      {document.paperTo.length > 0 && (
        <ul className={styles.list}>
          {document.paperTo.map((one) => (
            <li key={one.name}>{t('issue.paperLine', { name: one.name, copies: one.copies })}</li>
          ))}
        </ul>
      )}
      {document.replaces !== null && <Notice tone="attention">{t('issue.replaces')}</Notice>}
      {send && <Notice tone="info">{t('issue.notVerified')}</Notice>}
    </ActDialog>
  );
}
