import { useState } from 'react';
import { useAsk } from '../../../bridge/methods.ts';
import { fillable, nothingRead, readOff, type ReadField, type ReadOff } from './read-off.ts';
import type { DraftForm } from './use-draft-form.ts';

export type ReadOffFile = {
  readonly off: ReadOff;
  /** name of the file that was read */
  readonly file: string;
  /** what it has for fields that are empty */
  readonly found: Partial<Readonly<Record<ReadField, string>>>;
  /** Puts all of that into them. */
  readonly fill: () => void;
  /** the signer that was put in, whose lines follow from who he is */
  readonly signer: { readonly name: string; readonly nth: number } | null;
};

/**
 * What the page of the draft's own PDF tells of the form's fields, as at the entering of received documents. `begunWith`: the kind with
 * which a new draft begins; null for one that there was before.
 */
export function useReadOff(form: DraftForm, begunWith: string | null): ReadOffFile {
  // The draft gets an id while the form stays; with what it began does not change by that.
  const [startKind] = useState(begunWith);
  const [signer, setSigner] = useState<ReadOffFile['signer']>(null);
  const main = form.files.find(({ role, id, name }) => role === 'main' && id !== undefined && /\.pdf$/i.test(name));
  const asked = useAsk('intake', 'suggest', { file: main?.id ?? '' }, { enabled: main !== undefined });
  const off = main === undefined ? nothingRead : readOff(asked.data);
  const found = fillable(off, form.fields, startKind);
  return {
    off,
    file: main?.name ?? '',
    found,
    fill: () => {
      const { signerName, ...others } = found;
      form.set(others);
      if (signerName !== undefined) setSigner((before) => ({ name: signerName, nth: (before?.nth ?? 0) + 1 }));
    },
    signer,
  };
}
