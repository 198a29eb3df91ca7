import { useState, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { ArrowReply20Regular } from '@fluentui/react-icons';
import type { IncomingDetail } from '#contract';
import { useRefreshIncoming } from '../../../bridge/incoming-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { useVerdicts } from '../../verification/index.ts';
import { useDocumentKey } from '../../../ui/document-keys.ts';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';

export type RefuseActProps = {
  readonly document: IncomingDetail;
  readonly enabled: boolean;
  /** asked for from elsewhere; counts up with each time */
  readonly wanted?: number;
  /** told what happened, in words */
  readonly onDone: (words: string) => void;
};

/** Returns an arrived document to its sender, with a reason. */
export function RefuseAct({ document, enabled, wanted = 0, onDone }: RefuseActProps): ReactNode {
  const t = useWords();
  const [asking, setAsking] = useState(false);
  const prepared = useVerdicts(document.id).data?.returnReason ?? '';
  const refuse = useCommand('records', 'refuseIncoming');
  const refresh = useRefreshIncoming();
  const code = `${document.codeNumber}/${document.codeNotation}`;
  const ask = (): void => {
    if (!enabled) return;
    refuse.reset();
    setAsking(true);
  };
  const [answered, setAnswered] = useState(wanted);
  if (wanted !== answered) {
    setAnswered(wanted);
    setAsking(true);
  }
  useDocumentKey('Delete', document.id, enabled ? ask : undefined);
  return (
    <>
      <Button icon={<ArrowReply20Regular />} disabledFocusable={!enabled} aria-keyshortcuts="Delete" onClick={ask}>
        {t('refuse.act')}
      </Button>
      <ReasonDialog
        open={asking}
        title={t('refuse.title', { code })}
        reason={{
          label: t('refuse.reason'),
          missing: t('ask.reasonMissing'),
          starts: [...(prepared === '' ? [] : [prepared]), t('refuse.start.wrongPlace'), t('refuse.start.unreadable'), t('refuse.start.signature'), t('refuse.start.attachment')],
          startsLabel: t('ask.starts'),
        }}
        confirm={t('refuse.confirm')}
        initial={prepared}
        cancel={t('ask.cancel')}
        pending={refuse.pending}
        failure={refuse.failure === undefined ? undefined : failureWords(t, refuse.failure, 'refuseIncoming')}
        onConfirm={(reason) => {
          void refuse.run({ id: document.id, reason }).then((outcome) => {
            if (!outcome.ok) return;
            setAsking(false);
            onDone(t('refuse.done', { code, who: document.issuerName }));
            refresh([document.id]);
          });
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        <p>{t('refuse.meaning', { who: document.issuerName })}</p>
      </ReasonDialog>
    </>
  );
}
