import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { practicePartners } from '../../electron/services/practice/index.ts';
import { saveAxis, saveStation } from '../../electron/services/settings/index.ts';
import { openStore } from '../../electron/store/index.ts';
import { strikes } from '../../electron/services/practice/axis/faults.ts';
import { randomFrom, seedOf } from '../../electron/services/practice/axis/random.ts';
import { ownAgency } from '../fakes/station/messages.ts';
import { clerk, type Clerk } from './clerk.ts';
import { axisSide, stationSide, SideGone, type AxisSide, type StationSide } from './sides.ts';

/** What every scenario is told. */
export type SoakOptions = {
  readonly seed: number;
  readonly sends: number;
  readonly receipts: number;
  /** after which the scenario stops and says what was missing */
  readonly limitSeconds: number;
  readonly say: (line: string) => void;
};

/** What a scenario found out. `found` empty: all is as it must be. */
export type SoakReport = {
  readonly scenario: string;
  readonly seed: number;
  readonly seconds: number;
  readonly figures: Readonly<Record<string, number | string>>;
  readonly found: readonly string[];
};

export type World = {
  readonly profile: { readonly folder: string; readonly keyHex: string };
  readonly axisFolder: string;
  readonly axis: AxisSide;
  readonly station: StationSide;
  readonly clerk: Clerk;
  /** 0 ≤ n < 1, an own row of numbers for each word */
  readonly random: (word: string) => () => number;
  readonly kills: { axis: number; station: number };
  readonly started: number;
  /** seconds that are left of the scenario's limit */
  readonly left: () => number;
};

/** Seconds between polls, and after each failed try: the least that the settings allow. */
const pollSeconds = 5;
const retrySeconds = 5;
/** Share of all calls that is struck. */
const misfortune = 0.07;

/**
 * A station and a practice axis, each in a process of its own over a folder of its own, with partner agencies that
 * answer by themselves; gone when `play` is through.
 * @param stationFolder where the profile lies; default: beside the axis
 */
