import { basename, join } from 'node:path';
import { systemClock } from '../../foundation/clock.ts';
import { tokenProcess, type TokenProcess } from '../../platform/tokens/token-process.ts';
import { chainOf, signFile, type FieldWish, type Signed, type SigningRefusal, type SigningWish } from '../../services/signing/index.ts';
import { readCertificate, type Certificate, type SigningWay } from '../../services/trust/index.ts';
import type { ModuleReport, SignatureScheme, TokenFailure } from '../../../native/pkcs11/index.ts';
import { forkTokenProcess } from '../token-processes.ts';
import { signMany, type ManyOrder } from './sign-batch.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { evidenceOptions, evidenceUsage, withEvidence } from './evidence.ts';
import { done, wordsFor } from './sentences.ts';
import { codeOf, languageOf, refusal } from './token.ts';

export const sign: Command = {
  about: 'Ký một hay nhiều tệp PDF bằng thiết bị ký số (PAdES mức B đến LTA), nhập PIN một lần; tệp gốc giữ nguyên. | Sign PDFs with a token (PAdES levels B to LTA) and one PIN; originals stay as they are.',
  usage:
    `sign IN --out OUT | IN… --out-dir FOLDER --module PATH --token LABEL --cert LABEL|SHA256 --pin-env VAR --level B|T|LT|LTA [--tsa URL] [--field NAME | --page N [--rect LEFT,BOTTOM,WIDTH,HEIGHT]] [--certify] [--kind rsa-pkcs1|rsa-pss|ecdsa] [--digest sha256|sha384|sha512] [--reason TEXT] ${evidenceUsage}`,
  options: { out: true, 'out-dir': true, module: true, token: true, cert: true, 'pin-env': true, level: true, tsa: true, field: true, page: true, rect: true, certify: false, kind: true, digest: true, reason: true },
  many: evidenceOptions,
  run: async (context) => {
    const order = orderIn(context);
    const pin = pinIn(required(context, 'pin-env'));
    const device = tokenProcess(order.module, forkTokenProcess);
    try {
      const report = await device.report();
      if (report.failure !== null) return refusal(report, report.failure);
      const chosen = chosenIn(report, order);
      if ('code' in chosen) return { ok: false, ...chosen };
      return order.folder === undefined ? await signed(context, order, device, chosen, pin) : await signMany(context, manyOf(context, order, order.folder, device, chosen, pin), { told: (one) => told(context, one), refused: (failure) => refused(failure, order.module) });
    } finally {
      pin.fill(0);
      device.stop();
    }
  },
};

type Order = {
  readonly source: string;
  readonly target: string;
  /** of the signed copies, where there are several files */
  readonly folder: string | undefined;
  readonly module: string;
  readonly token: string;
  readonly certificate: string;
  readonly tsa: string | null;
  readonly field: FieldWish;
  readonly way: { readonly kind: SignatureScheme['kind'] | undefined; readonly digest: SigningWay['digest'] };
  readonly more: Pick<SigningWish, 'level' | 'certify' | 'reason'>;
};

function orderIn(context: CommandContext): Order {
  const { options, positionals } = context;
  const [source, other] = positionals;
  const text = (name: string): string | undefined => (options[name] === undefined ? undefined : required(context, name));
  const folder = text('out-dir');
  if (source === undefined || (folder === undefined && other !== undefined)) throw new UsageError('IN');
  if (folder !== undefined && options['out'] !== undefined) throw new UsageError('--out --out-dir');
  const level = oneOf('level', required(context, 'level'), ['B', 'T', 'LT', 'LTA'] as const);
  const tsa = text('tsa') ?? null;
  // A time that nobody is asked for cannot come, and an address that is not asked was not meant so.
  if ((level !== 'B') !== (tsa !== null)) throw new UsageError('--level --tsa');
  const kind = text('kind');
  const reason = text('reason');
  return {
    source,
    target: folder === undefined ? required(context, 'out') : join(folder, basename(source)),
    folder,
    module: required(context, 'module'),
    token: required(context, 'token'),
    certificate: required(context, 'cert'),
    tsa,
    field: fieldIn(text('field'), text('page'), text('rect')),
    way: {
      kind: kind === undefined ? undefined : oneOf('kind', kind, ['rsa-pkcs1', 'rsa-pss', 'ecdsa'] as const),
      digest: oneOf('digest', text('digest') ?? 'sha256', ['sha256', 'sha384', 'sha512'] as const),
    },
    more: { level, ...(options['certify'] === true ? { certify: 2 } : {}), ...(reason === undefined ? {} : { reason }) },
  };
}

function oneOf<T extends string>(name: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new UsageError(`--${name}`);
  return found;
}

