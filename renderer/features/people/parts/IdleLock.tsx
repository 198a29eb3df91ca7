import { useEffect, useEffectEvent } from 'react';
import { useCommand } from '../../../bridge/methods.ts';
import { useSession } from '../../../bridge/session.ts';
import { useShortcut } from '../../../ui/shortcuts.ts';

/** Often enough that the window does not stay open noticeably longer than the rule says. */
const lookEveryMs = 5_000;
const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Covers the window when nobody touched it for as long as the rules say, and at once with its key. */
export function IdleLock(): null {
  const session = useSession();
  const lock = useCommand('people', 'lock');
  const on = session?.state === 'signed-in';
  const minutes = on ? session.lockMinutes : 0;
  const lockNow = useEffectEvent(() => {
    if (on && !lock.pending) void lock.run({});
  });
  useShortcut('Ctrl+Shift+L', () => {
    if (on && !lock.pending) void lock.run({});
  }, on);
  useEffect(() => {
    if (minutes === 0) return undefined;
    let touchedAt = Date.now();
    const touched = (): void => {
      touchedAt = Date.now();
    };
    for (const kind of touches) addEventListener(kind, touched, { capture: true, passive: true });
    // By the clock and not by a timer alone: a machine that slept has been idle too.
    const timer = setInterval(() => {
      if (Date.now() - touchedAt >= minutes * 60_000) lockNow();
    }, lookEveryMs);
    return () => {
      clearInterval(timer);
      for (const kind of touches) removeEventListener(kind, touched, { capture: true });
    };
  }, [minutes]);
  return null;
}
