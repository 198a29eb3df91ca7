import { useCallback, useMemo, useState } from 'react';
import type { DeskDecision } from '#contract';
import { useAsk } from '../../bridge/methods.ts';

const step = 25;
/** No screen shows more rows at once. */
const asked = 100;

export type DeskMarks = {
  /** by document; those that ask for nothing are left out */
  readonly marks: ReadonlyMap<string, DeskDecision>;
  /** tells which row is the first to be seen */
  readonly onFirst: (index: number) => void;
};

/** Which of the rows about the seen ones somebody should look at because of their signatures. */
export function useDeskMarks(rows: readonly { readonly id: string }[]): DeskMarks {
  const [from, setFrom] = useState(0);
  const documents = useMemo(() => rows.slice(from, from + asked).map(({ id }) => id), [rows, from]);
  const { data } = useAsk('verification', 'marks', { documents }, { enabled: documents.length > 0, keepFormer: true, fresh: true });
  // In steps, so that scrolling asks now and then and not at each row.
  const onFirst = useCallback((index: number) => {
    setFrom(Math.floor(Math.max(0, index) / step) * step);
  }, []);
  const marks = useMemo(() => new Map(data?.map(({ document, decision, why }) => [document, { decision, why }])), [data]);
  return { marks, onFirst };
}
