import { z } from 'zod';
import { StepState } from './connection.ts';
import { command, eventStream, query } from './define.ts';
import { Empty, Instant } from './shared.ts';

/** What stands between a person and a signature, in the order in which it is looked at. */
export const TokenStep = z.enum(['driver', 'reader', 'token', 'certificate', 'chain', 'validity', 'clock', 'tries']);
export type TokenStep = z.infer<typeof TokenStep>;

/**
 * What a step found. Each has a sentence (`doctor.said.<finding>`), and those that are not good a remedy
 * (`doctor.remedy.<finding>`); where there is a failure as well, its own sentence (`failure.<code>`) says both.
 */
export const TokenFindingCode = z.enum([
  'not-reached',
  'driver-works',
  'driver-none',
  'driver-failed',
  'reader-found',
  'reader-none',
  'reader-unnamed',
  'reader-failed',
  'token-found',
  'token-none',
  'token-not-set-up',
  'token-not-readable',
  'certificate-chosen',
  'certificate-only',
  'certificate-to-choose',
  'certificate-elsewhere',
  'certificate-none',
  'certificate-unreadable',
  'certificate-no-key',
  'chain-valid',
  'chain-incomplete',
  'chain-untrusted',
  'chain-refused',
  'chain-unreadable',
  'period-current',
  'period-ends-soon',
  'period-over',
  'period-not-yet',
  'clock-same',
  'clock-ahead',
  'clock-behind',
  'clock-not-compared',
  'tries-full',
  'tries-low',
  'tries-last',
  'tries-none',
  'tries-pin-not-set',
  'tries-pin-to-change',
]);
export type TokenFindingCode = z.infer<typeof TokenFindingCode>;

/** Why something was not done with a token: the codes of native/pkcs11, as the catalogue names them. */
export const tokenFailures = [
  'token-module-not-found',
  'token-module-not-readable',
  'token-module-not-a-library',
  'token-module-wrong-system',
  'token-module-wrong-bitness',
  'token-module-without-pkcs11',
  'token-driver-not-built',
  'token-module-not-loadable',
  'token-module-refused',
  'token-module-hangs',
  'token-module-crashed',
  'token-stopped',
  'token-absent',
  'token-ambiguous',
  'token-removed',
  'token-not-recognised',
  'token-session-lost',
  'token-too-many-sessions',
  'token-certificate-absent',
  'token-certificate-not-readable',
  'token-key-absent',
  'token-key-may-not-sign',
  'token-key-not-supported',
  'token-mechanism-not-offered',
  'token-pin-needed',
  'token-pin-empty',
  'token-pin-doubtful',
  'token-pin-wrong',
  'token-pin-refused',
  'token-pin-final-try',
  'token-pin-locked',
  'token-pin-expired',
  'token-pin-not-set',
  'token-pin-on-device',
  'token-pin-pad-unsupported',
  'token-other-user-logged-in',
  'token-cancelled-on-device',
  'token-device-failed',
  'token-driver-failed',
  'token-signature-wrong',
] as const;
export const TokenFailureName = z.enum(tokenFailures);
export type TokenFailureName = z.infer<typeof TokenFailureName>;

/** Where in the work with a driver something stopped (`token.stage.<stage>`). */
export const TokenStageName = z.enum([
  'start',
  'file',
  'load',
  'initialize',
  'slots',
  'token-info',
  'mechanisms',
  'session',
  'certificates',
  'keys',
  'login',
  'sign-init',
  'context-login',
  'sign',
  'verify',
  'logout',
]);

/** What is doubtful in a typed PIN (`token.pinRemark.<remark>`). */
export const PinRemarkName = z.enum(['vietnamese-letters', 'not-ascii', 'space-at-end', 'space-inside', 'control-character', 'too-short', 'too-long']);
export type PinRemarkName = z.infer<typeof PinRemarkName>;

const Values = z.record(z.string(), z.union([z.string(), z.number()]));

export const TokenStepResult = z.strictObject({
  step: TokenStep,
  state: StepState,
  finding: TokenFindingCode,
  /** values for the sentence */
  params: Values,
  failure: z.strictObject({ code: TokenFailureName, stage: TokenStageName, params: Values }).nullable(),
});
export type TokenStepResult = z.infer<typeof TokenStepResult>;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Where a certificate leads, from what is at hand offline. Says nothing of revocation. */
export const TokenChain = z.strictObject({
  state: z.enum(['valid', 'incomplete', 'untrusted', 'refused', 'unreadable']),
  /** names from the certificate's own issuer to the last one found */
  names: z.array(z.string()),
  /** what speaks against it, with 'refused' (`doctor.problem.<problem>`) */
  problem: z.string(),
});
export type TokenChain = z.infer<typeof TokenChain>;

/** A certificate of a person or an agency on a token; those of authorities stand in `chain`. */
export const ShownCertificate = z.strictObject({
  sha256: Sha256,
  /** common name */
  name: z.string(),
  /** agency and unit of the subject, nearest first */
  organisation: z.string(),
  title: z.string(),
  issuer: z.string(),
  /** hex */
  serial: z.string(),
  /** by the names in the certificate, as no profile is published (signing facts §6.3) */
  purpose: z.enum(['person', 'agency', 'unknown']),
  /** `RSA-2048`, `P-256` … */
  key: z.string(),
  notBefore: Instant,
  notAfter: Instant,
  period: z.enum(['current', 'not-yet', 'over']),
  privateKey: z.enum(['found', 'hidden', 'none']),
  chain: TokenChain,
  /** picked by who is at the window */
  chosen: z.boolean(),
});
export type ShownCertificate = z.infer<typeof ShownCertificate>;

