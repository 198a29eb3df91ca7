import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FixityState } from '#contract';
import type { Json } from '../../foundation/canonical-json.ts';
import { UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { ask, refused, withCore } from './profile.ts';
import { done } from './sentences.ts';
import type { Core } from '../core.ts';

/** How many bad files are told one by one. */
const told = 100;

export const fixityCheck: Command = {
  about: 'Đọc lại các tệp lưu và so với mã băm; mã thoát 1 khi có tệp hỏng hoặc mất. | Read stored files again and compare them with their hashes; exit 1 when one is damaged or missing.',
  usage: 'fixity check [--all] --profile DIR',
  options: { all: false },
  run: (context) =>
    withCore(context, async (core) => {
      const all = context.options['all'] === true;
      return answered(context, core, await core.keeping.check(all), all);
    }),
};

export const fixityRepair: Command = {
  about: 'Khôi phục tệp hỏng từ bản sao lưu hay thư mục bất kỳ có đúng nội dung đó. | Repair bad files from a backup or any folder that has the very same content.',
  usage: 'fixity repair FROM --profile DIR',
  options: {},
  run: (context) => {
    const [from, more] = context.positionals;
    if (from === undefined || more !== undefined) throw new UsageError('FROM');
    const folder = resolve(from);
    const unreadable = whyUnreadable(folder);
    if (unreadable !== undefined) return Promise.resolve({ ok: false, code: 'folder-unreadable', params: { path: folder, detail: unreadable } });
    return withCore(context, async (core): Promise<CommandResult> => {
      // What became whole, or was lost since the last check, is known first.
      await core.keeping.check(false);
      const { looked, repaired, left } = await core.keeping.repairFrom(folder, (files) => {
        context.say(done(context, 'fixityLooking', { looked: files }));
      });
      const lines = repaired.map(({ sha256, from: path }) => `  ${sha256}  ${path}`);
      const text = [done(context, 'fixityRepaired', { looked, repaired: repaired.length, left }), ...lines].join('\n');
      return { ok: true, value: { looked, repaired, left } as unknown as Json, text, ...(left === 0 ? {} : { exit: 1 as const }) };
    });
  },
};

async function answered(context: CommandContext, core: Core, state: FixityState, all: boolean): Promise<CommandResult> {
  const bad = await ask(core, 'keeping', 'badFiles', { open: true, after: null, limit: told });
  if (!bad.ok) return refused(bad);
  const lines = bad.value.items.map(({ harm, sha256, holders }) => {
    const [first] = holders;
    const about = first === undefined ? '' : [first.about, first.name, ...first.dossiers.map(({ code }) => code)].filter((part) => part !== '').join(' · ');
    return done(context, 'fixityLine', { harm, sha256, about });
  });
  const files = state.last?.files ?? 0;
  const size = Math.round((state.last?.bytes ?? 0) / 1024 / 1024);
  const head = state.bad > 0 ? done(context, 'fixityBad', { bad: state.bad, alarms: state.alarms }) : all ? done(context, 'fixityWhole', { files, size }) : done(context, 'fixityKnown');
  const unfinished = state.running === null ? [] : [done(context, 'fixityUnfinished')];
  const value = { ...state, files: bad.value.items } as unknown as Json;
  return { ok: true, value, text: [head, ...lines, ...unfinished].join('\n'), ...(state.bad === 0 && state.running === null ? {} : { exit: 1 as const }) };
}

function whyUnreadable(folder: string): string | undefined {
  try {
    return statSync(folder).isDirectory() ? undefined : 'ENOTDIR';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
