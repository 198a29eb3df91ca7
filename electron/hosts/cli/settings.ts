import { AxisKind } from '#contract';
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
  usage: 'settings station --profile DIR --organ-id CODE --name NAME --operator NAME',
  options: { 'organ-id': true, name: true, operator: true },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'station', 'saveStation', {
        organId: required(context, 'organ-id'),
        name: required(context, 'name'),
        operator: required(context, 'operator'),
      });
      return outcome.ok ? { ok: true, value: outcome.value, text: 'Đã lưu.' } : refused(outcome);
    }),
};

/** A secret from the environment, which other users cannot read as they can arguments; null without the option. */
function fromEnvironment(options: CommandOptions, option: string): string | null {
  const variable = options[option];
  const value = typeof variable === 'string' ? process.env[variable] : null;
  if (value === undefined) throw new UsageError(`--${option}: ${String(variable)}`);
  return value;
}

function textOf(options: CommandOptions, option: string): string {
  const value = options[option];
  return typeof value === 'string' ? value : '';
}

export const settingsAxis: Command = {
  about: 'Đặt kết nối trục liên thông. | Set the axis connection.',
  usage:
    'settings axis --profile DIR --endpoint URL --system-id ID [--secret-env VAR] [--plain-http-host HOST] [--poll-seconds N] [--kind vxp|lgsp-rest] [--username NAME] [--password-env VAR] [--application-code CODE]',
  options: {
    endpoint: true,
    'system-id': true,
    'secret-env': true,
    'plain-http-host': true,
    'poll-seconds': true,
    kind: true,
    username: true,
    'password-env': true,
    'application-code': true,
  },
  run: (context) =>
    withCore(context, async (core) => {
      const secret = fromEnvironment(context.options, 'secret-env');
      const password = fromEnvironment(context.options, 'password-env');
      const kind = AxisKind.safeParse(context.options['kind'] ?? 'vxp');
      if (!kind.success) throw new UsageError(`--kind ${AxisKind.options.join('|')}`);
      const host = context.options['plain-http-host'];
      const outcome = await ask(core, 'station', 'saveAxis', {
        kind: kind.data,
        endpoint: required(context, 'endpoint'),
        systemId: required(context, 'system-id'),
        plainHttpHosts: typeof host === 'string' ? [host] : [],
        pollSeconds: Number(context.options['poll-seconds'] ?? 300),
        secret,
        username: textOf(context.options, 'username'),
        applicationCode: textOf(context.options, 'application-code'),
        password,
      });
      return outcome.ok ? { ok: true, value: outcome.value, text: 'Đã lưu.' } : refused(outcome);
    }),
};
