import { required, UsageError, type Command } from './command.ts';
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

export const settingsAxis: Command = {
  about: 'Đặt kết nối trục liên thông. | Set the axis connection.',
  usage:
    'settings axis --profile DIR --endpoint URL --system-id ID [--secret-env VAR] [--plain-http-host HOST] [--poll-seconds N]',
  options: { endpoint: true, 'system-id': true, 'secret-env': true, 'plain-http-host': true, 'poll-seconds': true },
  run: (context) =>
    withCore(context, async (core) => {
      const variable = context.options['secret-env'];
      const secret = typeof variable === 'string' ? process.env[variable] : null;
      if (secret === undefined) throw new UsageError(`--secret-env: ${String(variable)}`);
      const host = context.options['plain-http-host'];
      const outcome = await ask(core, 'station', 'saveAxis', {
        endpoint: required(context, 'endpoint'),
        systemId: required(context, 'system-id'),
        plainHttpHosts: typeof host === 'string' ? [host] : [],
        pollSeconds: Number(context.options['poll-seconds'] ?? 300),
        secret,
      });
      return outcome.ok ? { ok: true, value: outcome.value, text: 'Đã lưu.' } : refused(outcome);
    }),
};
