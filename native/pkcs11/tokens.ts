import { cleanText, handleText, type Handle, type Module } from './driver.ts';
import { failureOf, TokenTrouble, type PinState, type TokenFailure } from './failures.ts';

/** What a token says of itself (PKCS#11 v2.40 §4.4). Texts are without their padding. */
export type TokenInfo = {
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly firmware: string;
  /** it has been set up; the user's PIN may still be missing */
  readonly initialized: boolean;
  readonly pinSet: boolean;
  readonly loginRequired: boolean;
  /** the PIN is typed on the device itself */
  readonly pinPad: boolean;
  readonly pin: PinState;
  /** lengths of a PIN in bytes; 0 and 0 when the module says nothing sensible */
  readonly pinLength: { readonly min: number; readonly max: number };
  /** the token's own clock as YYYYMMDDhhmmss in UTC; null without one */
  readonly clock: string | null;
};

/** Which device is meant. Labels repeat, so all four must fit. */
export type TokenRef = Pick<TokenInfo, 'serialNumber' | 'label' | 'manufacturer' | 'model'>;

export type Slot = {
  /** of this process only: it may be another after the device was plugged in again */
  readonly id: string;
  readonly description: string;
  readonly removable: boolean;
  readonly hardware: boolean;
  /** null: nothing is in it, or `failure` says why it cannot be read */
  readonly token: TokenInfo | null;
  readonly failure: TokenFailure | null;
};

export type OpenSlot = Slot & { readonly handle: Handle };

/** More slots than any machine has; what a module says beyond that is not followed. */
const mostSlots = 64;
const bufferTooSmall = 0x150;
const unavailable = 0xffffffff;

/**
 * All slots, with the token in each. A slot that answers with a failure, or that the module lists and then does not
 * know, has that failure; the others are read all the same. Throws `TokenTrouble` when there is no list at all.
 */
export function readSlots(module: Module): readonly OpenSlot[] {
  const all = slotList(module, false);
  const withToken = new Set(slotList(module, true).map(handleText));
  return all.slice(0, mostSlots).map((handle) => readSlot(module, handle, withToken.has(handleText(handle))));
}

/** The list may grow between the question for its length and the one for its entries. */
function slotList(module: Module, tokenPresent: boolean): readonly Handle[] {
  for (let tries = 0; ; tries += 1) {
    try {
      return module.call('slots', (driver) => driver.C_GetSlotList(tokenPresent));
    } catch (error) {
      if (tries === 2 || !(error instanceof TokenTrouble) || error.failure.returned?.value !== bufferTooSmall) throw error;
    }
  }
}

function readSlot(module: Module, handle: Handle, listedWithToken: boolean): OpenSlot {
  const slot = { id: handleText(handle), handle, description: '', removable: false, hardware: false, token: null, failure: null };
  try {
    const info = module.call('slots', (driver) => driver.C_GetSlotInfo(handle));
    const known = {
      ...slot,
      description: cleanText(info.slotDescription),
      removable: (info.flags & 0x2) !== 0,
      hardware: (info.flags & 0x4) !== 0,
    };
    if ((info.flags & 0x1) === 0 && !listedWithToken) return known;
    try {
      return { ...known, token: readToken(module, handle) };
    } catch (error) {
      const failure = failureOf(error, 'token-info');
      // Taken out between the two questions: an empty slot, nothing wrong.
      return failure.code === 'token-removed' ? known : { ...known, failure };
    }
  } catch (error) {
    return { ...slot, failure: failureOf(error, 'slots') };
  }
}

/** Reads a token's facts and flags. Throws `TokenTrouble`. */
export function readToken(module: Module, slot: Handle): TokenInfo {
  const info = module.call('token-info', (driver) => driver.C_GetTokenInfo(slot));
  const has = (flag: number): boolean => (info.flags & flag) !== 0;
  const { minPinLen: min, maxPinLen: max } = info;
  const sensible = max !== unavailable && min !== unavailable && max > 0 && min <= max;
  return {
    label: cleanText(info.label),
    manufacturer: cleanText(info.manufacturerID),
    model: cleanText(info.model),
    serialNumber: cleanText(info.serialNumber),
    firmware: `${String(info.firmwareVersion.major)}.${String(info.firmwareVersion.minor)}`,
    initialized: has(0x400),
    pinSet: has(0x8),
    loginRequired: has(0x4),
    pinPad: has(0x100),
    pin: { countLow: has(0x10000), finalTry: has(0x20000), locked: has(0x40000), toBeChanged: has(0x80000) },
    pinLength: sensible ? { min, max } : { min: 0, max: 0 },
    clock: has(0x40) ? (/^\d{14}/.exec(cleanText(info.utcTime))?.[0] ?? null) : null,
  };
}

export function isToken(token: TokenRef, ref: TokenRef): boolean {
  return (
    token.serialNumber === ref.serialNumber && token.label === ref.label && token.manufacturer === ref.manufacturer && token.model === ref.model
  );
}
