import { readFileSync } from 'node:fs';
import type { Person } from '#contract';
import type { Core } from '../compose.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { ask, refused, withCore } from './profile.ts';
import { wordsFor } from './sentences.ts';

function lineOf(person: Person): string {
  const account = person.account === null ? 'không có mật khẩu' : person.account.state;
  return `${person.name}  ${person.position}  [${person.roles.join(', ')}]  ${account}  [${person.id}]`;
}

export const peopleList: Command = {
  about: 'Xem người dùng, vai trò và tài khoản. | List people, roles and accounts.',
  usage: 'people list --profile DIR',
  options: {},
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'people', 'staff', { ended: false });
      if (!outcome.ok) return refused(outcome);
      return { ok: true, value: outcome.value, text: outcome.value.persons.map(lineOf).join('\n') };
    }),
};

export const peopleImport: Command = {
  about: 'Nhập người dùng từ bảng: họ tên; chức vụ; đơn vị; vai trò. | Take people over from a table.',
  usage: 'people import --profile DIR --file FILE [--add-units]',
  options: { file: true, 'add-units': false },
  run: (context) =>
    withCore(context, async (core) => {
      const input = { text: textOf(required(context, 'file')), addUnits: context.options['add-units'] === true };
      const rows = await ask(core, 'people', 'previewImport', input);
      if (!rows.ok) return refused(rows);
      for (const { line, problem, about } of rows.value) {
        if (problem !== null) context.say(`Dòng ${String(line)}: ${wordsFor(`staff.import.problem.${problem}`, { about }, 'vi')}`);
      }
      const outcome = await ask(core, 'people', 'importPeople', input);
      if (!outcome.ok) return refused(outcome);
      const { added, leftOut, units } = outcome.value;
      return { ok: true, value: outcome.value, text: `Đã nhập ${String(added)} người, ${String(units)} đơn vị mới, bỏ qua ${String(leftOut)} dòng.` };
    }),
};

export const peopleResetPassword: Command = {
  about: 'Đặt lại mật khẩu đã quên và mở khóa tài khoản; cần khóa của hồ sơ dữ liệu, ghi nhật ký. | Replace a lost password.',
  usage: 'people reset-password --profile DIR (--name NAME | --person ID) --password-env VAR',
  options: { name: true, person: true, 'password-env': true },
  run: (context) =>
    withCore(context, async (core) => {
      const found = await personIn(context, core);
      if (!('id' in found)) return found;
      const variable = required(context, 'password-env');
      const password = process.env[variable];
      if (password === undefined) throw new UsageError(`--password-env: ${variable}`);
      const outcome = await ask(core, 'people', 'setPassword', { person: found.id, password });
      if (!outcome.ok) return refused(outcome);
      return { ok: true, value: { person: found.id }, text: `Đã đặt mật khẩu của ${found.name} và mở khóa tài khoản.` };
    }),
};

/** The one person that the call means. A name that several people have needs the id. */
async function personIn(context: CommandContext, core: Core): Promise<Person | CommandResult> {
  const { name, person } = context.options;
  const staff = await ask(core, 'people', 'staff', { ended: false });
  if (!staff.ok) return refused(staff);
  const found = staff.value.persons.filter((one) => (typeof person === 'string' ? one.id === person : one.name === name));
  if (found.length > 1) throw new UsageError('--person ID');
  return found[0] ?? { ok: false, code: 'not-found' };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`--file ${file}`);
  }
}
