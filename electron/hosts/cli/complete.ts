import { complete, levelOf, type SignatureLevel, type SigningRefusal } from '../../services/signing/index.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { evidenceOptions, evidenceUsage, trustIn, withEvidence } from './evidence.ts';
import { done, wordsFor } from './sentences.ts';
import { languageOf } from './token.ts';

export const completeSignatures: Command = {
  about:
    'Bổ sung dấu thời gian và dữ liệu kiểm tra lâu dài cho tệp PDF đã ký; tệp gốc giữ nguyên. | Add time-stamps and long-term evidence to a signed PDF; the original stays as it is.',
  usage: `complete IN --out OUT --level T|LT|LTA [--tsa URL] ${evidenceUsage}`,
  options: { out: true, level: true, tsa: true },
  many: evidenceOptions,
  run: async (context) => {
    const source = only(context);
    const level = (['T', 'LT', 'LTA'] as const).find((one) => one === required(context, 'level'));
    if (level === undefined) throw new UsageError('--level');
    const tsa = context.options['tsa'] === undefined ? null : required(context, 'tsa');
    // A signature that has its time already needs none for LT.
    if (tsa === null && level !== 'LT') throw new UsageError('--tsa');
    const target = required(context, 'out');
    const result = await withEvidence(context, (deps) => complete(deps, { source, target }, { level, tsa }));
    if (!result.ok) return refused(result.failure);
    const { path, way, levels, missing } = result.value;
    const language = languageOf(context);
    const reason = missing === null ? '' : wordsFor(`signing.missing.${missing.why}`, { detail: missing.detail }, language);
    const lines = [done(context, missing === null ? 'completed' : 'completed-partly', { path, reason }), ...levels.map((one) => lineOf(one, context))];
    if (way !== null) lines.push(wordsFor(`signing.way.${way}`, {}, language));
    return { ok: true, value: result.value, text: lines.join('\n'), ...(missing === null ? {} : { exit: 1 }) };
  },
};

export const signatureLevels: Command = {
  about: 'Cho biết từng chữ ký của tệp PDF đã đạt mức nào và còn thiếu gì; không hỏi mạng. | Tell the level that each signature of a PDF has reached and what it lacks; without network.',
  usage: 'signature levels IN [--trust FILE]...',
  options: {},
  many: ['trust'],
  run: (context) => {
    const result = levelOf(only(context), trustIn(context));
    if (!result.ok) return Promise.resolve(refused(result.failure));
    const text = result.value.map((one) => lineOf(one, context)).join('\n');
    return Promise.resolve({ ok: true, value: { signatures: result.value }, text: text === '' ? done(context, 'no-signatures') : text });
  },
};

function only({ positionals }: CommandContext): string {
  const [source, other] = positionals;
  if (source === undefined || other !== undefined) throw new UsageError('IN');
  return source;
}

function lineOf({ field, signer, level, time, lacks }: SignatureLevel, context: CommandContext): string {
  const language = languageOf(context);
  const label = wordsFor(`signing.level.${level ?? 'none'}`, {}, language);
  const reasons = lacks.map(({ code, name, detail }) => wordsFor(`signing.lack.${code}`, { name, detail }, language)).filter((words) => words !== '');
  return [`${field} (${signer})`, time, label, ...reasons].filter((part) => part !== null && part !== '').join(' · ');
}

function refused({ code, ...params }: SigningRefusal): CommandResult {
  return { ok: false, code: `sign-${code}`, params };
}
