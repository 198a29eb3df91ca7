import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keyFile } from '../../platform/secrets/key-file.ts';
import { playDay, type DayResult } from '../../services/practice/index.ts';
import { startCore, type Core } from '../compose.ts';
import { dayPorts } from '../practice-day.ts';
import { required, type Command, type CommandContext, type CommandResult } from './command.ts';

const samples = fileURLToPath(new URL('../../../../shared/samples', import.meta.url));

export const day: Command = {
  about: 'Chạy một ngày luyện tập từ đầu đến cuối. | Play the practice day.',
  usage: 'day --out DIR',
  options: { out: true },
  run: async (context) => {
    const folder = resolve(required(context, 'out'));
    const profile = mkdtempSync(join(tmpdir(), 'tvt-day-'));
    try {
      const key = await keyFile(profile).obtain(true);
      if (!key.ok) return { ok: false, code: `start.${key.failure.code}`, params: key.failure.params };
      const core = await startCore({
        profileDir: profile,
        key: { ok: true, value: key.value.key },
        practice: true,
        samplesFolder: samples,
        background: false,
        version: context.version,
        log: context.log,
      });
      try {
        return told(await play(core, context, folder), folder);
      } finally {
        await core.close();
      }
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  },
};

async function play(core: Core, context: CommandContext, folder: string): Promise<DayResult> {
  if (core.practiceAxis === undefined) throw new Error('the practice profile did not open');
  context.say(`Ngày luyện tập. Kết quả ghi vào ${folder}`);
  return playDay(
    dayPorts(core, core.practiceAxis.control, {
      say: context.say,
      keep: (name, bytes) => {
        const path = join(folder, name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, bytes);
      },
    }),
  );
}

function told(result: DayResult, folder: string): CommandResult {
  const bad = result.checks.filter((check) => !check.ok).length;
  const text = result.ok
    ? `Ngày luyện tập xong: ${String(result.documents)} văn bản, ${String(result.checks.length)} điều kiểm tra đều đạt. Kết quả: ${folder}`
    : `Ngày luyện tập có ${String(bad)} điều không đạt trên ${String(result.checks.length)}. Kết quả: ${folder}`;
  const value = { folder, documents: result.documents, checks: result.checks.map((check) => ({ ...check })) };
  return { ok: true, value, text, ...(result.ok ? {} : { exit: 1 as const }) };
}
