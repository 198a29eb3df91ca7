import type { Json } from '../../foundation/canonical-json.ts';
import { systemClock } from '../../foundation/clock.ts';
import { httpClient } from '../../platform/http/client.ts';
import { bindingWith, checkServer, clientRuleIds, practiceAgency, serverRuleIds, type Finding } from '../../services/practice/index.ts';
import { agenciesOf, numberOf } from './axis-words.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { checkWhoCalls } from './conformance-listen.ts';
import { checkOurselves } from './conformance-self.ts';

export const axisConformance: Command = {
  about:
    'Kiểm tra sự tuân thủ giao thức trục: của máy chủ (--url, có gửi thư thử nên cần --yes), của phần mềm gọi tới (--listen), hoặc của chính chương trình (--self). | Check conformance to the axis protocol: of a server (--url; sends test messages, so needs --yes), of a client that calls (--listen), or of ourselves (--self).',
  usage:
    'axis conformance (--self | --url URL --system-id ID --secret-env VAR --from CODE --to CODE [--to-system-id ID --to-secret-env VAR] --yes | --listen --system-id ID --secret-env VAR [--port N] [--agency CODE=NAME]) [--wait-seconds N] [--only RULE …]',
  options: {
    self: false,
    listen: false,
    url: true,
    'system-id': true,
    'secret-env': true,
    from: true,
    to: true,
    'to-system-id': true,
    'to-secret-env': true,
    port: true,
    agency: true,
    'wait-seconds': true,
    yes: false,
  },
  many: ['only'],
  run: async (context) => {
    const ways = ['self', 'listen', 'url'].filter((way) => (context.options[way] ?? false) !== false);
    if (ways.length !== 1) throw new UsageError('--self | --url | --listen');
    const only = onlyOf(context, ways[0] ?? '');
    const done = (finding: Finding): void => {
      context.say(lineOf(finding, languageOf(context)));
    };
    if (ways[0] === 'self') return told(context, await checkOurselves({ version: context.version, log: context.log, only, done }));
    return ways[0] === 'url' ? againstServer(context, only, done) : againstClient(context, only, done);
  },
};

type Done = (finding: Finding) => void;

async function againstServer(context: CommandContext, only: readonly string[], done: Done): Promise<CommandResult> {
  const endpoint = addressOf(required(context, 'url'));
  const sender = { systemId: required(context, 'system-id'), secret: secretFrom(context, 'secret-env') };
  const apart = context.options['to-system-id'] !== undefined;
  const receiver = apart ? { systemId: required(context, 'to-system-id'), secret: secretFrom(context, 'to-secret-env') } : sender;
  const from = required(context, 'from');
  const to = required(context, 'to');
  if (context.options['yes'] !== true) return { ok: false, code: 'cli.conformance-sends', params: { url: endpoint, from, to } };
  const patienceMs = numberOf(context, 'wait-seconds', 10) * 1000;
  const parties = { from: { code: from, name: `Đơn vị ${from}` }, to: { code: to, name: `Đơn vị ${to}` } };
  const target = { endpoint, ...parties, sender, receiver, patienceMs, settleMs: 1000 };
  return told(context, await checkServer(target, { http: httpClient, clock: systemClock }, only, done));
}

async function againstClient(context: CommandContext, only: readonly string[], done: Done): Promise<CommandResult> {
  const account = { systemId: required(context, 'system-id'), secret: secretFrom(context, 'secret-env') };
  const words = context.options['agency'];
  const [agency = practiceAgency] = typeof words === 'string' ? agenciesOf([words]) : [];
  const port = numberOf(context, 'port', 0);
  const stop = new AbortController();
  const end = (): void => {
    stop.abort();
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  try {
    const findings = await checkWhoCalls({
      port,
      account,
      agency,
      waitSeconds: numberOf(context, 'wait-seconds', 120),
      only,
      listening: (endpoint) => {
        context.tell({ endpoint, systemId: account.systemId, agency }, `Trỏ phần mềm của ${agency.code} tới ${endpoint}, mã hệ thống ${account.systemId}. | Point the client of ${agency.code} there.`);
      },
      say: context.say,
      done,
      stop: stop.signal,
    });
    return told(context, findings);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return { ok: false, code: 'cli.axis-port-in-use', params: { port } };
    throw error;
  } finally {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
  }
}

/** The table is told line by line as it comes about; this is the sum, and all of it for `--json`. */
function told(context: CommandContext, findings: readonly Finding[]): CommandResult {
  const counts: Record<Finding['result'], number> = { pass: 0, fail: 0, skipped: 0, 'not-knowable': 0 };
  for (const { result } of findings) counts[result] += 1;
  const broken = bindingWith('fail', findings).map(({ id }) => id);
  const untried = bindingWith('skipped', findings).map(({ id }) => id);
  const names = resultWords[languageOf(context)];
  const sum = (Object.keys(counts) as Finding['result'][]).map((result) => `${names[result]} ${String(counts[result])}`).join(', ');
  const value: Json = { counts, broken, untried, findings: findings.map((finding) => ({ ...finding })) };
  const named = [['fail', broken], ['skipped', untried]] as const;
  const lists = named.filter(([, ids]) => ids.length > 0).map(([result, ids]) => `P/V/M ${names[result]}: ${ids.join(', ')}.`);
  return { ok: true, value, text: [`${sum}.`, ...lists].join('\n'), ...(broken.length === 0 ? {} : { exit: 1 as const }) };
}

const resultWords = {
  vi: { pass: 'đạt', fail: 'không đạt', skipped: 'bỏ qua', 'not-knowable': 'không thể biết' },
  en: { pass: 'pass', fail: 'fail', skipped: 'skipped', 'not-knowable': 'not knowable' },
} as const;

function lineOf(finding: Finding, language: 'vi' | 'en'): string {
  const { id, basis, certainty, result, seen } = finding;
  return `${resultWords[language][result].padEnd(14)}  ${id.padEnd(27)}  ${`${basis} [${certainty}]`.padEnd(14)}  ${finding[language]}  |  ${seen}`;
}

function languageOf(context: CommandContext): 'vi' | 'en' {
  return context.options['lang'] === 'en' ? 'en' : 'vi';
}

function onlyOf(context: CommandContext, way: string): readonly string[] {
  const only = context.lists['only'] ?? [];
  const known = [...(way === 'listen' ? [] : serverRuleIds), ...(way === 'url' ? [] : clientRuleIds)];
  const strange = only.find((id) => !known.includes(id));
  if (strange !== undefined) throw new UsageError(`--only ${strange}`);
  return only;
}

function addressOf(text: string): string {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw new UsageError('--url URL');
  return text.replace(/\/+$/, '');
}

/** Arguments can be read by others on the machine; the environment of a process cannot. */
function secretFrom(context: CommandContext, option: string): string {
  const variable = required(context, option);
  const value = process.env[variable];
  if (value === undefined || value === '') throw new UsageError(`--${option} ${variable}`);
  return value;
}
