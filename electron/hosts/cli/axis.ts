import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { httpClient } from '../../platform/http/client.ts';
import { Fault, lgspBase, PartnerScript, practiceAgency, practiceControl, practicePartners, type PracticeControl } from '../../services/practice/index.ts';
import { AxisServerConfig, startAxisServer } from '../practice/practice-axis-server.ts';
import { keptAxisSecrets, readAxisSecrets, secretsFileIn, type AxisSecrets } from './axis-secrets.ts';
import { agenciesOf, chaosOf, faultOf, numberOf, SystemWords, valid } from './axis-words.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { done } from './sentences.ts';

/** of every account at the provincial broker's skin; the user name is the system's id */
const applicationCode = 'TVT';

type Refusal = Extract<CommandResult, { ok: false }>;

export const axisServe: Command = {
  about:
    'Chạy trục liên thông luyện tập trên 127.0.0.1 cho đến khi có SIGTERM hoặc Ctrl+C. | Serve the practice axis until SIGTERM or Ctrl+C.',
  usage:
    'axis serve [--port N] [--folder DIR] [--systems FILE.json | --system ID [--secret-env VAR] --agency CODE=NAME …] [--agencies N --seed N] [--partners | --partners-file FILE.json] [--tick-seconds N] [--fault KIND:VERB:NUMBER:TIMES …] [--chaos RATE --seed N --chaos-kinds A,B] [--hash-form sdk|hex|either] [--clock-tolerance MINUTES] [--keep-failed] [--lgsp] [--secrets-file FILE]',
  options: {
    port: true,
    folder: true,
    systems: true,
    system: true,
    'secret-env': true,
    agencies: true,
    seed: true,
    partners: false,
    'partners-file': true,
    'tick-seconds': true,
    chaos: true,
    'chaos-kinds': true,
    'hash-form': true,
    'clock-tolerance': true,
    'keep-failed': false,
    lgsp: false,
    'secrets-file': true,
  },
  many: ['agency', 'fault'],
  run: async (context) => {
    const named = textOf(context, 'secrets-file');
    const folder = textOf(context, 'folder');
    if (named !== undefined) return serveWith(context, resolve(named));
    if (folder !== undefined) return serveWith(context, secretsFileIn(resolve(folder)));
    // What is forgotten with the process needs no secrets after it.
    const passing = mkdtempSync(join(tmpdir(), 'tvt-axis-'));
    try {
      return await serveWith(context, secretsFileIn(passing));
    } finally {
      rmSync(passing, { recursive: true, force: true });
    }
  },
};

async function serveWith(context: CommandContext, secretsFile: string): Promise<CommandResult> {
  const systems = systemsOf(context);
  if ('ok' in systems) return systems;
  const secrets = await keptAxisSecrets(secretsFile, secretNames(context, systems));
  if (!secrets.ok) return { ok: false, code: 'cli.axis-secrets', params: { file: secretsFile } };
  const config = configOf(context, systems, secrets.value);
  if ('ok' in config) return config;
  // Before it listens: whoever stops it right then must not end it in the middle.
  const stopped = stopSignal();
  const server = await startAxisServer(config, context.log);
  if (!server.ok) {
    return { ok: false, code: `cli.axis-${server.failure.code}`, params: { folder: config.folder ?? '', port: config.port } };
  }
  const { port, close } = server.value;
  announce(context, { port, secretsFile, systems });
  await stopped;
  await close();
  return { ok: true, value: { stopped: true }, text: done(context, 'axis-stopped') };
}

