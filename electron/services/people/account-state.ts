import type { AccountState } from '#contract';
import type { z } from 'zod';
import type { ReadDb } from '../../store/index.ts';
import { rulesOf, type Account } from './accounts.store.ts';

const dayMs = 86_400_000;

/** Whether an account can be used: one that nobody used for too long is closed (QCVN 12:2026/BCA 3.7: 45 days). */
export function accountStateOf(db: ReadDb, account: Account, now: Date): z.infer<typeof AccountState> {
  if (account.lockedAt !== null) return 'locked';
  if (isOlder(account.usedAt, rulesOf(db).idleDays, now)) return 'idle';
  return account.toChange ? 'to-change' : 'usable';
}

/** Whether an instant is more than so many days ago; never for 0 days. */
export function isOlder(instant: string, days: number, now: Date): boolean {
  return days > 0 && now.getTime() - Date.parse(instant) > days * dayMs;
}
