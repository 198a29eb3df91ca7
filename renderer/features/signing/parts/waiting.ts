import type { Contract, LifeItem, OutputOf, Session, SigningRole } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { useSession } from '../../../bridge/session.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { fold } from '../../../i18n/fold.ts';

/** As many as one plan of numbering takes; the rest waits for the next round. */
export const mostAtOnce = 200;

/** Parts of the list in which documents wait for this kind of signature. */
export const tabOf = { person: 'signing', agency: 'issuing' } as const satisfies Record<SigningRole, string>;

/** Whether who is at the window may give such a signature at all; the core looks as well. */
export function maySign(session: Session | undefined, role: SigningRole): boolean {
  if (session === undefined || session.state === 'one-operator') return true;
  return session.roles.includes(role === 'person' ? 'leader' : 'clerk');
}

/** The same for the session of this window. */
export function useMaySign(role: SigningRole): boolean {
  return maySign(useSession(), role);
}

/**
 * Ids of those that wait, the one that waited longest first. A leader who is signed in signs what is made out in his name;
 * where nothing is, he is a deputy or acts for another, and all is shown.
 */
export function waitingIds(list: OutputOf<Contract['drafting']['list']>, role: SigningRole, session: Session | undefined): readonly string[] {
  const waiting = list.items.filter((item) => isWaiting(item, role)).toReversed();
  const name = role === 'person' && session?.state === 'signed-in' ? fold(session.person?.name ?? '') : '';
  const mine = waiting.filter((item) => name !== '' && fold(item.signerName) === name);
  return (mine.length > 0 ? mine : waiting).map(({ id }) => id);
}

function isWaiting({ kind, state }: LifeItem, role: SigningRole): boolean {
  return role === 'person' ? kind === 'draft' && state === 'form-checked' : kind === 'document' && state === 'numbered';
}

/** Papers of the archive that wait for the agency's signature, the one that waited longest first. */
export function useWaitingPapers(enabled: boolean): readonly string[] {
  const session = useSession();
  const progress = useLatest('signing', 'progress');
  const list = useAsk('copies', 'waiting', {}, { enabled: enabled && maySign(session, 'agency'), keepFormer: true });
  const running = progress?.endedAt === null ? progress.items.map(({ id }) => id) : [];
  return (list.data ?? []).map(({ id }) => id).filter((id) => !running.includes(id)).slice(0, mostAtOnce);
}

/** Ids of the documents that wait for a signature of this kind. */
export function useWaiting(role: SigningRole, enabled: boolean): readonly string[] {
  const session = useSession();
  const progress = useLatest('signing', 'progress');
  const list = useAsk('drafting', 'list', { tab: tabOf[role], before: null, limit: mostAtOnce }, { enabled: enabled && maySign(session, role), keepFormer: true });
  // What is being signed already waits for nobody's hand.
  const running = progress?.endedAt === null ? progress.items.map(({ id }) => id) : [];
  return list.data === undefined ? [] : waitingIds(list.data, role, session).filter((id) => !running.includes(id));
}
