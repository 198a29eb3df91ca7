import type { BackupSettings } from '#contract';

const dayMs = 86_400_000;
const vietnamMs = 7 * 3_600_000;

/** Every day in the evening; seven days, four weeks and a year of months; warned after three days. */
export const usualBackups: BackupSettings = { folder: null, enabled: true, at: '17:30', retention: { daily: 7, weekly: 4, monthly: 12 }, warnAfterDays: 3 };

/** The hour of the settings that came last, as an instant in ms. */
function lastHour({ at }: Pick<BackupSettings, 'at'>, now: number): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const today = Math.floor((now + vietnamMs) / dayMs) * dayMs - vietnamMs + (hours * 60 + minutes) * 60_000;
  return today <= now ? today : today - dayMs;
}

/** When the next backup begins by itself; a time that has passed: as soon as it can. Null: not by itself. */
export function nextBackup(settings: BackupSettings, lastGoodStart: string | null, now: Date): string | null {
  if (!settings.enabled || settings.folder === null) return null;
  const hour = lastHour(settings, now.getTime());
  const isDone = lastGoodStart !== null && Date.parse(lastGoodStart) >= hour;
  return new Date(isDone ? hour + dayMs : hour).toISOString();
}

/** Whether nothing good was made for longer than the settings bear. */
export function isLate({ warnAfterDays }: BackupSettings, lastGoodAt: string | null, now: Date): boolean {
  return lastGoodAt === null || now.getTime() - Date.parse(lastGoodAt) > warnAfterDays * dayMs;
}
