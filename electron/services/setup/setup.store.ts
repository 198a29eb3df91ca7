import { z } from 'zod';
import { SetupStep } from '#contract';
import type { ReadDb, WriteDb } from '../../store/index.ts';
import { readSetting, saveSetting } from '../settings/index.ts';

const Moment = z.strictObject({ by: z.string(), at: z.string() });

const Kept = z.strictObject({
  /** null: put away before anybody began */
  begun: Moment.nullable(),
  /** null until it is put away, and once it is taken up again */
  putAway: Moment.nullable(),
  place: SetupStep,
  /** the last word on each step */
  said: z.partialRecord(SetupStep, z.strictObject({ as: z.enum(['done', 'skipped']), ...Moment.shape })),
});
/** What no setting tells: who began, where he is, and what was said of steps. */
export type KeptSetup = z.infer<typeof Kept>;

/** What is kept of the set-up; undefined when nobody has begun it. */
export function readSetup(db: ReadDb): KeptSetup | undefined {
  return readSetting(db, 'setup', Kept);
}

/** Keeps it. */
export function saveSetup(db: WriteDb, kept: KeptSetup, at: string): void {
  saveSetting(db, 'setup', kept, at);
}
