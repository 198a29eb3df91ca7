import { readCertificates, type TokenCertificate } from './certificates.ts';
import { cleanText, type Module } from './driver.ts';
import { failureOf, type TokenFailure } from './failures.ts';
import { moduleName } from './find-modules.ts';
import { inspectModuleFile, type ModuleFile } from './module-file.ts';
import { closeSession, openSession } from './objects.ts';
import { readSlots, type OpenSlot, type Slot, type TokenInfo } from './tokens.ts';

/** How far one token is from signing: the first thing that is in the way. Best first. */
export const tokenFindings = [
  'ready',
  'no-current-certificate',
  'no-key',
  'no-certificate',
  'pin-locked',
  'pin-not-set',
  'not-set-up',
  'not-readable',
] as const;
export type TokenFinding = (typeof tokenFindings)[number];

/**
 * How far a module is from signing. `module-failed`: see `failure`. `no-slot`: it knows no reader at all, as when the
 * service for smart cards is off. `no-reader`: only empty places without a name, as some vendors' modules always show.
 */
export type ModuleFinding = 'module-failed' | 'no-slot' | 'no-reader' | 'no-token' | TokenFinding;

export type ReportedSlot = Slot & {
  readonly certificates: readonly TokenCertificate[];
  /** certificate objects without a readable X.509 certificate */
  readonly unreadable: number;
  /** what the token offers to sign with, CKM_ values; empty when it does not say */
  readonly mechanisms: readonly number[];
  /** null when nothing is in the slot */
  readonly finding: TokenFinding | null;
};

/** All that can be known of a module and its tokens without a PIN. */
export type ModuleReport = {
  readonly path: string;
  readonly finding: ModuleFinding;
  readonly failure: TokenFailure | null;
  readonly file: ModuleFile;
  readonly library: { readonly manufacturer: string; readonly description: string; readonly version: string; readonly cryptoki: string } | null;
  readonly slots: readonly ReportedSlot[];
  /** this machine's clock, which every period of a certificate was judged by */
  readonly now: string;
};

/** Reads everything that shows itself without a PIN. `open`: loads the module, or says why not. */
export function reportModule(path: string, now: Date, open: () => Module): ModuleReport {
  const report = { path, file: inspectModuleFile(path), library: null, slots: [], now: now.toISOString(), failure: null };
  try {
    const module = open();
    const library = readLibrary(module);
    try {
      const slots = readSlots(module).map((slot) => reportSlot(module, slot, now));
      return { ...report, library, slots, finding: findingOf(slots) };
    } catch (error) {
      return { ...report, library, finding: 'module-failed', failure: failureOf(error, 'slots') };
    }
  } catch (error) {
    return failedReport(report, failureOf(error, 'load'));
  }
}

/** The report on a module whose process hung or crashed, or that could not be loaded. */
export function failedReport(report: { readonly path: string; readonly file: ModuleFile; readonly now: string }, failure: TokenFailure): ModuleReport {
  return { path: report.path, file: report.file, now: report.now, finding: 'module-failed', failure, library: null, slots: [] };
}

function readLibrary(module: Module): ModuleReport['library'] {
  try {
    const info = module.call('initialize', (driver) => driver.C_GetInfo());
    const version = ({ major, minor }: { readonly major: number; readonly minor: number }): string => `${String(major)}.${String(minor)}`;
    return {
      manufacturer: cleanText(info.manufacturerID),
      description: cleanText(info.libraryDescription),
      version: version(info.libraryVersion),
      cryptoki: version(info.cryptokiVersion),
    };
  } catch {
    // Good to know, and nothing needs it.
    return null;
  }
}

function reportSlot(module: Module, { handle, ...slot }: OpenSlot, now: Date): ReportedSlot {
  const nothing = { ...slot, certificates: [], unreadable: 0, mechanisms: [] };
  const { token } = slot;
  if (token === null) return { ...nothing, finding: slot.failure === null ? null : 'not-readable' };
  try {
    const session = openSession(module, handle);
    try {
      const read = readCertificates(module, session, token, now);
      return { ...nothing, ...read, mechanisms: mechanismsOf(module, handle), finding: tokenFinding(token, read.certificates) };
    } finally {
      closeSession(module, session);
    }
  } catch (error) {
    // That nothing can be read from a token that is not set up is no trouble of its own.
    return token.initialized ? { ...nothing, failure: failureOf(error, 'certificates'), finding: 'not-readable' } : { ...nothing, finding: 'not-set-up' };
  }
}

function mechanismsOf(module: Module, slot: OpenSlot['handle']): readonly number[] {
  try {
    return module.call('mechanisms', (driver) => driver.C_GetMechanismList(slot));
  } catch {
    return [];
  }
}

function tokenFinding(token: TokenInfo, certificates: readonly TokenCertificate[]): TokenFinding {
  const own = certificates.filter(({ privateKey }) => privateKey !== 'none');
  if (!token.initialized) return 'not-set-up';
  if (token.pin.locked) return 'pin-locked';
  if (certificates.length === 0) return token.pinSet ? 'no-certificate' : 'pin-not-set';
  if (own.length === 0) return 'no-key';
  return own.some(({ period }) => period === 'current') ? 'ready' : 'no-current-certificate';
}

function findingOf(slots: readonly ReportedSlot[]): ModuleFinding {
  if (slots.length === 0) return 'no-slot';
  const findings = slots.flatMap(({ finding }) => (finding === null ? [] : [finding]));
  const found = tokenFindings.find((one) => findings.includes(one));
  if (found !== undefined) return found;
  return slots.every(({ description }) => description === '') ? 'no-reader' : 'no-token';
}

/**
 * A report for support, fit to be sent away: no label, no serial number, no certificate, no folder, nothing that names
 * a person or a device.
 */
export function namelessReport(report: ModuleReport): object {
  const { file, library, finding, failure, now } = report;
  return {
    module: moduleName(report.path),
    finding,
    // The loader's words name folders.
    failure: failure === null ? null : { code: failure.code, stage: failure.stage, returned: failure.returned },
    file,
    library,
    now,
    slots: report.slots.map((slot) => ({
      removable: slot.removable,
      hardware: slot.hardware,
      finding: slot.finding,
      failure: slot.failure === null ? null : { code: slot.failure.code, stage: slot.failure.stage, returned: slot.failure.returned },
      token: slot.token === null ? null : namelessToken(slot.token),
      mechanisms: slot.mechanisms,
      unreadable: slot.unreadable,
      certificates: slot.certificates.map(({ key, authority, notBefore, notAfter, period, privateKey }) => ({ key, authority, notBefore, notAfter, period, privateKey })),
    })),
  };
}

function namelessToken({ label, serialNumber, ...token }: TokenInfo): object {
  return { ...token, hasLabel: label !== '', hasSerialNumber: serialNumber !== '' };
}
