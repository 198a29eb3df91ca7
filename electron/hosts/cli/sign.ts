import { systemClock } from '../../foundation/clock.ts';
import { signFile, type FieldWish, type Signed, type SigningWish } from '../../services/signing/index.ts';
import { UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { evidenceOptions, evidenceUsage, withEvidence } from './evidence.ts';
import { signMany } from './sign-batch.ts';
import { done, wordsFor } from './sentences.ts';
import { roleOptions, roleWish } from './sign-role.ts';
import { refused, textIn, tokenOptions, tokenOrderIn, withPin, withToken, type TokenOrder } from './sign-token.ts';
import { languageOf } from './token.ts';

export const sign: Command = {
  about: 'Ký một hay nhiều tệp PDF bằng thiết bị ký số (PAdES mức B đến LTA), nhập PIN một lần; tệp gốc giữ nguyên. | Sign PDFs with a token (PAdES levels B to LTA) and one PIN; originals stay as they are.',
  usage:
    `sign IN --out OUT | IN… --out-dir FOLDER --module PATH --token LABEL --cert LABEL|SHA256 --pin-env VAR --level B|T|LT|LTA [--tsa URL] [--field NAME | --page N [--rect LEFT,BOTTOM,WIDTH,HEIGHT]] [--role leader|agency|copy|attachment [--image PNG] [--seal-mm N] [--signer NAME] [--number CODE] [--form sao-y|sao-luc|trich-sao --agency NAME]] [--certify] [--kind rsa-pkcs1|rsa-pss|ecdsa] [--digest sha256|sha384|sha512] [--reason TEXT] ${evidenceUsage}`,
  options: { ...tokenOptions, 'out-dir': true, field: true, page: true, rect: true, ...roleOptions, certify: false, reason: true },
  many: evidenceOptions,
  run: (context) => {
    const folder = textIn(context, 'out-dir');
    return folder === undefined ? signOne(context) : signInto(context, folder);
  },
};

function signOne(context: CommandContext): Promise<CommandResult> {
  const order = orderIn(context);
  const { source, target, tsa, field, more } = order;
  return withPin(context, async (pin) => {
    const at = systemClock.now();
    const shown = await roleWish(context, source, field, at);
    if (!('wish' in shown)) return shown;
    return withToken(order, pin, ({ signer, sign: signed }) =>
      withEvidence(context, async (deps) => {
        const result = await signFile({ ...deps, evidence: deps }, { source, target, tsa }, { ...more, ...signer, field, at, ...shown.wish }, signed);
        return result.ok ? told(context, result.value) : refused(result.failure, order.module);
      }),
    );
  });
}

/** Many files into one folder. What is seen and what is gathered later is made for one file at a time. */
function signInto(context: CommandContext, folder: string): Promise<CommandResult> {
  const { options, positionals: sources } = context;
  if (options['out'] !== undefined) throw new UsageError('--out --out-dir');
  const role = Object.keys(roleOptions).find((name) => options[name] !== undefined);
  if (role !== undefined) throw new UsageError(`--${role} --out-dir`);
  const order = orderIn(context, folder);
  const { level } = order.more;
  if (level === 'LT' || level === 'LTA') throw new UsageError('--level --out-dir');
  const words = { told: (one: Signed) => told(context, one), refused: (failure: Parameters<typeof refused>[0]) => refused(failure, order.module) };
  return withPin(context, (pin) =>
    withToken(order, pin, ({ signer, device, request }) => signMany(context, { sources, folder, signer, step: { ...order.more, field: order.field }, tsa: order.tsa, device, request }, words)),
  );
}

type Order = TokenOrder & { readonly field: FieldWish; readonly more: Pick<SigningWish, 'level' | 'certify' | 'reason'> };

function orderIn(context: CommandContext, folder?: string): Order {
  const { level, ...order } = tokenOrderIn(context, folder);
  const reason = textIn(context, 'reason');
  return {
    ...order,
    field: fieldIn(textIn(context, 'field'), textIn(context, 'page'), textIn(context, 'rect')),
    more: { level, ...(context.options['certify'] === true ? { certify: 2 } : {}), ...(reason === undefined ? {} : { reason }) },
  };
}

/** Where somebody wants a signature: a field by name, or a page, and a box on it. */
export function fieldIn(field: string | undefined, page: string | undefined, rect: string | undefined): FieldWish {
  if (field !== undefined) {
    if (page !== undefined || rect !== undefined) throw new UsageError('--field --page --rect');
    return { kind: 'existing', name: field };
  }
  if (page !== undefined && !/^[1-9]\d{0,6}$/.test(page)) throw new UsageError('--page');
  if (page === undefined && rect !== undefined) throw new UsageError('--rect --page');
  const place = { kind: 'new', page: Number(page ?? '1') } as const;
  if (rect === undefined) return place;
  const numbers = rect.split(',').map((part) => (/^-?\d{1,5}(\.\d{1,4})?$/.test(part.trim()) ? Number(part) : NaN));
  const [left = NaN, bottom = NaN, width = NaN, height = NaN] = numbers;
  if (numbers.length !== 4 || numbers.some(Number.isNaN) || width <= 0 || height <= 0) throw new UsageError('--rect');
  return { ...place, box: { left, bottom, width, height } };
}

/** What a command answers when a file was signed; below the wished level, that not all was done. */
export function told(context: CommandContext, signed: Signed): CommandResult {
  const { path, field, level, time, missing } = signed;
  const language = languageOf(context);
  if (missing === null) return { ok: true, value: signed, text: done(context, time === null ? 'signed' : 'signed-with-time', { path, field, level, time: time ?? '' }) };
  const reason = wordsFor(`signing.missing.${missing.why}`, { detail: missing.detail }, language);
  const label = wordsFor(`signing.level.${level}`, {}, language);
  return { ok: true, value: signed, text: done(context, time === null ? 'signed-without-time' : 'signed-not-as-wished', { path, field, level, label, reason }), exit: 1 };
}
