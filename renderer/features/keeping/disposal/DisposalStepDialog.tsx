import { useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles, Select, Textarea, tokens } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import type { CouncilMember, DisposalAct, DisposalDetail, StoredFile } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { useStaging } from '../../../bridge/stage-file.ts';
import { calendarDay, dayFromTyped, isDay, today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { DayField } from '../../../ui/DayField.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { FileButton } from '../parts/FileButton.tsx';

const useStyles = makeStyles({
  member: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) 130px auto', gap: '6px', marginBottom: '6px' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export type DisposalStepDialogProps = { readonly act: DisposalAct; readonly disposal: DisposalDetail; readonly onClose: () => void; readonly onDone: () => void };

type Outcome = Promise<{ readonly ok: boolean }>;

/** A step of the list, with what it asks for. */
export function DisposalStepDialog({ act, disposal, onClose, onDone }: DisposalStepDialogProps): ReactNode {
  const common = { disposal, onClose, onDone };
  switch (act) {
    case 'submit':
      return <Submit {...common} />;
    case 'conclude':
    case 'appraise':
    case 'decide':
      return <Paper {...common} act={act} />;
    case 'destroy':
      return <Destroy {...common} />;
    case 'send-back':
    case 'revoke':
    case 'cancel':
      return <WithReason {...common} act={act} />;
  }
}

type StepProps = Omit<DisposalStepDialogProps, 'act'>;

function Submit({ disposal, onClose, onDone }: StepProps): ReactNode {
  const t = useWords();
  const command = useCommand('keeping', 'submit');
  return (
    <ActDialog
      open
      title={t('keeping.submit.title')}
      confirm={t('keeping.act.submit')}
      pending={command.pending}
      failure={command.failure === undefined ? undefined : failureWords(t, command.failure)}
      onConfirm={() => { finish(command.run({ disposal: disposal.id }), onDone); }}
      onClose={onClose}
    >
      <p>{t('keeping.submit.meaning', { count: disposal.counts.dossiers })}</p>
    </ActDialog>
  );
}

const reasonMethods = { 'send-back': 'sendBack', revoke: 'revoke', cancel: 'cancelDisposal' } as const;

function WithReason({ act, disposal, onClose, onDone }: StepProps & { readonly act: keyof typeof reasonMethods }): ReactNode {
  const t = useWords();
  const command = useCommand('keeping', reasonMethods[act]);
  return (
    <ReasonDialog
      open
      title={t(`keeping.act.${act}`)}
      reason={{ label: t('handling.reason'), missing: t('ask.reasonMissing'), starts: [], startsLabel: t('ask.starts') }}
      confirm={t(`keeping.act.${act}`)}
      cancel={t('ask.cancel')}
      pending={command.pending}
      failure={command.failure === undefined ? undefined : failureWords(t, command.failure)}
      onConfirm={(reason) => { finish(command.run({ disposal: disposal.id, reason }), onDone); }}
      onClose={onClose}
    >
      <p>{t(`keeping.meaning.${act}`)}</p>
    </ReasonDialog>
  );
}

/** For good: the decision's number is typed once more. */
function Destroy({ disposal, onClose, onDone }: StepProps): ReactNode {
  const t = useWords();
  const command = useCommand('keeping', 'destroy');
  const [number, setNumber] = useState('');
  return (
    <ActDialog
      open
      title={t('keeping.destroy.title', { count: disposal.counts.dossiers - disposal.counts.kept })}
      confirm={t('keeping.act.destroy')}
      pending={command.pending}
      blocked={number.trim() === ''}
      failure={command.failure === undefined ? undefined : failureWords(t, command.failure)}
      onConfirm={() => { finish(command.run({ disposal: disposal.id, number: number.trim() }), onDone); }}
      onClose={onClose}
    >
      <Notice tone="attention">{t('keeping.destroy.meaning')}</Notice>
      <Field label={t('keeping.destroy.number', { number: disposal.decision?.number ?? '' })} required>
        <Input name="number" data-first value={number} maxLength={60} autoComplete="off" onChange={(_, { value }) => { setNumber(value); }} />
      </Field>
    </ActDialog>
  );
}

const nobody: CouncilMember = { name: '', position: '', part: 'member' };

/** The council's conclusion, the opinion of the archives authority, or the head's decision, each with its paper. */
function Paper({ act, disposal, onClose, onDone }: StepProps & { readonly act: 'conclude' | 'appraise' | 'decide' }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const staging = useStaging();
  const conclude = useCommand('keeping', 'conclude');
  const appraise = useCommand('keeping', 'appraise');
  const decide = useCommand('keeping', 'decide');
  const [members, setMembers] = useState<readonly CouncilMember[]>([{ ...nobody, part: 'chair' }, { ...nobody, part: 'secretary' }, nobody]);
  const [day, setDay] = useState(calendarDay(today()));
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const [position, setPosition] = useState('');
  const [words, setWords] = useState('');
  const [file, setFile] = useState<StoredFile | null>(null);
  const [tried, setTried] = useState(false);
  const named = members.filter((one) => one.name.trim() !== '');
  const missing = (value: string): object => (tried && value.trim() === '' ? { validationState: 'error' as const, validationMessage: t('dossiers.fault.empty') } : {});
  const complete =
    isDay(day) && (act === 'conclude' ? named.length > 0 && words.trim() !== '' : act === 'appraise' ? name.trim() !== '' && number.trim() !== '' && words.trim() !== '' : number.trim() !== '' && name.trim() !== '' && file !== null);
  const { pending, failure } = { conclude, appraise, decide }[act] as { readonly pending: boolean; readonly failure: AnyFailure | undefined };
  const failed = failure ?? staging.failure;
  const run = (): Outcome => {
    const at = dayFromTyped(day);
    if (act === 'conclude') return conclude.run({ disposal: disposal.id, members: [...named], metOn: at, conclusion: words.trim(), file });
    if (act === 'appraise') return appraise.run({ disposal: disposal.id, agency: name.trim(), number: number.trim(), day: at, opinion: words.trim(), file });
    return file === null ? Promise.resolve({ ok: false }) : decide.run({ disposal: disposal.id, decision: { number: number.trim(), day: at, signer: name.trim(), signerPosition: position.trim() }, file });
  };
  return (
    <ActDialog
      open
      title={t(`keeping.act.${act}`)}
      confirm={t('keeping.paper.confirm')}
      pending={pending || staging.busy !== null}
      failure={failed === undefined ? undefined : failureWords(t, failed)}
      onConfirm={() => {
        setTried(true);
        if (complete) finish(run(), onDone);
      }}
      onClose={onClose}
    >
      <p>{t(`keeping.meaning.${act}`)}</p>
      {act === 'conclude' && (
        <div role="group" aria-label={t('keeping.council.members')}>
          {members.map((one, index) => (
            <div key={`${String(index)}`} className={styles.member}>
              <Input aria-label={t('keeping.council.name', { place: index + 1 })} placeholder={t('keeping.council.nameHint')} value={one.name} maxLength={100} {...(index === 0 ? { 'data-first': true } : {})} onChange={(_, { value }) => { setMembers(members.map((other, at) => (at === index ? { ...other, name: value } : other))); }} />
              <Input aria-label={t('keeping.council.position', { place: index + 1 })} placeholder={t('keeping.council.positionHint')} value={one.position} maxLength={200} onChange={(_, { value }) => { setMembers(members.map((other, at) => (at === index ? { ...other, position: value } : other))); }} />
              <Select aria-label={t('keeping.council.part', { place: index + 1 })} value={one.part} onChange={(_, { value }) => { setMembers(members.map((other, at) => (at === index ? { ...other, part: value as CouncilMember['part'] } : other))); }}>
                {(['chair', 'secretary', 'member'] as const).map((part) => (
                  <option key={part} value={part}>
                    {t(`keeping.council.${part}`)}
                  </option>
                ))}
              </Select>
              <Button appearance="subtle" icon={<Dismiss16Regular />} aria-label={t('keeping.council.drop', { place: index + 1 })} onClick={() => { setMembers(members.filter((_, at) => at !== index)); }} />
            </div>
          ))}
          <Button size="small" icon={<Add16Regular />} onClick={() => { setMembers([...members, nobody]); }}>
            {t('keeping.council.add')}
          </Button>
          {tried && named.length === 0 && <Notice tone="attention">{t('keeping.council.missing')}</Notice>}
        </div>
      )}
      {act !== 'conclude' && (
        <>
          <Field label={t(`keeping.paper.number.${act}`)} required {...missing(number)}>
            <Input name="number" data-first value={number} maxLength={60} onChange={(_, { value }) => { setNumber(value); }} />
          </Field>
          <Field label={t(`keeping.paper.name.${act}`)} required {...missing(name)}>
            <Input name="name" value={name} maxLength={act === 'appraise' ? 200 : 100} onChange={(_, { value }) => { setName(value); }} />
          </Field>
        </>
      )}
      {act === 'decide' && (
        <Field label={t('keeping.paper.position')}>
          <Input name="position" value={position} maxLength={200} onChange={(_, { value }) => { setPosition(value); }} />
        </Field>
      )}
      <DayField name="day" label={t(`keeping.paper.day.${act}`)} required value={day} fault={tried && !isDay(day) ? t('dossiers.fault.startDate') : undefined} onChange={setDay} />
      {act !== 'decide' && (
        <Field label={t(`keeping.paper.words.${act}`)} required {...missing(words)}>
          <Textarea name="words" value={words} maxLength={2000} rows={3} onChange={(_, { value }) => { setWords(value); }} />
        </Field>
      )}
      <div>
        <FileButton
          words={t(act === 'decide' ? 'keeping.paper.fileNeeded' : 'keeping.paper.file')}
          onFiles={(files) => {
            void staging.take(files.slice(0, 1)).then(([stored]) => {
              if (stored !== undefined) setFile(stored);
            });
          }}
        />{' '}
        <span className={styles.small}>{staging.busy !== null ? t('stage.busy', { name: staging.busy }) : file === null ? '' : t('keeping.paper.taken', { name: file.name })}</span>
      </div>
      {tried && act === 'decide' && file === null && <Notice tone="attention">{t('keeping.paper.fileMissing')}</Notice>}
    </ActDialog>
  );
}

function finish(outcome: Outcome, done: () => void): void {
  void outcome.then(({ ok }) => {
    if (ok) done();
  });
}
