import type { ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';

export type OtherProfileProps = { readonly words: string; readonly className?: string };

/** Closes this station and opens the other one, practice or the office's; the host does it and the window begins anew. */
export function OtherProfile({ words, className }: OtherProfileProps): ReactNode {
  const t = useWords();
  const change = useCommand('setup', 'changeProfile');
  const going = change.pending || change.value !== undefined;
  return (
    <span className={className} role="status">
      {change.failure === undefined ? (
        <Button disabledFocusable={going} onClick={going ? undefined : () => void change.run({})}>
          {going ? t('setup.changing') : words}
        </Button>
      ) : (
        failureWords(t, change.failure)
      )}
    </span>
  );
}
