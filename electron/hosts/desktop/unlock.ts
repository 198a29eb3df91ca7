import { safeStorage, type BrowserWindow } from 'electron';
import type { Outcome, StartFailureCode } from '#contract';
import { obtainKey } from '../shell/profile.ts';
import type { UnlockDoor } from '../shell/unlock-page.ts';
import { chooseKeeper } from './secrets.ts';
import { openUnlockWindow } from './window.ts';

/**
 * Obtains the profile's key, asking for the passphrase where one keeps it, again after a wrong one. `undefined` when
 * the person closed the question: then there is nothing to open.
 */
export async function unlock(
  profileDir: string,
  practice: boolean,
  door: UnlockDoor,
): Promise<Outcome<Buffer, StartFailureCode> | undefined> {
  let window: BrowserWindow | undefined;
  let wrong = false;
  const keeper = await chooseKeeper({
    practice,
    folder: profileDir,
    storage: safeStorage,
    platform: process.platform,
    async ask(what) {
      const answer = door.ask(what, wrong);
      window ??= await openUnlockWindow(door.cancel);
      return answer;
    },
  });
  try {
    for (;;) {
      const key = await obtainKey(keeper, profileDir);
      if (key.ok) return key;
      const reason = key.failure.params?.['reason'];
      if (reason === 'cancelled') return undefined;
      if (reason !== 'passphrase') return key;
      wrong = true;
    }
  } finally {
    if (window !== undefined && !window.isDestroyed()) window.destroy();
  }
}
