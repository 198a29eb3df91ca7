import type { ReactNode } from 'react';
import { Field, Input, makeStyles, Select } from '@fluentui/react-components';
import { FeeObjectCode, PurposeCode } from '#contract';
import { isDay } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { DayField } from '../../../ui/DayField.tsx';
import type { RequestDraft } from './request-draft.ts';

const useStyles = makeStyles({
  pair: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: '10px', '& > *': { flexGrow: 1, flexBasis: '140px' } },
});

type RequestFieldsProps = { readonly draft: RequestDraft; readonly onChange: (part: Partial<RequestDraft>) => void; /** what it is for must be told too */ readonly why?: boolean };

/** What a reader asked for (TT 05/2025/TT-BNV, Phụ lục V). */
export function RequestFields({ draft, onChange, why = false }: RequestFieldsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <>
      <div className={styles.pair}>
        <Field label={t('packing.field.requestId')} required>
          <Input name="requestId" value={draft.requestId} maxLength={100} onChange={(_, { value }) => { onChange({ requestId: value }); }} />
        </Field>
        <DayField name="requestDay" label={t('packing.field.requestDay')} required value={draft.requestDay} fault={draft.requestDay === '' || isDay(draft.requestDay) ? undefined : t('dossiers.fault.startDate')} onChange={(value) => { onChange({ requestDay: value }); }} />
      </div>
      <div className={styles.pair}>
        <Field label={t('packing.field.purpose')} required>
          <Select name="purpose" value={draft.purpose} onChange={(_, { value }) => { onChange({ purpose: PurposeCode.parse(value) }); }}>
            {PurposeCode.options.map((code) => (
              <option key={code} value={code}>
                {t(`packing.purpose.${code}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('packing.field.payer')}>
          <Select name="payer" value={draft.payer} onChange={(_, { value }) => { onChange({ payer: FeeObjectCode.parse(value) }); }}>
            {FeeObjectCode.options.map((code) => (
              <option key={code} value={code}>
                {t(code === '' ? 'packing.payer.none' : `packing.payer.${code}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field label={t('packing.field.purposeContent')} required={why}>
        <Input name="purposeContent" value={draft.purposeContent} maxLength={500} onChange={(_, { value }) => { onChange({ purposeContent: value }); }} />
      </Field>
      <Field label={t('packing.field.topic')}>
        <Input name="topic" value={draft.topic} maxLength={250} onChange={(_, { value }) => { onChange({ topic: value }); }} />
      </Field>
    </>
  );
}
