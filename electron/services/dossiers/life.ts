import type { DossierAct, DossierState, PlanAct, PlanState } from '#contract';

/** What may be done to a file plan in which state, and where it leads. A test walks all pairs. */
export const planLife: Readonly<Record<PlanAct, { readonly from: readonly PlanState[]; readonly to: PlanState }>> = {
  change: { from: ['draft'], to: 'draft' },
  supplement: { from: ['approved'], to: 'approved' },
  approve: { from: ['draft'], to: 'approved' },
  withdraw: { from: ['approved'], to: 'draft' },
  close: { from: ['approved'], to: 'closed' },
  reopen: { from: ['closed'], to: 'approved' },
};

/** What may be done to a dossier in which state, and where it leads; `back`: to the state that it was locked in. */
export const dossierLife: Readonly<Record<DossierAct, { readonly from: readonly DossierState[]; readonly to: DossierState | 'same' | 'back' }>> = {
  change: { from: ['open'], to: 'same' },
  close: { from: ['open'], to: 'closed' },
  reopen: { from: ['closed'], to: 'open' },
  lock: { from: ['open', 'closed'], to: 'locked' },
  unlock: { from: ['locked'], to: 'back' },
  discard: { from: ['open'], to: 'discarded' },
  access: { from: ['open', 'closed', 'locked'], to: 'same' },
};

/** What of a dossier decides beside its state. */
export type Standing = { readonly state: DossierState; readonly members: number; readonly handedOver: boolean; readonly destroyed: boolean };

/** Acts that may be taken on a plan in this state. */
export function planActs(state: PlanState): PlanAct[] {
  return (Object.keys(planLife) as PlanAct[]).filter((act) => planLife[act].from.includes(state));
}

/** Whether an act may be taken on a dossier. What was handed over is the archive's to open; what was destroyed stays as it is. */
export function mayAct(act: DossierAct, { state, members, handedOver, destroyed }: Standing): boolean {
  if (!dossierLife[act].from.includes(state)) return false;
  if (destroyed) return act === 'access';
  if (handedOver && act === 'reopen') return false;
  return act !== 'discard' || members === 0;
}

/** Acts that may be taken on a dossier. */
export function dossierActs(standing: Standing): DossierAct[] {
  return (Object.keys(dossierLife) as DossierAct[]).filter((act) => mayAct(act, standing));
}
