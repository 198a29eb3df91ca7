import { systemClock } from '../../foundation/clock.ts';
import { signFile, type FieldWish, type Signed, type SigningWish } from '../../services/signing/index.ts';
import { UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { done, wordsFor } from './sentences.ts';
import { roleOptions, roleWish } from './sign-role.ts';
import { refused, textIn, tokenOptions, tokenOrderIn, withPin, withToken, type TokenOrder } from './sign-token.ts';
import { languageOf } from './token.ts';

export const sign: Command = {
  about: 'Ký một tệp PDF bằng thiết bị ký số (PAdES mức B hoặc T); tệp gốc giữ nguyên. | Sign a PDF with a token (PAdES level B or T); the original stays as it is.',
  usage:
    'sign IN --out OUT --module PATH --token LABEL --cert LABEL|SHA256 --pin-env VAR --level B|T [--tsa URL] [--field NAME | --page N [--rect LEFT,BOTTOM,WIDTH,HEIGHT]] [--role leader|agency|copy|attachment [--image PNG] [--seal-mm N] [--signer NAME] [--number CODE] [--form sao-y|sao-luc|trich-sao --agency NAME]] [--certify] [--kind rsa-pkcs1|rsa-pss|ecdsa] [--digest sha256|sha384|sha512] [--reason TEXT]',
  options: { ...tokenOptions, field: true, page: true, rect: true, ...roleOptions, certify: false, reason: true },
  run: (context) => {
    const order = orderIn(context);
    const { source, target, tsa, field, more } = order;
    return withPin(context, async (pin) => {
      const at = systemClock.now();
      const shown = await roleWish(context, source, field, at);
      if (!('wish' in shown)) return shown;
      return withToken(order, pin, async (token) => {
        const result = await signFile(token.deps, { source, target, tsa }, { ...more, ...token.signer, field, at, ...shown.wish }, token.sign);
        return result.ok ? told(context, result.value) : refused(result.failure, order.module);
      });
    });
  },
};

type Order = TokenOrder & { readonly field: FieldWish; readonly more: Pick<SigningWish, 'level' | 'certify' | 'reason'> };

function orderIn(context: CommandContext): Order {
  const { level, ...order } = tokenOrderIn(context);
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

/** What a command answers when a file was signed; without its time-stamp, that not all was done. */
export function told(context: CommandContext, signed: Signed): CommandResult {
  const { path, field, level, time, missing } = signed;
  const language = languageOf(context);
  if (missing === null) return { ok: true, value: signed, text: done(context, time === null ? 'signed' : 'signed-with-time', { path, field, level, time: time ?? '' }) };
  const reason = wordsFor(`signing.missing.${missing.why}`, { detail: missing.detail }, language);
  return { ok: true, value: signed, text: done(context, 'signed-without-time', { path, field, level, reason }), exit: 1 };
}
