import { useId, type KeyboardEvent, type ReactNode } from 'react';
import { Field, Input, makeStyles, Select, Textarea, tokens } from '@fluentui/react-components';
import type { Candidate } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { shownValue, type FieldName } from '../form-values.ts';

const useStyles = makeStyles({
  // Fluent's inputs are wider than a narrow column by themselves.
  input: { width: '100%', minWidth: 0, '& input': { minWidth: 0 } },
  told: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: '2px 8px',
    marginTop: '2px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  choice: {
    font: 'inherit',
    padding: '0 5px',
    cursor: 'pointer',
    color: tokens.colorBrandForegroundLink,
    backgroundColor: 'transparent',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusSmall,
    maxWidth: '100%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
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
  const t = useWords();
  const listId = useId();
  const toldId = useId();
  const { name, value, candidates } = props;
  const shown = (candidate: Candidate): string => shownValue(name, candidate.value);
  const taken = candidates.find((one) => shown(one) === value);
  const others = candidates.filter((one) => one !== taken);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || candidates.length === 0) return;
    event.preventDefault();
    const here = taken === undefined ? -1 : candidates.indexOf(taken);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    const next = candidates[(here + step + candidates.length) % candidates.length] ?? candidates[0];
    if (next !== undefined) props.onChoose(next);
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
      {candidates.length > 0 && (
        <div className={styles.told} id={toldId}>
          {taken !== undefined && <span>{toldWords(t, taken)}</span>}
          {others.slice(0, 5).map((one) => (
            // Reached by Alt and an arrow from the field: a tab for each would be in the way of the next field.
            <button
              key={one.value}
              type="button"
              tabIndex={-1}
              className={styles.choice}
              title={toldWords(t, one)}
              onClick={() => {
                props.onChoose(one);
              }}
            >
              {shown(one)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function toldWords(t: ReturnType<typeof useWords>, candidate: Candidate): string {
  const page = candidate.places[0]?.page;
  const sure = t(`intake.confidence.${candidate.confidence}`);
  return page === undefined ? sure : t('intake.read', { page, sure });
}
