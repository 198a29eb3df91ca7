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

export type ForReadersProps = { readonly children: string };

/** Text for screen readers only, where the eye has an icon or a position instead. */
export function ForReaders({ children }: ForReadersProps): ReactNode {
  return <span className={useStyles().hidden}>{children}</span>;
}
