import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Field, Input } from '@fluentui/react-components';
import type { RetentionSchedule } from '#contract';
import { refreshKeeping } from '../../../bridge/keeping-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { dayFromTyped, isDay } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { DayField } from '../../../ui/DayField.tsx';

export type EndScheduleDialogProps = { readonly schedule: RetentionSchedule; readonly onClose: () => void; readonly onDone: (words: string) => void };

/** Says until which day a table holds; its rows stay. */
export function EndScheduleDialog({ schedule, onClose, onDone }: EndScheduleDialogProps): ReactNode {
  const t = useWords();
  const cache = useQueryClient();
  const end = useCommand('keeping', 'endSchedule');
  const [day, setDay] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  return (
    <ActDialog
      open
      title={t('keeping.schedules.endTitle', { name: schedule.name })}
      confirm={t('keeping.schedules.endConfirm')}
      pending={end.pending}
      failure={end.failure === undefined ? undefined : failureWords(t, end.failure)}
      onConfirm={() => {
        setTried(true);
        if (!isDay(day) || reason.trim() === '') return;
        void end.run({ schedule: schedule.id, validTo: dayFromTyped(day), reason: reason.trim() }).then(async ({ ok }) => {
          await refreshKeeping(cache);
          if (ok) onDone(t('keeping.schedules.ended'));
        });
      }}
      onClose={onClose}
    >
      <DayField name="validTo" label={t('keeping.schedules.validTo')} required first value={day} fault={tried && !isDay(day) ? t('dossiers.fault.startDate') : undefined} onChange={setDay} />
      <Field label={t('handling.reason')} required validationState={tried && reason.trim() === '' ? 'error' : 'none'} validationMessage={tried && reason.trim() === '' ? t('ask.reasonMissing') : null}>
        <Input name="reason" value={reason} maxLength={500} onChange={(_, { value }) => { setReason(value); }} />
      </Field>
    </ActDialog>
  );
}
