import type { Agency, DirectoryState } from '#contract';
import { required, UsageError, type Command } from './command.ts';
import { ask, refused, withCore } from './profile.ts';

function lineOf(agency: Agency): string {
  const others = agency.otherCodes.length === 0 ? '' : ` (${agency.otherCodes.join(', ')})`;
  const under = agency.under === null ? '' : `  · ${agency.under}`;
  const found = agency.foundAs === null ? '' : `  ← ${agency.foundAs}`;
  const closed = agency.closedOn === null ? '' : `  [đã đóng ${agency.closedOn}${agency.successor === null ? '' : ` → ${agency.successor.code}`}]`;
  return `${agency.code}${others}  ${agency.name}${under}${found}${closed}`;
}

function stateLine(state: DirectoryState): string {
  const last = state.lastFullAt === null ? 'chưa lấy danh sách lần nào' : `danh sách lấy lúc ${state.lastFullAt}`;
  return `Danh bạ: ${String(state.open)} cơ quan đang dùng, ${String(state.closed)} mã đã đóng, ${last}.`;
}

export const directorySync: Command = {
  about: 'Lấy lại danh bạ cơ quan từ trục. | Take the directory over from the axis.',
  usage: 'directory sync --profile DIR [--accept-shorter]',
  options: { 'accept-shorter': false },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'directory', 'syncNow', { acceptShorter: context.options['accept-shorter'] === true });
      return outcome.ok ? { ok: true, value: outcome.value, text: stateLine(outcome.value) } : refused(outcome);
    }),
};

export const directorySearch: Command = {
  about: 'Tìm cơ quan theo mã hoặc tên. | Find agencies by code or name.',
  usage: 'directory search TEXT --profile DIR [--limit N] [--closed]',
  options: { limit: true, closed: false },
  run: (context) =>
    withCore(context, async (core) => {
      const text = context.positionals.join(' ');
      const limit = Number(context.options['limit'] ?? 10);
      if (text.trim() === '') throw new UsageError('TEXT');
      if (!Number.isInteger(limit) || limit < 1 || limit > 50) throw new UsageError('--limit 1…50');
      const includeClosed = context.options['closed'] === true;
      const outcome = await ask(core, 'directory', 'search', { text, limit, includeClosed });
      if (!outcome.ok) return refused(outcome);
      const lines = outcome.value.map(lineOf);
      const nearly = outcome.value[0]?.nearly === true ? ['Không có tên nào đủ các từ đã gõ. Gần giống:'] : [];
      return { ok: true, value: outcome.value, text: lines.length === 0 ? 'Không tìm thấy.' : [...nearly, ...lines].join('\n') };
    }),
};

export const directoryShow: Command = {
  about: 'Xem một cơ quan theo bất kỳ mã nào của nó; không có mã: tình trạng danh bạ. | Show an agency, or the state.',
  usage: 'directory show [--code CODE] --profile DIR',
  options: { code: true },
  run: (context) =>
    withCore(context, async (core) => {
      if (context.options['code'] === undefined) {
        const state = await ask(core, 'directory', 'state', {});
        return state.ok ? { ok: true, value: state.value, text: stateLine(state.value) } : refused(state);
      }
      const outcome = await ask(core, 'directory', 'get', { code: required(context, 'code') });
      if (!outcome.ok) return refused(outcome);
      const agency = outcome.value;
      const lines = [
        lineOf(agency),
        ...agency.formerNames.map((name) => `  tên khác: ${name}`),
        ...agency.predecessors.map(({ code, name }) => `  gồm cả: ${code}  ${name}`),
        ...(agency.basis === '' ? [] : [`  căn cứ: ${agency.basis}${agency.inferred ? ' (một phần do suy ra)' : ''}`]),
      ];
      return { ok: true, value: agency, text: lines.join('\n') };
    }),
};

export const directoryGroups: Command = {
  about: 'Xem các nhóm nơi nhận. | List the groups of recipients.',
  usage: 'directory groups --profile DIR',
  options: {},
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'directory', 'groups', {});
      if (!outcome.ok) return refused(outcome);
      const lines = outcome.value.flatMap(({ name, members }) => [
        `${name} (${String(members.length)})`,
        ...members.map((agency) => `  ${lineOf(agency)}`),
      ]);
      return { ok: true, value: outcome.value, text: lines.length === 0 ? 'Chưa có nhóm nào.' : lines.join('\n') };
    }),
};
