import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';

const useStyles = makeStyles({
  hidden: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

export type LiveRegionProps = {
  /** Only a plain string: markup is read badly or not at all. */
  readonly message: string;
};

/** Tells a screen reader of a change, politely, without showing anything. */
export function LiveRegion({ message }: LiveRegionProps): ReactNode {
  const styles = useStyles();
  return (
    <div role="status" aria-live="polite" className={styles.hidden}>
      {message}
    </div>
  );
}
