import { useId, type KeyboardEvent, type ReactNode } from 'react';
import { Field, Input, makeStyles, Select, Textarea } from '@fluentui/react-components';
import type { Candidate } from '#contract';
import { shownValue, type FieldName } from '../form-values.ts';
import { chooseByKey, ReadOffPage } from './ReadOffPage.tsx';

const useStyles = makeStyles({
  // Fluent's inputs are wider than a narrow column by themselves.
  input: { width: '100%', minWidth: 0, '& input': { minWidth: 0 } },
});

/** What every kind of field has here. */
export type FieldCommon = {
  readonly name: FieldName;
  readonly value: string;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby'?: string;
};

export type SuggestedFieldProps = {
  readonly name: FieldName;
  readonly label: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly required?: boolean;
  /** lines of text; 1 by default */
  readonly rows?: number;
  readonly placeholder?: string;
  /** a list to choose from, which the text need not be of */
  readonly list?: readonly string[];
  /** the only values there are, with their words */
  readonly options?: readonly (readonly [value: string, words: string])[];
  /** a field of another kind in place of the line of text */
  readonly control?: (common: FieldCommon) => ReactNode;
  readonly candidates: readonly Candidate[];
  readonly onChange: (value: string) => void;
  /** told when the field is entered: its place on the page is to be shown */
  readonly onEnter: () => void;
  /** told when a candidate was chosen */
  readonly onChoose: (candidate: Candidate) => void;
};

/** A field with what the document itself says of it: how sure that is, and other values of the page to choose. */
export function SuggestedField(props: SuggestedFieldProps): ReactNode {
  const styles = useStyles();
  const listId = useId();
  const toldId = useId();
  const { name, value, candidates } = props;
  const told = { candidates, value, shown: (candidate: Candidate): string => shownValue(name, candidate.value), onChoose: props.onChoose };
  const onKeyDown = (event: KeyboardEvent): void => {
    chooseByKey(event, told);
  };
  const common: FieldCommon = { name, value, onFocus: props.onEnter, onKeyDown, 'aria-invalid': props.fault !== undefined, ...(candidates.length === 0 ? {} : { 'aria-describedby': toldId }) };
  return (
    <div>
      <Field
        label={props.label}
        required={props.required === true}
        validationState={props.fault === undefined ? 'none' : 'warning'}
        validationMessage={props.fault ?? null}
        size="small"
      >
        {props.control !== undefined ? (
          props.control(common)
        ) : props.options !== undefined ? (
          <Select
            className={styles.input}
            {...common}
            onChange={(_, data) => {
              props.onChange(data.value);
            }}
          >
            {props.options.map(([one, words]) => (
              <option key={one} value={one}>
                {words}
              </option>
            ))}
          </Select>
        ) : (props.rows ?? 1) > 1 ? (
          <Textarea
            className={styles.input}
            {...common}
            rows={props.rows ?? 1}
            spellCheck={false}
            onChange={(_, data) => {
              props.onChange(data.value);
            }}
          />
        ) : (
          <Input
            className={styles.input}
            {...common}
            autoComplete="off"
            spellCheck={false}
            {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
            {...(props.list === undefined ? {} : { list: listId })}
            onChange={(_, data) => {
              props.onChange(data.value);
            }}
          />
        )}
      </Field>
      {props.list !== undefined && (
        <datalist id={listId}>
          {props.list.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      <ReadOffPage id={toldId} {...told} />
    </div>
  );
}
