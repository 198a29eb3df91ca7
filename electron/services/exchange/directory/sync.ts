import { setImmediate as nextTurn } from 'node:timers/promises';
import { fail, ok, type Outcome } from '#contract';
import { instantOf, vietnamDay, type Clock } from '../../../foundation/clock.ts';
import type { Store, WriteDb } from '../../../store/index.ts';
import type { AgencyRow, AxisTransport, DirectoryFailureCode, UnitChange } from '../ports.ts';
import {
  countPage,
  directoryRow,
  factsOf,
  listedPage,
  moveOn,
  newestVersion,
  putAlias,
  putVersion,
  sumOf,
  takeBack,
  type AgencyFacts,
  type Counts,
  type NewestVersion,
} from './sync.store.ts';

export type SyncDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** told how many rows of the list came so far */
  readonly received: (rows: number) => void;
  /** the station is closing: the run breaks off at the next row, and nothing of it is seen */
  readonly stopped: () => boolean;
};

export type SyncFailureCode = DirectoryFailureCode | 'too-short' | 'stopped';

/** Rows written in one transaction: some ten milliseconds, so that the register is never kept waiting for long. */
const chunk = 100;

/** Thrown through the transport when the station closes. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

/**
 * Takes over the axis' whole list (axis.md §1.3): rows are compared as they come, and what differs is written into
 * the next generation, which nobody sees until the last step. What is not in the list any more is closed with the day.
 * A list less than half as long as the one before is refused as `too-short`, unless `acceptShorter`. The pairs of
 * codes and the changes may be missing: answers whether they were.
 */
export async function takeFullList(
  deps: SyncDeps,
  axis: AxisTransport,
  acceptShorter: boolean,
): Promise<Outcome<{ readonly incomplete: boolean }, SyncFailureCode>> {
  return unlessStopped(deps, async () => {
    const { store } = deps;
    const seen = seenRows();
    const isListed = (row: NewestVersion | undefined): boolean => row !== undefined && seen.has(row.id);
    let received = 0;
    let codes = 0;
    const listed = await axis.agencies(async (rows) => {
      await inChunks(deps, rows, (db, row) => {
        const known = newestVersion(db, row.code);
        // The first row of a code counts.
        if (isListed(known)) return;
        codes += 1;
        seen.add(putRow(db, row, known));
        putAlias(db, row.oldCode, row.code);
      });
      received += rows.length;
      deps.received(received);
    });
    if (!listed.ok) return listed;
    const before = directoryRow(store.read).listed;
    if (codes * 2 < before && !acceptShorter) return fail('too-short', { received: codes, before });
    await closeUnseen(deps, seen);
    const pairs = await axis.agenciesQd20(1, (rows) =>
      inChunks(deps, rows, (db, { code, oldCode }) => {
        if (isListed(newestVersion(db, code))) putAlias(db, oldCode, code);
      }),
    );
    const changes = await axis.unitChanges((rows) =>
      inChunks(deps, rows, (db, row) => {
        const known = newestVersion(db, row.code);
        // The list is newer than any change: only what it does not say is taken from here.
        if (known !== undefined && isListed(known)) seen.add(markKind(db, row, known));
        else if (row.deleted) closeAs(db, row, vietnamDay(deps.clock.now()));
      }),
    );
    const incomplete = !pairs.ok || !changes.ok;
    const counts = await counted(deps);
    store.write((db) => {
      moveOn(db, { at: instantOf(deps.clock), full: true, incomplete, counts });
    });
    return ok({ incomplete });
  });
}

/** Takes over the changes alone, between two full lists. */
export async function takeChanges(
  deps: SyncDeps,
  axis: AxisTransport,
): Promise<Outcome<{ readonly incomplete: boolean }, SyncFailureCode>> {
  return unlessStopped(deps, async () => {
    const changes = await axis.unitChanges((rows) =>
      inChunks(deps, rows, (db, row) => {
        const known = newestVersion(db, row.code);
        if (row.deleted) closeAs(db, row, vietnamDay(deps.clock.now()));
        else if (known === undefined) putRow(db, { ...row, oldCode: '' }, known);
        else markKind(db, row, known);
      }),
    );
    if (!changes.ok) return changes;
    const counts = await counted(deps);
    deps.store.write((db) => {
      moveOn(db, { at: instantOf(deps.clock), full: false, incomplete: false, counts });
    });
    return ok({ incomplete: false });
  });
}

async function unlessStopped<T>(
  deps: SyncDeps,
  work: () => Promise<Outcome<T, SyncFailureCode>>,
): Promise<Outcome<T, SyncFailureCode>> {
  try {
    // A run before this one may have ended with the power.
    await clean(deps);
    const outcome = await work();
    if (!outcome.ok) await clean(deps);
    return outcome;
  } catch (error) {
    if (error instanceof Stopped) return fail('stopped');
    throw error;
  }
}

