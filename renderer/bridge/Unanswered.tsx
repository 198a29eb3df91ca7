import type { ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Notice } from '../ui/Notice.tsx';
import { failureOf } from './failure.ts';

export type UnansweredProps = {
  /** what the question was answered with instead */
  readonly error: unknown;
  readonly onAgain: () => void;
  /** where it was asked, for words of its own; see `failureWords` */
  readonly place?: string;
};

/** In place of what a question should have shown: why there is none, and the question once more. */
export function Unanswered({ error, onAgain, place }: UnansweredProps): ReactNode {
  const t = useWords();
  return (
    <Notice
      tone="attention"
      action={
        <Button size="small" onClick={onAgain}>
          {t('common.again')}
        </Button>
      }
    >
      {failureWords(t, failureOf(error), place)}
    </Notice>
  );
}
