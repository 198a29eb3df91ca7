import type { ShownCertificate, TokenDevice, TokenFailureName, TokenStep, TokenStepResult } from '#contract';
import { moduleName, type ModuleReport, type TokenFailure } from '../../../native/pkcs11/index.ts';
import { shownCertificates, type TrustAtHand } from './certificates.ts';

type ReportedSlot = ModuleReport['slots'][number];
type Token = NonNullable<ReportedSlot['token']>;
type State = TokenStepResult['state'];
type Finding = TokenStepResult['finding'];
type Params = TokenStepResult['params'];

/** What a checklist is made from, beside what the driver told. */
export type Circumstances = TrustAtHand & {
  /** SHA-256 of the certificate that who is at the window has picked; null for none */
  readonly chosen: string | null;
  /** ours minus the axis', in seconds; null when no difference beyond the tolerance was seen */
  readonly clockDiffersBy: number | null | 'not-compared';
};

/** A certificate that runs out within so many days is told. [I] A new one takes weeks to get. */
const endsSoonDays = 30;
const dayMs = 86_400_000;

const order: readonly TokenStep[] = ['driver', 'reader', 'token', 'certificate', 'chain', 'validity', 'clock', 'tries'];

/** The name under which the catalogue and the contract know a failure. */
export function failureName({ code }: TokenFailure): TokenFailureName {
  return (code.startsWith('token-') ? code : `token-${code}`) as TokenFailureName;
}

/** Values for the sentence of a failure; no PIN is ever among them. */
export function failureParams(path: string, { detail, returned, stage, remarks }: TokenFailure): Params {
  return { module: moduleName(path), detail, returned: returned?.name ?? '', stage, remarks: remarks?.join(' ') ?? '' };
}

/** One line of the list for each token of a driver, or one for the driver alone. `module`: its id. */
export function devicesOf(module: string, report: ModuleReport, about: Circumstances): readonly TokenDevice[] {
  const driver = driverStep(report);
  const shown = shownSlots(report);
  if (shown.length === 0) return [device(`${module}/-`, module, report, { token: null, certificates: [], steps: [driver, readerStep(report, undefined), ...noToken(report, driver)] }, about)];
  return shown.map((slot) => {
    const certificates = shownCertificates(slot, about, about.chosen);
    const steps = [driver, readerStep(report, slot), tokenStep(report, slot), ...certificateSteps(slot, certificates, about), ...triesStep(slot.token)];
    // Of one token in two places the second would hide the first.
    const id = `${module}/${slot.token === null ? slot.id : `${slot.token.serialNumber}/${slot.token.label}/${String(report.slots.indexOf(slot))}`}`;
    return device(id, module, report, { token: slot.token, certificates, steps }, about);
  });
}

/** The checklist of a machine without any driver. */
export function noDriver(about: Circumstances): TokenDevice {
  const steps = whole([step('driver', 'failed', 'driver-none'), clockStep(about)]);
  return { id: '-', module: '', verdict: 'failed', readAt: null, token: null, steps, certificates: [] };
}

/** A driver that has not answered yet, or that is busy with a batch. */
export function waitingDevice(module: string, verdict: 'reading' | 'working'): TokenDevice {
  return { id: `${module}/-`, module, verdict, readAt: null, token: null, steps: [], certificates: [] };
}

/** Slots worth a line: what a driver lists and then does not know is told only where it has nothing better. */
function shownSlots({ slots }: ModuleReport): readonly ReportedSlot[] {
  const taken = slots.filter((slot) => !isEmptyPlace(slot));
  const known = taken.filter((slot) => !isUnknownPlace(slot));
  return known.length > 0 ? known : taken;
}

function isUnknownPlace({ token, failure }: ReportedSlot): boolean {
  return token === null && failure?.stage === 'slots';
}

/** Nothing is in it; programs that keep tokens in software always show a place for the next one. */
function isEmptyPlace({ token, failure, removable, hardware }: ReportedSlot): boolean {
  return token === null ? failure === null : !token.initialized && !removable && !hardware;
}

