import { useState } from 'react';
import type { AnyFailure } from '../../bridge/failure.ts';
import { useAsk, useCommand } from '../../bridge/methods.ts';
import { useRefreshLife } from '../../bridge/outgoing-cache.ts';
import { useStaging } from '../../bridge/stage-file.ts';
import { adjustAddress } from '../../foundations/address.ts';
import { asMainFile, mainFileTypes } from './form/main-file.ts';
import { anotherForm } from './form/another-form.ts';

export type DroppedDraft = {
  /** Begins a draft with files that were dropped: the first that can be one is the document, the others are its attachments. */
  readonly begin: (files: readonly File[]) => void;
  /** name of the file under way */
  readonly busy: string | null;
  readonly failure: AnyFailure | undefined;
  /** none of the files can be a document */
  readonly unfit: boolean;
  /** a text that no program of this machine makes into a PDF; the draft keeps it */
  readonly unconverted: string | null;
};

/** What happens to files that are dropped on the list. */
export function useDroppedDraft(): DroppedDraft {
  const staging = useStaging();
  const blank = useAsk('drafting', 'prefill', { as: 'new' }, { fresh: true });
  const converter = useAsk('drafting', 'converter', {});
  const convert = useCommand('drafting', 'convert');
  const create = useCommand('drafting', 'create');
  const refresh = useRefreshLife();
  const [told, setTold] = useState<{ readonly unfit: boolean; readonly unconverted: string | null }>({ unfit: false, unconverted: null });

  async function draftOf(files: readonly File[]): Promise<void> {
    const document = files.find(({ name }) => mainFileTypes.some((end) => name.toLowerCase().endsWith(end)));
    setTold({ unfit: document === undefined, unconverted: null });
    if (document === undefined || blank.data === undefined) return;
    const [first, ...others] = await staging.take([document, ...files.filter((file) => file !== document)]);
    if (first === undefined || others.length + 1 < files.length) return;
    const made = await asMainFile(
      first,
      converter.data?.available === true
        ? async (file) => {
            const outcome = await convert.run({ file });
            return outcome.ok ? outcome.value : undefined;
          }
        : null,
    );
    const outcome = await create.run({
      fields: blank.data.fields,
      files: [...made.files, ...others.map((file) => ({ ...file, role: 'attachment' as const }))],
    });
    if (!outcome.ok) return;
    setTold({ unfit: false, unconverted: made.unconverted ? first.name : null });
    await refresh([outcome.value.id]);
    adjustAddress({ tab: 'draft', id: outcome.value.id, ...anotherForm(outcome.value.id) });
  }

  return {
    begin: (files) => {
      if (staging.busy === null && !create.pending && !convert.pending && create.barred === undefined) void draftOf(files);
    },
    busy: staging.busy,
    failure: staging.failure ?? convert.failure ?? create.failure,
    ...told,
  };
}
