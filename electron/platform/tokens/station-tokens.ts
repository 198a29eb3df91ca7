import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fail, ok, type CodeOf, type Contract, type Handlers, type Outcome, type ShownCertificate, type TokenDevice, type TokenModule, type TokensState } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { appendAudit } from '../../services/audit/index.ts';
import type { Anchors, Certificate } from '../../services/trust/index.ts';
import type { Store, WriteDb } from '../../store/index.ts';
import { inspectModuleFile, type FoundModule, type ModuleReport } from '../../../native/pkcs11/index.ts';
import { readChoices, saveChoices, watchesFromStart, type TokenChoices } from './choices.ts';
import { devicesOf, noDriver, waitingDevice, type Circumstances } from './doctor.ts';
import { summaryOf } from './summary.ts';
import { supportReport } from './support-report.ts';
import { testSignature } from './test-signature.ts';
import type { TokenOwner } from './token-owner.ts';
import type { TokenProcess } from './token-process.ts';
import { notWorking, watchTokens } from './watch-tokens.ts';

export type StationTokensDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly owner: TokenOwner;
  /** Known drivers of this machine; looked for when somebody wants to see them, not before. */
  readonly find: () => Promise<readonly FoundModule[]>;
  /** whether the window may name this file as a driver, which runs it */
  readonly mayNameModule: (path: string) => boolean;
  /** only a practice station takes what keeps tokens in software by itself */
  readonly practice: boolean;
  /** where paths may end, as it is at the moment: an administrator may add a root and withdraw it */
  readonly anchors: () => Anchors;
  /** authorities' certificates that the station has kept */
  readonly issuers: () => readonly Certificate[];
  /** who is at the window: id, '' for the one operator, and name for the log */
  readonly person: () => { readonly id: string; readonly name: string };
  /** ours minus the axis', in seconds; null when unknown or within the tolerance */
  readonly clockDiffersBy: () => number | null;
  readonly version: string;
  readonly changed: (state: TokensState) => void;
  readonly failed: (error: unknown) => void;
};

type UseFailure = CodeOf<Contract['tokens']['useModule']>;

export type StationTokens = {
  readonly handlers: Handlers<Contract>['tokens'];
  readonly state: () => TokensState;
  /** Starts the drivers when the setting says so; else they wait until somebody looks. */
  readonly start: () => void;
  /** Who is at the window, or the clock, is another: what is shown is judged anew, without asking a driver. */
  readonly recheck: () => void;
  /** Logs out of every token. */
  readonly forget: () => Promise<void>;
  /** For whoever signs: a token by its place in the list, with a certificate that it was seen to hold. */
  readonly token: (device: string, certificate: string) => Outcome<FoundToken, 'token-absent' | 'token-certificate-absent'>;
  /** For hosts, which may name any file. */
  readonly useModule: (path: string) => Promise<Outcome<TokensState, UseFailure>>;
  readonly dropModule: (path: string) => Outcome<TokensState, 'not-found'>;
  /** Ends every token process. */
  readonly stop: () => void;
};

type ReportedSlot = ModuleReport['slots'][number];

/** A token as it was last read. `reread`: after it was used its flags may be others; nobody waits for that. */
export type FoundToken = { readonly process: TokenProcess; readonly slot: ReportedSlot; readonly shown: ShownCertificate; readonly reread: () => void };

/** A driver that is looked at. */
type Seen = {
  readonly id: string;
  readonly path: string;
  readonly family: string;
  /** null until it has answered or was given up */
  report: ModuleReport | null;
  reading: Promise<void> | null;
  endWatch: () => void;
};

const afterBatchMs = 1_000;

