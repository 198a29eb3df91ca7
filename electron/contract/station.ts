import { z } from 'zod';
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

/**
 * How the axis is spoken to: `vxp`, the national axis' own protocol (axis.md §1.2), or `lgsp-rest`, a provincial broker
 * before it (axis.md §1.8 [S]: as another integrator describes it).
 */
export const AxisKind = z.enum(['vxp', 'lgsp-rest']);
export type AxisKind = z.infer<typeof AxisKind>;

export const AxisSettings = z.strictObject({
  kind: AxisKind,
  /** empty = not connected to any axis */
  endpoint: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  systemId: z.string().max(100),
  /** host names for which plain http is allowed (axis.md §1.1: the special-purpose network runs http) */
  plainHttpHosts: z.array(z.string().max(253)).max(20),
  /** seconds between two polls */
  pollSeconds: z.number().int().min(5).max(86_400),
  hasSecret: z.boolean(),
  /** account at the broker; `lgsp-rest` only, as are the next two */
  username: z.string().max(100),
  applicationCode: z.string().max(100),
  hasPassword: z.boolean(),
});
export type AxisSettings = z.infer<typeof AxisSettings>;

export const StationSettings = z.strictObject({
  agency: z.strictObject({
    organId: z.string().max(35),
    name: z.string().max(200),
  }),
  operator: z.string().max(50),
  axis: AxisSettings,
});
export type StationSettings = z.infer<typeof StationSettings>;

/** Callers that know one kind of axis only need not name it. */
const AxisInput = z
  .strictObject({
    ...AxisSettings.omit({ hasSecret: true, hasPassword: true }).shape,
    kind: AxisKind.default('vxp'),
    username: AxisSettings.shape.username.default(''),
    applicationCode: AxisSettings.shape.applicationCode.default(''),
    /** null keeps the stored secret */
    secret: z.string().min(1).max(500).nullable(),
    /** null keeps the stored password */
    password: z.string().min(1).max(500).nullable().default(null),
  })
  .superRefine((axis, context) => {
    if (axis.kind !== 'lgsp-rest') return;
    const demand = (holds: boolean, field: string): void => {
      if (!holds) context.addIssue({ code: 'custom', path: [field], message: field });
    };
    demand(axis.endpoint === '' || axis.username !== '', 'username');
    // Both travel as headers, which carry nothing else.
    demand(/^[\x20-\x7e]*$/.test(axis.systemId), 'systemId');
    demand(axis.secret === null || /^[\x20-\x7e]+$/.test(axis.secret), 'secret');
  });

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
    ['plain-http-not-allowed', 'practice-fixed'],
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
