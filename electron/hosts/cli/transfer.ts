import { resolve } from 'node:path';
import type { Json } from '../../foundation/canonical-json.ts';
import { openManifest, verifyExport } from '../../services/transfer/index.ts';
import { UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { refused, withCore } from './profile.ts';
import { done, wordsFor } from './sentences.ts';

/** The folder that a call names. */
function folderOf(context: CommandContext): string {
  const [folder, more] = context.positionals;
  if (folder === undefined || more !== undefined) throw new UsageError('DIR');
  return resolve(folder);
}

/** Says how far something is, at most once a second. */
function slowly(say: (line: string) => void): (line: () => string) => void {
  let at = 0;
  return (line) => {
    if (Date.now() - at < 1000) return;
    at = Date.now();
    say(line());
  };
}

const mebibytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);

export const exportAll: Command = {
  about: 'Xuất toàn bộ dữ liệu ra một thư mục mở, không mã hóa. | Write everything out in an open form, unencrypted.',
  usage: 'export DIR --profile DIR',
  options: {},
  run: async (context) => {
    const folder = folderOf(context);
    const giveUp = new AbortController();
    const stop = (): void => {
      giveUp.abort();
    };
    process.once('SIGINT', stop);
    try {
      return await withCore(context, async (core) => {
        const outcome = await core.transfer.exportTo(folder, giveUp.signal);
        if (!outcome.ok) return refused(outcome);
        const { records, files, bytes, manifestSha256, unreadable } = outcome.value;
        const text = done(context, 'exported', { folder, records, files, size: mebibytes(bytes), hash: manifestSha256, unreadable });
        return { ok: true, value: outcome.value, text };
      });
    } finally {
      process.off('SIGINT', stop);
    }
  },
};

export const exportVerify: Command = {
  about: 'Kiểm tra một bản xuất với danh sách của nó; không cần hồ sơ. | Check an export against its manifest.',
  usage: 'export verify DIR',
  options: {},
  run: async (context) => {
    const folder = folderOf(context);
    const opened = openManifest(folder);
    if (!opened.ok) return refused(opened);
    const tell = slowly(context.say);
    const { problems, problemCount, files, bytes, manifestSha256, unreadable } = await verifyExport(folder, opened.value, (read) => {
      tell(() => done(context, 'checking', { size: mebibytes(read) }));
    });
    const whole = problemCount === 0;
    const language = context.options['lang'] === 'en' ? 'en' : 'vi';
    const lines = problems.map(({ path, what }) => `  ${path}: ${wordsFor(`transfer.problem.${what}`, {}, language)}`);
    const value = { whole, files, bytes, manifestSha256, unreadable: unreadable.length, problemCount, problems } as unknown as Json;
    const head = whole
      ? done(context, 'exportWhole', { files, size: mebibytes(bytes), hash: manifestSha256, unreadable: unreadable.length })
      : done(context, 'exportBroken', { count: problemCount });
    return { ok: true, value, text: [head, ...lines].join('\n'), ...(whole ? {} : { exit: 1 as const }) };
  },
};

export const importAll: Command = {
  about: 'Xem một bản xuất sẽ đưa gì vào trạm trống; với --write thì nhập. | Preview an export for an empty station; take it in with --write.',
  usage: 'import DIR --profile DIR [--write]',
  options: { write: false },
  run: async (context) => {
    const folder = folderOf(context);
    const opened = openManifest(folder);
    if (!opened.ok) return refused(opened);
    const write = context.options['write'] === true;
    const tell = slowly(context.say);
    return withCore(
      context,
      async (core): Promise<CommandResult> => {
        const outcome = await core.transfer.importFrom(folder, write, (step) => {
          if (step.step === 'records') tell(() => done(context, 'importingRecords', { kind: step.kind }));
          else tell(() => done(context, step.step === 'files' ? 'importingFiles' : 'checking', { size: mebibytes(step.bytes) }));
        });
        if (!outcome.ok) return refused(outcome);
        const { head, verified, written } = outcome.value;
        const { office, lastEntry, counts, profileKind } = head;
        const { files, bytes, manifestSha256, unreadable } = verified;
        const value = { office, profileKind, lastEntry, counts, files, bytes, manifestSha256, unreadable: unreadable.length, written } as unknown as Json;
        const facts = {
          office: office.name === '' ? '—' : office.name,
          at: lastEntry?.at ?? '—',
          incoming: counts['incoming-documents'] ?? 0,
          outgoing: counts['outgoing-documents'] ?? 0,
          drafts: counts['drafts'] ?? 0,
          people: counts['people'] ?? 0,
          messages: counts['inbox-messages'] ?? 0,
          entries: counts['audit-entries'] ?? 0,
          files,
          size: mebibytes(bytes),
          unreadable: unreadable.length,
        };
        return { ok: true, value, text: [done(context, 'importHolds', facts), done(context, written ? 'imported' : 'importPreview', {})].join('\n') };
      },
      { newKind: opened.value.head.profileKind },
    );
  },
};
