import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useDelayed } from './use-delayed.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '12px', padding: '12px 16px' },
  bar: { height: '12px', borderRadius: '3px', backgroundColor: tokens.colorNeutralStencil1 },
  short: { width: '45%' },
});

export type WaitingProps = { readonly label: string; readonly lines?: number };

/** A still skeleton, and only when the wait is longer than 200 ms. */
export function Waiting({ label, lines = 6 }: WaitingProps): ReactNode {
  const styles = useStyles();
  if (!useDelayed(true)) return null;
  return (
    <div className={styles.list} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={mergeClasses(styles.bar, line % 2 === 1 && styles.short)} />
      ))}
    </div>
  );
}
