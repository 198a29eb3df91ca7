import type { ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { ArrowDownload16Regular } from '@fluentui/react-icons';
import { useWords } from '../../../i18n/use-words.ts';

export type SaveLinkProps = {
  /** id that `/files/` answers */
  readonly id: string;
  /** name offered for saving */
  readonly name: string;
  /** words beside the icon; null: the icon alone, named for readers */
  readonly words: string | null;
};

/** Saves a stored file to a place that the person chooses. */
export function SaveLink({ id, name, words }: SaveLinkProps): ReactNode {
  const t = useWords();
  const label = t('file.save', { name });
  return (
    <Button
      as="a"
      size="small"
      appearance={words === null ? 'subtle' : 'secondary'}
      href={`/files/${id}`}
      download={name}
      icon={<ArrowDownload16Regular />}
      title={label}
      {...(words === null ? { 'aria-label': label } : {})}
    >
      {words}
    </Button>
  );
}