/** What a PIN box needs to know of a token. Tokens tell these flags, never a number (PKCS#11 v2.40 §4.4). */
export const PinFacts = z.strictObject({
  /** typed on the device itself */
  pad: z.boolean(),
  countLow: z.boolean(),
  finalTry: z.boolean(),
  locked: z.boolean(),
  toBeChanged: z.boolean(),
  /** lengths in bytes; 0 and 0 when the token says nothing sensible */
  min: z.number().int().nonnegative(),
  max: z.number().int().nonnegative(),
});
export type PinFacts = z.infer<typeof PinFacts>;

/** A token in a reader, or a driver without one: one line of the list, one checklist. */
export const TokenDevice = z.strictObject({
  id: z.string(),
  /** id of the driver; '' when no driver is known on this machine */
  module: z.string(),
  /**
   * `reading`: not known yet; `working`: a batch is being signed; `absent`: nothing is plugged in; `failed` and
   * `attention`: some step is so, the worst first
   */
  verdict: z.enum(['reading', 'working', 'absent', 'failed', 'attention', 'ready']),
  readAt: Instant.nullable(),
  token: z.strictObject({ label: z.string(), model: z.string(), manufacturer: z.string(), serial: z.string(), pin: PinFacts }).nullable(),
  steps: z.array(TokenStepResult),
  certificates: z.array(ShownCertificate),
});
export type TokenDevice = z.infer<typeof TokenDevice>;

/** A driver (PKCS#11 module) of this machine that is looked at. */
export const TokenModule = z.strictObject({
  id: z.string(),
  path: z.string(),
  /** its vendor's family, '' when it is not of the known names */
  family: z.string(),
  /** added by hand, so it can be taken out again */
  added: z.boolean(),
  /** how long a login is still kept, in whole seconds */
  keptSeconds: z.number().int().nonnegative(),
});
export type TokenModule = z.infer<typeof TokenModule>;

export const TokensState = z.strictObject({
  /** for the foot of the window: `unread` until somebody looked or the setting says so */
  summary: z.enum(['unread', 'reading', 'plugged', 'absent', 'attention']),
  modules: z.array(TokenModule),
  devices: z.array(TokenDevice),
  /** drivers are started with the station, not only when somebody looks */
  watchFromStart: z.boolean(),
});
export type TokensState = z.infer<typeof TokensState>;

/** How a PIN comes: as the bytes of its UTF-8, or typed on the device. Accepted: the person has seen the warning. */
export const GivenPin = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('typed'),
    pin: z.array(z.number().int().min(0).max(255)).max(256),
    finalTryAccepted: z.boolean(),
    asTyped: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('pad'), finalTryAccepted: z.boolean() }),
]);
export type GivenPin = z.infer<typeof GivenPin>;

const ofThisMachine = { audited: { no: 'changes nothing that the station keeps' } } as const;

export const tokens = {
  /** Reads every driver anew, and watches them from now on. Answers when the last one has answered or was given up: 10 s at most. */
  look: command(Empty, TokensState, [], ofThisMachine),
  /**
   * Adds a driver by its path. The window may name only files where none but administrators write: what it names is run.
   * `tvt token use` takes any.
   */
  useModule: command(
    z.strictObject({ path: z.string().min(1).max(1000) }),
    TokensState,
    ['token-module-place', 'token-module-not-found', 'token-module-not-readable', 'token-module-not-a-library', 'token-module-wrong-system', 'token-module-wrong-bitness', 'token-module-without-pkcs11'],
    { audited: true },
  ),
  /** Takes out a driver that was added. */
  dropModule: command(z.strictObject({ module: z.string() }), TokensState, ['not-found'], { audited: true }),
  /** Whether drivers are started with the station. */
  saveWatch: command(z.strictObject({ fromStart: z.boolean() }), TokensState, [], { audited: true }),
  /** Picks the certificate that this person signs with. */
  choose: command(z.strictObject({ certificate: Sha256 }), TokensState, ['token-certificate-absent'], {
    audited: { no: 'a preference at this machine; each signature names its certificate' },
  }),
  /** Logs out everywhere and overwrites kept PINs. */
  forget: command(Empty, TokensState, [], ofThisMachine),
  /** Signs 32 random bytes, which are thrown away, and checks the signature. A wrong PIN costs one of the token's tries. */
  testSign: command(
    z.strictObject({ device: z.string(), certificate: Sha256, pin: GivenPin }),
    z.strictObject({ milliseconds: z.number().int().nonnegative() }),
    tokenFailures,
    { sensitive: true, ...ofThisMachine },
  ),
  /** What was found, for support: without names, labels, serial numbers, certificates or folders. JSON. */
  supportReport: query(Empty, z.strictObject({ name: z.string(), text: z.string() })),
};

export const tokensEvents = {
  devices: eventStream(TokensState, TokensState),
};
