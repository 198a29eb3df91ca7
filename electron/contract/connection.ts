import { z } from 'zod';
import { AxisInput } from './axis.ts';
import { command, eventStream } from './define.ts';
import { Empty } from './shared.ts';

/** The steps of a test, in the order in which a connection comes about. */
export const ConnectionStep = z.enum([
  'address',
  'scheme',
  'proxy',
  'name',
  'tcp',
  'tls',
  'http',
  'protocol',
  'account',
  'clock',
  'directory',
  'agency',
  'optional',
]);
export type ConnectionStep = z.infer<typeof ConnectionStep>;

/**
 * What a step found. Each has a sentence (`connection.said.<finding>`), and those that are not good a remedy
 * (`connection.remedy.<finding>`).
 */
export const ConnectionFinding = z.enum([
  'not-reached',
  'stopped',
  'out-of-time',
  'address-good',
  'address-missing',
  'scheme-https',
  'scheme-http-allowed',
  'scheme-http-not-allowed',
  'proxy-none',
  'proxy-bypassed',
  'proxy-reached',
  'proxy-unreachable',
  'proxy-auth',
  'proxy-refused',
  'name-resolved',
  'name-is-address',
  'name-by-proxy',
  'name-unknown',
  'name-no-answer',
  'tcp-connected',
  'tcp-through-proxy',
  'tcp-by-proxy',
  'tcp-refused',
  'tcp-no-answer',
  'tcp-unreachable',
  'tcp-proxy-cannot',
  'tls-none',
  'tls-good',
  'tls-ends-soon',
  'tls-expired',
  'tls-not-yet',
  'tls-unknown-issuer',
  'tls-other-name',
  'tls-not-spoken',
  'tls-no-answer',
  'tls-failed',
  'http-answered',
  'http-no-answer',
  'http-cut',
  'http-failed',
  'protocol-spoken',
  'protocol-html',
  'protocol-empty',
  'protocol-moved',
  'protocol-missing',
  'protocol-other',
  'account-accepted',
  'account-no-secret',
  'account-refused',
  'account-turned-away',
  'account-unclear',
  'clock-same',
  'clock-ahead',
  'clock-behind',
  'clock-unknown',
  'directory-read',
  'directory-empty',
  'directory-refused',
  'directory-unknown-way',
  'agency-not-set',
  'agency-proved',
  'agency-listed',
  'agency-not-listed',
  'agency-unknowable',
  'optional-asked',
  'optional-unknown-way',
]);
export type ConnectionFinding = z.infer<typeof ConnectionFinding>;

export const StepState = z.enum(['ok', 'warning', 'failed', 'skipped']);
export type StepState = z.infer<typeof StepState>;

export const ConnectionStepResult = z.strictObject({
  step: ConnectionStep,
  state: StepState,
  finding: ConnectionFinding,
  /** values for the sentence; never a secret */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** how long it took */
  milliseconds: z.number().int().nonnegative(),
});
export type ConnectionStepResult = z.infer<typeof ConnectionStepResult>;

const ConnectionReport = z.strictObject({
  steps: z.array(ConnectionStepResult),
  /** no step failed and none was left out for lack of time */
  usable: z.boolean(),
});
export type ConnectionReport = z.infer<typeof ConnectionReport>;

const Progress = z.strictObject({ running: z.boolean(), steps: z.array(ConnectionStepResult) });

/** How our clock stands to the axis' (QĐ 28/2018 art. 14.4: synchronised with the axis). */
const AxisClock = z.strictObject({
  /** ours minus the axis', whole seconds; null when unknown or within five minutes [I] */
  differsBySeconds: z.number().int().nullable(),
});

export const connection = {
  /**
   * Tries a connection as it is typed, step by step, and says of each what was found. Secrets that are null are the
   * stored ones. Sends no message and acknowledges none. Takes a minute and a half at most.
   */
  test: command(AxisInput, ConnectionReport, ['test-running', 'ca-unreadable', 'ca-not-authority', 'ca-private-key', 'practice-fixed'], { sensitive: true, audited: true }),
  /** Ends a running test; what was found so far is its report. */
  stopTest: command(Empty, Empty, [], { audited: { no: 'the test that it ends writes its own entry' } }),
};

export const connectionEvents = {
  /** The steps of the running or last test, as they are done. */
  progress: eventStream(Progress, Progress),
  clock: eventStream(AxisClock, AxisClock),
};