/** What a station knows of its tokens: drivers and tokens found, each with its checklist, kept up to date. */
export function createTokens(deps: StationTokensDeps): StationTokens {
  const { store, clock, owner } = deps;
  const seen = new Map<string, Seen>();
  let looked = false;
  let stopped = false;

  function choices(): TokenChoices {
    return readChoices(store.read);
  }

  function circumstances(): Circumstances {
    const chosen = choices().chosen[deps.person().id] ?? null;
    return { anchors: deps.anchors(), issuers: deps.issuers(), at: clock.now(), chosen, clockDiffersBy: deps.clockDiffersBy() };
  }

  function devices(one: Seen, about: Circumstances): readonly TokenDevice[] {
    const signs = owner.process(one.path).signing();
    if (one.report === null) return [waitingDevice(one.id, signs ? 'working' : 'reading')];
    const read = devicesOf(one.id, one.report, about);
    // Each stays the device that it is, so that whoever looks at it, or waits for a signature, does not lose it from sight.
    return signs ? read.map((device) => (device.token === null ? device : { ...device, verdict: 'working' })) : read;
  }

  function state(): TokensState {
    const kept = choices();
    const about = circumstances();
    const modules = [...seen.values()];
    const all = modules.flatMap((one) => devices(one, about));
    const shown = looked && modules.length === 0 ? [noDriver(about)] : all;
    return {
      summary: summaryOf(looked, shown),
      modules: modules.map((one) => shownModule(one, kept)),
      devices: shown,
      watchFromStart: watchesFromStart(kept),
    };
  }

  function shownModule({ id, path, family }: Seen, { modules }: TokenChoices): TokenModule {
    return { id, path, family, added: modules.includes(path), keptSeconds: Math.ceil(owner.process(path).keptFor() / 1000) };
  }

  function tell(): void {
    if (!stopped) deps.changed(state());
  }

  /** The drivers of this machine that are worth a look, each once. */
  async function wanted(): Promise<readonly Pick<Seen, 'path' | 'family'>[]> {
    const found = (await deps.find()).filter(({ kind }) => deps.practice || kind !== 'practice');
    const sound = new Set(found.flatMap(({ file, family }) => (file.state === 'sound' ? [family] : [])));
    // A 32-bit twin beside the 64-bit driver is how Windows is; told only where it is all there is.
    const useful = found.filter(({ file, family }) => file.state === 'sound' || !sound.has(family));
    const added = choices().modules.filter((path) => !useful.some((one) => one.path === path));
    return [...added.map((path) => ({ path, family: '' })), ...useful.map(({ path, familyName }) => ({ path, family: familyName }))];
  }

  async function look(): Promise<void> {
    const paths = await wanted();
    if (stopped) return;
    looked = true;
    for (const { path, family } of paths) {
      if (!seen.has(path)) seen.set(path, { id: idOf(path), path, family, report: null, reading: null, endWatch: () => undefined });
    }
    for (const path of [...seen.keys()].filter((one) => !paths.some(({ path: kept }) => kept === one))) leave(path);
    tell();
    const reading: Promise<void>[] = [];
    for (const one of [...seen.values()]) {
      reading.push(read(one));
      // Starting a process takes some 20 ms; others get their turn in between.
      await nextTurn();
    }
    await Promise.all(reading);
  }

  function leave(path: string): void {
    seen.get(path)?.endWatch();
    seen.delete(path);
    owner.end(path);
  }

  /** Reads a driver anew, unless it is being read or signs; then it goes on being watched. */
  function read(one: Seen): Promise<void> {
    const process = owner.process(one.path);
    if (process.signing()) {
      setTimeout(() => void readIfThere(one), afterBatchMs).unref();
      tell();
      return Promise.resolve();
    }
    one.reading ??= readNow(one).finally(() => {
      one.reading = null;
    });
    return one.reading;
  }

  async function readIfThere(one: Seen): Promise<void> {
    if (!stopped && seen.get(one.path) === one) await read(one);
  }

  async function readNow(one: Seen): Promise<void> {
    one.endWatch();
    const { state: file } = inspectModuleFile(one.path);
    const process = owner.process(one.path);
    if (file !== 'sound') {
      // Not worth a process.
      take(one, notWorking(one.path, { code: file, stage: 'file', returned: null, detail: '' }));
      return;
    }
    process.stopLooking();
    const report = await process.report({ fresh: true });
    if (stopped || seen.get(one.path) !== one) return;
    take(one, report);
    one.endWatch = watchTokens(process, (news) => { take(one, news); }, undefined, report);
  }

  function take(one: Seen, report: ModuleReport): void {
    one.report = report;
    tell();
  }

  function change(changes: Partial<TokenChoices>, note: { readonly action: string; readonly detail: Readonly<Record<string, string | boolean>> } | null): void {
    const at = instantOf(clock);
    store.write((db: WriteDb) => {
      saveChoices(db, changes, at);
      if (note !== null) appendAudit(db, { at, actor: deps.person().name, action: note.action, subjectKind: 'settings', subjectId: 'tokens', detail: note.detail });
    });
  }

  async function useModule(path: string): Promise<Outcome<TokensState, UseFailure>> {
    const { state: file } = inspectModuleFile(path);
    if (file !== 'sound') return fail(`token-${file}`, { module: path, detail: '' });
    const { modules } = choices();
    change({ modules: [...modules.filter((one) => one !== path), path] }, { action: 'tokens.module-added', detail: { path } });
    await look();
    return ok(state());
  }

  function dropModule(path: string): Outcome<TokensState, 'not-found'> {
    const { modules } = choices();
    if (!modules.includes(path)) return fail('not-found');
    change({ modules: modules.filter((one) => one !== path) }, { action: 'tokens.module-removed', detail: { path } });
    leave(path);
    // One of the known names stays known.
    look().catch(deps.failed);
    return ok(state());
  }

  function token(wanted: string, certificate: string): Outcome<FoundToken, 'token-absent' | 'token-certificate-absent'> {
    const about = circumstances();
    const one = [...seen.values()].find((each) => devices(each, about).some(({ id }) => id === wanted));
    const device = one === undefined ? undefined : devices(one, about).find(({ id }) => id === wanted);
    const held = device?.token;
    if (one === undefined || held == null) return fail('token-absent');
    const slot = one.report?.slots.find((each) => each.token?.serialNumber === held.serial && each.token.label === held.label && each.certificates.some(({ sha256 }) => sha256 === certificate));
    const shown = device?.certificates.find(({ sha256 }) => sha256 === certificate);
    if (slot === undefined || shown === undefined) return fail('token-certificate-absent');
    return ok({ process: owner.process(one.path), slot, shown, reread: () => void read(one).catch(deps.failed) });
  }

  async function forget(): Promise<void> {
    await owner.forget();
    tell();
  }

  const handlers: StationTokens['handlers'] = {
    look: async () => {
      await look();
      return ok(state());
    },
    useModule: ({ path }) => (deps.mayNameModule(path) ? useModule(path) : fail('token-module-place')),
    dropModule: ({ module }) => {
      const one = [...seen.values()].find(({ id }) => id === module);
      return one === undefined ? fail('not-found') : dropModule(one.path);
    },
    saveWatch: ({ fromStart }) => {
      change({ watchFromStart: fromStart }, { action: 'tokens.watch-saved', detail: { fromStart } });
      tell();
      return ok(state());
    },
    choose: ({ certificate }) => {
      const known = state().devices.flatMap(({ certificates }) => certificates);
      if (!known.some(({ sha256, privateKey }) => sha256 === certificate && privateKey !== 'none')) return fail('token-certificate-absent');
      change({ chosen: { ...choices().chosen, [deps.person().id]: certificate } }, null);
      tell();
      return ok(state());
    },
    forget: async () => {
      await forget();
      return ok(state());
    },
    testSign: async ({ device: wantedDevice, certificate, pin }) => {
      const found = token(wantedDevice, certificate);
      if (!found.ok) {
        if (pin.kind === 'typed') pin.pin.fill(0);
        return found;
      }
      const outcome = await testSignature(found.value.process, { slot: found.value.slot, certificate, pin });
      found.value.reread();
      return outcome;
    },
    supportReport: () => {
      const about = circumstances();
      const modules = [...seen.values()].flatMap((one) => (one.report === null ? [] : [{ report: one.report, devices: devices(one, about) }]));
      const report = supportReport({ version: deps.version, at: about.at, clockDiffersBy: deps.clockDiffersBy(), modules });
      return ok({ name: `chan-doan-thiet-bi-ky-${instantOf(clock).slice(0, 16).replaceAll(/[^\d]/g, '')}.json`, text: `${JSON.stringify(report, null, 2)}\n` });
    },
  };

  return {
    handlers,
    state,
    start: () => {
      if (watchesFromStart(choices())) look().catch(deps.failed);
    },
    recheck: tell,
    forget,
    token,
    useModule,
    dropModule,
    stop: () => {
      stopped = true;
      for (const one of seen.values()) one.endWatch();
      owner.stop();
    },
  };
}

function idOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}
