import { dayFromTyped } from '../../../i18n/dates.ts';
import { useId, useState, type ReactNode, type SyntheticEvent } from 'react';
import { Button, Checkbox, makeStyles } from '@fluentui/react-components';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { fieldFault, type Faults } from '../form-faults.ts';
import { TextField } from '../parts/TextField.tsx';
import { useForm } from '../use-form.ts';
import { actFields, fieldsOf, isOptional, useNumberActs, type Act, type ActField, type ActValues } from './use-number-acts.ts';

export type { Act } from './use-number-acts.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px' },
  text: { margin: 0, textWrap: 'pretty' },
});

const empty: ActValues = { after: '', last: '', day: '', forWhom: '', until: '', reason: '', officeEnds: false };

export type ActDialogProps = {
  readonly act: Act | null;
  readonly onDone: (what: string) => void;
  readonly onClose: () => void;
};

/** Asks what an act needs, always with the reason, and does it. Esc leaves all as it was. */
export function ActDialog({ act, onDone, onClose }: ActDialogProps): ReactNode {
  const t = useWords();
  const formId = useId();
  const acts = useNumberActs();
  const cancel = t('numbers.dialog.cancel');
  return (
    <ModalDialog
      open={act !== null}
      title={act === null ? '' : titleOf(t, act)}
      closeLabel={cancel}
      onClose={onClose}
      foot={
        <>
          <Button appearance="primary" type="submit" form={formId} disabledFocusable={acts.pending}>
            {act === null ? '' : t(`numbers.dialog.${act.kind}.do`)}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </>
      }
    >
      {act !== null && <ActForm id={formId} act={act} acts={acts} onDone={onDone} />}
    </ModalDialog>
  );
}

function titleOf(t: Formatter, act: Act): string {
  const year = 'year' in act ? act.year : act.series.year;
  return t(`numbers.dialog.${act.kind}.title`, { number: 'shown' in act ? act.shown : '', series: 'words' in act ? act.words : '', year: String(year) });
}

type ActFormProps = {
  readonly id: string;
  readonly act: Act;
  readonly acts: ReturnType<typeof useNumberActs>;
  readonly onDone: ActDialogProps['onDone'];
};

function ActForm({ id, act, acts, onDone }: ActFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [failure, setFailure] = useState<AnyFailure>();
  const form = useForm<ActValues>(empty);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (acts.pending) return;
    setFailure(undefined);
    const faults = faultsIn(act, form.values, t);
    form.show(faults);
    if (Object.keys(faults).length > 0) return;
    void acts.run(act, form.values).then((outcome) => {
      if (outcome.ok) {
        onDone(t(`numbers.dialog.${act.kind}.do`));
        return;
      }
      setFailure(outcome.failure);
      form.show(fieldFault(outcome.failure, actFields, t, 'numbers'));
    });
  };
  return (
    <form id={id} className={styles.form} noValidate aria-label={titleOf(t, act)} onSubmit={submit}>
      <p className={styles.text}>{t(`numbers.dialog.${act.kind}.text`)}</p>
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure, 'numbers')}
        </Notice>
      )}
      <div ref={form.box} className={styles.form}>
        {fieldsOf[act.kind].map((field) => (
          <TextField
            key={field}
            name={field}
            label={t(field === 'until' && act.kind === 'late' ? 'numbers.field.lateUntil' : `numbers.field.${field}`)}
            required={!isOptional(act, field)}
            readOnly={false}
            value={form.values[field]}
            fault={form.faults[field]}
            {...(field === 'day' || field === 'until' ? { hint: t('numbers.field.dayHint') } : {})}
            onChange={(value) => {
              form.set({ [field]: value });
            }}
          />
        ))}
        {act.kind === 'closeYear' && act.mayEnd && (
          <Checkbox
            label={t('numbers.field.officeEnds')}
            checked={form.values.officeEnds}
            onChange={(_, { checked }) => {
              form.set({ officeEnds: checked === true });
            }}
          />
        )}
      </div>
    </form>
  );
}

function faultsIn(act: Act, values: ActValues, t: Formatter): Faults {
  const fits: Readonly<Record<ActField, (text: string) => boolean>> = {
    after: (text) => /^[1-9]\d{0,7}$/.test(text),
    // Back to 0 is back to the beginning.
    last: (text) => /^[1-9]\d{0,7}$/.test(text) || (text === '0' && act.kind === 'setBack'),
    day: (text) => /^\d{4}-\d\d-\d\d$/.test(dayFromTyped(text)),
    until: (text) => /^\d{4}-\d\d-\d\d$/.test(dayFromTyped(text)) || (text.trim() === '' && isOptional(act, 'until')),
    forWhom: (text) => text.trim() !== '',
    reason: (text) => text.trim() !== '',
  };
  const wrong = fieldsOf[act.kind].filter((field) => !fits[field](values[field].trim()));
  return Object.fromEntries(wrong.map((field) => [field, t(`fault.numbers.${field}`)]));
}
