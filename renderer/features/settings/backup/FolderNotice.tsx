import type { ReactNode } from 'react';
import type { FolderVerdict } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { useSettled } from '../../../ui/use-settled.ts';
import { isWholePath } from './FolderField.tsx';

/** Nobody waits for a judgement while he types. */
const quietMs = 600;

/** What the station finds in a folder that was typed or chosen, before it is saved. */
export function FolderNotice({ folder }: { readonly folder: string }): ReactNode {
  const t = useWords();
  const settled = useSettled(folder.trim(), quietMs);
  const wanted = settled === folder.trim() && isWholePath(settled);
  const answer = useAsk('backup', 'judgeFolder', { folder: wanted ? settled : '/' }, { enabled: wanted, fresh: true });
  if (!wanted) return null;
  if (answer.isError && !answer.isFetching) return <Notice tone="attention" live>{failureWords(t, failureOf(answer.error))}</Notice>;
  if (answer.data === undefined) return <Notice tone="info">{t('backup.judge.looking')}</Notice>;
  const { isWarned, words } = wordsOf(t, answer.data);
  return (
    <Notice tone={isWarned ? 'attention' : 'good'} live>
      {words}
    </Notice>
  );
}

function wordsOf(t: Formatter, { freeMebibytes, isTight, sameDisk, isNetwork, own, others }: FolderVerdict): { readonly isWarned: boolean; readonly words: string } {
  const gibibytes = freeMebibytes === null ? -1 : Math.floor(freeMebibytes / 102.4) / 10;
  const said = [
    t('backup.judge.good', { free: gibibytes }),
    ...(isNetwork ? [t('backup.judge.network')] : []),
    ...(own > 0 ? [t('backup.judge.own', { count: own })] : []),
    ...(others > 0 ? [t('backup.judge.others', { count: others })] : []),
    ...(isTight ? [t('backup.judge.tight')] : []),
    ...(sameDisk ? [t('backup.judge.sameDisk')] : []),
    t('backup.judge.save'),
  ];
  return { isWarned: isTight || sameDisk, words: said.join(' ') };
}
