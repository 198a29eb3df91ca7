import { useState, type ReactNode } from 'react';
import { Checkbox, makeStyles } from '@fluentui/react-components';
import type { DossierDetail } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { calendarDay, dayFromTyped, isDay, today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { DayField } from '../../../ui/DayField.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { remarkWords } from '../parts/dossier-words.ts';
import { useDossierAct } from '../parts/use-dossier-act.ts';

const useStyles = makeStyles({ list: { margin: 0, paddingInlineStart: '20px', maxHeight: '220px', overflowY: 'auto', overflowWrap: 'anywhere', outlineOffset: '-2px' } });

export type CloseDialogProps = { readonly dossier: DossierDetail; readonly onClose: () => void; readonly onDone: (words: string) => void };

/** Ends the work on a dossier: the day, and every remark seen. Remarks do not hinder; unseen ones do. */
export function CloseDialog({ dossier, onClose, onDone }: CloseDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const command = useDossierAct('close');
  const [day, setDay] = useState(calendarDay(dossier.endDate ?? dossier.lastDay ?? today()));
  // What the person had before his eyes when he said so: what comes in afterwards is not seen by it.
  const [seenKeys, setSeenKeys] = useState<ReadonlySet<string>>(new Set());
  const [saidSeen, setSaidSeen] = useState(false);
  const [tried, setTried] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const endDate = dayFromTyped(day);
  const dayFault = tried && !isDay(day) ? t('dossiers.close.dayMissing') : undefined;
  const checked = useAsk('dossiers', 'check', { id: dossier.id, ...(isDay(day) ? { endDate } : {}) }, { fresh: true, keepFormer: true });
  const remarks = checked.data ?? [];
  const fresh = saidSeen ? remarks.filter(({ key }) => !seenKeys.has(key)) : [];
  const seen = saidSeen && fresh.length === 0;
  const ordered = fresh.length === 0 ? remarks : [...fresh, ...remarks.filter(({ key }) => seenKeys.has(key))];
  const confirm = async (): Promise<void> => {
    setTried(true);
    if (!isDay(day)) return;
    setConfirming(true);
    // Who is quicker than the reading is answered when it has come.
    const known = checked.isFetching ? (await checked.refetch({ cancelRefetch: false })).data : checked.data;
    const isSeen = known?.every(({ key }) => saidSeen && seenKeys.has(key)) === true;
    const changed = isSeen ? await command.run({ id: dossier.id, version: dossier.version, endDate, seen: known.map(({ key }) => key) }) : undefined;
    setConfirming(false);
    if (changed !== undefined) onDone(t('dossiers.done.close'));
    // Verdicts and texts come in while the dialog is open: what it did not know yet is read now and shown.
    else if (isSeen) void checked.refetch();
  };
  return (
    <ActDialog
      open
      title={t('dossiers.close.title', { code: dossier.notation })}
      confirm={t('dossiers.close.confirm')}
      pending={confirming}
      failure={command.failure !== undefined && command.failure.code !== 'remarks-unseen' ? failureWords(t, command.failure, 'dossiers') : checked.isError ? failureWords(t, failureOf(checked.error)) : undefined}
      onConfirm={() => {
        void confirm();
      }}
      onClose={onClose}
    >
      <p>{t('dossiers.close.meaning', { count: dossier.members })}</p>
      <DayField name="endDate" label={t('dossiers.field.endDate')} value={day} fault={dayFault} required first onChange={setDay} />
      {remarks.length > 0 && (
        <>
          <Notice tone="attention">{t('dossiers.close.remarks', { count: remarks.length })}</Notice>
          <ul className={styles.list} tabIndex={0} aria-label={t('dossiers.remarks')}>
            {ordered.map((remark) => (
              <li key={remark.key}>
                {fresh.includes(remark) && <strong>{t('dossiers.close.new')} </strong>}
                {remarkWords(t, remark)}
              </li>
            ))}
          </ul>
          <Checkbox
            name="seen"
            label={t('dossiers.close.seen')}
            checked={seen}
            onChange={(_, chosen) => {
              setSaidSeen(chosen.checked === true);
              setSeenKeys(new Set(remarks.map(({ key }) => key)));
            }}
          />
          {fresh.length > 0 ? (
            <Notice tone="attention" live>{t('dossiers.close.fresh', { count: fresh.length })}</Notice>
          ) : (
            tried && !seen && <Notice tone="attention" live>{t('dossiers.close.notSeen')}</Notice>
          )}
        </>
      )}
    </ActDialog>
  );
}
