import { z } from 'zod';
import type { ReadDb, WriteDb } from '../../store/index.ts';
import { readSetting, saveSetting } from '../../services/settings/index.ts';

const Stored = z.strictObject({
  /** paths of drivers that were added by hand */
  modules: z.array(z.string()),
  /** null: never said; then drivers are started with the station once somebody has picked a certificate */
  watchFromStart: z.boolean().nullable(),
  /** SHA-256 of the certificate that each person signs with, by the person's id; '' is the one operator */
  chosen: z.record(z.string(), z.string()),
});
export type TokenChoices = z.infer<typeof Stored>;

const none: TokenChoices = { modules: [], watchFromStart: null, chosen: {} };

/** What this station keeps of tokens. */
export function readChoices(db: ReadDb): TokenChoices {
  return readSetting(db, 'tokens', Stored) ?? none;
}

/** Changes part of it. */
export function saveChoices(db: WriteDb, changes: Partial<TokenChoices>, at: string): void {
  saveSetting(db, 'tokens', { ...readChoices(db), ...changes }, at);
}

/** Whether drivers are started with the station: what was said, else as soon as somebody signs here. */
export function watchesFromStart({ watchFromStart, chosen }: TokenChoices): boolean {
  return watchFromStart ?? Object.keys(chosen).length > 0;
}
