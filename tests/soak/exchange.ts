import { setTimeout as pause } from 'node:timers/promises';
import { compareHeard, compareReceived, compareSent, doubled, lookAtWindow, lookIntoProfile, saidTwice } from './judge.ts';
import { lookAtAxis } from './outside.ts';
import { inWorld, killing, misfortunes, settle, type SoakOptions, type SoakReport, type World } from './world.ts';

const hour = 3_600_000;
/** Where the station's clock is put, from the true time. */
const offsets = [0, hour, -hour, 24 * hour, -24 * hour] as const;

/** Sends and receives while every call may go wrong and either side may be killed, then holds both sides against each other. */
export function exchangeSoak(options: SoakOptions): Promise<SoakReport> {
  return inWorld(options, async (world) => {
    const misfortune = async (until: AbortSignal): Promise<void> => {
      await Promise.all([
        killing(world, 'station', [1500, 5000], until, options.seed),
        killing(world, 'axis', [2500, 9000], until, options.seed),
      ]);
    };
    return played('exchange', world, options, misfortune);
  });
}

/** The same while the station's clock is set back and forth by an hour and a day. */
export function clockSoak(options: SoakOptions): Promise<SoakReport> {
  return inWorld(options, async (world) => {
    const random = world.random('clock');
    const jumping = async (until: AbortSignal): Promise<void> => {
      while (!until.aborted) {
        await pause(500 + random() * 3000, undefined, { signal: until }).catch(() => undefined);
        world.station.moveClock(offsets[Math.floor(random() * offsets.length)] ?? 0);
        jumps += 1;
      }
      world.station.moveClock(0);
    };
    let jumps = 0;
    const misfortune = async (until: AbortSignal): Promise<void> => {
      await Promise.all([jumping(until), killing(world, 'station', [3000, 8000], until, options.seed)]);
    };
    const report = await played('clock', world, options, misfortune);
    return { ...report, figures: { 'clock set': jumps, ...report.figures } };
  });
}

/** Plays a day with misfortunes of some kind and judges it. */
export async function played(
  scenario: string,
  world: World,
  options: SoakOptions,
  misfortune: (until: AbortSignal) => Promise<void>,
): Promise<SoakReport> {
  const { clerk, station, axis, kills, profile } = world;
  const { sends, receipts, seed, say } = options;
  await misfortunes(world, seed);
  const over = new AbortController();
  const limit = setTimeout(() => {
    over.abort();
  }, Math.max(0, world.left() * 1000));
  const desk = new AbortController();
  const striking = misfortune(over.signal);
  const tidying = clerk.desk(desk.signal);
  const telling = setInterval(() => {
    say(`${scenario}: ${String(clerk.sent.length)} sent, ${String(clerk.handedIn.length)} handed in, killed: station ${String(kills.station)}, axis ${String(kills.axis)}`);
  }, 10_000);
  try {
    await Promise.all([clerk.send(sends, 60), clerk.handIn(receipts, 60)]);
    // The backlog is worked off under misfortunes too, for a while.
    await pause(Math.min(20_000, 3000 + 20 * (sends + receipts)));
  } finally {
    clearTimeout(limit);
    clearInterval(telling);
    over.abort();
    await striking;
    desk.abort();
    await tidying;
  }
  const playedSeconds = (performance.now() - world.started) / 1000;
  say(`${scenario}: misfortunes end after ${playedSeconds.toFixed(0)} s`);
  const settled = await settle(world, say);
  const outside = await lookAtAxis(axis.control(), world.axisFolder);
  const shown = await lookAtWindow(station);
  await station.close();
  const inside = await lookIntoProfile(profile, outside);
  const found = [
    ...settled.found,
    ...doubled(outside).map((what) => `sent twice, byte for byte: ${what}`),
    ...saidTwice(outside).map((what) => `sent twice: ${what}`),
    ...compareReceived(outside, inside.held),
    ...compareSent(outside, shown, clerk.sent),
    ...compareHeard(outside, shown),
    ...inside.found,
    // What a person settled bears no id of the axis.
    ...inside.unclaimed.filter((text) => ![...clerk.rungUp].some((one) => text === `no row knows of ${one}`)),
    ...(shown.openRows === 0 ? [] : [`the window shows ${String(shown.openRows)} open rows`]),
    ...shown.kept.map((what) => `set aside: ${what}`),
    ...(shown.incoming.length === inside.held.length ? [] : [`the window lists ${String(shown.incoming.length)} of ${String(inside.held.length)}`]),
    ...station.stderr.filter((line) => line.includes('ended by itself')),
    ...orphans(inside.figures['orphan files'] ?? 0, kills.station),
  ];
  const incidents = station.stderr.filter((line) => line.startsWith('incident'));
  for (const line of incidents.slice(0, 20)) say(line);
  return {
    scenario,
    seed,
    seconds: (performance.now() - world.started) / 1000,
    figures: {
      'documents sent': clerk.sent.length,
      'documents handed in': clerk.handedIn.length,
      'documents in the register': inside.held.length,
      'messages of ours at the axis': outside.ours.length,
      'messages to us': outside.toUs.length,
      'station killed': kills.station,
      'axis killed': kills.axis,
      'seconds with misfortunes': Math.round(playedSeconds),
      'seconds to rest': Math.round(settled.seconds),
      'seconds the clock was set forward at the end': settled.skipped,
      'statuses settled by telephone': clerk.rungUp.size,
      'incidents logged': incidents.length,
      'misfortunes struck': tally(outside.struck),
      'answers other than yes': tally(clerk.answers),
      ...inside.figures,
    },
    found,
  };
}

/** A killed station may leave the files of the messages that it was fetching, no more than its window holds. */
function orphans(count: number, killed: number): string[] {
  const bound = (killed + 1) * 3 * 64;
  return count <= bound ? [] : [`${String(count)} orphan files, more than ${String(bound)}`];
}

function tally(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, n]) => `${name} ${String(n)}`)
    .join(', ');
}
