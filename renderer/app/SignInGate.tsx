import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Session, StationStatus } from '#contract';
import { methodKey, useAsk } from '../bridge/methods.ts';
import { seesOwnFirst, sessionKey, useBarrier, useSession } from '../bridge/session.ts';
import { readBatchKey } from '../bridge/signing-cache.ts';
import { useStreams } from '../bridge/streams.ts';
import { IdleLock, LockScreen, PasswordScreen, SignInScreen } from '../features/people/index.ts';
import { goTo, isUnaddressed, useAddress } from '../foundations/address.ts';
import { useWords } from '../i18n/use-words.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { SetupPage } from './SetupPage.tsx';
import { Shell } from './Shell.tsx';

export type SignInGateProps = { readonly status: StationStatus };

/** Shows the work to whoever is signed in, and asks who it is where nobody is. */
export function SignInGate({ status }: SignInGateProps): ReactNode {
  const t = useWords();
  const cache = useQueryClient();
  const session = useSession();
  const seat = session?.person?.id ?? session?.state;
  const [shown, setShown] = useState(seat);
  useEffect(() => {
    if (shown === seat) return;
    // The former person's screens are gone by now; nothing of what they showed is kept for the next.
    cache.removeQueries({ predicate: ({ queryKey }) => !isOpen(queryKey) });
    // A leader who comes to the desk sees first what waits for him.
    if (shown === 'signed-out' && session !== undefined && seesOwnFirst(session)) goTo('incoming', { state: 'presented' });
    setShown(seat);
  }, [cache, seat, session, shown]);
  if (session === undefined || shown !== seat) return <Waiting label={t('common.opening')} lines={8} />;
  if (session.state === 'signed-out') return <SignInScreen session={session} status={status} />;
  if (session.state === 'to-change') return <PasswordScreen session={session} />;
  return <Seat status={status} session={session} />;
}

/** One person's work. It stays underneath while the window is locked. */
function Seat({ status, session }: SignInGateProps & { readonly session: Session }): ReactNode {
  const cache = useQueryClient();
  const locked = session.state === 'locked';
  // A window that is loaded anew while it is locked has nothing to cover yet.
  const [begun, setBegun] = useState(!locked);
  if (!locked && !begun) setBegun(true);
  const wasLocked = useRef(locked);
  useEffect(() => {
    // What was asked for behind the cover was refused.
    if (wasLocked.current && !locked) void cache.invalidateQueries({ predicate: ({ queryKey }) => !isOpen(queryKey) });
    wasLocked.current = locked;
  }, [cache, locked]);
  return (
    <>
      {begun && <Work status={status} />}
      {locked && <LockScreen session={session} />}
    </>
  );
}

function Work({ status }: { readonly status: StationStatus }): ReactNode {
  useStreams();
  const { section } = useAddress();
  const ready = useOpening();
  if (!ready) return null;
  return (
    <>
      {section === 'setup' ? <SetupPage status={status} /> : <Shell status={status} />}
      <IdleLock />
    </>
  );
}

/** False while it is not known where a window that was just opened begins: with the work, or with the set-up of a new office. */
function useOpening(): boolean {
  const barred = useBarrier('setup', 'begin');
  const [ready, setReady] = useState(() => !isUnaddressed() || barred !== undefined);
  const setup = useAsk('setup', 'state', {}, { enabled: !ready });
  const known = setup.data !== undefined || setup.isError;
  const opens = setup.data?.opens === true;
  useEffect(() => {
    if (ready || !known) return;
    if (opens) goTo('setup', {});
    setReady(true);
  }, [ready, known, opens]);
  return ready;
}

/** What the window may know before anybody signs in. */
function isOpen(key: readonly unknown[]): boolean {
  return [sessionKey, methodKey('station', 'status'), readBatchKey].some((open) => open.every((part, at) => key[at] === part));
}
