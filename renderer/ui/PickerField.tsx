import type { ReactElement, ReactNode } from 'react';
import { Input, makeStyles } from '@fluentui/react-components';
import type { Combobox } from './use-combobox.ts';

const useStyles = makeStyles({ label: { display: 'block', marginBottom: '4px' }, field: { width: '100%' } });

export type PickerFieldProps = {
  readonly combobox: Combobox;
  readonly label: string;
  readonly text: string;
  readonly placeholder: string;
  readonly icon: ReactElement;
  readonly onText: (text: string) => void;
};

/** The field of a picker, which has the focus when its dialog opens. */
export function PickerField({ combobox, label, text, placeholder, icon, onText }: PickerFieldProps): ReactNode {
  const styles = useStyles();
  return (
    <>
      <label className={styles.label} htmlFor={`${combobox.id}-field`}>
        {label}
      </label>
      <Input
        id={`${combobox.id}-field`}
        className={styles.field}
        {...combobox.field}
        name="find"
        data-first
        maxLength={200}
        value={text}
        placeholder={placeholder}
        contentBefore={icon}
        onChange={(_, { value }) => {
          onText(value);
          combobox.typed();
        }}
      />
    </>
  );
}
