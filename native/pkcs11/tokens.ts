import type { PKCS11 as Driver } from 'pkcs11js';
import { createRequire } from 'node:module';

/** What a token says of itself (PKCS#11 v2.40 §4.4). Texts are trimmed of their padding. */
export type TokenInfo = {
  readonly slot: string;
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly initialized: boolean;
  /** at least one wrong PIN since the last right one */
  readonly pinCountLow: boolean;
  /** the next wrong PIN locks the token */
  readonly pinFinalTry: boolean;
  readonly pinLocked: boolean;
  /** the PIN is typed on the device itself */
  readonly pinPad: boolean;
};

/** `detail` is for support: the loader's words, or the name of the return code. */
export type ModuleFailure = {
  readonly code: 'driver-not-built' | 'module-not-loadable' | 'module-refused';
  readonly detail: string;
};

export type TokenList =
  | { readonly ok: true; readonly tokens: readonly TokenInfo[] }
  | { readonly ok: false; readonly failure: ModuleFailure };

const flags = { userPinInitialized: 0x8, pinPad: 0x100, initialized: 0x400, low: 0x10000, final: 0x20000, locked: 0x40000 };

/**
 * Loads a PKCS#11 module, lists the tokens in its slots and unloads it. A module is foreign code that may hang or
 * crash: call this only in a process that may be killed (`hosts/workers/token-worker`).
 */
export function listTokens(modulePath: string): TokenList {
  let driver: Driver;
  try {
    // Compiled at install where a compiler is there; without one the rest of the station works.
    const { PKCS11 } = createRequire(import.meta.url)('pkcs11js') as typeof import('pkcs11js');
    driver = new PKCS11();
  } catch (error) {
    return { ok: false, failure: { code: 'driver-not-built', detail: words(error) } };
  }
  try {
    driver.load(modulePath);
  } catch (error) {
    return { ok: false, failure: { code: 'module-not-loadable', detail: words(error) } };
  }
  try {
    driver.C_Initialize();
    try {
      return { ok: true, tokens: driver.C_GetSlotList(true).map((slot) => tokenIn(driver, slot)) };
    } finally {
      driver.C_Finalize();
    }
  } catch (error) {
    return { ok: false, failure: { code: 'module-refused', detail: words(error) } };
  } finally {
    driver.close();
  }
}

function tokenIn(driver: Driver, slot: Buffer): TokenInfo {
  const info = driver.C_GetTokenInfo(slot);
  const has = (flag: number): boolean => (info.flags & flag) !== 0;
  return {
    slot: driver.C_GetSlotInfo(slot).slotDescription.trim(),
    label: info.label.trim(),
    manufacturer: info.manufacturerID.trim(),
    model: info.model.trim(),
    serialNumber: info.serialNumber.trim(),
    initialized: has(flags.initialized) && has(flags.userPinInitialized),
    pinCountLow: has(flags.low),
    pinFinalTry: has(flags.final),
    pinLocked: has(flags.locked),
    pinPad: has(flags.pinPad),
  };
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
