import type { ConnectionReport, ConnectionStep, ConnectionStepResult } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import type { AxisSecrets } from '../../settings/index.ts';
import type { HttpAnswer, HttpPort } from '../ports.ts';
import { allowsPlainHttp, axisTransports, routed, routeOf, type AxisLine } from '../transports/axis-transports.ts';
import { agencyStep, clockStep, httpStep, protocolStep, type Directory, type Knock } from './answer-steps.ts';
import { bad, left, type Found } from './found.ts';
import { lgspTalk } from './lgsp-talk.ts';
import { addressStep, nameStep, proxyStep, schemeStep, tcpStep, tlsStep } from './line-steps.ts';
import type { LineProbe } from './probe.ts';
import { vxpTalk } from './vxp-talk.ts';

export type TestPorts = {
  readonly http: HttpPort;
  readonly probe: LineProbe;
  readonly clock: Clock;
  /** milliseconds for each step of the line, for a question, for the directory */
  readonly limits: { readonly line: number; readonly question: number; readonly directory: number };
};

export type TestedLine = {
  readonly axis: AxisLine;
  readonly secrets: AxisSecrets;
  /** our agency code; '' when not set */
  readonly organId: string;
};

/** What is usual. Everything together is bounded by the caller's signal. */
export const usualLimits: TestPorts['limits'] = { line: 10_000, question: 15_000, directory: 30_000 };

/**
 * Tries a connection step by step; `told` hears the steps done so far after each. What builds on a step that failed is
 * left out. Sends no message and acknowledges none. After `signal` nothing more is begun, and the rest is told as
 * stopped or out of time; a question under way ends by its own limit.
 */
export async function testConnection(
  ports: TestPorts,
  line: TestedLine,
  told: (steps: readonly ConnectionStepResult[]) => void,
  signal: AbortSignal,
): Promise<ConnectionReport> {
  const { axis, secrets, organId } = line;
  const { probe, clock, limits } = ports;
  const steps: ConnectionStepResult[] = [];

  /** Does a step and answers whether what builds on it may follow. */
  async function step(name: ConnectionStep, possible: boolean, work: () => Found | Promise<Found>): Promise<boolean> {
    const started = performance.now();
    const found = signal.aborted ? ended(signal) : possible ? await untilAborted(work, signal) : left('not-reached');
    const milliseconds = Math.round(performance.now() - started);
    steps.push({ step: name, state: found.state, finding: found.finding, params: withoutSecrets(found.params, secrets), milliseconds });
    told([...steps]);
    return possible && found.state !== 'failed' && !signal.aborted;
  }

  let open = await step('address', true, () => addressStep(axis));
  open = await step('scheme', open, () => schemeStep(axis));
  const url = new URL(axis.endpoint === '' ? 'https://localhost' : axis.endpoint);
  const route = routeOf(axis, secrets);

  let way: Awaited<ReturnType<typeof proxyStep>> | undefined;
  open = await step('proxy', open, async () => {
    way = await proxyStep(probe, url, route, limits.line);
    return way.found;
  });
  open = await step('name', open, () => nameStep(probe, url, way?.proxy ?? null, limits.line));
  open = await step('tcp', open, () => way?.tunnel ?? tcpStep(probe, url, limits.line));
  open = await step('tls', open, () => tlsStep(probe, url, route, limits.line, clock.now()));

  const http = routed(ports.http, route);
  const allowPlainHttp = axis.endpoint !== '' && allowsPlainHttp(axis);
  const options = { axis, secrets, http, clock, allowPlainHttp, timeoutMs: limits.question, directoryMs: limits.directory };
  const talk = axis.kind === 'vxp' ? vxpTalk(options) : lgspTalk(options);

  let knock: Knock | undefined;
  let withoutAccount = false;
  open = await step('http', open, async () => {
    const started = clock.now();
    const asked = talk.knock();
    if (asked === null) {
      withoutAccount = true;
      return left('not-reached');
    }
    knock = { outcome: await asked, started, ended: clock.now() };
    return httpStep(knock);
  });
  const answer: HttpAnswer | undefined = knock?.outcome.ok === true ? knock.outcome.value : undefined;
  const answered = open && answer !== undefined;
  open = await step('protocol', answered, () =>
    answer === undefined ? left('not-reached') : protocolStep(answer, talk.speaks),
  );
  let codes: readonly string[] = [];
  open = await step('account', open || withoutAccount, async () => {
    if (withoutAccount || answer === undefined) return bad('account-no-secret');
    const judged = await talk.account(answer);
    codes = judged.codes;
    return judged.found;
  });
  await step('clock', answered, () => (knock === undefined ? left('clock-unknown') : clockStep(knock)));

  let directory: Directory['codes'] = null;
  const accepted = open;
  await step('directory', accepted, async () => {
    const asked = await talk.directory();
    directory = asked.codes;
    return asked.found;
  });
  await step('agency', accepted, async () => {
    const transport = axisTransports({ http: ports.http, clock })(axis, secrets);
    const sent = await transport.sentList({ messageType: 'edoc' });
    const seen = new Set([...codes, ...(sent.ok ? sent.value.map((row) => row.fromCode) : [])]);
    return agencyStep(organId, seen, directory);
  });
  await step('optional', accepted, () => talk.optional());

  const usable = steps.every(({ state, finding }) => state !== 'failed' && finding !== 'stopped' && finding !== 'out-of-time');
  return { steps, usable };
}

async function untilAborted(work: () => Found | Promise<Found>, signal: AbortSignal): Promise<Found> {
  let stop = (): void => undefined;
  const aborted = new Promise<Found>((resolve) => {
    stop = () => {
      resolve(ended(signal));
    };
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function ended(signal: AbortSignal): Found {
  return left((signal.reason as { name?: unknown } | null)?.name === 'TimeoutError' ? 'out-of-time' : 'stopped');
}

/** The other side may quote what it was given, and a report is shown, copied and sent on. */
function withoutSecrets(params: Found['params'], secrets: AxisSecrets): Found['params'] {
  const hidden = Object.values(secrets).filter((secret) => secret !== '');
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? hidden.reduce((text, secret) => text.replaceAll(secret, '***'), value) : value,
    ]),
  );
}
