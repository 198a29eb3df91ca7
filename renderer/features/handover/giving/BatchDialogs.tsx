import { useState, type ReactNode } from 'react';
import { Checkbox, makeStyles, Radio, RadioGroup } from '@fluentui/react-components';
import type { BatchDetail, HandoverRemark } from '#contract';
import { recall, remember } from '../../../foundations/preferences.tsx';
import { calendarDay, dayFromTyped, isDay, today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { DayField } from '../../../ui/DayField.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { DriveField, RemarkList } from '../../packages/index.ts';
import { FrameDialog } from '../parts/FrameDialog.tsx';
import { batchFieldsOf, draftOf } from '../parts/frame-draft.ts';
import { useHandoverAct } from '../parts/use-handover-act.ts';
import { AnswerDialog } from './AnswerDialog.tsx';
import type { BatchAsk } from './batch-way.ts';
import { ChooseDossiersDialog } from './ChooseDossiersDialog.tsx';
import { PaperAnswerDialog } from './PaperAnswerDialog.tsx';

const useStyles = makeStyles({ list: { maxHeight: '320px', overflowY: 'auto', outlineOffset: '-2px' } });

type StepProps = { readonly batch: BatchDetail; readonly onDone: (words: string) => void; readonly onClose: () => void };
export type BatchDialogsProps = StepProps & { readonly remarks: readonly HandoverRemark[]; readonly asked: BatchAsk | null; readonly onPackage: (output: 'zip' | 'folder', drive: string | null) => void };

/** What a step of a batch asks before it is taken. */
export function BatchDialogs({ remarks, asked, onPackage, ...step }: BatchDialogsProps): ReactNode {
  switch (asked) {
    case 'edit':
      return <Edit {...step} />;
    case 'choose':
      return <ChooseDossiersDialog {...step} />;
    case 'package':
      return <Package {...step} remarks={remarks} onPackage={onPackage} />;
    case 'hand':
      return <Hand {...step} />;
    case 'answer':
      return <AnswerDialog {...step} />;
    case 'paper':
      return <PaperAnswerDialog {...step} />;
    case 'withdraw':
    case 'cancel':
      return <WithReason {...step} act={asked} />;
    case 'check':
    case null:
      return null;
  }
}

function Edit({ batch, onDone, onClose }: StepProps): ReactNode {
  const t = useWords();
  const save = useHandoverAct('save');
  return (
    <FrameDialog
      side="giving"
      title={t('handover.edit.giving')}
      confirm={t('handover.edit.save')}
      start={draftOf(batch.fields)}
      pending={save.pending}
      failure={save.failure}
      onConfirm={(draft) => {
        void save.run({ id: batch.id, version: batch.version, fields: batchFieldsOf(draft) }).then((done) => {
          if (done !== undefined) onDone(t('handover.said.saved'));
        });
      }}
      onClose={onClose}
    />
  );
}

const outputKey = 'tvt.handover.output';

/** Every remark is before the person's eyes once more; the core takes nothing that was not seen. */
function Package({ batch, remarks, onPackage, onClose }: StepProps & { readonly remarks: readonly HandoverRemark[]; readonly onPackage: (output: 'zip' | 'folder', drive: string | null) => void }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [output, setOutput] = useState<'zip' | 'folder'>(recall(outputKey) === 'folder' ? 'folder' : 'zip');
  const [drive, setDrive] = useState<string | null>(null);
  const begins = batch.state === 'checked';
  const [seen, setSeen] = useState(!begins || remarks.length === 0);
  return (
    <ActDialog
      open
      title={t('handover.package.title', { count: batch.totals.dossiers })}
      confirm={t(begins ? 'handover.package.confirm' : 'handover.package.goOn')}
      pending={false}
      blocked={!seen}
      failure={undefined}
      onConfirm={() => {
        remember(outputKey, output);
        onPackage(output, drive);
      }}
      onClose={onClose}
    >
      <p>{t(begins ? 'handover.package.meaning' : 'handover.package.meaningOn', { built: batch.built, count: batch.totals.dossiers })}</p>
      <RadioGroup aria-label={t('packing.part.output')} layout="horizontal" value={output} onChange={(_, { value }) => { setOutput(value === 'folder' ? 'folder' : 'zip'); }}>
        <Radio value="zip" label={t('packing.output.zip')} />
        <Radio value="folder" label={t('packing.output.folder')} />
      </RadioGroup>
      {begins && <DriveField label={t('packing.where')} chosen={drive} onChoose={setDrive} />}
      {begins && remarks.length > 0 && (
        <>
          <div className={styles.list} tabIndex={0} role="group" aria-label={t('handover.tab.remarks', { count: remarks.length })}>
            <RemarkList label={t('handover.tab.remarks', { count: remarks.length })} remarks={remarks} />
          </div>
          <Checkbox name="seen" data-first label={t('handover.package.seen', { count: remarks.length })} checked={seen} onChange={(_, { checked }) => { setSeen(checked === true); }} />
        </>
      )}
    </ActDialog>
  );
}

function Hand({ batch, onDone, onClose }: StepProps): ReactNode {
  const t = useWords();
  const hand = useHandoverAct('hand');
  const [day, setDay] = useState(calendarDay(today()));
  return (
    <ActDialog
      open
      title={t('handover.hand.title', { name: batch.archiveName })}
      confirm={t('handover.hand.confirm')}
      pending={hand.pending}
      blocked={!isDay(day)}
      failure={hand.failure === undefined ? undefined : failureWords(t, hand.failure)}
      onConfirm={() => {
        void hand.run({ id: batch.id, version: batch.version, day: dayFromTyped(day) }).then((done) => {
          if (done !== undefined) onDone(t('handover.said.handed'));
        });
      }}
      onClose={onClose}
    >
      <p>{t('handover.hand.meaning', { count: batch.built, folder: batch.folder })}</p>
      <DayField name="day" label={t('handover.hand.day')} required first value={day} fault={isDay(day) ? undefined : t('dossiers.fault.startDate')} onChange={setDay} />
      <Notice tone="info">{t('handover.hand.stays')}</Notice>
    </ActDialog>
  );
}

function WithReason({ act, batch, onDone, onClose }: StepProps & { readonly act: 'withdraw' | 'cancel' }): ReactNode {
  const t = useWords();
  const withdraw = useHandoverAct('withdraw');
  const cancel = useHandoverAct('cancel');
  const command = act === 'withdraw' ? withdraw : cancel;
  return (
    <ReasonDialog
      open
      title={t(`handover.${act}.title`)}
      reason={{ label: t('handling.reason'), missing: t('ask.reasonMissing'), starts: [], startsLabel: t('ask.starts') }}
      confirm={t(`handover.${act}.confirm`)}
      cancel={t('ask.cancel')}
      pending={command.pending}
      failure={command.failure === undefined ? undefined : failureWords(t, command.failure)}
      onConfirm={(reason) => {
        void command.run({ id: batch.id, version: batch.version, reason }).then((done) => {
          if (done !== undefined) onDone(t(act === 'withdraw' ? 'handover.said.withdrawn' : 'handover.said.cancelled'));
        });
      }}
      onClose={onClose}
    >
      <p>{t(`handover.${act}.meaning`)}</p>
    </ReasonDialog>
  );
}
