import { useRef, useState } from 'react';
import type { DraftDetail, DraftFields, DraftFileRole, StoredFile } from '#contract';
import { useSession } from '../../../bridge/session.ts';

export type FormFile = StoredFile & { readonly role: DraftFileRole; readonly id?: string };

export type FormValues = { readonly fields: DraftFields; readonly files: readonly FormFile[] };

export type DraftForm = FormValues & {
  readonly set: (part: Partial<DraftFields>) => void;
  /** Files come after a while, when the form says more than when they were chosen. */
  readonly changeFiles: (change: (files: readonly FormFile[]) => readonly FormFile[]) => void;
  /** something was typed that is not saved */
  readonly dirty: boolean;
  /** What was sent is saved; what was typed since stays, as typed. */
  readonly saved: (draft: DraftDetail, sent: FormValues) => void;
  /** Forgets what was typed. */
  readonly reset: () => void;
  /** What a field had in the draft that this person saved before this one, with those that belong to it; undefined when there is none. */
  readonly before: (field: string) => Partial<DraftFields> | undefined;
};

/** What was typed and not saved, by whom and what is written: looking elsewhere for a moment must not lose it, and nobody else at the desk meets it. */
const unsaved = new Map<string, FormValues>();
type Saved = { readonly id: string; readonly fields: DraftFields };
/** The draft that a person saved last at this window, and the other one before it. In memory only: what they say belongs into the encrypted store alone. */
const saves = new Map<string, { readonly newest: Saved; readonly before: Saved | undefined }>();

/** The state of the form. `what` says what is written: a draft's id, or what a new one begins with. `own`: the id of a draft that there is. */
export function useDraftForm(what: string, stored: FormValues, own: string | null): DraftForm {
  const person = useSession()?.person?.id ?? '';
  const keyOf = (written: string): string => `${person} ${written}`;
  const key = keyOf(what);
  const [base, setBase] = useState(stored);
  const [values, setValues] = useState<FormValues>(() => unsaved.get(key) ?? stored);
  // What is put in last, before it is drawn: what comes after a while must not take back what was typed meanwhile.
  const newest = useRef(values);
  const put = (change: (now: FormValues) => FormValues): void => {
    newest.current = change(newest.current);
    unsaved.set(key, newest.current);
    setValues(newest.current);
  };
  return {
    ...values,
    set: (part) => {
      put((now) => ({ ...now, fields: { ...now.fields, ...part } }));
    },
    changeFiles: (change) => {
      put((now) => ({ ...now, files: change(now.files) }));
    },
    dirty: JSON.stringify(plain(values)) !== JSON.stringify(plain(base)),
    saved: (draft, sent) => {
      // A hand does not stop while a draft is written: the newest stands here, not in the render that sent it.
      const since = unsaved.get(key) ?? sent;
      unsaved.delete(key);
      const last = saves.get(person);
      saves.set(person, { newest: draft, before: last?.newest.id === draft.id ? last.before : last?.newest });
      const next = { fields: draft.fields, files: draft.files };
      const kept = typedSince(next, sent, since);
      // A new one goes on under its id.
      if (kept !== next) unsaved.set(keyOf(draft.id), kept);
      setBase(next);
      newest.current = kept;
      setValues(kept);
    },
    reset: () => {
      unsaved.delete(key);
      newest.current = base;
      setValues(base);
    },
    before: (field) => {
      const last = saves.get(person);
      // A draft with a file was itself saved when the file came.
      return valuesOf(field, (last?.newest.id === own ? last?.before : last?.newest)?.fields);
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

function valuesOf(field: string, fields: DraftFields | undefined): Partial<DraftFields> | undefined {
  if (fields === undefined || !(field in fields)) return undefined;
  const names: readonly string[] = signing.some((one) => one === field) ? signing : [field];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}
