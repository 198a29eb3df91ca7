import { useState, type ReactNode } from 'react';
import { Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { HandlingResult, type Assignment, type HandlingDetail } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { calendarDay, dayFromTyped, today } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { partyName } from '../direction-draft.ts';
import { ActDialog, NoteField } from '../parts/ActDialog.tsx';
import { DayField } from '../../../ui/DayField.tsx';
import { NameField } from '../parts/NameField.tsx';
import { useStep } from '../use-handling.ts';
import { useLeaderChoice } from '../use-leader-choice.tsx';

export type StepDialogProps = {
  readonly handling: HandlingDetail;
  /** number and symbol, for the title */
  readonly code: string;
  readonly onDone: (words: string) => void;
  readonly onClose: () => void;
};

/** To which leader a document is presented. */
export function PresentDialog({ handling, code, onDone, onClose }: StepDialogProps): ReactNode {
  const t = useWords();
  const [note, setNote] = useState('');
  const command = useStep('present');
  const choice = useLeaderChoice((leader, leaderName) => {
    void command.run({ id: handling.id, leader, leaderName, note }).then((done) => {
      if (done) onDone(t('handling.done.present', { name: leaderName }));
    });
  });
  return (
    <ActDialog
      open
      title={t('handling.present.title', { code })}
      confirm={t('handling.act.present')}
      pending={command.pending}
      failure={command.failure}
      onConfirm={choice.confirm}
      onClose={onClose}
    >
      {choice.field}
      <NoteField label={t('handling.note')} value={note} onChange={setNote} />
    </ActDialog>
  );
}

/** That work has begun, or how far it is. */
export function ProgressDialog({ handling, code, onDone, onClose }: StepDialogProps): ReactNode {
  const t = useWords();
  const [note, setNote] = useState('');
  const command = useStep('progress');
  const begins = handling.standing === 'assigned';
  return (
    <ActDialog
      open
      title={t(begins ? 'handling.begin.title' : 'handling.progress.title', { code })}
      confirm={t(begins ? 'handling.act.begin' : 'handling.act.progress')}
      pending={command.pending}
      failure={command.failure}
      onConfirm={() => {
        void command.run({ id: handling.id, note }).then((done) => {
          if (done) onDone(t('handling.done.progress'));
        });
      }}
      onClose={onClose}
    >
      <NoteField label={t('handling.progress.note')} value={note} first onChange={setNote} />
    </ActDialog>
  );
}

/** With what the work ends; an answer of ours is named. */
export function FinishDialog({ handling, code, onDone, onClose }: StepDialogProps): ReactNode {
  const t = useWords();
  const linked = handling.answeredBy.length > 0;
  const [result, setResult] = useState<HandlingResult>(linked ? 'answered' : handling.standing === 'presented' ? 'no-answer' : 'filed');
  const [answer, setAnswer] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const command = useStep('finish');
  const own = useAsk('handling', 'answers', { id: handling.id, text: text.trim() }, { enabled: result === 'answered', keepFormer: true }).data ?? [];
  const chosen = answer ?? own[0]?.id ?? '';
  return (
    <ActDialog
      open
      title={t('handling.finish.title', { code })}
      confirm={t('handling.act.finish')}
      pending={command.pending}
      failure={command.failure}
      onConfirm={() => {
        void command.run({ id: handling.id, result, answer: result === 'answered' && chosen !== '' ? chosen : null, note }).then((done) => {
          if (done) onDone(t('handling.done.finish'));
        });
      }}
      onClose={onClose}
    >
      <Field label={t('handling.finish.result')}>
        <RadioGroup
          name="result"
          value={result}
          onChange={(_, { value }) => {
            setResult(HandlingResult.parse(value));
          }}
        >
          {HandlingResult.options.map((one) => (
            <Radio key={one} value={one} label={t(`handling.result.${one}`)} {...(one === result ? { 'data-first': true } : {})} />
          ))}
        </RadioGroup>
      </Field>
      {result === 'answered' && (
        <>
          <Field label={t('handling.finish.find')}>
            <Input
              name="find"
              value={text}
              maxLength={100}
              onChange={(_, { value }) => {
                setText(value);
                setAnswer(null);
              }}
            />
          </Field>
          <Field label={t('handling.finish.answer')} hint={own.length === 0 ? t('handling.finish.none') : null}>
            <Select
              name="answer"
              value={chosen}
              onChange={(_, { value }) => {
                setAnswer(value);
              }}
            >
              {own.map((one) => (
                <option key={one.id} value={one.id}>
                  {t('handling.finish.option', { code: one.code, subject: one.subject, linked: one.linked ? 'yes' : 'no' })}
                </option>
              ))}
            </Select>
          </Field>
        </>
      )}
      <NoteField label={t('handling.note')} value={note} onChange={setNote} />
    </ActDialog>
  );
}

/** Another day for the work, with the reason. */
export function DeadlineDialog({ handling, code, onDone, onClose, assignment }: StepDialogProps & { readonly assignment: Assignment | null }): ReactNode {
  const t = useWords();
  const before = assignment === null ? handling.due : assignment.due;
  const [day, setDay] = useState(before === null ? '' : calendarDay(before));
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const command = useStep('setDeadline');
  const deadline = day.trim() === '' ? null : dayFromTyped(day);
  const dayFault = deadline !== null && !/^\d{4}-\d{2}-\d{2}$/.test(deadline);
  const reasonFault = reason.trim() === '';
  return (
    <ActDialog
      open
      title={assignment === null ? t('handling.deadline.title', { code }) : t('handling.deadline.titleOf', { name: partyName(assignment), code })}
      confirm={t('handling.act.deadline')}
      pending={command.pending}
      failure={command.failure}
      onConfirm={() => {
        setChecked(true);
        if (dayFault || reasonFault) return;
        void command.run({ id: handling.id, assignment: assignment?.id ?? null, deadline, reason }).then((done) => {
          if (done) onDone(t('handling.done.deadline'));
        });
      }}
      onClose={onClose}
    >
      <DayField
        name="deadline"
        label={t('handling.deadline.day')}
        hint={t('handling.deadline.empty')}
        value={day}
        fault={checked && dayFault ? t('handling.fault.day') : undefined}
        first
        onChange={setDay}
      />
      <Field
        label={t('handling.deadline.reason')}
        required
        validationState={checked && reasonFault ? 'error' : 'none'}
        validationMessage={checked && reasonFault ? t('ask.reasonMissing') : null}
      >
        <Input
          name="reason"
          value={reason}
          maxLength={500}
          onChange={(_, { value }) => {
            setReason(value);
          }}
        />
      </Field>
    </ActDialog>
  );
}

/** Who signed for it and when it went over. */
export function TransferDialog({ code, onDone, onClose, assignment }: StepDialogProps & { readonly assignment: Assignment }): ReactNode {
  const t = useWords();
  const [day, setDay] = useState(calendarDay(assignment.transferredOn ?? today()));
  const [name, setName] = useState(assignment.receivedBy === '' ? assignment.personName : assignment.receivedBy);
  const [checked, setChecked] = useState(false);
  const command = useStep('transfer');
  const known = useAsk('handling', 'parties', {}).data?.persons.map((one) => one.name) ?? [];
  const transferredOn = dayFromTyped(day);
  const dayFault = !/^\d{4}-\d{2}-\d{2}$/.test(transferredOn);
  return (
    <ActDialog
      open
      title={t('handling.transfer.title', { name: partyName(assignment), code })}
      confirm={t('handling.act.transfer')}
      pending={command.pending}
      failure={command.failure}
      onConfirm={() => {
        setChecked(true);
        if (dayFault || name.trim() === '') return;
        void command.run({ assignment: assignment.id, transferredOn, receivedBy: name.trim() }).then((done) => {
          if (done) onDone(t('handling.done.transfer'));
        });
      }}
      onClose={onClose}
    >
      <NameField
        name="receivedBy"
        label={t('handling.transfer.by')}
        value={name}
        known={known}
        fault={checked && name.trim() === '' ? t('handling.fault.name') : undefined}
        required
        first
        onChange={setName}
      />
      <DayField
        name="transferredOn"
        label={t('handling.transfer.on')}
        value={day}
        fault={checked && dayFault ? t('handling.fault.day') : undefined}
        required
        onChange={setDay}
      />
    </ActDialog>
  );
}

/** One of those who have the work is done with its part. */
export function EndPartDialog({ code, onDone, onClose, assignment }: StepDialogProps & { readonly assignment: Assignment }): ReactNode {
  const t = useWords();
  const [note, setNote] = useState('');
  const command = useStep('endPart');
  return (
    <ActDialog
      open
      title={t('handling.endPart.title', { name: partyName(assignment), code })}
      confirm={t('handling.act.endPart')}
      pending={command.pending}
      failure={command.failure}
      onConfirm={() => {
        void command.run({ assignment: assignment.id, note }).then((done) => {
          if (done) onDone(t('handling.done.endPart'));
        });
      }}
      onClose={onClose}
    >
      <NoteField label={t('handling.endPart.note')} value={note} first onChange={setNote} />
    </ActDialog>
  );
}
