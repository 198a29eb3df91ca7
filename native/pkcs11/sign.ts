import { chosenCertificate, keyOf, type ChosenCertificate, type SigningKey } from './certificates.ts';
import type { Handle, Module } from './driver.ts';
import { failureOf, TokenTrouble, type TokenFailure } from './failures.ts';
import { beforeLogin, tryPin, type PinUse } from './login.ts';
import { checkedSignature, fits, waysTo, type SignatureScheme, type SigningWay } from './mechanisms.ts';
import { closeSession, openSession } from './objects.ts';
import { wipe } from './pin.ts';
import { isToken, readSlots, readToken, type TokenInfo, type TokenRef } from './tokens.ts';

export type SignItem = {
  readonly id: string;
  /** what is signed, as it is: for CMS the DER form of the signed attributes. Hashed here or on the token */
  readonly data: Uint8Array;
};

/** A batch: one token, one certificate, one PIN. */
export type SignRequest = {
  readonly token: TokenRef;
  /** SHA-256 of the certificate that the user picked, hex. No PIN is tried on a token that does not hold exactly it */
  readonly certificate: string;
  readonly scheme: SignatureScheme;
  readonly items: readonly SignItem[];
  /** further items come while the batch runs, see serve.ts; else it ends with the last of these */
  readonly isFed?: boolean;
  readonly pin: PinUse;
  /** how long the login is kept after it, in milliseconds from the login; 0: for this batch only */
  readonly keepMs: number;
};

export type Signed = {
  readonly id: string;
  /** RSA: as the standard says; ECDSA: in DER. Verified against the certificate already */
  readonly signature: Uint8Array;
};

/** How a batch ended. What was signed before it ended was handed over one by one. */
export type SignEnd = { readonly kind: 'done' } | { readonly kind: 'cancelled' } | { readonly kind: 'failed'; readonly failure: TokenFailure };

export type SignHooks = {
  readonly signed: (one: Signed) => void;
  /** the next item, once messages were let in; waits for one where more are to come. `forsaken`: none came for too long */
  readonly next: () => Promise<SignItem | 'done' | 'cancelled' | 'forsaken'>;
  readonly now: () => number;
};

/** A token that is logged in to. */
export type Login = {
  readonly ref: TokenRef;
  readonly slot: Handle;
  readonly session: Handle;
  /** only for a key that asks for it at each signature; else null: the login is enough */
  readonly pin: Buffer | null;
  /** such a key asks on the device */
  readonly onPad: boolean;
  /** when it is to be forgotten, as `now` counts */
  readonly until: number;
};

/** The login of one token process that goes on after its batch. */
export type Keeper = { kept: Login | undefined };

/**
 * Signs a batch. The token is found by what the user picked before anything is typed into it; a typed PIN goes through
 * C_Login once, and is used again only for keys that want it at each signature (CKA_ALWAYS_AUTHENTICATE), after the
 * token has taken it. The first item that fails ends the batch and the login, and so does waiting too long for the next.
 */
export async function signBatch(module: Module, keeper: Keeper, request: SignRequest, hooks: SignHooks): Promise<SignEnd> {
  let login: Login | undefined;
  try {
    login = request.pin.kind === 'kept' ? resume(module, keeper, request, hooks.now()) : enter(module, keeper, request, request.pin, hooks.now());
    const work = prepare(module, login, request);
    if (!work.key.alwaysAuthenticate) {
      wipe(login.pin);
      login = { ...login, pin: null, onPad: false };
    }
    for (;;) {
      const item = await hooks.next();
      if (item === 'forsaken') throw new TokenTrouble('stopped', 'sign', { detail: 'no more items came' });
      if (item === 'done' || item === 'cancelled') {
        if (login.until > hooks.now()) keeper.kept = login;
        else leave(module, login);
        return { kind: item };
      }
      hooks.signed({ id: item.id, signature: new Uint8Array(signOne(module, login, work, request.scheme, item.data)) });
    }
  } catch (error) {
    if (login !== undefined) leave(module, login);
    return { kind: 'failed', failure: failureOf(error, 'sign') };
  }
}

/** Ends a kept login, if there is one: logged out, session closed, PIN overwritten. */
export function forget(module: Module, keeper: Keeper): void {
  const { kept } = keeper;
  keeper.kept = undefined;
  if (kept !== undefined) leave(module, kept);
}

function leave(module: Module, login: Login): void {
  wipe(login.pin);
  try {
    module.call('logout', (driver) => {
      driver.C_Logout(login.session);
    });
  } catch {
    // A device that was taken out has logged out by itself.
  }
  closeSession(module, login.session);
}

/** Takes the kept login out of the keeper; it goes back when the batch has ended well. */
function resume(module: Module, keeper: Keeper, request: SignRequest, now: number): Login {
  const { kept } = keeper;
  if (kept === undefined || kept.until <= now || !isToken(kept.ref, request.token)) {
    forget(module, keeper);
    throw new TokenTrouble('pin-needed', 'login');
  }
  keeper.kept = undefined;
  return kept;
}

