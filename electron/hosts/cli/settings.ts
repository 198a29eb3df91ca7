import { readFileSync } from 'node:fs';
import { AxisKind, type AxisSettings, type Contract, ElementOrderName, type InputOf } from '#contract';
import { required, UsageError, type Command, type CommandOptions } from './command.ts';
import { ask, refused, withCore } from './profile.ts';

export const status: Command = {
  about: 'Tình trạng của trạm; tạo hồ sơ dữ liệu mới khi chưa có. | Station status; creates a new profile.',
  usage: 'status --profile DIR [--passphrase-env VAR]',
  options: {},
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'station', 'status', {});
      if (!outcome.ok) return refused(outcome);
      const { agency, version, folder } = outcome.value;
      const name = agency.name === '' ? 'chưa đặt cơ quan' : `${agency.name} (${agency.organId})`;
      return { ok: true, value: outcome.value, text: `Trạm Văn thư ${version}: ${name}. Dữ liệu: ${folder}` };
    }),
};

export const settingsShow: Command = {
  about: 'Xem thiết lập. | Show settings.',
  usage: 'settings show --profile DIR',
  options: {},
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'station', 'settings', {});
      if (!outcome.ok) return refused(outcome);
      return { ok: true, value: outcome.value, text: JSON.stringify(outcome.value, null, 2) };
    }),
};

export const settingsStation: Command = {
  about: 'Đặt cơ quan và người trực. | Set agency and operator.',
  usage: 'settings station --profile DIR --organ-id CODE --name NAME --operator NAME [--abbreviation UBND]',
  options: { 'organ-id': true, name: true, operator: true, abbreviation: true },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'station', 'saveStation', {
        organId: required(context, 'organ-id'),
        name: required(context, 'name'),
        operator: required(context, 'operator'),
      });
      const { abbreviation } = context.options;
      if (!outcome.ok) return refused(outcome);
      if (typeof abbreviation === 'string') {
        const saved = await ask(core, 'numbers', 'saveAbbreviation', { category: 'office', id: null, name: '', abbreviation });
        if (!saved.ok) return refused(saved);
      }
      return { ok: true, value: outcome.value, text: 'Đã lưu.' };
    }),
};

/** A secret from the environment, which other users cannot read as they can arguments; null without the option. */
function fromEnvironment(options: CommandOptions, option: string): string | null {
  const variable = options[option];
  const value = typeof variable === 'string' ? process.env[variable] : null;
  if (value === undefined) throw new UsageError(`--${option}: ${String(variable)}`);
  return value;
}

/** What an option says, or what is stored when it is not given; '' clears. */
function textOr(options: CommandOptions, option: string, stored: string): string {
  const value = options[option];
  return typeof value === 'string' ? value : stored;
}

function numberOr(options: CommandOptions, option: string, stored: number): number {
  const value = options[option];
  return typeof value === 'string' ? Number(value === '' ? Number.NaN : value) : stored;
}

function listOr(options: CommandOptions, option: string, stored: readonly string[]): string[] {
  const value = options[option];
  return typeof value === 'string' ? value.split(/[\s,;]+/).filter((part) => part !== '') : [...stored];
}

/** `HOST:PORT`, or `none`. */
function proxyOf(options: CommandOptions, stored: AxisSettings): Pick<AxisSettings, 'proxy' | 'proxyHost' | 'proxyPort'> {
  const { proxy, proxyHost, proxyPort } = stored;
  const value = options['proxy'];
  if (typeof value !== 'string') return { proxy, proxyHost, proxyPort };
  if (value === 'none') return { proxy: 'none', proxyHost, proxyPort };
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(value) ?? [];
  if (host === undefined || port === undefined) throw new UsageError('--proxy HOST:PORT|none');
  return { proxy: 'http', proxyHost: host.replace(/^\[|\]$/g, ''), proxyPort: Number(port) };
}

