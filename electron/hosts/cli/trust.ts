import { readFileSync } from 'node:fs';
import type { SignerCheck, SignerFinding } from '#contract';
import { unarmoured } from '../../services/trust/index.ts';
import { UsageError, type Command } from './command.ts';
import { ask, refused, withCore } from './profile.ts';
import { wordsFor, type Language } from './sentences.ts';
import { languageOf } from './token.ts';

export const trustAnchors: Command = {
  about: 'Liệt kê chứng thư gốc được tin cậy: kèm chương trình và do cơ quan thêm. | List the anchors of trust: the program’s and those that were added.',
  usage: 'trust anchors --profile DIR',
  options: {},
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'signingSettings', 'anchors', {});
      if (!outcome.ok) return refused(outcome);
      const { edition, anchors, unpinned } = outcome.value;
      const language = languageOf(context);
      const lines = anchors.map(({ origin, role, name, sha256, withdrawnAt }) => {
        const state = withdrawnAt === null ? '' : `  ${wordsFor('signer.anchor.withdrawn', {}, language)}`;
        return `${wordsFor(`signer.origin.${origin}`, {}, language)}  ${wordsFor(`signer.role.${role}`, {}, language)}  ${name}  ${sha256}${state}`;
      });
      return { ok: true, value: outcome.value, text: [edition, ...lines, ...unpinned.map(({ name, why }) => `– ${name}: ${why}`)].join('\n') };
    }),
};

export const trustCheck: Command = {
  about: 'Kiểm tra một chứng thư như trước khi ký: hiệu lực, đường dẫn, thu hồi. | Check a certificate as before signing: validity, path, revocation.',
  usage: 'trust check CERT --profile DIR',
  options: {},
  run: (context) => {
    const certificate = certificateAt(context.positionals);
    return withCore(context, async (core) => {
      const outcome = await ask(core, 'signingSettings', 'checkCertificate', { certificate });
      if (!outcome.ok) return refused(outcome);
      const text = checkLines(outcome.value, languageOf(context)).join('\n');
      return { ok: true, value: outcome.value, text, ...(outcome.value.result === 'refuse' ? { exit: 1 as const } : {}) };
    });
  },
};

export const trustCache: Command = {
  about: 'Xem câu trả lời và danh sách thu hồi đang giữ trên máy. | Show the answers and revocation lists kept on this machine.',
  usage: 'trust cache --profile DIR',
  options: {},
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'signingSettings', 'evidence', {});
      if (!outcome.ok) return refused(outcome);
      const { answers, bytes, mostBytes, issuers, lists } = outcome.value;
      const head = wordsFor('signer.evidence.kept', { answers, issuers, kib: Math.ceil(bytes / 1024), mostMib: Math.round(mostBytes / 1024 / 1024) }, languageOf(context));
      return { ok: true, value: outcome.value, text: [head, ...lists.map(({ url, thisUpdate, nextUpdate, count, size }) => `${url}  ${thisUpdate} – ${nextUpdate ?? '?'}  ${String(count)}  ${String(size)} B`)].join('\n') };
    }),
};

/** The Base64 of the certificate in a file, DER or PEM. */
function certificateAt([path, other]: readonly string[]): string {
  if (path === undefined || other !== undefined) throw new UsageError('CERT');
  try {
    const bytes = readFileSync(path);
    return Buffer.from(unarmoured(bytes) ?? bytes).toString('base64');
  } catch {
    throw new UsageError(`CERT ${path}`);
  }
}

function checkLines(check: SignerCheck, language: Language): string[] {
  const words = (key: string, params: Readonly<Record<string, string>> = {}): string => wordsFor(key, params, language);
  const finding = ({ aspect, code, state, params }: SignerFinding): string => {
    const about = code === 'good' ? '' : `: ${words(`signer.doubt.${code}`)}`;
    const details = Object.entries(params).filter(([, value]) => value !== '').map(([name, value]) => `${name}=${String(value)}`).join(' ');
    return `  ${words(`signer.state.${state}`)}  ${words(`signer.aspect.${aspect}`)}${about}${details === '' ? '' : ` (${details})`}`;
  };
  return [
    check.certificate.subject,
    words(`signer.result.${check.result}`),
    ...check.findings.map(finding),
    check.online === 'now' ? words('signer.online.now', { at: check.at }) : words(`signer.online.${check.online}`, { asOf: check.asOf ?? '–' }),
    words('signer.lastGood', { at: check.lastGoodAt ?? '–' }),
  ];
}