/** Finds the device, looks before it leaps, and logs in: once. */
function enter(module: Module, keeper: Keeper, request: SignRequest, use: Exclude<PinUse, { kind: 'kept' }>, now: number): Login {
  const user = use.kind === 'typed' ? bufferOver(use.pin) : null;
  const ofKey = use.kind === 'typed' && use.keyPin !== null ? bufferOver(use.keyPin) : user;
  let session: Handle | undefined;
  try {
    // A PIN that is typed is to be judged by the token, not waved through because of an earlier one.
    forget(module, keeper);
    const found = findToken(module, request);
    ({ session } = found);
    beforeLogin(found.token, use);
    tryPin(module, session, found.slot, 'user', user);
    if (ofKey !== user) wipe(user);
    return { ref: request.token, slot: found.slot, session, pin: ofKey, onPad: use.kind === 'pad', until: now + request.keepMs };
  } catch (error) {
    wipe(user, ofKey);
    if (session !== undefined) closeSession(module, session);
    throw error;
  }
}

/** The same bytes: a copy would have to be wiped too. */
function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

type Found = { readonly slot: Handle; readonly session: Handle; readonly token: TokenInfo };

/** The one slot with the token that was meant and the certificate that was picked, and a session on it. No login. */
function findToken(module: Module, request: SignRequest): Found {
  const slots = readSlots(module).filter(({ token }) => token !== null && isToken(token, request.token));
  if (slots.length === 0) throw new TokenTrouble('token-absent', 'slots');
  const holding: Found[] = [];
  try {
    for (const { handle } of slots) {
      const session = openSession(module, handle);
      const chosen = chosenIn(module, session, request);
      // Read in the session that will be used: it does not outlive a change of the device.
      if (chosen === undefined) closeSession(module, session);
      else holding.push({ slot: handle, session, token: readToken(module, handle) });
    }
    const [one] = holding;
    if (one === undefined) throw new TokenTrouble('certificate-absent', 'certificates');
    if (holding.length > 1) throw new TokenTrouble('token-ambiguous', 'slots');
    if (!isToken(one.token, request.token)) throw new TokenTrouble('token-removed', 'token-info');
    return one;
  } catch (error) {
    for (const { session } of holding) closeSession(module, session);
    throw error;
  }
}

/** The picked certificate, if it is there; one that cannot give the wanted signature is refused before any PIN. */
function chosenIn(module: Module, session: Handle, request: SignRequest): ChosenCertificate | undefined {
  const chosen = chosenCertificate(module, session, request.certificate);
  if (chosen !== undefined && !fits(request.scheme, chosen.key)) throw new TokenTrouble('key-not-supported', 'certificates');
  return chosen;
}

type Work = { readonly chosen: ChosenCertificate; readonly key: SigningKey; readonly offered: readonly number[] };

function prepare(module: Module, login: Login, request: SignRequest): Work {
  const chosen = chosenIn(module, login.session, request);
  if (chosen === undefined) throw new TokenTrouble('certificate-absent', 'certificates');
  const key = keyOf(module, login.session, chosen);
  if (key === undefined) throw new TokenTrouble('key-absent', 'keys');
  if (key === 'forbidden') throw new TokenTrouble('key-may-not-sign', 'keys');
  const offered = module.call('mechanisms', (driver) => driver.C_GetMechanismList(login.slot));
  return { chosen, key, offered };
}

/** Larger than any signature: no module is asked how long one would be, since some answer nonsense (pyHanko#456). */
const roomForSignature = 2048;
/** CKR_MECHANISM_INVALID, CKR_MECHANISM_PARAM_INVALID, CKR_FUNCTION_NOT_SUPPORTED */
const anotherWay = [0x70, 0x71, 0x54];

function signOne(module: Module, login: Login, work: Work, scheme: SignatureScheme, data: Uint8Array): Buffer {
  const way = startSigning(module, login, work, scheme);
  if (work.key.alwaysAuthenticate) {
    if (login.pin === null && !login.onPad) throw new TokenTrouble('pin-needed', 'context-login');
    tryPin(module, login.session, login.slot, 'key', login.pin);
  }
  const input = way.input(data);
  const signature = module.call('sign', (driver) => driver.C_Sign(login.session, input, Buffer.alloc(roomForSignature)));
  const checked = checkedSignature(scheme, work.chosen.key, work.chosen.certificate, data, signature);
  if (checked === undefined) throw new TokenTrouble('signature-wrong', 'verify');
  return checked;
}

function startSigning(module: Module, login: Login, work: Work, scheme: SignatureScheme): SigningWay {
  let refused: unknown;
  for (const way of waysTo(scheme, work.chosen.key, work.offered)) {
    try {
      module.call('sign-init', (driver) => {
        driver.C_SignInit(login.session, way.mechanism, work.key.handle);
      });
      return way;
    } catch (error) {
      const value = error instanceof TokenTrouble ? error.failure.returned?.value : undefined;
      if (value === undefined || !anotherWay.includes(value)) throw error;
      refused = error;
    }
  }
  throw refused;
}
