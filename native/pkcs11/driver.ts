import type { Handle, PKCS11 } from 'pkcs11js';
import { createRequire } from 'node:module';
import { returnValueOf, TokenTrouble, troubleAt, wordsOf, type TokenStage } from './failures.ts';
import { inspectModuleFile } from './module-file.ts';

export type Driver = PKCS11;
export type { Handle };

/** A loaded and initialised PKCS#11 module. */
export type Module = {
  readonly path: string;
  /** One call into the module; what it throws becomes a `TokenTrouble` of that stage. */
  readonly call: <T>(stage: TokenStage, run: (driver: Driver) => T) => T;
  /** Ends it in order. A module that refuses to end is left alone: its process ends anyway. */
  readonly close: () => void;
};

const osLocking = { flags: 0x2 };
const alreadyInitialized = 0x191;
/** CKR_ARGUMENTS_BAD, CKR_NEED_TO_CREATE_THREADS, CKR_CANT_LOCK */
const wantsNoLocking = [0x7, 0x9, 0xa];

/**
 * Loads a module and initialises it. `onStage` is told of each stage before the call, so that whoever watches this
 * process knows where it stopped. Throws `TokenTrouble`. Call it once per process and module: some vendors' modules
 * misbehave when they are initialised again.
 */
export function openModule(path: string, onStage: (stage: TokenStage) => void): Module {
  onStage('file');
  const file = inspectModuleFile(path);
  if (file.state !== 'sound') throw new TokenTrouble(file.state, 'file', { detail: file.machines.join(', ') });
  onStage('load');
  const driver = newDriver();
  try {
    driver.load(path);
  } catch (error) {
    throw new TokenTrouble('module-not-loadable', 'load', { detail: wordsOf(error) });
  }
  const call = <T>(stage: TokenStage, run: (one: Driver) => T): T => {
    onStage(stage);
    try {
      return run(driver);
    } catch (error) {
      throw troubleAt(stage, error);
    }
  };
  onStage('initialize');
  initialize(driver);
  return {
    path,
    call,
    close: () => {
      try {
        driver.C_Finalize();
      } catch {
        // Nothing hangs on it.
      }
    },
  };
}

function newDriver(): Driver {
  try {
    // Compiled at install where a compiler is there; without one the rest of the station works.
    const { PKCS11: Pkcs11 } = createRequire(import.meta.url)('pkcs11js') as typeof import('pkcs11js');
    return new Pkcs11();
  } catch (error) {
    throw new TokenTrouble('driver-not-built', 'load', { detail: wordsOf(error) });
  }
}

function initialize(driver: Driver): void {
  try {
    driver.C_Initialize(osLocking);
  } catch (error) {
    const value = returnValueOf(error);
    // Another library in this process was first; the module works.
    if (value === alreadyInitialized) return;
    if (value === undefined || !wantsNoLocking.includes(value)) throw troubleAt('initialize', error);
    try {
      driver.C_Initialize();
    } catch (again) {
      throw troubleAt('initialize', again);
    }
  }
}

/**
 * A text of fixed width without its padding. The standard pads with blanks; modules also pad with zeros, and cut a
 * Vietnamese letter in two at the end.
 */
export function cleanText(text: string): string {
  const end = text.indexOf('\0');
  return (end === -1 ? text : text.slice(0, end)).replace(/\uFFFD+\s*$/u, '').trim();
}

/** The same handle has the same text for as long as its process lives. */
export function handleText(handle: Handle): string {
  return handle.toString('hex');
}
