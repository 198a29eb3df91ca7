import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { Marked } from '#contract';
import { own } from '../../../foundations/theme.ts';

const useStyles = makeStyles({
  mark: {
    color: own.tvtFoundInk,
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: own.tvtFound,
    borderRadius: '2px',
    '@media (forced-colors: active)': { backgroundColor: 'Mark', color: 'MarkText' },
  },
});

export type MarkedTextProps = { readonly parts: Marked };

/** A text in which what was looked for stands out. */
export function MarkedText({ parts }: MarkedTextProps): ReactNode {
  const styles = useStyles();
  return parts.map(({ text, hit }, index) =>
    hit ? (
      <mark key={index} className={styles.mark}>
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
