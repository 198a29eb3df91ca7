import { useId, type KeyboardEvent, type ReactNode } from 'react';
import { Field, Input, Textarea } from '@fluentui/react-components';
import type { Candidate, DraftFields } from '#contract';
import { chooseByKey, ReadOffPage } from '../../intake/index.ts';
import type { DraftForm } from './use-draft-form.ts';

type TextName = { readonly [F in keyof DraftFields]: DraftFields[F] extends string ? F : never }[keyof DraftFields];
type NumberName = 'pageAmount' | 'issuedAmount' | 'fileCatalog';

type Common = { readonly form: DraftForm; readonly label: string; readonly hint?: string; readonly required?: boolean };

type TextLineProps = Common & {
  readonly name: TextName;
  readonly max: number;
  readonly rows?: number;
  /** what was read of it off the file */
  readonly read?: readonly Candidate[];
  /** takes one of them where more follows from it than its text */
  readonly onRead?: (candidate: Candidate) => void;
};

const none: readonly Candidate[] = [];

/** A line of text of the draft; `rows` makes it several. Nothing is changed while it is typed (Unikey). */
export function TextLine({ form, name, label, hint, required = false, max, rows, read = none, onRead }: TextLineProps): ReactNode {
  const value = form.fields[name];
  const id = useId();
  const change = (_: unknown, data: { readonly value: string }): void => {
    form.set({ [name]: data.value });
  };
  const told = { candidates: read, value, onChoose: onRead ?? ((one: Candidate): void => { form.set({ [name]: one.value }); }) };
  const common = {
    name,
    value,
    maxLength: max,
    spellCheck: false,
    onChange: change,
    ...(read.length === 0 ? {} : { 'aria-describedby': id, onKeyDown: (event: KeyboardEvent): void => { chooseByKey(event, told); } }),
  };
  return (
    <div>
      <Field label={label} required={required} {...(hint === undefined ? {} : { hint })}>
        {rows === undefined ? <Input {...common} autoComplete="off" /> : <Textarea {...common} rows={rows} resize="vertical" />}
      </Field>
      <ReadOffPage id={id} {...told} />
    </div>
  );
}

/** A whole number, or nothing. */
export function NumberLine({ form, name, label, hint }: Common & { readonly name: NumberName }): ReactNode {
  const value = form.fields[name];
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      <Input
        name={name}
        inputMode="numeric"
        value={value === null ? '' : String(value)}
        maxLength={5}
        autoComplete="off"
        onChange={(_, data) => {
          const digits = data.value.replace(/\D/g, '');
          form.set({ [name]: digits === '' ? null : Number(digits) });
        }}
      />
    </Field>
  );
}

/** Lines of text, one each. */
export function LinesField({ form, name, label, hint, rows }: Common & { readonly name: 'toPlaces' | 'authorityLines'; readonly rows: number }): ReactNode {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      <Textarea
        name={name}
        value={form.fields[name].join('\n')}
        rows={rows}
        resize="vertical"
        spellCheck={false}
        onChange={(_, data) => {
          form.set({ [name]: data.value === '' ? [] : data.value.split('\n') });
        }}
      />
    </Field>
  );
}
