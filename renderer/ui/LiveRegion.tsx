import type { ReactNode } from 'react';
import { ForReaders } from './ForReaders.tsx';

export type LiveRegionProps = {
  /** Only a plain string: markup is read badly or not at all. */
  readonly message: string;
};

/** Tells a screen reader of a change, politely, without showing anything. */
export function LiveRegion({ message }: LiveRegionProps): ReactNode {
  return (
    <div role="status" aria-live="polite">
      <ForReaders>{message}</ForReaders>
    </div>
  );
}
