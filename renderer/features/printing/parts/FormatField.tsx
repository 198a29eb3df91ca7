import type { ReactNode } from 'react';
import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { PrintFormat } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';

export type Format = PrintFormat;

export type FormatFieldProps = { readonly value: Format; readonly onChange: (format: Format) => void };

/** Printed page, Excel workbook, or plain table. */
export function FormatField({ value, onChange }: FormatFieldProps): ReactNode {
  const t = useWords();
  return (
    <Field label={t('printing.format')}>
      <RadioGroup
        layout="horizontal"
        value={value}
        onChange={(_, chosen) => {
          onChange(PrintFormat.parse(chosen.value));
        }}
      >
        {PrintFormat.options.map((format) => (
          <Radio key={format} value={format} label={t(`printing.format.${format}`)} />
        ))}
      </RadioGroup>
    </Field>
  );
}