export const axisFault: Command = {
  about: 'Đặt một sự cố cho trục luyện tập đang chạy. | Order a misfortune at a running practice axis.',
  usage:
    'axis fault --url URL (--token-env VAR | --secrets-file FILE) (--clear | --kind KIND [--verb VERB] [--times N] [--delay-ms N] [--minutes N] [--http-status N] [--error-code C] [--error-desc TEXT])',
  options: {
    url: true,
    kind: true,
    verb: true,
    times: true,
    'delay-ms': true,
    minutes: true,
    'http-status': true,
    'error-code': true,
    'error-desc': true,
    clear: false,
    'token-env': true,
    'secrets-file': true,
  },
  run: (context) =>
    withControl(context, async (control) => {
      if (context.options['clear'] === true) {
        await control.clearFaults();
        return { ok: true, value: { cleared: true }, text: done(context, 'faults-cleared') };
      }
      const fault = valid(Fault, faultWords(context), '--kind');
      await control.fault(fault);
      return { ok: true, value: fault, text: done(context, 'fault', { kind: fault.kind, verb: fault.verb, times: fault.times }) };
    }),
};

export const axisAdvance: Command = {
  about: 'Cho các cơ quan đối tác của trục luyện tập làm bước kế tiếp. | Let the practice partners take their next step.',
  usage: 'axis advance --url URL (--token-env VAR | --secrets-file FILE)',
  options: { url: true, 'token-env': true, 'secrets-file': true },
  run: (context) =>
    withControl(context, async (control) => {
      const step = await control.advance();
      const { tick, heard, sent, planned } = step;
      return { ok: true, value: step, text: done(context, 'advance', { tick, heard, sent, planned }) };
    }),
};

function faultWords(context: CommandContext): Readonly<Record<string, unknown>> {
  const names = { 'error-code': 'errorCode', 'error-desc': 'errorDesc', verb: 'verb' } as const;
  const numbers = { times: 'times', 'delay-ms': 'delayMs', minutes: 'minutes', 'http-status': 'httpStatus' } as const;
  const words: Record<string, unknown> = { kind: required(context, 'kind') };
  for (const [option, field] of Object.entries(names)) {
    const text = textOf(context, option);
    if (text !== undefined) words[field] = text;
  }
  for (const [option, field] of Object.entries(numbers)) {
    const value = numberOf(context, option, undefined);
    if (value !== undefined) words[field] = value;
  }
  return words;
}

async function withControl(context: CommandContext, work: (control: PracticeControl) => Promise<CommandResult>): Promise<CommandResult> {
  const url = required(context, 'url');
  const port = portOf(url);
  const token = await tokenOf(context);
  if (typeof token !== 'string') return token;
  try {
    return await work(practiceControl({ port, token, http: httpClient }));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return { ok: false, code: 'cli.axis-no-answer', params: { url, detail: error instanceof Error ? error.message : '' } };
  }
}

/** The token opens every message there is, so it goes nowhere but to this machine. */
function portOf(text: string): number {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' || !['127.0.0.1', 'localhost'].includes(url.hostname) || url.port === '') {
    throw new UsageError('--url http://127.0.0.1:PORT');
  }
  return Number(url.port);
}

async function tokenOf(context: CommandContext): Promise<string | Refusal> {
  const file = textOf(context, 'secrets-file');
  if (file === undefined) return fromEnvironment(required(context, 'token-env'), '--token-env');
  const read = await readAxisSecrets(resolve(file));
  if (read.ok && read.value !== undefined) return read.value.controlToken;
  return { ok: false, code: 'cli.axis-secrets', params: { file } };
}

function systemsOf(context: CommandContext): readonly SystemWords[] | Refusal {
  const file = textOf(context, 'systems');
  if (file !== undefined) return jsonFile(file, z.array(SystemWords).min(1));
  const named = agenciesOf(context.lists['agency'] ?? []);
  const secretEnv = textOf(context, 'secret-env');
  const systemId = textOf(context, 'system') ?? 'luyen.tap.W00';
  return [{ systemId, agencies: named.length > 0 ? named : [practiceAgency], ...(secretEnv === undefined ? {} : { secretEnv }) }];
}

/** Names of the secrets to be made: of systems whose own is not in the environment, and of the broker's accounts. */
function secretNames(context: CommandContext, systems: readonly SystemWords[]): readonly string[] {
  const made = systems.filter(({ secretEnv }) => secretEnv === undefined).map(({ systemId }) => systemId);
  return context.options['lgsp'] === true ? [...made, ...systems.map(({ systemId }) => lgspName(systemId))] : made;
}

