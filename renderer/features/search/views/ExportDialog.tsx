import { useState, type ReactNode } from 'react';
import { Button, Checkbox, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { ExportForm, ResultField, type SearchQuestion } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { recall, remember, usePreferences } from '../../../foundations/preferences.tsx';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { SaveLink } from '../../files/index.ts';

const useStyles = makeStyles({
  fields: { border: 'none', margin: 0, padding: 0, display: 'grid', gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', minWidth: 0 },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
});

const key = 'tvt.search.fields';
const usual: readonly ResultField[] = ['arrivalNumber', 'arrivalDate', 'code', 'issuedDate', 'typeName', 'subject', 'issuerName', 'standing'];

export type ExportDialogProps = { readonly open: boolean; readonly question: SearchQuestion; readonly onClose: () => void };

/** Writes what is found into a table with the chosen fields (NĐ 30/2020 annex VI III.6). */
export function ExportDialog({ open, question, onClose }: ExportDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { language } = usePreferences();
  const [fields, setFields] = useState<readonly ResultField[]>(() => ResultField.array().min(1).safeParse(recall(key)).data ?? usual);
  const [form, setForm] = useState<ExportForm>('xlsx');
  const write = useCommand('search', 'exportFound');
  const close = (): void => {
    write.reset();
    onClose();
  };
  return (
    <ModalDialog
      open={open}
      title={t('find.export.title')}
      closeLabel={t('common.close')}
      onClose={close}
      foot={
        <>
          <Button onClick={close}>{t('common.close')}</Button>
          {write.value === undefined ? (
            <Button
              appearance="primary"
              data-first
              disabled={fields.length === 0 || write.pending}
              onClick={() => {
                remember(key, fields);
                void write.run({ question, fields: [...fields], form, language });
              }}
            >
              {t('find.export.make')}
            </Button>
          ) : (
            <SaveLink id={write.value.file.id} name={write.value.file.name} words={t('find.export.save')} />
          )}
        </>
      }
    >
      <fieldset className={styles.fields}>
        <legend className={styles.legend}>{t('find.export.fields')}</legend>
        {ResultField.options.map((field) => (
          <Checkbox
            key={field}
            label={t(`find.field.${field}`)}
            checked={fields.includes(field)}
            onChange={(_, { checked }) => {
              write.reset();
              setFields(ResultField.options.filter((one) => (one === field ? checked === true : fields.includes(one))));
            }}
          />
        ))}
      </fieldset>
      <RadioGroup
        layout="horizontal"
        aria-label={t('find.export.form')}
        value={form}
        onChange={(_, { value }) => {
          write.reset();
          setForm(ExportForm.parse(value));
        }}
      >
        {ExportForm.options.map((one) => (
          <Radio key={one} value={one} label={t(`find.export.${one}`)} />
        ))}
      </RadioGroup>
      <p className={styles.note}>{t('find.export.note')}</p>
      {write.failure !== undefined && <Notice tone="attention">{failureWords(t, write.failure)}</Notice>}
      {write.value !== undefined && (
        <Notice tone="good" live>
          {t(write.value.more ? 'find.export.doneMore' : 'find.export.done', { count: write.value.rows })}
        </Notice>
      )}
    </ModalDialog>
  );
}
