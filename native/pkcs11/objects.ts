import type { Template } from 'pkcs11js';
import type { Handle, Module } from './driver.ts';
import { TokenTrouble, type TokenStage } from './failures.ts';

export const attributes = {
  class: 0x0,
  label: 0x3,
  value: 0x11,
  keyType: 0x100,
  id: 0x102,
  sign: 0x108,
  modulus: 0x120,
  alwaysAuthenticate: 0x202,
} as const;

export const classes = { certificate: 1, publicKey: 2, privateKey: 3 } as const;

/** CKR_ATTRIBUTE_SENSITIVE, CKR_ATTRIBUTE_TYPE_INVALID: the object has no such attribute, or does not show it. */
const notShown = [0x11, 0x12];
/** A token has a handful of objects; a module that never comes to an end of them is left at this many. */
const mostObjects = 512;
const serialSession = 0x4;

/** Opens a reading session for one piece of work; the caller closes it. */
export function openSession(module: Module, slot: Handle): Handle {
  return module.call('session', (driver) => driver.C_OpenSession(slot, serialSession));
}

export function closeSession(module: Module, session: Handle): void {
  try {
    module.call('session', (driver) => {
      driver.C_CloseSession(session);
    });
  } catch {
    // A device that was taken out has closed it already.
  }
}

/** Objects of a session that fit a template. Throws `TokenTrouble`. */
export function findObjects(module: Module, session: Handle, stage: TokenStage, template: Template): readonly Handle[] {
  module.call(stage, (driver) => {
    driver.C_FindObjectsInit(session, template);
  });
  const found: Handle[] = [];
  try {
    while (found.length < mostObjects) {
      const some = module.call(stage, (driver) => driver.C_FindObjects(session, 16));
      if (some.length === 0) break;
      found.push(...some.slice(0, 16));
    }
  } finally {
    // A search left open makes every later one CKR_OPERATION_ACTIVE.
    try {
      module.call(stage, (driver) => {
        driver.C_FindObjectsFinal(session);
      });
    } catch {
      // What was found is good all the same.
    }
  }
  return found;
}

/**
 * One attribute of an object; undefined when it has none or does not show it (CK_UNAVAILABLE_INFORMATION). They are
 * asked one by one: pkcs11js gives up all of a template when one of them is not there.
 */
export function attribute(module: Module, session: Handle, stage: TokenStage, object: Handle, type: number): Buffer | undefined {
  try {
    const [answer] = module.call(stage, (driver) => driver.C_GetAttributeValue(session, object, [{ type }]));
    return Buffer.isBuffer(answer?.value) ? answer.value : undefined;
  } catch (error) {
    const value = error instanceof TokenTrouble ? error.failure.returned?.value : undefined;
    if (value !== undefined && notShown.includes(value)) return undefined;
    throw error;
  }
}

/** CK_BBOOL, also from modules that take four bytes for it; undefined when the object does not show it. */
export function flag(module: Module, session: Handle, stage: TokenStage, object: Handle, type: number): boolean | undefined {
  const value = attribute(module, session, stage, object, type);
  return value === undefined || value.length === 0 ? undefined : value.some((byte) => byte !== 0);
}
