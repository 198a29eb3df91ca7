import { useId, type ReactNode, type SyntheticEvent } from 'react';
import { Button, Field, makeStyles, Select } from '@fluentui/react-components';
import { AbbreviationKind, contract } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useFormAct } from '../use-form-act.ts';
import { useForm } from '../use-form.ts';
import type { Abbreviations } from './number-words.ts';

export type EditedAbbreviation = {
  readonly category: 'office' | 'unit' | AbbreviationKind;
  /** null for a new one, and for the office */
  readonly id: string | null;
  readonly name: string;
  readonly abbreviation: string;
};

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px' },
  text: { margin: 0, textWrap: 'pretty' },
});

export type AbbreviationDialogProps = {
  readonly edited: EditedAbbreviation | null;
  readonly onSaved: (next: Abbreviations) => void;
  readonly onClose: () => void;
};

/** Writes one abbreviation. */
export function AbbreviationDialog({ edited, onSaved, onClose }: AbbreviationDialogProps): ReactNode {
  const t = useWords();
  const formId = useId();
  const save = useCommand('numbers', 'saveAbbreviation');
  const cancel = t('numbers.dialog.cancel');
  return (
    <ModalDialog
      open={edited !== null}
      title={t('numbers.abbreviation.form')}
      closeLabel={cancel}
      onClose={onClose}
      foot={
        <>
          <Button appearance="primary" type="submit" form={formId} disabledFocusable={save.pending}>
            {t('numbers.abbreviation.save')}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </>
      }
    >
      {edited !== null && <AbbreviationForm id={formId} edited={edited} save={save} onSaved={onSaved} />}
    </ModalDialog>
  );
}

type FormProps = {
  readonly id: string;
  readonly edited: EditedAbbreviation;
  readonly save: ReturnType<typeof useCommand<'numbers', 'saveAbbreviation'>>;
  readonly onSaved: AbbreviationDialogProps['onSaved'];
};

function AbbreviationForm({ id, edited, save, onSaved }: FormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const form = useForm<EditedAbbreviation>(edited);
  const act = useFormAct(form, { command: save, schema: contract.numbers.saveAbbreviation.input, words: 'numbers', done: onSaved });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (save.pending) return;
    const { category, name, abbreviation } = form.values;
    act.submit({ category, id: edited.id, name, abbreviation });
  };
  const fixed = edited.category === 'office' || edited.category === 'unit';
  return (
    <form id={id} className={styles.form} noValidate aria-label={t('numbers.abbreviation.form')} onSubmit={submit}>
      <p className={styles.text}>{t('numbers.abbreviation.formText')}</p>
      {act.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, act.failure)}
        </Notice>
      )}
      <div ref={form.box} className={styles.form}>
        {edited.id === null && !fixed && (
          <Field label={t('numbers.abbreviation.column.what')}>
            <Select
              name="category"
              value={form.values.category}
              onChange={(_, { value }) => {
                form.set({ category: AbbreviationKind.parse(value) });
              }}
            >
              {AbbreviationKind.options.map((one) => (
                <option key={one} value={one}>
                  {t(`numbers.category.${one}`)}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <TextField name="name" label={t('numbers.abbreviation.column.name')} required readOnly={fixed} value={form.values.name} fault={form.faults['name']} onChange={(name) => { form.set({ name }); }} />
        <TextField
          name="abbreviation"
          label={t('numbers.abbreviation.column.letters')}
          required
          readOnly={false}
          hint={t('numbers.abbreviation.officeHint')}
          value={form.values.abbreviation}
          fault={form.faults['abbreviation']}
          onChange={(abbreviation) => {
            form.set({ abbreviation });
          }}
        />
      </div>
    </form>
  );
}
