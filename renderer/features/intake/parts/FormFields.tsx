import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { Agency, Candidate, FileSuggestions } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import type { MessageKey } from '../../../i18n/catalogue.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { candidatesFor, type Faults, type FieldName, type FormValues } from '../form-values.ts';
import { IssuerInput } from './IssuerInput.tsx';
import { SuggestedField, type FieldCommon } from './SuggestedField.tsx';

const useStyles = makeStyles({
  grid: { display: 'grid', gridTemplateColumns: 'repeat(6, minmax(0, 1fr))', gap: '8px 10px', alignItems: 'start' },
});

type Cell = {
  readonly name: FieldName;
  readonly label: MessageKey;
  /** of six columns */
  readonly width: 2 | 3 | 4 | 6;
  readonly rows?: number;
  readonly day?: true;
  readonly required?: true;
};

// In the order in which a clerk reads a document: number and date, what it is, who from, who signed, where it goes.
const cells: readonly Cell[] = [
  { name: 'codeNumber', label: 'intake.field.codeNumber', width: 2 },
  { name: 'codeNotation', label: 'intake.field.codeNotation', width: 2 },
  { name: 'issuedDate', label: 'intake.field.issuedDate', width: 2, day: true },
  { name: 'typeName', label: 'intake.field.typeName', width: 4, required: true },
  { name: 'urgency', label: 'intake.field.urgency', width: 2 },
  { name: 'subject', label: 'intake.field.subject', width: 6, rows: 3, required: true },
  { name: 'issuerName', label: 'intake.field.issuerName', width: 6, required: true },
  { name: 'signerName', label: 'intake.field.signerName', width: 3 },
  { name: 'signerPosition', label: 'intake.field.signerPosition', width: 3 },
  { name: 'signerCompetence', label: 'intake.field.signerCompetence', width: 4 },
  { name: 'place', label: 'intake.field.place', width: 2 },
  { name: 'arrivedOn', label: 'intake.field.arrivedOn', width: 2, day: true, required: true },
  { name: 'dueDate', label: 'intake.field.dueDate', width: 2, day: true },
  { name: 'pageAmount', label: 'intake.field.pageAmount', width: 2 },
  { name: 'holders', label: 'intake.field.holders', width: 4 },
  { name: 'language', label: 'intake.field.language', width: 2 },
  { name: 'description', label: 'intake.field.description', width: 6 },
];

export type FormFieldsProps = {
  readonly values: FormValues;
  readonly faults: Faults;
  readonly suggestions: FileSuggestions | undefined;
  /** more than one agency of the directory has the issuer's name */
  readonly several: boolean;
  readonly onIssuer: (agency: Agency) => void;
  readonly onChange: (field: FieldName, value: string) => void;
  readonly onEnter: (field: FieldName) => void;
  readonly onChoose: (field: FieldName, candidate: Candidate) => void;
};

/** The fields of NĐ 30/2020 annex VI part II that a person enters. */
export function FormFields({ values, faults, suggestions, several, onIssuer, onChange, onEnter, onChoose }: FormFieldsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const kinds = (useAsk('intake', 'kinds', {}).data ?? []).map((kind) => kind.name);
  const urgencies = ['0', '1', '2', '3', '4'] as const;
  return (
    <div className={styles.grid}>
      {cells.map(({ name, label, width, rows, day, required }) => (
        <div key={name} style={{ gridColumn: `span ${width}` }}>
          <SuggestedField
            name={name}
            label={t(label)}
            value={values[name]}
            fault={faults[name]}
            candidates={name === 'urgency' || name === 'pageAmount' ? [] : candidatesFor(suggestions, name)}
            {...(required === true ? { required } : {})}
            {...(rows === undefined ? {} : { rows })}
            {...(day === true ? { placeholder: 'dd/mm/yyyy' } : {})}
            {...(name === 'issuerName'
              ? {
                  control: (common: FieldCommon) => (
                    <IssuerInput
                      common={common}
                      code={values.issuerOrganId}
                      several={several}
                      onPick={onIssuer}
                      onChange={(value) => {
                        onChange('issuerName', value);
                      }}
                    />
                  ),
                }
              : {})}
            {...(name === 'typeName' ? { list: kinds } : {})}
            {...(name === 'urgency' ? { options: urgencies.map((one) => [one, t(`urgency.${one}`)] as const) } : {})}
            onChange={(value) => {
              onChange(name, value);
            }}
            onEnter={() => {
              onEnter(name);
            }}
            onChoose={(candidate) => {
              onChoose(name, candidate);
            }}
          />
        </div>
      ))}
    </div>
  );
}
