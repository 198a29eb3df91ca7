import { resolve } from 'node:path';
import { verdictTable } from '../practice-day/judges/table.ts';
import { playWholeDay, type PlayedDay } from '../practice-day/play.ts';
import { samplesFolder } from '../samples-folder.ts';
import { required, type Command, type CommandResult } from './command.ts';

export const day: Command = {
  about: 'Chạy một ngày luyện tập từ đầu đến cuối, rồi để các công cụ độc lập xét kết quả; mã thoát 1 khi có điều không đạt. | Play the practice day and have its results judged; exit 1 when something is not as it should be.',
  usage: 'day --out DIR',
  options: { out: true },
  run: async ({ version, say, log, ...context }) => {
    const folder = resolve(required({ version, say, log, ...context }, 'out'));
    const played = await playWholeDay({ folder, samplesFolder, version, say, log });
    return dayAnswer(played, folder);
  },
};

/** The table of verdicts, what was not as it should be, and one line over all; exit code 1 when anything was not. */
export function dayAnswer({ result, judged, seconds, ok }: PlayedDay, folder: string): CommandResult {
  const claims = result.checks.length;
  const bad = result.checks.filter((check) => !check.ok);
  const text = [
    ...verdictTable(judged),
    ...(bad.length === 0 ? [] : ['', ...bad.map(({ chapter, what, found }) => `  ✗ ${chapter}: ${what}: ${found}`)]),
    '',
    `${ok ? 'Ngày luyện tập xong' : 'Ngày luyện tập có điều không đạt'}: ${String(result.documents)} văn bản đến, ${String(claims - bad.length)} trên ${String(claims)} điều kiểm tra đạt, ${String(judged.words.length - judged.red)} trên ${String(judged.words.length)} kết luận độc lập đạt, ${seconds.day.toFixed(0)} giây chạy và ${seconds.judges.toFixed(0)} giây xét.`,
    `Kết quả: ${folder}`,
  ].join('\n');
  const value = { folder, documents: result.documents, checks: result.checks.map((check) => ({ ...check })), judged: judged.words.map((word) => ({ ...word })), absent: [...judged.absent], seconds };
  return { ok: true, value, text, ...(ok ? {} : { exit: 1 as const }) };
}
