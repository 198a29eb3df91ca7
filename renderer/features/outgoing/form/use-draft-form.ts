import { useState } from 'react';
import type { DraftDetail, DraftFields, DraftFileRole, StoredFile } from '#contract';

export type FormFile = StoredFile & { readonly role: DraftFileRole; readonly id?: string };

export type FormValues = { readonly fields: DraftFields; readonly files: readonly FormFile[] };

export type DraftForm = FormValues & {
  readonly set: (part: Partial<DraftFields>) => void;
  readonly setFiles: (files: readonly FormFile[]) => void;
  /** something was typed that is not saved */
  readonly dirty: boolean;
  /** What was sent is saved; what was typed since stays, as typed. */
  readonly saved: (draft: DraftDetail, sent: FormValues) => void;
  /** Forgets what was typed. */
  readonly reset: () => void;
};

/** What was typed and not saved, by what is written: looking elsewhere for a moment must not lose it. */
const unsaved = new Map<string, FormValues>();
/** The draft that this window saved last, and the other one before it. In memory only: what they say belongs into the encrypted store alone. */
let [newest, before]: { readonly id: string; readonly fields: DraftFields }[] = [];

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
    saved: (draft, sent) => {
      // A hand does not stop while a draft is written: the newest stands here, not in the render that sent it.
      const since = unsaved.get(key) ?? sent;
      unsaved.delete(key);
      if (newest?.id !== draft.id) before = newest;
      newest = draft;
      const next = { fields: draft.fields, files: draft.files };
      const kept = typedSince(next, sent, since);
      // A new one goes on under its id.
      if (kept !== next) unsaved.set(draft.id, kept);
      setBase(next);
      setValues(kept);
    },
    reset: () => {
      unsaved.delete(key);
      setValues(base);
    },
  };
}

/**
 * What is saved with what was typed after it was sent. The space behind the last word is not stored, and stays all the
 * same: the hand that has just typed it goes on with the next word.
 */
function typedSince(saved: FormValues, sent: FormValues, since: FormValues): FormValues {
  const names = Object.keys(since.fields) as (keyof DraftFields)[];
  const kept = names.filter((name) => since.fields[name] !== sent.fields[name] || (since.fields[name] !== saved.fields[name] && trimmed(since.fields[name]) === saved.fields[name]));
  const fields = Object.fromEntries(kept.map((name) => [name, since.fields[name]]));
  const files = since.files === sent.files ? saved.files : since.files;
  return kept.length === 0 && files === saved.files ? saved : { fields: { ...saved.fields, ...fields }, files };
}

function plain({ fields, files }: FormValues): unknown {
  return { fields: Object.entries(fields).map(([name, value]) => [name, trimmed(value)]), files: files.map(({ role, name, sha256 }) => [role, name, sha256]) };
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

/** Who signs, by which authority: one answer in four fields. */
const signing = ['signerAuthority', 'authorityLines', 'signerPosition', 'signerName'] as const;

/**
 * What a field had in the draft that this window saved before the one with the id `own`, with those that belong to it; undefined
 * when there is none. A draft with a file was itself saved when the file came.
 */
export function valuesBefore(field: string, own: string | null): Partial<DraftFields> | undefined {
  const fields = (newest?.id === own ? before : newest)?.fields;
  if (fields === undefined || !(field in fields)) return undefined;
  const names: readonly string[] = signing.some((one) => one === field) ? signing : [field];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}
