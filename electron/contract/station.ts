import { z } from 'zod';
import { AxisInput, AxisSettings } from './axis.ts';
import { command, eventStream, query } from './define.ts';
import { Empty, Instant } from './shared.ts';

/** Why the store could not be opened. Each has its own screen with what to do. */
export const StartFailureCode = z.enum([
  'database-newer',
  'database-damaged',
  'database-foreign',
  'key-wrong',
  'key-missing',
  'folder-read-only',
  'folder-missing',
  'disk-full',
  'already-open',
  'profile-kind',
  'internal',
]);
export type StartFailureCode = z.infer<typeof StartFailureCode>;

export const StationStatus = z.strictObject({
  state: z.enum(['open', 'failed']),
  version: z.string(),
  /** practice data never mixes with a real profile and is marked on every screen */
  practice: z.boolean(),
  /** folder of the profile, for the sentence that says where the data is */
  folder: z.string(),
  agency: z.strictObject({ organId: z.string(), name: z.string() }),
  operator: z.string(),
  failure: z
    .strictObject({
      code: StartFailureCode,
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    })
    .nullable(),
});
export type StationStatus = z.infer<typeof StationStatus>;

export const StationSettings = z.strictObject({
  agency: z.strictObject({
    organId: z.string().max(35),
    name: z.string().max(200),
  }),
  operator: z.string().max(50),
  axis: AxisSettings,
});
export type StationSettings = z.infer<typeof StationSettings>;

export const station = {
  /** Answers even when the store could not be opened. */
  status: query(Empty, StationStatus),
  settings: query(Empty, StationSettings),
  saveStation: command(
    z.strictObject({
      organId: z
        .string()
        .regex(/^[A-Z0-9.]{1,35}$/),
      name: z.string().trim().min(1).max(200),
      operator: z.string().trim().min(1).max(50),
    }),
    StationSettings,
    ['practice-fixed'],
    { audited: true },
  ),
  saveAxis: command(
    AxisInput,
    StationSettings,
    ['plain-http-not-allowed', 'ca-unreadable', 'ca-not-authority', 'ca-private-key', 'practice-fixed'],
    { sensitive: true, audited: true },
  ),
};

const Bar = z.strictObject({
  axis: z.enum(['off', 'online', 'offline', 'refused']),
  /** what keeps the station itself from receiving and sending; null when nothing does */
  trouble: z.enum(['disk-full', 'store-read-only', 'store-damaged', 'internal']).nullable(),
  /** last complete poll */
  lastReceivedAt: Instant.nullable(),
  outboxWaiting: z.number().int(),
  outboxAttention: z.number().int(),
});

export const stationEvents = {
  /** The line at the foot of the window. */
  bar: eventStream(Bar, Bar),
};
