import { z } from 'zod';
import { command, eventStream, query } from './define.ts';
import { Day, Empty, Id, Instant } from './shared.ts';

/** An agency as lists and pickers show it. Codes as they are written, e.g. `H36.02` or `000.00.02.H36`. */
export const Agency = z.strictObject({
  /** the code to write to: the form of QĐ 20/2020 when it is known (axis.md §3) */
  code: z.string(),
  /** other codes of the same agency; it answers to each */
  otherCodes: z.array(z.string()),
  name: z.string(),
  /** the former name, or the name of a merged predecessor, through which it was found; null when found by its own */
  foundAs: z.string().nullable(),
  /** name of the agency above it, else of the province or ministry; null when neither is known */
  under: z.string().nullable(),
  /** last day on which the code held, or the day on which it was missed in the axis' list; null while in force */
  closedOn: Day.nullable(),
  /** who took its place, when that is known */
  successor: z.strictObject({ code: z.string(), name: z.string() }).nullable(),
});
export type Agency = z.infer<typeof Agency>;

/** An agency that was looked for. `nearly`: nobody is called as was typed; this name is merely alike. */
export const FoundAgency = z.strictObject({ ...Agency.shape, nearly: z.boolean() });
export type FoundAgency = z.infer<typeof FoundAgency>;

/** Where a row of the directory is from: the decisions on codes, or the axis' own list. */
export const AgencySource = z.enum(['decision', 'axis']);
export type AgencySource = z.infer<typeof AgencySource>;

export const AgencyDetail = z.strictObject({
  ...Agency.shape,
  /** code of its province, ministry or other first level, e.g. `H36` */
  levelOne: z.string(),
  /** newest first */
  formerNames: z.array(z.string()),
  predecessors: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  validFrom: Day.nullable(),
  mail: z.string(),
  source: AgencySource,
  /** the act that the code is from, with how sure that is; '' when only the axis' list is known */
  basis: z.string(),
  /** whether the successor or the closing was inferred and read in no act */
  inferred: z.boolean(),
});
export type AgencyDetail = z.infer<typeof AgencyDetail>;

/** What became of a line that somebody pasted into a list of recipients. */
export const LookupResult = z.enum(['found', 'closed', 'several', 'unknown']);
export type LookupResult = z.infer<typeof LookupResult>;

/** Why the last try to bring the directory up to date came to nothing. */
export const DirectoryTrouble = z.enum([
  'axis-unreachable',
  'axis-refused',
  'axis-answer-unreadable',
  'directory-not-offered',
  'directory-too-short',
  'internal',
]);
export type DirectoryTrouble = z.infer<typeof DirectoryTrouble>;

export const DirectoryState = z.strictObject({
  /** agencies in force */
  open: z.number().int().nonnegative(),
  /** codes that hold no longer; they stay to be looked up */
  closed: z.number().int().nonnegative(),
  running: z.boolean(),
  /** rows received so far while it runs */
  received: z.number().int().nonnegative(),
  /** end of the last full list that was taken over; null before the first */
  lastFullAt: Instant.nullable(),
  /** end of the last run of any kind that was taken over */
  lastAt: Instant.nullable(),
  lastTriedAt: Instant.nullable(),
  /** of the last try; null when it went well */
  trouble: DirectoryTrouble.nullable(),
  /** for support, in the axis' own words; with `directory-too-short` the two numbers */
  troubleDetail: z.string(),
  /** the axis did not give the pairs of old and new codes, or the changes; the list itself was taken over */
  incomplete: z.boolean(),
  /** hours between two full lists; 0 = only on request */
  everyHours: z.number().int().min(0).max(720),
});
export type DirectoryState = z.infer<typeof DirectoryState>;

export const RecipientGroup = z.strictObject({
  id: Id,
  name: z.string(),
  /** in the order in which they were put */
  members: z.array(Agency),
});
export type RecipientGroup = z.infer<typeof RecipientGroup>;

const Code = z.string().trim().min(1).max(60);

export const directory = {
  /**
   * Best first. Text may be a code, a name, without diacritics, abbreviated or misspelt; names that are merely alike are answered
   * only where no agency has every word.
   */
  search: query(
    z.strictObject({
      text: z.string().max(200),
      limit: z.number().int().min(1).max(50),
      includeClosed: z.boolean(),
    }),
    z.array(FoundAgency),
  ),
  /** By any of its codes. */
  get: query(z.strictObject({ code: Code }), AgencyDetail, ['not-found']),
  /** Codes or whole names, one per line, in their order; empty lines are left out. */
  lookup: query(
    z.strictObject({ lines: z.array(z.string().max(300)).max(500) }),
    z.array(
      z.strictObject({
        line: z.string(),
        result: LookupResult,
        /** with `found` the one; with `closed` that one and its successor, if known; else the likeliest few */
        agencies: z.array(Agency),
      }),
    ),
  ),
  groups: query(Empty, z.array(RecipientGroup)),
  /** `id` null makes a new one. Codes are kept in their order, each agency once. */
  saveGroup: command(
    z.strictObject({
      id: Id.nullable(),
      name: z.string().trim().min(1).max(100),
      codes: z.array(Code).min(1).max(500),
    }),
    RecipientGroup,
    ['not-found', 'group-name-taken', 'agency-unknown'],
    { audited: true },
  ),
  /** Closes a group; it is kept with its members. */
  removeGroup: command(z.strictObject({ id: Id }), z.strictObject({ id: Id }), ['not-found'], { audited: true }),
  /**
   * Asks the axis for the whole list and waits for the end. `acceptShorter` takes over a list that was refused for
   * being less than half as long as the one before.
   */
  syncNow: command(
    z.strictObject({ acceptShorter: z.boolean() }),
    DirectoryState,
    [
      'axis-off',
      'axis-unreachable',
      'axis-refused',
      'axis-answer-unreadable',
      'directory-not-offered',
      'directory-too-short',
    ],
    { audited: { no: 'the list is the axis’ own; taking over a shorter one writes an entry' } },
  ),
  state: query(Empty, DirectoryState),
  saveSync: command(z.strictObject({ everyHours: z.number().int().min(0).max(720) }), DirectoryState, [], {
    audited: true,
  }),
};

export const directoryEvents = {
  /** The state of the directory whenever it changed. */
  state: eventStream(DirectoryState, DirectoryState),
};
