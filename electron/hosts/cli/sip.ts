import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { profileNames, type ProfileName } from '../../services/packages/index.ts';
import { packageCheckThreads } from '../threads/package-check-threads.ts';
import { reportLines } from '../words/package-words.ts';
import { issuedTrust } from '../trust-files.ts';
import { required, UsageError, type Command, type CommandContext } from './command.ts';
import { judgeFileWith, packageJudge } from './package-judge.ts';
import { wordsFor } from './sentences.ts';
import { languageOf } from './token.ts';

export const sipCheck: Command = {
  about: 'Kiểm tra gói tin nộp lưu (SIP, AIP, DIP, E-ARK, BagIt), thư mục hay tệp ZIP; mã thoát 0 chỉ khi không lỗi bắt buộc nào. | Check an archival package, a folder or a ZIP; exit 0 only when no MUST rule is broken.',
  usage: 'sip check PATH [--profile NAME] [--offline]',
  // `--profile` is a common option: the name of a profile of rules here, as in `tvt sip check`.
  options: { offline: false },
  run: async (context) => {
    const [path, ...others] = context.positionals;
    if (path === undefined || others.length > 0) throw new UsageError('PATH');
    const profile = profileIn(context);
    const scratch = mkdtempSync(join(tmpdir(), 'tvt-sip-'));
    const stopping = new AbortController();
    const interrupt = (): void => {
      stopping.abort();
    };
    process.once('SIGINT', interrupt);
    const threads = packageCheckThreads({ judge: judgeFileWith(packageJudge(context, issuedTrust(), scratch)) });
    try {
      const checked = await threads.check(resolve(path), { ...(profile === undefined ? {} : { profile }), signal: stopping.signal });
      if (!checked.ok) return { ok: false, code: 'package-check-crashed', params: { detail: checked.failure.detail } };
      const words = (key: string, params: Readonly<Record<string, string | number>>): string => wordsFor(key, params, languageOf(context));
      const text = reportLines(basename(resolve(path)), checked.value, words).join('\n');
      return { ok: true, value: checked.value, text, ...(checked.value.fit ? {} : { exit: 1 as const }) };
    } finally {
      process.removeListener('SIGINT', interrupt);
      await threads.close();
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

function profileIn(context: CommandContext): ProfileName | undefined {
  if (context.options['profile'] === undefined) return undefined;
  const asked = required(context, 'profile');
  const known = profileNames.find((name) => name === asked);
  if (known === undefined) throw new UsageError(`--profile ${profileNames.join('|')}`);
  return known;
}