function caPemOf(options: CommandOptions, stored: string): string {
  const file = options['ca-file'];
  if (typeof file !== 'string') return stored;
  if (file === '') return '';
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`--ca-file ${file}`);
  }
}

/** Options of `settings axis`; `connection test` takes them too, without storing them. */
export const axisOptions: Command['options'] = {
  endpoint: true,
  'system-id': true,
  'secret-env': true,
  'plain-http-host': true,
  'poll-seconds': true,
  kind: true,
  username: true,
  'password-env': true,
  'application-code': true,
  proxy: true,
  'proxy-user': true,
  'proxy-password-env': true,
  'proxy-bypass': true,
  'ca-file': true,
  'send-timeout': true,
  'idle-timeout': true,
  retry: true,
  'max-tries': true,
  'element-order': true,
};

export const axisUsage =
  '[--endpoint URL] [--system-id ID] [--secret-env VAR] [--plain-http-host HOST,…] [--poll-seconds N] [--kind vxp|lgsp-rest] [--username NAME] [--password-env VAR] [--application-code CODE] [--proxy HOST:PORT|none] [--proxy-user NAME] [--proxy-password-env VAR] [--proxy-bypass HOST,…] [--ca-file PEM] [--send-timeout SECONDS] [--idle-timeout SECONDS] [--retry SECONDS,…] [--max-tries N] [--element-order vnpt|qcvn]';

/** The connection as the call's options name it, over what is stored. Secrets that are not named are the stored ones. */
export function axisOf(options: CommandOptions, stored: AxisSettings): InputOf<Contract['station']['saveAxis']> {
  const kind = AxisKind.safeParse(options['kind'] ?? stored.kind);
  if (!kind.success) throw new UsageError(`--kind ${AxisKind.options.join('|')}`);
  const elementOrder = ElementOrderName.safeParse(options['element-order'] ?? stored.elementOrder);
  if (!elementOrder.success) throw new UsageError(`--element-order ${ElementOrderName.options.join('|')}`);
  return {
    kind: kind.data,
    elementOrder: elementOrder.data,
    endpoint: textOr(options, 'endpoint', stored.endpoint),
    systemId: textOr(options, 'system-id', stored.systemId),
    plainHttpHosts: listOr(options, 'plain-http-host', stored.plainHttpHosts),
    pollSeconds: numberOr(options, 'poll-seconds', stored.pollSeconds),
    secret: fromEnvironment(options, 'secret-env'),
    username: textOr(options, 'username', stored.username),
    applicationCode: textOr(options, 'application-code', stored.applicationCode),
    password: fromEnvironment(options, 'password-env'),
    ...proxyOf(options, stored),
    proxyUser: textOr(options, 'proxy-user', stored.proxyUser),
    proxyPassword: fromEnvironment(options, 'proxy-password-env'),
    proxyBypass: listOr(options, 'proxy-bypass', stored.proxyBypass),
    caPem: caPemOf(options, stored.caPem),
    sendTimeoutSeconds: numberOr(options, 'send-timeout', stored.sendTimeoutSeconds),
    idleTimeoutSeconds: numberOr(options, 'idle-timeout', stored.idleTimeoutSeconds),
    retrySeconds: listOr(options, 'retry', stored.retrySeconds.map(String)).map(Number),
    maxTries: numberOr(options, 'max-tries', stored.maxTries),
  };
}

export const settingsAxis: Command = {
  about:
    'Đặt kết nối trục liên thông; mục không nêu thì giữ nguyên. | Set the axis connection; what is not named stays.',
  usage: `settings axis --profile DIR ${axisUsage}`,
  options: axisOptions,
  run: (context) =>
    withCore(context, async (core) => {
      const stored = await ask(core, 'station', 'settings', {});
      if (!stored.ok) return refused(stored);
      const outcome = await ask(core, 'station', 'saveAxis', axisOf(context.options, stored.value.axis));
      return outcome.ok ? { ok: true, value: outcome.value, text: 'Đã lưu.' } : refused(outcome);
    }),
};