export async function inWorld<T>(
  options: SoakOptions,
  play: (world: World) => Promise<T>,
  stationFolder?: string,
): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-soak-'));
  const axisFolder = join(scratch, 'axis');
  const profile = { folder: stationFolder ?? join(scratch, 'profile'), keyHex: randomBytes(32).toString('hex') };
  const account = { systemId: 'chay.dai.W00', secret: randomBytes(24).toString('base64url') };
  const axis = axisSide({
    systems: [{ ...account, agencies: [ownAgency] }],
    folder: axisFolder,
    partners: [...practicePartners([ownAgency])],
    tickSeconds: 0.5,
  });
  const station = stationSide(profile, options.seed);
  const random = (word: string): (() => number) => randomFrom(seedOf(options.seed, word, 0));
  const started = performance.now();
  try {
    await axis.start();
    prepare(profile, { ...account, endpoint: `http://127.0.0.1:${String(axis.port())}/XrdAdapter/adapter` });
    await station.start();
    return await play({
      profile,
      axisFolder,
      axis,
      station,
      clerk: clerk(station, axis, axisFolder, random('clerk')),
      random,
      kills: { axis: 0, station: 0 },
      started,
      left: () => options.limitSeconds - (performance.now() - started) / 1000,
    });
  } finally {
    await station.kill();
    await axis.kill();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Misfortunes from now on; after a restart of the axis their row begins anew, so each life has its own seed. */
export function misfortunes({ axis, kills }: World, seed: number): Promise<void> {
  return retried(() => axis.control().chaos({ seed: seed + kills.axis, rate: misfortune, kinds: [...strikes], delayMs: 200 }));
}

/** Kills the station or the axis at random moments and starts it again, until told to stop. Both are up when it ends. */
export async function killing(world: World, side: 'axis' | 'station', between: readonly [number, number], until: AbortSignal, seed: number): Promise<void> {
  const random = world.random(`kill ${side}`);
  while (!until.aborted) {
    await pause(between[0] + random() * (between[1] - between[0]), undefined, { signal: until }).catch(() => undefined);
    if (until.aborted) return;
    await world[side].kill();
    world.kills[side] += 1;
    await pause(random() * 400);
    await world[side].start();
    if (side === 'axis') await misfortunes(world, seed);
  }
}

/** What keeps the exchange from being at rest; '' when nothing does. */
async function unrest({ axis, station }: World): Promise<string> {
  const { deliveries } = await axis.control().inspect();
  const waiting = deliveries.filter((row) => row.to === ownAgency.code && row.state === 'initial').length;
  const tick = await axis.control().advance();
  const outbox = await station.ask('exchange', 'outbox', {});
  if (!outbox.ok) return 'the outbox is refused';
  const open = outbox.value.filter((row) => row.state !== 'delivered' && row.state !== 'cancelled').length;
  const quiet = waiting === 0 && open === 0 && tick.planned === 0 && tick.heard === 0;
  return quiet ? '' : `${String(waiting)} wait at the axis, ${String(open)} in the outbox, ${String(tick.planned)} planned`;
}

/**
 * Misfortunes end; waits until nothing moves any more. A message that could not be fetched twice waits for five minutes
 * and longer by the station's own rule: when that is all that is left, its clock is set forward over that time.
 * @returns how many seconds it took, how many the clock was set forward, and what is wrong
 */
export async function settle(world: World, say: (line: string) => void): Promise<{ seconds: number; skipped: number; found: string[] }> {
  const { axis, station, clerk: person } = world;
  const from = performance.now();
  await retried(() => axis.control().clearFaults());
  let skipped = 0;
  let quietFor = 0;
  let told = 0;
  for (;;) {
    const tidied = await person.tidy();
    const restless = await unrest(world).catch((error: unknown) => {
      if (error instanceof SideGone) throw error;
      return String(error);
    });
    quietFor = tidied === 0 && restless === '' ? quietFor + 1 : 0;
    // A poll and more without anything new.
    if (quietFor > pollSeconds + 2) return { seconds: (performance.now() - from) / 1000, skipped, found: [] };
    if (world.left() < 0) return { seconds: (performance.now() - from) / 1000, skipped, found: [`not at rest within the limit: ${restless}`] };
    if (performance.now() - told > 10_000) {
      told = performance.now();
      if (restless !== '') say(`settling: ${restless}`);
      const wait = await secondsUntilWithheld(world, skipped);
      if (wait > 30) {
        skipped += wait;
        station.moveClock(skipped * 1000);
      }
    }
    await pause(1000);
  }
}

async function secondsUntilWithheld({ station, axis }: World, skipped: number): Promise<number> {
  const withheld = await station.ask('exchange', 'withheld', {});
  if (!withheld.ok || withheld.value.total === 0) return 0;
  const waiting = new Set((await axis.control().inspect()).deliveries.filter(({ state }) => state === 'initial').map(({ docId }) => docId));
  const times = withheld.value.items.filter((row) => waiting.has(row.transportId)).map((row) => Date.parse(row.nextTryAt));
  const now = Date.now() + skipped * 1000;
  return times.length === 0 ? 0 : Math.ceil((Math.min(...times) - now) / 1000) + 1;
}

/** Does it again while the other side is down. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= 100) throw error;
      await pause(200);
    }
  }
}

function prepare(profile: World['profile'], account: { endpoint: string; systemId: string; secret: string }): void {
  const opened = openStore({ folder: profile.folder, key: Buffer.from(profile.keyHex, 'hex'), programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  opened.value.write((db) => {
    const at = new Date().toISOString();
    saveStation(db, { agency: { organId: ownAgency.code, name: ownAgency.name }, operator: 'Trần Thị Văn Thư' }, at);
    saveAxis(db, { ...account, plainHttpHosts: ['127.0.0.1'], pollSeconds, retrySeconds: [retrySeconds], maxTries: 50, sendTimeoutSeconds: 10, idleTimeoutSeconds: 10 }, at);
  });
  opened.value.close();
}
