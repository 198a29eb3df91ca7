import type { ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { FolderOpen16Regular } from '@fluentui/react-icons';
import { useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';

export type ShowInFolderProps = {
  /** of a package as the core names it, or of a folder that has packages in it */
  readonly path: string;
  /** what it is, for readers */
  readonly name: string;
};

/** Shows where a package lies, in the system's own window; nothing where the shell has no such window. */
export function ShowInFolder({ path, name }: ShowInFolderProps): ReactNode {
  const t = useWords();
  const shows = useLatest('handover', 'progress')?.showsFiles === true;
  const show = useCommand('packages', 'show');
  if (!shows || show.barred !== undefined) return null;
  return (
    <>
      <Button size="small" appearance="subtle" icon={<FolderOpen16Regular />} aria-label={t('packing.showOf', { name })} disabledFocusable={show.pending} onClick={() => { if (!show.pending) void show.run({ path }); }}>
        {t('packing.show')}
      </Button>
      {show.failure !== undefined && <span role="status"> {failureWords(t, show.failure)}</span>}
    </>
  );
}
