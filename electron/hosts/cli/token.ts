import { resolve } from 'node:path';
import { namelessReport, type ModuleReport, type TokenFailure } from '../../../native/pkcs11/index.ts';
import { tokenProcess } from '../../platform/tokens/token-process.ts';
import { watchTokens } from '../../platform/tokens/watch-tokens.ts';
import type { Json } from '../../foundation/canonical-json.ts';
import { modulesHere } from '../processes/modules-here.ts';
import { forkTokenProcess } from '../processes/token-processes.ts';
import { required, type Command, type CommandContext, type CommandResult } from './command.ts';
import { refused, withCore } from './profile.ts';
import { done, sentenceFor, wordsFor, type Language } from './sentences.ts';

export const tokenList: Command = {
  about: 'Liệt kê thiết bị ký số và chứng thư trên đó; --support: bản không có tên để gửi hỗ trợ. | List signing tokens and their certificates; --support: without names, fit to be sent away.',
  usage: 'token list [--module PATH] [--support]',
  options: { module: true, support: false },
  run: async (context) => {
    const named = context.options['module'];
    const paths = typeof named === 'string' ? [named] : modulesHere().map(({ path }) => path);
    const processes = paths.map((path) => tokenProcess(path, forkTokenProcess));
    try {
      // Side by side: a module that hangs keeps nobody else waiting.
      const reports = await Promise.all(processes.map((process) => process.report()));
      const [only] = reports;
      if (typeof named === 'string' && only?.failure != null) return refusal(only, only.failure);
      return { ok: true, value: { modules: reports.map((report) => shown(report, context)) }, text: linesOf(reports, languageOf(context)) };
    } finally {
      for (const process of processes) process.stop();
    }
  },
};

export const tokenWatch: Command = {
  about: 'Theo dõi thiết bị ký số được cắm vào hay rút ra, đến khi bấm Ctrl+C. | Tell when a token comes or goes, until Ctrl+C.',
  usage: 'token watch --module PATH',
  options: { module: true },
  run: (context) =>
    new Promise((resolve) => {
      const watched = tokenProcess(required(context, 'module'), forkTokenProcess);
      const end = watchTokens(watched, (report) => {
        context.tell(shown(report, context), linesOf([report], languageOf(context)));
      });
      process.once('SIGINT', () => {
        end();
        watched.stop();
        resolve({ ok: true, value: null, text: '' });
      });
    }),
};

export const tokenUse: Command = {
  about: 'Thêm một tệp trình điều khiển cho trạm, ở bất cứ thư mục nào; --drop: bỏ nó. | Add a driver to the station, from any folder; --drop takes it out.',
  usage: 'token use --module PATH [--drop] --profile DIR',
  options: { module: true, drop: false },
  run: (context) =>
    withCore(context, async (core) => {
      const path = resolve(required(context, 'module'));
      const outcome = context.options['drop'] === true ? core.tokens.dropModule(path) : await core.tokens.useModule(path);
      if (!outcome.ok) return refused(outcome);
      return { ok: true, value: { path }, text: done(context, context.options['drop'] === true ? 'token-dropped' : 'token-used', { path }) };
    }),
};

/** What a command answers when a module does not work. */
export function refusal(report: ModuleReport, failure: TokenFailure): CommandResult {
  return { ok: false, code: codeOf(failure), params: { ...paramsOf(report, failure), stage: failure.stage } };
}

/** The catalogue's code for what went wrong with a token. */
export function codeOf({ code }: TokenFailure): string {
  return code.startsWith('token-') ? code : `token-${code}`;
}

function paramsOf(report: ModuleReport, { detail, returned }: TokenFailure): Readonly<Record<string, string>> {
  return { module: report.path, detail, returned: returned?.name ?? '' };
}

/** As JSON; certificates as Base64. */
function shown(report: ModuleReport, context: CommandContext): Json {
  if (context.options['support'] === true) return namelessReport(report) as Json;
  const slots = report.slots.map((slot) => ({
    ...slot,
    certificates: slot.certificates.map((certificate) => ({ ...certificate, der: Buffer.from(certificate.der).toString('base64') })),
  }));
  return { ...report, slots };
}

/** The language that was asked for. */
export function languageOf(context: CommandContext): Language {
  return context.options['lang'] === 'en' ? 'en' : 'vi';
}

function linesOf(reports: readonly ModuleReport[], language: Language): string {
  if (reports.length === 0) return wordsFor('token.finding.no-module', {}, language);
  return reports.flatMap((report) => moduleLines(report, language)).join('\n');
}

function moduleLines(report: ModuleReport, language: Language): readonly string[] {
  const said = report.failure === null ? wordsFor(`token.finding.${report.finding}`, {}, language) : sentenceFor(codeOf(report.failure), paramsOf(report, report.failure), language);
  const tokens = report.slots.flatMap(({ token, certificates, finding }) => {
    if (token === null) return [];
    const head = `  ${token.label}  ${token.model}  ${token.serialNumber}  ${wordsFor(`token.finding.${finding ?? 'no-token'}`, {}, language)}`;
    const own = certificates.filter(({ authority }) => !authority);
    return [head, ...own.map(({ label, key, notAfter, sha256 }) => `    ${label}  ${keyWords(key)}  ${notAfter.slice(0, 10)}  ${sha256.slice(0, 16)}`)];
  });
  return [`${report.path}: ${said}`, ...tokens];
}

function keyWords(key: ModuleReport['slots'][number]['certificates'][number]['key']): string {
  return key.type === 'rsa' ? `RSA-${String(key.bits)}` : key.type === 'ec' ? key.curve : key.name;
}