function fieldIn(field: string | undefined, page: string | undefined, rect: string | undefined): FieldWish {
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

/** The PIN as bytes; taken out of the environment, which the token process would inherit. */
function pinIn(variable: string): Uint8Array {
  const pin = process.env[variable];
  if (pin === undefined || pin === '') throw new UsageError(`--pin-env ${variable}`);
  Reflect.deleteProperty(process.env, variable);
  return new TextEncoder().encode(pin);
}

type Slot = ModuleReport['slots'][number];
type Chosen = { readonly token: NonNullable<Slot['token']>; readonly certificate: Certificate; readonly chain: readonly Certificate[] };
type Unchosen = { readonly code: string; readonly params: Readonly<Record<string, string>> };

/** The one certificate that was meant, on a token with this label; nothing is picked among several. */
function chosenIn(report: ModuleReport, { token: label, certificate: wanted }: Order): Chosen | Unchosen {
  const slots = report.slots.filter(({ token }) => token?.label === label);
  if (slots.length === 0) return { code: 'token-absent', params: {} };
  const own = slots.flatMap((slot) => slot.certificates.filter(({ authority }) => !authority).map((certificate) => ({ slot, certificate })));
  const meant = own.filter(({ certificate }) => certificate.label === wanted || certificate.sha256 === wanted.toLowerCase());
  const [one] = meant;
  if (one?.slot.token == null) return { code: 'token-certificate-absent', params: {} };
  if (meant.length > 1) return { code: 'sign-certificate-ambiguous', params: { certificate: wanted } };
  const certificate = readCertificate(one.certificate.der);
  if (!certificate.ok) return { code: 'token-certificate-not-readable', params: {} };
  const others = slots.flatMap((slot) => slot.certificates).flatMap(({ der }) => {
    const read = readCertificate(der);
    return read.ok ? [read.value] : [];
  });
  return { token: one.slot.token, certificate: certificate.value, chain: chainOf(certificate.value, others) };
}

const kinds = { 'rsa-pkcs1': 'rsa-v1.5', 'rsa-pss': 'rsa-pss', ecdsa: 'ecdsa' } as const;

/** The kind of signature, and what the token is asked for it. */
function requestOf({ way }: Order, { token, certificate }: Chosen, pin: Uint8Array): ManyOrder['request'] {
  // RSA as the tools of the government's own authority sign and every reader checks it (signing.md §0.5, §1.3);
  // RSASSA-PSS, which TT 15/2025/TT-BKHCN Phụ lục I names, is chosen by --kind while some readers know no PSS.
  const kind = way.kind ?? (certificate.key.kind === 'ec' ? 'ecdsa' : 'rsa-pkcs1');
  return {
    token,
    certificate: certificate.sha256,
    scheme: { kind, hash: way.digest },
    pin: { kind: 'typed', pin, keyPin: null, finalTryAccepted: false, asTyped: false },
    keepMs: 0,
  };
}

function manyOf({ positionals: sources }: CommandContext, order: Order, folder: string, device: TokenProcess, chosen: Chosen, pin: Uint8Array): ManyOrder {
  const { certificate, chain } = chosen;
  const request = requestOf(order, chosen, pin);
  const signer = { certificate, chain, way: { kind: kinds[request.scheme.kind], digest: order.way.digest } };
  return { sources, folder, signer, step: { ...order.more, field: order.field }, tsa: order.tsa, device, request };
}

async function signed(context: CommandContext, order: Order, device: TokenProcess, chosen: Chosen, pin: Uint8Array): Promise<CommandResult> {
  const { source, target, tsa, field, way, more } = order;
  const { certificate, chain } = chosen;
  const request = requestOf(order, chosen, pin);
  const { kind } = request.scheme;
  const wish: SigningWish = { ...more, way: { kind: kinds[kind], digest: way.digest }, certificate, chain, field, at: systemClock.now() };
  const result = await withEvidence(context, (deps) => signFile({ ...deps, evidence: deps }, { source, target, tsa }, wish, async (attributes) => {
    const end = await device.sign({ ...request, items: [{ id: 'pdf', data: attributes }] }).end;
    const [one] = end.signed;
    if (end.kind === 'done' && one !== undefined) return { ok: true, value: one.signature };
    return { ok: false, failure: end.kind === 'failed' ? end.failure : null };
  }));
  return result.ok ? told(context, result.value) : refused(result.failure, context.options['module']);
}

function told(context: CommandContext, signed: Signed): CommandResult {
  const { path, field, level, time, missing } = signed;
  const language = languageOf(context);
  if (missing === null) return { ok: true, value: signed, text: done(context, time === null ? 'signed' : 'signed-with-time', { path, field, level, time: time ?? '' }) };
  const reason = wordsFor(`signing.missing.${missing.why}`, { detail: missing.detail }, language);
  const label = wordsFor(`signing.level.${level}`, {}, language);
  return { ok: true, value: signed, text: done(context, time === null ? 'signed-without-time' : 'signed-not-as-wished', { path, field, level, label, reason }), exit: 1 };
}

function refused(failure: SigningRefusal | { readonly code: 'not-signed'; readonly cause: TokenFailure | null }, module: unknown): CommandResult {
  if (failure.code !== 'not-signed') {
    const { code, ...params } = failure;
    return { ok: false, code: `sign-${code}`, params };
  }
  const { cause } = failure;
  if (cause === null) return { ok: false, code: 'token-stopped' };
  return { ok: false, code: codeOf(cause), params: { module: String(module), detail: cause.detail, returned: cause.returned?.name ?? '', stage: cause.stage } };
}
