import { useState, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import type { Delivery } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useRefreshSent } from '../../../bridge/sent-cache.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';

/** Takes a recipient's alarm off the desk, with a note of what was done about it. */
export function SettleAlarm({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const t = useWords();
  const settle = useCommand('exchange', 'settleAlarm');
  const refresh = useRefreshSent();
  const [open, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
  };
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('sent.settle')}
      </Button>
      <ReasonDialog
        open={open}
        title={t('sent.settleTitle', { name: delivery.name })}
        reason={{
          label: t('sent.settleNote'),
          missing: t('ask.reasonMissing'),
          starts: [t('sent.settleStart.called'), t('sent.settleStart.paper')],
          startsLabel: t('ask.starts'),
        }}
        confirm={t('sent.settleConfirm')}
        cancel={t('ask.cancel')}
        pending={settle.pending}
        failure={settle.failure === undefined ? undefined : failureWords(t, settle.failure, 'settleAlarm')}
        onConfirm={(note) => {
          void settle.run({ delivery: delivery.id, note }).then((outcome) => {
            if (!outcome.ok) return;
            refresh([delivery.document]);
            close();
          });
        }}
        onClose={close}
      >
        <p>{t('sent.settleMeaning')}</p>
      </ReasonDialog>
    </>
  );
}