type Looked = { readonly token: Token | null; readonly certificates: readonly ShownCertificate[]; readonly steps: readonly TokenStepResult[] };

function device(id: string, module: string, report: ModuleReport, { token, certificates, steps }: Looked, about: Circumstances): TokenDevice {
  const all = whole([...steps, clockStep(about)]);
  return {
    id,
    module,
    verdict: verdictOf(all),
    readAt: report.now,
    token: token === null ? null : { label: token.label, model: token.model, manufacturer: token.manufacturer, serial: token.serialNumber, pin: pinFacts(token) },
    steps: all,
    certificates: [...certificates],
  };
}

function verdictOf(steps: readonly TokenStepResult[]): TokenDevice['verdict'] {
  if (steps.some(({ state }) => state === 'failed')) return 'failed';
  if (steps.some(({ finding }) => finding === 'token-none')) return 'absent';
  return steps.some(({ state }) => state === 'warning') ? 'attention' : 'ready';
}

function pinFacts(token: Token): NonNullable<TokenDevice['token']>['pin'] {
  const { min, max } = token.pinLength;
  return { pad: token.pinPad, ...token.pin, min, max };
}

/** All steps in their order; those that nothing is known of were not reached. */
function whole(known: readonly TokenStepResult[]): TokenStepResult[] {
  return order.map((name) => known.find((one) => one.step === name) ?? step(name, 'skipped', 'not-reached'));
}

function step(name: TokenStep, state: State, finding: Finding, params: Params = {}): TokenStepResult {
  return { step: name, state, finding, params, failure: null };
}

function failed(name: TokenStep, finding: Finding, path: string, failure: TokenFailure): TokenStepResult {
  return { step: name, state: 'failed', finding, params: {}, failure: { code: failureName(failure), stage: failure.stage, params: failureParams(path, failure) } };
}

function driverStep({ path, library, failure }: ModuleReport): TokenStepResult {
  if (failure !== null) return failed('driver', 'driver-failed', path, failure);
  const name = library === null || library.description === '' ? moduleName(path) : library.description;
  return step('driver', 'ok', 'driver-works', { name, version: library?.version ?? '' });
}

function readerStep(report: ModuleReport, slot: ReportedSlot | undefined): TokenStepResult {
  if (report.failure !== null) return step('reader', 'skipped', 'not-reached');
  if (slot !== undefined) {
    if (slot.failure !== null && isUnknownPlace(slot)) return failed('reader', 'reader-failed', report.path, slot.failure);
    return step('reader', 'ok', 'reader-found', { name: slot.description.trim() });
  }
  if (report.finding === 'no-slot') return step('reader', 'warning', 'reader-none');
  const named = report.slots.find(({ description }) => description.trim() !== '');
  return named === undefined ? step('reader', 'warning', 'reader-unnamed') : step('reader', 'ok', 'reader-found', { name: named.description.trim() });
}

function noToken({ failure }: ModuleReport, driver: TokenStepResult): readonly TokenStepResult[] {
  return failure !== null || driver.state === 'failed' ? [] : [step('token', 'warning', 'token-none')];
}

function tokenStep({ path, slots }: ModuleReport, slot: ReportedSlot): TokenStepResult {
  const { token, failure, finding } = slot;
  if (failure !== null) return isUnknownPlace(slot) ? step('token', 'skipped', 'not-reached') : failed('token', 'token-not-readable', path, failure);
  if (token === null || finding === null) return step('token', 'warning', 'token-none');
  if (finding === 'not-set-up') return step('token', 'failed', 'token-not-set-up');
  // A PIN is never tried on one of two that cannot be told apart.
  const alike = slots.filter((other) => other.token !== null && sameToken(other.token, token)).length;
  if (alike > 1) return failed('token', 'token-not-readable', path, { code: 'token-ambiguous', stage: 'slots', returned: null, detail: '' });
  return step('token', 'ok', 'token-found', { label: token.label, model: token.model });
}

