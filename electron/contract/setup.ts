import { z } from 'zod';
import { command, query } from './define.ts';
import { Empty, Instant } from './shared.ts';

/** The steps by which an office begins, in their order; `review` looks back over the others. */
export const SetupStep = z.enum(['agency', 'people', 'numbers', 'token', 'axis', 'backup', 'review']);
export type SetupStep = z.infer<typeof SetupStep>;

/** What a step still lacks (`setup.lack.<lack>`), read from the settings themselves. */
export const SetupLack = z.enum([
  'agency-name',
  'agency-code',
  'agency-place',
  'agency-abbreviation',
  'agency-head',
  'administrator',
  'clerk',
  'leader',
  'archivist',
  'units',
  'last-numbers',
  'certificate',
  'signature-picture',
  'seal-picture',
  'axis-address',
  'axis-account',
  'axis-secret',
  'axis-answer',
  'backup-folder',
  'backup-passphrase',
  'backup-made',
  'look-back',
]);
export type SetupLack = z.infer<typeof SetupLack>;

/** Who did something in the set-up, and when. */
const Moment = z.strictObject({ by: z.string(), at: Instant });

export const SetupStepState = z.strictObject({
  step: SetupStep,
  /** `done` by what the settings say, or by a person's word where they cannot say it (that no number was given before) */
  state: z.enum(['open', 'skipped', 'done']),
  /** also of a step that is done: what it does not need, and would be well to have */
  lacks: z.array(SetupLack),
  /** what a person said of it last; null when nobody did */
  said: z.strictObject({ as: z.enum(['done', 'skipped']), ...Moment.shape }).nullable(),
});
export type SetupStepState = z.infer<typeof SetupStepState>;

export const SetupState = z.strictObject({
  /** null: nobody has begun */
  begun: Moment.nullable(),
  /** put aside or finished: the window opens with the work */
  putAway: Moment.nullable(),
  /** where to go on; null before it began */
  place: SetupStep.nullable(),
  steps: z.array(SetupStepState),
  /** the window opens into the set-up: a new office that has not put it aside */
  opens: z.boolean(),
  /** the other profile of this machine, when the host of the window can change to it */
  changesTo: z.enum(['practice', 'office']).nullable(),
});
export type SetupState = z.infer<typeof SetupState>;

export const setup = {
  state: query(Empty, SetupState),
  /** Begins, or takes it up again. `operator`: who sits here, while nobody has a password; null keeps the name. */
  begin: command(
    z.strictObject({ operator: z.string().trim().min(1).max(50).nullable() }),
    SetupState,
    ['practice-fixed'],
    { audited: true },
  ),
  /** What a person says of a step; the place becomes the next one. Once the review is done the set-up is put away. */
  settle: command(z.strictObject({ step: SetupStep, as: z.enum(['done', 'skipped']) }), SetupState, ['practice-fixed'], { audited: true }),
  /** Notes where somebody is, so that a restart goes on there. */
  stand: command(z.strictObject({ step: SetupStep }), SetupState, ['practice-fixed'], {
    audited: { no: 'where somebody looks; nothing of the office changes' },
  }),
  /** From now on the window opens with the work. */
  putAway: command(Empty, SetupState, ['practice-fixed'], { audited: true }),
  /** Closes this station and opens the practice profile, or from there the office's. Each keeps its own data. */
  changeProfile: command(Empty, Empty, ['other-profile-not-offered'], {
    audited: { no: 'the host ends this station and opens another; nothing of either changes' },
  }),
};
