import { useState } from 'react';
import type { DraftDetail, DraftFields, DraftFileRole, StoredFile } from '#contract';

export type FormFile = StoredFile & { readonly role: DraftFileRole; readonly id?: string };

export type FormValues = { readonly fields: DraftFields; readonly files: readonly FormFile[] };

export type DraftForm = FormValues & {
  readonly set: (part: Partial<DraftFields>) => void;
  readonly setFiles: (files: readonly FormFile[]) => void;
  /** something was typed that is not saved */
  readonly dirty: boolean;
  /** What is saved now is what is shown. */
  readonly saved: (draft: DraftDetail) => void;
  /** Forgets what was typed. */
  readonly reset: () => void;
};

/** What was typed and not saved, by what is written: looking elsewhere for a moment must not lose it. */
const unsaved = new Map<string, FormValues>();
/** The draft that this window saved last. In memory only: what it says belongs into the encrypted store alone. */
let last: DraftFields | undefined;

/** The state of the form. `key` says what is written: a draft's id, or what a new one begins with. */
export function useDraftForm(key: string, stored: FormValues): DraftForm {
  const [base, setBase] = useState(stored);
  const [values, setValues] = useState<FormValues>(() => unsaved.get(key) ?? stored);
  const put = (next: FormValues): void => {
    unsaved.set(key, next);
    setValues(next);
  };
  return {
    ...values,
    set: (part) => {
      put({ ...values, fields: { ...values.fields, ...part } });
    },
    setFiles: (files) => {
      put({ ...values, files });
    },
    dirty: JSON.stringify(plain(values)) !== JSON.stringify(plain(base)),
    saved: (draft) => {
      unsaved.delete(key);
      last = draft.fields;
      const next = { fields: draft.fields, files: draft.files };
      setBase(next);
      setValues(next);
    },
    reset: () => {
      unsaved.delete(key);
      setValues(base);
    },
  };
}

function plain({ fields, files }: FormValues): unknown {
  return { fields, files: files.map(({ role, name, sha256 }) => [role, name, sha256]) };
}

/** The value that a field had in the draft that this window saved last; undefined when there is none. */
export function lastValue<F extends keyof DraftFields>(field: F): DraftFields[F] | undefined {
  return last?.[field];
}
