import type { Driver, Handle, Module } from './driver.ts';
import { TokenTrouble, type PinState, type TokenFailure } from './failures.ts';
import { pinRemarks } from './pin.ts';
import { readToken, type TokenInfo } from './tokens.ts';

const userType = { user: 1, contextSpecific: 2 } as const;

/** How the PIN comes. */
export type PinUse =
  | {
      readonly kind: 'typed';
      /** UTF-8. Belongs to this library from here on and is overwritten */
      readonly pin: Uint8Array;
      /** the PIN of the key, where the device has another for each signature; null: the same */
      readonly keyPin: Uint8Array | null;
      /** the person has seen that the next wrong PIN locks the token */
      readonly finalTryAccepted: boolean;
      /** the person has seen the remarks on the PIN and means it so */
      readonly asTyped: boolean;
    }
  /** typed on the device itself */
  | { readonly kind: 'pad'; readonly finalTryAccepted: boolean }
  /** what was typed before and is still kept */
  | { readonly kind: 'kept' };

const alreadyLoggedIn = 0x100;

/** Refuses what would waste a try, before there is one. Throws `TokenTrouble`; touches no counter. */
export function beforeLogin(token: TokenInfo, use: Exclude<PinUse, { kind: 'kept' }>): void {
  const stop = (code: TokenFailure['code'], more: Partial<Omit<TokenFailure, 'code' | 'stage'>> = {}): never => {
    throw new TokenTrouble(code, 'login', more);
  };
  const pin = { which: 'user', state: token.pin } as const;
  if (token.pin.locked) stop('pin-locked', { pin });
  if (use.kind === 'pad') {
    if (!token.pinPad) stop('pin-needed');
  } else {
    if (token.pinPad) stop('pin-on-device');
    // Some modules take an empty PIN for "ask on the device".
    if (use.pin.length === 0 || use.keyPin?.length === 0) stop('pin-empty');
    const remarks = [...pinRemarks(use.pin, token.pinLength), ...(use.keyPin === null ? [] : pinRemarks(use.keyPin, { min: 0, max: 0 }))];
    if (remarks.length > 0 && !use.asTyped) stop('pin-doubtful', { remarks: [...new Set(remarks)] });
  }
  if (token.pin.finalTry && !use.finalTryAccepted) stop('pin-final-try', { pin });
}

/**
 * One try with one PIN; null lets the device ask for it. A token that says it is logged in already (some vendors share
 * one login among all programs) is taken at its word. Whatever goes wrong, it is never tried again. Throws
 * `TokenTrouble`.
 */
export function tryPin(module: Module, session: Handle, slot: Handle, which: 'user' | 'key', pin: Buffer | null): void {
  const stage = which === 'user' ? 'login' : 'context-login';
  try {
    module.call(stage, (driver) => {
      callLogin(driver, session, which === 'user' ? userType.user : userType.contextSpecific, pin);
    });
  } catch (error) {
    if (!(error instanceof TokenTrouble)) throw error;
    const { failure } = error;
    if (failure.returned?.value === alreadyLoggedIn) return;
    // Asked again, because "wrong" may have become "locked"; and modules that say only "failed" still keep the flags.
    const state = stateNow(module, slot);
    const code = failure.code === 'pin-wrong' && state?.locked === true ? 'pin-locked' : failure.code;
    throw new TokenTrouble(code, stage, { returned: failure.returned, detail: failure.detail, pin: { which, state } });
  }
}

function stateNow(module: Module, slot: Handle): PinState | null {
  try {
    return readToken(module, slot).pin;
  } catch {
    return null;
  }
}

/** What C_Login of pkcs11js is after build/scripts/token-driver.ts has changed it; as published it takes a string only. */
type OurLogin = { readonly C_Login: (session: Handle, user: number, pin: Buffer | null) => void };

function callLogin(driver: Driver, session: Handle, user: number, pin: Buffer | null): void {
  try {
    (driver as unknown as OurLogin).C_Login(session, user, pin);
  } catch (error) {
    // The arguments are looked at before the module is called: a TypeError has cost no try.
    if (!(error instanceof TypeError)) throw error;
    if (pin === null) throw new TokenTrouble('pin-pad-unsupported', user === userType.user ? 'login' : 'context-login');
    driver.C_Login(session, user, pin.toString('utf8'));
  }
}