async function clean(deps: SyncDeps): Promise<void> {
  while (deps.store.write((db) => takeBack(db, chunk * 3)) > 0) await turn(deps);
}

async function inChunks<Row>(
  deps: SyncDeps,
  rows: readonly Row[],
  write: (db: WriteDb, row: Row) => void,
): Promise<void> {
  for (let at = 0; at < rows.length; at += chunk) {
    deps.store.write((db) => {
      for (const row of rows.slice(at, at + chunk)) write(db, row);
    });
    await turn(deps);
  }
}

async function counted(deps: SyncDeps): Promise<Counts> {
  let counts: Counts = { open: 0, closed: 0, listed: 0 };
  for (let after: number | null = 0; after !== null; ) {
    const page: ReturnType<typeof countPage> = countPage(deps.store.read, after, 300);
    counts = sumOf(counts, page.counts);
    after = page.next;
    await turn(deps);
  }
  return counts;
}

/** Lets everything else have its turn. */
async function turn(deps: SyncDeps): Promise<void> {
  await nextTurn();
  if (deps.stopped()) throw new Stopped();
}

/** Writes a row of the list; answers the number of the version that holds. */
function putRow(db: WriteDb, row: AgencyRow, known: NewestVersion | undefined): number {
  const before = known === undefined ? undefined : factsOf(known);
  const listed = {
    code: row.code,
    axisId: row.id,
    parentAxisId: row.parentId,
    mail: row.mail,
    listed: true,
  };
  const name = row.name.replaceAll(/\s+/g, ' ').trim() || row.code;
  if (before === undefined) {
    const empty = { otherNames: [], validFrom: null, closedOn: null, successor: null, basis: '', inferred: false };
    return putVersion(db, { ...empty, ...listed, name, isAgency: true, source: 'axis' }, known);
  }
  // The decisions have the last word on names and on what is closed; the list's word is kept beside theirs.
  const decided = before.source === 'decision';
  const now = decided ? before.name : name;
  const others = [decided ? name : before.name, ...before.otherNames].filter((one) => one !== now && one !== '');
  const facts = { ...before, ...listed, name: now, closedOn: decided ? before.closedOn : null };
  return putVersion(db, { ...facts, otherNames: [...new Set(others)] }, known);
}

async function closeUnseen(deps: SyncDeps, seen: SeenRows): Promise<void> {
  const today = vietnamDay(deps.clock.now());
  let after = 0;
  for (;;) {
    const page = listedPage(deps.store.read, after, 300);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.id;
    const gone = page.filter(({ id }) => !seen.has(id));
    await inChunks(deps, gone, (db, { code }) => {
      const row = newestVersion(db, code);
      if (row !== undefined) putVersion(db, closedFacts(factsOf(row), today), row);
    });
    await turn(deps);
  }
}

/** A decision's code outlives the axis' list; only what the list alone knew ends with it. */
function closedFacts(facts: AgencyFacts, day: string): AgencyFacts {
  return { ...facts, listed: false, closedOn: facts.closedOn ?? (facts.source === 'axis' ? day : null) };
}

function closeAs(db: WriteDb, row: UnitChange, today: string): void {
  const known = newestVersion(db, row.code);
  if (known === undefined || known.source === 'decision') return;
  const day = /^\d{4}-\d{2}-\d{2}/.exec(row.modifyDate)?.[0] ?? today;
  const facts = factsOf(known);
  // What was closed for being missed from the list has its true day here.
  putVersion(db, { ...facts, listed: false, closedOn: day < (facts.closedOn ?? '9999') ? day : facts.closedOn }, known);
}

/** Answers the number of the row that holds now. */
function markKind(db: WriteDb, row: UnitChange, known: NewestVersion): number {
  return known.source === 'axis' ? putVersion(db, { ...factsOf(known), isAgency: row.isAgency }, known) : known.id;
}

type SeenRows = { readonly has: (id: number) => boolean; readonly add: (id: number) => void };

/** Numbers of rows, a bit for each: a set of 125 000 of them, and one of their codes, took 20 MB. */
function seenRows(): SeenRows {
  let bits = new Uint8Array(16 * 1024);
  return {
    has: (id) => ((bits[id >> 3] ?? 0) & (1 << (id & 7))) !== 0,
    add(id) {
      if (id >> 3 >= bits.length) {
        const wider = new Uint8Array(2 * (id >> 3));
        wider.set(bits);
        bits = wider;
      }
      bits[id >> 3] = (bits[id >> 3] ?? 0) | (1 << (id & 7));
    },
  };
}
