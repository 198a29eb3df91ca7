import type { BatchDetail, BatchState } from '#contract';

/** What may be asked of a batch at the desk. */
export type BatchAsk = 'edit' | 'choose' | 'check' | 'package' | 'hand' | 'answer' | 'paper' | 'withdraw' | 'cancel';

/** The way of a batch, as it is shown; its end has three outcomes. */
export const batchWay = ['draft', 'checked', 'packaged', 'handed', 'answered'] as const;

const places: Readonly<Partial<Record<BatchState, number>>> = { checked: 2, packaging: 2, packaged: 3, handed: 4 };

/** Which step a batch waits for: everything before it is done. */
export function placeOn({ state, totals }: Pick<BatchDetail, 'state' | 'totals'>): number {
  return places[state] ?? (state === 'draft' ? Number(totals.dossiers > 0) : batchWay.length);
}

/** The usual next step; undefined when there is none for this office. */
export function nextAsk({ may, totals }: BatchDetail): BatchAsk | undefined {
  if (may.includes('answer')) return 'answer';
  if (may.includes('hand')) return 'hand';
  if (may.includes('package')) return 'package';
  if (!may.includes('check')) return undefined;
  return totals.dossiers === 0 ? 'choose' : 'check';
}

/** What else may be done, in the order of the buttons. */
export function otherAsks(batch: BatchDetail): readonly BatchAsk[] {
  const { may, totals } = batch;
  const asks: BatchAsk[] = [];
  if (may.includes('change')) asks.push('choose', 'edit');
  if (may.includes('check') && totals.dossiers > 0) asks.push('check');
  if (may.includes('answer')) asks.push('paper');
  if (may.includes('withdraw')) asks.push('withdraw');
  if (may.includes('cancel')) asks.push('cancel');
  return asks.filter((one) => one !== nextAsk(batch));
}
