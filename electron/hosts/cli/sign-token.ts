import { basename, join } from 'node:path';
import type { Result } from '../../foundation/outcome.ts';
import { tokenProcess, type TokenProcess } from '../../platform/tokens/token-process.ts';
import { chainOf, type BatchSigner, type SigningRefusal, type SigningWish } from '../../services/signing/index.ts';
import { readCertificate, type Certificate, type SigningWay } from '../../services/trust/index.ts';
import type { ModuleReport, SignatureScheme, SignRequest, TokenFailure } from '../../../native/pkcs11/index.ts';
import { forkTokenProcess } from '../processes/token-processes.ts';
import { required, UsageError, type CommandContext, type CommandResult } from './command.ts';
import { codeOf, refusal } from './token.ts';

/** Options of every command that signs with a token. */
export const tokenOptions = { out: true, module: true, token: true, cert: true, 'pin-env': true, level: true, tsa: true, kind: true, digest: true } as const;

/** What is signed with what. */
export type TokenOrder = {
  readonly source: string;
  readonly target: string;
  readonly module: string;
  readonly token: string;
  readonly certificate: string;
  readonly tsa: string | null;
  readonly way: { readonly kind: SignatureScheme['kind'] | undefined; readonly digest: SigningWay['digest'] };
};

/** A token that signs: what of a wish it decides, and the signing itself. The PIN is asked of it once. */
export type TokenSigner = {
  readonly signer: BatchSigner;
  readonly device: TokenProcess;
  /** what the token is asked for, but for what it signs */
  readonly request: Omit<SignRequest, 'items' | 'isFed'>;
  readonly sign: (attributes: Uint8Array) => Promise<Result<Uint8Array, TokenFailure | null>>;
};

/** Reads the options that `tokenOptions` names; `folder`: where many signed copies go. */
export function tokenOrderIn(context: CommandContext, folder?: string): TokenOrder & Pick<SigningWish, 'level'> {
  const [source, other] = context.positionals;
  if (source === undefined || (folder === undefined && other !== undefined)) throw new UsageError('IN');
  const level = oneOf('level', required(context, 'level'), ['B', 'T', 'LT', 'LTA'] as const);
  const tsa = textIn(context, 'tsa') ?? null;
  // A time that nobody is asked for cannot come, and an address that is not asked was not meant so.
  if ((level !== 'B') !== (tsa !== null)) throw new UsageError('--level --tsa');
  const kind = textIn(context, 'kind');
  return {
    source,
    level,
    tsa,
    target: folder === undefined ? required(context, 'out') : join(folder, basename(source)),
    module: required(context, 'module'),
    token: required(context, 'token'),
    certificate: required(context, 'cert'),
    way: {
      kind: kind === undefined ? undefined : oneOf('kind', kind, ['rsa-pkcs1', 'rsa-pss', 'ecdsa'] as const),
      digest: oneOf('digest', textIn(context, 'digest') ?? 'sha256', ['sha256', 'sha384', 'sha512'] as const),
    },
  };
}

/** The value of an option that may be left out. */
export function textIn(context: CommandContext, name: string): string | undefined {
  return context.options[name] === undefined ? undefined : required(context, name);
}

/** The value of an option that must be one of these. */
export function oneOf<T extends string>(name: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new UsageError(`--${name}`);
  return found;
}

const kinds = { 'rsa-pkcs1': 'rsa-v1.5', 'rsa-pss': 'rsa-pss', ecdsa: 'ecdsa' } as const;

/** How long a login is kept for the further signatures of one command. */
const keepMs = 120_000;

/**
 * Hands the PIN to `use` and overwrites it afterwards. It comes first in a command: while it is in the environment, every
 * process that is started would inherit it, also one that reads a hostile file.
 */
export async function withPin(context: CommandContext, use: (pin: Uint8Array) => Promise<CommandResult>): Promise<CommandResult> {
  const pin = pinIn(required(context, 'pin-env'));
  try {
    return await use(pin);
  } finally {
    pin.fill(0);
  }
}

/** Finds the token and the certificate that were meant, and hands them to `use`; the token process ends with it. */
export async function withToken(order: TokenOrder, pin: Uint8Array, use: (token: TokenSigner) => Promise<CommandResult>, many = false): Promise<CommandResult> {
  const device = tokenProcess(order.module, forkTokenProcess);
  try {
    const report = await device.report();
    if (report.failure !== null) return refusal(report, report.failure);
    const chosen = chosenIn(report, order);
    if ('code' in chosen) return { ok: false, ...chosen };
    const { token, certificate, chain } = chosen;
    // RSA as the tools of the government's own authority sign and every reader checks it (signing.md §0.5, §1.3);
    // RSASSA-PSS, which TT 15/2025/TT-BKHCN Phụ lục I names, is chosen by --kind while some readers know no PSS.
    const kind = order.way.kind ?? (certificate.key.kind === 'ec' ? 'ecdsa' : 'rsa-pkcs1');
    const request = {
      token,
      certificate: certificate.sha256,
      scheme: { kind, hash: order.way.digest },
      pin: { kind: 'typed', pin, keyPin: null, finalTryAccepted: false, asTyped: false },
      keepMs: many ? keepMs : 0,
    } as const;
    let isTyped = false;
    return await use({
      signer: { way: { kind: kinds[kind], digest: order.way.digest }, certificate, chain },
      device,
      request,
      sign: async (attributes) => {
        const end = await device.sign({ ...request, items: [{ id: 'pdf', data: attributes }], ...(isTyped ? { pin: { kind: 'kept' } } : {}) }).end;
        isTyped = true;
        const [one] = end.signed;
        if (end.kind === 'done' && one !== undefined) return { ok: true, value: one.signature };
        return { ok: false, failure: end.kind === 'failed' ? end.failure : null };
      },
    });
  } finally {
    device.stop();
  }
}

/** The PIN as bytes; taken out of the environment. */
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
function chosenIn(report: ModuleReport, { token: label, certificate: wanted }: TokenOrder): Chosen | Unchosen {
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

/** What a command answers when nothing was signed. */
export function refused(failure: SigningRefusal | { readonly code: 'not-signed'; readonly cause: TokenFailure | null }, module: unknown): CommandResult {
  if (failure.code !== 'not-signed') {
    const { code, ...params } = failure;
    return { ok: false, code: `sign-${code}`, params };
  }
  const { cause } = failure;
  if (cause === null) return { ok: false, code: 'token-stopped' };
  return { ok: false, code: codeOf(cause), params: { module: String(module), detail: cause.detail, returned: cause.returned?.name ?? '', stage: cause.stage } };
}