function sameToken(one: Token, other: Token): boolean {
  return one.serialNumber === other.serialNumber && one.label === other.label && one.manufacturer === other.manufacturer && one.model === other.model;
}

function certificateSteps(slot: ReportedSlot, certificates: readonly ShownCertificate[], about: Circumstances): readonly TokenStepResult[] {
  if (slot.token?.initialized !== true || slot.failure !== null) return [];
  const own = certificates.filter(({ privateKey }) => privateKey !== 'none');
  const chosen = own.find((one) => one.chosen);
  const [first] = own;
  if (first === undefined) {
    if (certificates.length > 0) return [step('certificate', 'failed', 'certificate-no-key')];
    return [step('certificate', 'failed', slot.unreadable > 0 ? 'certificate-unreadable' : 'certificate-none', { count: slot.unreadable })];
  }
  // Without a choice the rest is told of the one that is likeliest: in force, and the person's own.
  const meant = chosen ?? own.find(({ period }) => period === 'current') ?? first;
  return [certificateStep(own.length, chosen, meant, about.chosen), chainStep(meant), validityStep(meant, about.at)];
}

function certificateStep(count: number, chosen: ShownCertificate | undefined, meant: ShownCertificate, picked: string | null): TokenStepResult {
  if (chosen !== undefined) return step('certificate', 'ok', 'certificate-chosen', { name: chosen.name });
  if (picked !== null) return step('certificate', 'warning', 'certificate-elsewhere', { count });
  return count === 1 ? step('certificate', 'ok', 'certificate-only', { name: meant.name }) : step('certificate', 'warning', 'certificate-to-choose', { count });
}

function chainStep({ chain }: ShownCertificate): TokenStepResult {
  const params = { name: chain.names.at(-1) ?? '', issuer: chain.names[0] ?? '', problem: chain.problem };
  switch (chain.state) {
    case 'valid':
      return step('chain', 'ok', 'chain-valid', params);
    case 'incomplete':
      return step('chain', 'warning', 'chain-incomplete', params);
    case 'untrusted':
      return step('chain', 'warning', 'chain-untrusted', params);
    case 'refused':
      return step('chain', 'failed', 'chain-refused', params);
    case 'unreadable':
      return step('chain', 'failed', 'chain-unreadable', params);
  }
}

function validityStep({ period, notBefore, notAfter }: ShownCertificate, at: Date): TokenStepResult {
  const params = { from: notBefore, to: notAfter, days: Math.floor((Date.parse(notAfter) - at.getTime()) / dayMs) };
  if (period === 'over') return step('validity', 'failed', 'period-over', params);
  if (period === 'not-yet') return step('validity', 'failed', 'period-not-yet', params);
  return params.days < endsSoonDays ? step('validity', 'warning', 'period-ends-soon', params) : step('validity', 'ok', 'period-current', params);
}

function clockStep({ at, clockDiffersBy }: Circumstances): TokenStepResult {
  if (clockDiffersBy === 'not-compared') return step('clock', 'skipped', 'clock-not-compared', { now: at.toISOString() });
  const params = { now: at.toISOString(), minutes: Math.round(Math.abs(clockDiffersBy ?? 0) / 60) };
  if (clockDiffersBy === null) return step('clock', 'ok', 'clock-same', params);
  return step('clock', 'warning', clockDiffersBy > 0 ? 'clock-ahead' : 'clock-behind', params);
}

function triesStep(token: Token | null): readonly TokenStepResult[] {
  if (token?.initialized !== true) return [];
  const { pin } = token;
  const params = { pad: token.pinPad ? 'yes' : 'no' };
  if (pin.locked) return [step('tries', 'failed', 'tries-none', params)];
  if (!token.pinSet) return [step('tries', 'failed', 'tries-pin-not-set', params)];
  if (pin.finalTry) return [step('tries', 'warning', 'tries-last', params)];
  if (pin.countLow) return [step('tries', 'warning', 'tries-low', params)];
  if (pin.toBeChanged) return [step('tries', 'warning', 'tries-pin-to-change', params)];
  return [step('tries', 'ok', 'tries-full', params)];
}
