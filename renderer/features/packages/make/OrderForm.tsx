import type { ReactNode } from 'react';
import { Field, Input, makeStyles, Radio, RadioGroup, Select, Textarea, tokens } from '@fluentui/react-components';
import { MadeForm, MaintenanceCode } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { DriveField } from '../parts/DriveField.tsx';
import { RequestFields } from '../parts/RequestFields.tsx';
import { DocumentChooser, DossierChooser } from './Choosers.tsx';
import { formNeeds, isCode, type OrderDraft } from './order-draft.ts';

const useStyles = makeStyles({
  form: { height: '100%', overflowY: 'auto', boxSizing: 'border-box', padding: '12px 16px 24px', display: 'flex', flexDirection: 'column', gap: '16px', backgroundColor: tokens.colorNeutralBackground1, outlineOffset: '-2px' },
  part: { display: 'flex', flexDirection: 'column', gap: '10px', border: 'none', margin: 0, padding: 0, minWidth: 0 },
  title: { padding: 0, margin: '0 0 8px', fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  pair: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: '10px', '& > *': { flexGrow: 1, flexBasis: '140px' } },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, textWrap: 'pretty' },
});

export type OrderFormProps = { readonly draft: OrderDraft; readonly onChange: (part: Partial<OrderDraft>) => void };

/** What is packed, in which form, for whom. Nothing is asked that the form has no use for. */
export function OrderForm({ draft, onChange }: OrderFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const needs = formNeeds[draft.form];
  return (
    <section className={styles.form} data-pane="list" tabIndex={0} aria-label={t('packing.form')}>
      <fieldset className={styles.part}>
        <legend className={styles.title}>{t('packing.part.form')}</legend>
        <Field label={t('packing.formField')}>
          <Select name="form" value={draft.form} onChange={(_, { value }) => { onChange({ form: value as MadeForm }); }}>
            {MadeForm.options.map((form) => (
              <option key={form} value={form}>
                {t(`packing.form.${form}`)}
              </option>
            ))}
          </Select>
        </Field>
        <p className={styles.quiet}>{t(`packing.about.${draft.form}`)}</p>
      </fieldset>
      <fieldset className={styles.part}>
        <legend className={styles.title}>{t(`packing.part.${needs.of}`)}</legend>
        {needs.of === 'dossiers' ? (
          <DossierChooser chosen={draft.dossiers} onChange={(dossiers) => { onChange({ dossiers }); }} />
        ) : (
          <DocumentChooser chosen={draft.documents} onChange={(documents) => { onChange({ documents }); }} />
        )}
      </fieldset>
      <fieldset className={styles.part}>
        <legend className={styles.title}>{t('packing.part.facts')}</legend>
        {needs.agreement && (
          <Field label={t('handover.field.agreement')} hint={t('handover.hint.agreement')} required>
            <Input name="agreement" value={draft.agreement} maxLength={60} onChange={(_, { value }) => { onChange({ agreement: value }); }} />
          </Field>
        )}
        <div className={styles.pair}>
          <Field label={t('handover.field.archiveName')} required={needs.archive}>
            <Input name="archiveName" value={draft.archiveName} maxLength={200} onChange={(_, { value }) => { onChange({ archiveName: value }); }} />
          </Field>
          <Field label={t('handover.field.archiveCode')} required={needs.archive} {...(isCode(draft.archiveCode.trim()) ? {} : { validationState: 'error' as const, validationMessage: t('handover.fault.code') })}>
            <Input name="archiveCode" value={draft.archiveCode} maxLength={35} spellCheck={false} onChange={(_, { value }) => { onChange({ archiveCode: value }); }} />
          </Field>
        </div>
        {needs.of === 'documents' && <CollectionFields draft={draft} onChange={onChange} />}
        {needs.request && <RequestFields draft={draft} onChange={onChange} />}
      </fieldset>
      <fieldset className={styles.part}>
        <legend className={styles.title}>{t('packing.part.output')}</legend>
        <RadioGroup aria-label={t('packing.part.output')} layout="horizontal" value={draft.output} onChange={(_, { value }) => { onChange({ output: value === 'folder' ? 'folder' : 'zip' }); }}>
          <Radio value="zip" label={t('packing.output.zip')} />
          <Radio value="folder" label={t('packing.output.folder')} />
        </RadioGroup>
        <DriveField label={t('packing.where')} chosen={draft.drive} onChoose={(drive) => { onChange({ drive }); }} />
      </fieldset>
    </section>
  );
}

function CollectionFields({ draft, onChange }: OrderFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const digits = (value: string): string => value.replaceAll(/\D/g, '');
  return (
    <>
      <Field label={t('packing.field.title')} required>
        <Input name="title" value={draft.title} maxLength={1000} onChange={(_, { value }) => { onChange({ title: value }); }} />
      </Field>
      <div className={styles.pair}>
        <Field label={t('handover.field.turn')}>
          <Input name="turn" inputMode="numeric" value={draft.turn} maxLength={2} onChange={(_, { value }) => { onChange({ turn: digits(value) }); }} />
        </Field>
        <Field label={t('packing.field.number')}>
          <Input name="number" inputMode="numeric" value={draft.number} maxLength={7} onChange={(_, { value }) => { onChange({ number: digits(value) }); }} />
        </Field>
        <Field label={t('dossiers.retention')}>
          <Select name="maintenance" value={draft.maintenance} onChange={(_, { value }) => { onChange({ maintenance: MaintenanceCode.parse(value) }); }}>
            {MaintenanceCode.options.map((code) => (
              <option key={code} value={code}>
                {t(`packing.maintenance.${code}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field label={t('handover.field.note')}>
        <Textarea name="description" value={draft.description} maxLength={2000} rows={2} onChange={(_, { value }) => { onChange({ description: value }); }} />
      </Field>
    </>
  );
}
