import { useState, type ReactNode } from 'react';
import { Button, Field, Input, makeStyles, Select, Textarea } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronUp16Regular } from '@fluentui/react-icons';
import type { DossierFields } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { DayField } from '../../../ui/DayField.tsx';
import { MakerFields } from '../parts/MakerFields.tsx';
import { RetentionField } from '../parts/RetentionField.tsx';
import type { DossierDraft, DraftFault } from './dossier-draft.ts';

const useStyles = makeStyles({
  row: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(170px, 1fr))', gap: '12px', alignItems: 'start' },
});

export type DossierFieldsFormProps = { readonly draft: DossierDraft; readonly faults: readonly DraftFault[]; readonly onChange: (part: Partial<DossierDraft>) => void };

/** What is written of a dossier; what is seldom asked for stands behind a button. */
export function DossierFieldsForm({ draft, faults, onChange }: DossierFieldsFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [more, setMore] = useState(false);
  const fault = (name: DraftFault): string | undefined => (faults.includes(name) ? t(`dossiers.fault.${name}`) : undefined);
  const line = (name: 'keyword' | 'infoSign' | 'paperCode' | 'paperSheets' | 'notation' | 'catalog', most: number, first = false): ReactNode => {
    const wrong = name === 'paperSheets' || name === 'notation' || name === 'catalog' ? fault(name) : undefined;
    return (
      <Field label={t(`dossiers.field.${name}`)} required={name === 'notation' || name === 'catalog'} validationState={wrong === undefined ? 'none' : 'error'} validationMessage={wrong ?? null}>
        <Input name={name} value={draft[name]} maxLength={most} autoComplete="off" spellCheck={false} {...(first ? { 'data-first': true } : {})} onChange={(_, { value }) => { onChange({ [name]: value }); }} />
      </Field>
    );
  };
  const titleFault = fault('title');
  return (
    <>
      <div className={styles.row}>
        {line('notation', 40, true)}
        {line('catalog', 4)}
      </div>
      <Field label={t('dossiers.field.title')} required validationState={titleFault === undefined ? 'none' : 'error'} validationMessage={titleFault ?? null}>
        <Textarea name="title" value={draft.title} maxLength={500} rows={2} resize="vertical" onChange={(_, { value }) => { onChange({ title: value }); }} />
      </Field>
      <RetentionField value={draft.retention} fault={fault('years')} onChange={(retention) => { onChange({ retention }); }} />
      <MakerFields value={draft.maker} onChange={(maker) => { onChange({ maker }); }} />
      <div className={styles.row}>
        <DayField name="startDate" label={t('dossiers.field.startDate')} value={draft.startDate} fault={fault('startDate')} onChange={(startDate) => { onChange({ startDate }); }} />
        <DayField name="endDate" label={t('dossiers.field.endDate')} value={draft.endDate} fault={fault('endDate')} onChange={(endDate) => { onChange({ endDate }); }} />
      </div>
      <div>
        <Button size="small" icon={more ? <ChevronUp16Regular /> : <ChevronDown16Regular />} iconPosition="after" aria-expanded={more} onClick={() => { setMore(!more); }}>
          {t('dossiers.moreFields')}
        </Button>
      </div>
      {(more || faults.includes('paperSheets')) && (
        <>
          <div className={styles.row}>
            <Field label={t('dossiers.field.useMode')}>
              <Select name="useMode" value={draft.useMode} onChange={(_, { value }) => { onChange({ useMode: value as DossierFields['useMode'] }); }}>
                {(['public', 'conditional'] as const).map((mode) => (
                  <option key={mode} value={mode}>
                    {t(`dossiers.useMode.${mode}`)}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label={t('dossiers.field.condition')}>
              <Select name="condition" value={draft.condition} onChange={(_, { value }) => { onChange({ condition: value as DossierFields['condition'] }); }}>
                {(['01', '02', '03'] as const).map((one) => (
                  <option key={one} value={one}>
                    {t(`dossiers.condition.${one}`)}
                  </option>
                ))}
              </Select>
            </Field>
            {line('keyword', 100)}
            {line('infoSign', 30)}
            {line('paperCode', 100)}
            {line('paperSheets', 6)}
          </div>
          <Field label={t('dossiers.field.description')}>
            <Textarea name="description" value={draft.description} maxLength={2000} rows={2} resize="vertical" onChange={(_, { value }) => { onChange({ description: value }); }} />
          </Field>
        </>
      )}
    </>
  );
}