function lgspName(systemId: string): string {
  return `lgsp:${systemId}`;
}

function configOf(
  context: CommandContext,
  systems: readonly SystemWords[],
  secrets: AxisSecrets,
): AxisServerConfig | Refusal {
  const partners = partnersOf(context, systems);
  if ('ok' in partners) return partners;
  const folder = textOf(context, 'folder');
  const count = numberOf(context, 'agencies', undefined);
  const tolerance = numberOf(context, 'clock-tolerance', undefined);
  const chaos = chaosOf(context);
  const config = {
    systems: systems.map(({ systemId, secretEnv, agencies }) => {
      const secret = secretEnv === undefined ? secrets.systems[systemId] : fromEnvironment(secretEnv, '--secret-env');
      const password = secrets.systems[lgspName(systemId)];
      const account = { username: systemId, password, applicationCode };
      return { systemId, secret, agencies, ...(context.options['lgsp'] === true ? { lgsp: account } : {}) };
    }),
    controlToken: secrets.controlToken,
    port: numberOf(context, 'port', 0),
    failedItemsStay: context.options['keep-failed'] === true,
    // Clients of any kind may come here, and what spelling the real axis takes is not known (axis.md §5.2).
    hashForm: textOf(context, 'hash-form') ?? 'either',
    faults: (context.lists['fault'] ?? []).map(faultOf),
    partners,
    ...(folder === undefined ? {} : { folder: resolve(folder) }),
    ...(tolerance === undefined ? {} : { clockToleranceMinutes: tolerance }),
    ...(count === undefined ? {} : { generated: { count, seed: numberOf(context, 'seed', 1) } }),
    ...(chaos === undefined ? {} : { chaos }),
    ...(partners.length === 0 ? {} : { tickSeconds: numberOf(context, 'tick-seconds', 5) }),
  };
  return valid(AxisServerConfig, config, '');
}

function partnersOf(context: CommandContext, systems: readonly SystemWords[]): readonly PartnerScript[] | Refusal {
  const file = textOf(context, 'partners-file');
  if (file !== undefined) return jsonFile(file, z.array(PartnerScript));
  if (context.options['partners'] !== true) return [];
  const own = systems.flatMap(({ agencies }) => agencies.map(({ code, name }) => ({ code, name })));
  return practicePartners(own).filter(({ agency }) => !own.some(({ code }) => code === agency.code));
}

function announce(
  context: CommandContext,
  { port, secretsFile, systems }: { port: number; secretsFile: string; systems: readonly SystemWords[] },
): void {
  const address = `http://127.0.0.1:${String(port)}`;
  const endpoint = `${address}/XrdAdapter/adapter`;
  const rows = systems.map(({ systemId, agencies }) => ({ systemId, agencies: agencies.map(({ code }) => code) }));
  const point = `tvt settings axis --profile DIR --endpoint ${endpoint} --system-id ${rows[0]?.systemId ?? ''} --secret-env VAR --plain-http-host 127.0.0.1`;
  const lgsp = context.options['lgsp'] === true ? { endpoint: `${address}${lgspBase}`, applicationCode } : null;
  context.tell(
    { url: address, endpoint, lgsp, port, secretsFile, systems: rows, point },
    done(context, 'axis-serves', { endpoint, point, lgsp: lgsp === null ? '' : `LGSP: ${lgsp.endpoint}. `, secretsFile }),
  );
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve();
      });
    }
  });
}

function jsonFile<T extends z.ZodType>(file: string, shape: T): z.output<T> | Refusal {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { ok: false, code: 'cli.axis-file', params: { file } };
  }
  return valid(shape, value, file);
}

function textOf(context: CommandContext, name: string): string | undefined {
  const value = context.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** Arguments can be read by others on the machine; the environment of a process cannot. */
function fromEnvironment(variable: string, option: string): string {
  const value = process.env[variable];
  if (value === undefined || value === '') throw new UsageError(`${option} ${variable}`);
  return value;
}
