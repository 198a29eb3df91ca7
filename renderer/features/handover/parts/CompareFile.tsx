import { useState, type ReactNode } from 'react';
import type { MinutesComparison, StoredFile } from '#contract';
import { useConnection } from '../../../bridge/context.ts';
import { failureOf, type AnyFailure } from '../../../bridge/failure.ts';
import { ask } from '../../../bridge/methods.ts';
import { useStaging } from '../../../bridge/stage-file.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { FileButton } from '../../keeping/index.ts';
import { Comparison } from './Comparison.tsx';

export type Compared = { readonly file: StoredFile; readonly comparison: MinutesComparison };
export type CompareFileProps = { readonly side: 'giving' | 'receiving'; readonly id: string; readonly compared: Compared | null; readonly onCompared: (compared: Compared | null) => void };

/** Takes the other side's minutes as a file and lays them beside ours; nothing is written by it. */
export function CompareFile({ side, id, compared, onCompared }: CompareFileProps): ReactNode {
  const t = useWords();
  const connection = useConnection();
  const staging = useStaging();
  const [failure, setFailure] = useState<AnyFailure>();
  const take = async (files: readonly File[]): Promise<void> => {
    setFailure(undefined);
    onCompared(null);
    const [file] = await staging.take(files.slice(0, 1));
    if (file === undefined) return;
    try {
      onCompared({ file, comparison: await ask(connection, 'handover', 'compareMinutes', { side, id, file }) });
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  const failed = staging.failure ?? failure;
  return (
    <>
      <div>
        <FileButton words={t(`handover.compare.pick.${side}`)} accept=".json,application/json" onFiles={(files) => { void take(files); }} /> {staging.busy !== null && <span role="status">{t('stage.busy', { name: staging.busy })}</span>}
      </div>
      {failed !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failed)}
        </Notice>
      )}
      {compared !== null && <Comparison comparison={compared.comparison} />}
    </>
  );
}
