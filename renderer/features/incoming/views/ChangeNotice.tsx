import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { ChangeRequest, IncomingDetail } from '#contract';
import { useRefreshIncoming } from '../../../bridge/incoming-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { ChangeTable } from '../parts/ChangeTable.tsx';

const useStyles = makeStyles({
  title: { fontWeight: tokens.fontWeightSemibold },
  line: { margin: '2px 0 0' },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '8px' },
});

export type ChangeNoticeProps = {
  readonly document: IncomingDetail;
  readonly request: ChangeRequest;
  readonly enabled: boolean;
  /** told what happened, in words */
  readonly onDone: (words: string) => void;
};

/** What the sender asks about the document, since when and why, with the two answers. */
export function ChangeNotice({ document, request, enabled, onDone }: ChangeNoticeProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [asking, setAsking] = useState<'agree' | 'refuse' | null>(null);
  const decide = useCommand('records', 'decideChange');
  const refresh = useRefreshIncoming();
  const { kind } = request;
  const code = `${document.codeNumber}/${document.codeNotation}`;
  const answer = (agree: boolean, reason: string): void => {
    if (!enabled || decide.pending) return;
    void decide.run({ request: request.id, agree, reason }).then((outcome) => {
      if (!outcome.ok) return;
      setAsking(null);
      onDone(t(`change.done.${kind}.${agree ? 'agreed' : 'refused'}`, { code }));
      refresh([document.id]);
    });
  };
  const open = (which: 'agree' | 'refuse'): void => {
    decide.reset();
    setAsking(which);
  };
  const close = (): void => {
    setAsking(null);
  };
  const failure = decide.failure === undefined ? undefined : failureWords(t, decide.failure, 'decideChange');
  return (
    <Notice tone="attention">
      <span className={styles.title}>
        {t('change.title', { who: document.issuerName, what: t(`change.asks.${kind}`), time: momentOf(request.askedAt) })}
      </span>
      <p className={styles.line}>
        {request.reason === '' ? t('change.noReason') : t('closed.reason', { reason: request.reason })}
      </p>
      {kind === 'update' && request.changes.length > 0 && <ChangeTable changes={request.changes} />}
            {decide.barred !== undefined ? (
        <p className={styles.line}>{failureWords(t, decide.barred)}</p>
      ) : (
        <div className={styles.acts}>
          <Button
            size="small"
            disabledFocusable={!enabled}
            onClick={() => {
              open('agree');
            }}
          >
            {t(`change.agree.${kind}`)}
          </Button>
          <Button
            size="small"
            disabledFocusable={!enabled}
            onClick={() => {
              open('refuse');
            }}
          >
            {t('change.refuse')}
          </Button>
        </div>
      )}
      <ReasonDialog
        open={asking === 'agree'}
        title={t(`change.agreeTitle.${kind}`, { code })}
        reason={null}
        confirm={t(`change.agreeConfirm.${kind}`)}
        cancel={t('ask.cancel')}
        pending={decide.pending}
        failure={failure}
        onConfirm={() => {
          answer(true, '');
        }}
        onClose={close}
      >
        {kind === 'recall' && document.files.length > 0 && (
          <>
            <p>{t('change.destroyed', { count: document.files.length })}</p>
            <ul>
              {document.files.map((file) => (
                <li key={file.id}>{file.name}</li>
              ))}
            </ul>
          </>
        )}
        <p>{t(`change.kept.${kind}`)}</p>
        <p>{t('change.told', { who: document.issuerName })}</p>
      </ReasonDialog>
      <ReasonDialog
        open={asking === 'refuse'}
        title={t(`change.refuseTitle.${kind}`, { code })}
        reason={{
          label: t('change.refuseReason'),
          missing: t('ask.reasonMissing'),
          starts: [t('change.start.inUse'), t('change.start.unclear')],
          startsLabel: t('ask.starts'),
        }}
        confirm={t('change.refuseConfirm')}
        cancel={t('ask.cancel')}
        pending={decide.pending}
        failure={failure}
        onConfirm={(reason) => {
          answer(false, reason);
        }}
        onClose={close}
      >
        <p>{t('change.refuseMeaning', { who: document.issuerName })}</p>
      </ReasonDialog>
    </Notice>
  );
}
