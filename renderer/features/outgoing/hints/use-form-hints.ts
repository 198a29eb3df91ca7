import { useEffect, useState } from 'react';
import type { DraftDetail } from '#contract';
import { formHints, type FormHint } from './form-hints.ts';
import { readPages, type ReadPages } from './read-pages.ts';

/** What the program remarks on a draft's form; null while it reads, or when there is nothing to read. */
export function useFormHints(draft: DraftDetail, agency: string): readonly FormHint[] | null {
  const main = draft.files.find((file) => file.role === 'main')?.id ?? null;
  const [read, setRead] = useState<{ readonly id: string; readonly pages: ReadPages['pages'] } | null>(null);
  useEffect(() => {
    if (main === null) return undefined;
    const stop = new AbortController();
    readPages(main, stop.signal).then(
      ({ pages }) => {
        if (!stop.signal.aborted) setRead({ id: main, pages });
      },
      // A file that cannot be read says so in the pane beside it.
      () => undefined,
    );
    return () => {
      stop.abort();
    };
  }, [main]);
  if (read === null || read.id !== main) return null;
  const { subject, signerName, signerPosition } = draft.fields;
  return formHints(read.pages, { agency, subject, signerName, signerPosition });
}
