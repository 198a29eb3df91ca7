import { meaningOf, type ReturnCode, type TokenFailureCode } from './return-codes.ts';

/** Where in the work with a module something happened; one call into the module belongs to exactly one stage. */
export type TokenStage =
  | 'start'
  | 'file'
  | 'load'
  | 'initialize'
  | 'slots'
  | 'token-info'
  | 'mechanisms'
  | 'session'
  | 'certificates'
  | 'keys'
  | 'login'
  | 'sign-init'
  | 'context-login'
  | 'sign'
  | 'verify'
  | 'logout';

/** Something doubtful in a typed PIN, named before it costs a try; see `pinRemarks`. */
export const pinRemarkKinds = ['vietnamese-letters', 'not-ascii', 'space-at-end', 'space-inside', 'control-character', 'too-short', 'too-long'] as const;
export type PinRemark = (typeof pinRemarkKinds)[number];

/** What the token's flags say of the user's PIN (PKCS#11 v2.40 §4.4). */
export type PinState = {
  /** at least one wrong PIN since the last right one */
  readonly countLow: boolean;
  /** the next wrong PIN locks the token */
  readonly finalTry: boolean;
  readonly locked: boolean;
  readonly toBeChanged: boolean;
};

/**
 * Why something was not done. Never holds a PIN, nor a name from a certificate.
 * `returned`: the module's own code, where it gave one. `detail`: for support; the loader's words, a signal, a limit.
 * At the stages `login` and `context-login` of a module that hung or crashed, the try may have been counted.
 */
export type TokenFailure = {
  readonly code: TokenFailureCode;
  readonly stage: TokenStage;
  readonly returned: ReturnCode | null;
  readonly detail: string;
  /** with `pin-wrong`, `pin-locked`, `pin-final-try`: which PIN, and how things stand now, as far as the token tells */
  readonly pin?: { readonly which: 'user' | 'key'; readonly state: PinState | null };
  /** with `pin-doubtful` */
  readonly remarks?: readonly PinRemark[];
};

/** Carries a `TokenFailure` up to the door of this library, where it becomes a value. */
export class TokenTrouble extends Error {
  override readonly name = 'TokenTrouble';
  readonly failure: TokenFailure;

  constructor(code: TokenFailureCode, stage: TokenStage, more: Partial<Omit<TokenFailure, 'code' | 'stage'>> = {}) {
    super(`${code} at ${stage}`);
    this.failure = { code, stage, returned: null, detail: '', ...more };
  }
}

/** CK_RV of what pkcs11js threw; undefined when it did not come from the module. */
export function returnValueOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || error.name !== 'Pkcs11Error') return undefined;
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'number' ? code : undefined;
}

/** What pkcs11js threw at a stage, as a typed failure. */
export function troubleAt(stage: TokenStage, error: unknown): TokenTrouble {
  if (error instanceof TokenTrouble) return error;
  const value = returnValueOf(error);
  if (value === undefined) return new TokenTrouble('driver-failed', stage, { detail: wordsOf(error) });
  const { returned, meaning } = meaningOf(value);
  const code = meaning === 'done' || meaning === 'already-logged-in' ? 'driver-failed' : meaning;
  // Before there is a slot, whatever the module says is about itself.
  return new TokenTrouble(stage === 'initialize' ? 'module-refused' : code, stage, { returned });
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function failureOf(error: unknown, stage: TokenStage): TokenFailure {
  return troubleAt(stage, error).failure;
}
