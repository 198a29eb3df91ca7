import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { instantOf, type Clock } from '../../../foundation/clock.ts';
import { storeFaultOf, type ReadDb, type Store } from '../../../store/index.ts';
import { readCertificate, type Certificate } from '../certificate/read-certificate.ts';
import { listIn, type ListFacts } from '../clients/crl.ts';
import { memoryCache } from '../clients/memory-cache.ts';
import type { TrustCache } from '../ports.ts';
import { countAnswers, keptAnswer, keptIssuers, keptLists, putAnswer, putIssuer, type KeptAnswers } from './answers.store.ts';

/** An answer takes some 2 KiB: thousands of persons, and nothing beside one document. */
const usualMost: KeptAnswers = { answers: 20_000, bytes: 64 * 1024 * 1024 };
/** Lists on the disk; the largest known elsewhere have some 20 MiB. */
const usualMostLists = 2 * 1024 * 1024 * 1024;

export type KeptList = ListFacts & { readonly url: string };

/** Those that were read, by their Base64: they are asked for with each file that is verified, and change hardly ever. */
const issuersRead = new Map<string, Certificate>();
const mostIssuersRead = 1000;

/** Authorities' certificates of earlier valid paths, as candidates: believed in nothing. */
export function issuersHere(db: ReadDb): Certificate[] {
  return keptIssuers(db).flatMap((der) => {
    const key = Buffer.from(der).toString('base64');
    const before = issuersRead.get(key);
    if (before !== undefined) return [before];
    const read = readCertificate(der);
    if (!read.ok) return [];
    if (issuersRead.size >= mostIssuersRead) issuersRead.clear();
    issuersRead.set(key, read.value);
    return [read.value];
  });
}

/** What was answered once, kept over restarts. */
export type DiskCache = TrustCache & {
  /** see `issuersHere` */
  readonly issuers: () => Certificate[];
  readonly keepIssuers: (path: readonly Certificate[], at: Date) => void;
  readonly facts: () => KeptAnswers & { readonly most: KeptAnswers; readonly memoryOnly: boolean; readonly issuers: number; readonly lists: readonly KeptList[] };
  /** Takes nothing more to the disk: the store is about to be closed, and an answer may still be on its way. */
  readonly close: () => void;
};

export type DiskCacheDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** where the lists lie, see `createCrlClient` */
  readonly folder: string;
  readonly log: (line: string) => void;
  readonly most?: KeptAnswers;
  readonly mostListBytes?: number;
};

/**
 * Answers lie in the encrypted database, because whom a station asks about tells who signs there. Lists lie beside it as
 * they were published: they are public, the same for everybody, and may have many megabytes. Both are read back as
 * something foreign: answers by their signatures, lists by the hashes that the database holds. When the disk takes nothing
 * more, what comes is kept in memory, and the log says so once.
 */
export function diskCache({ store, clock, folder, log, most = usualMost, mostListBytes = usualMostLists }: DiskCacheDeps): DiskCache {
  const memory = memoryCache();
  let memoryOnly = false;
  let closed = false;
  tidyLists(folder, listsOf(store), mostListBytes);

  /** True when the disk took it. */
  function onDisk(work: () => void): boolean {
    if (closed) return false;
    try {
      work();
      if (memoryOnly) log('trust cache: the disk takes answers again');
      memoryOnly = false;
      return true;
    } catch (error) {
      const fault = storeFaultOf(error);
      if (fault === undefined) throw error;
      if (!memoryOnly) log(`trust cache: ${fault}; answers are kept in memory until the program ends`);
      memoryOnly = true;
      return false;
    }
  }

  return {
    get: (key, now) => memory.get(key, now) ?? (closed ? undefined : keptAnswer(store.read, key, now.toISOString())),
    put(key, bytes, until) {
      const row = { key, bytes, until: until.toISOString(), at: instantOf(clock) };
      if (!onDisk(() => { store.write((db) => { putAnswer(db, row, most); }); })) memory.put(key, bytes, until);
    },
    issuers: () => issuersHere(store.read),
    keepIssuers(path, at) {
      const known = new Set(keptIssuers(store.read).map((der) => Buffer.from(der).toString('base64')));
      const fresh = path.slice(1).filter(({ der }) => !known.has(Buffer.from(der).toString('base64')));
      if (fresh.length === 0) return;
      onDisk(() => {
        store.write((db) => {
          for (const issuer of fresh) putIssuer(db, issuer, at.toISOString());
        });
      });
    },
    facts: () => ({ ...countAnswers(store.read), most, memoryOnly, issuers: keptIssuers(store.read).length, lists: listsOf(store) }),
    close() {
      closed = true;
    },
  };
}

function listsOf({ read }: Store): KeptList[] {
  return keptLists(read).flatMap(({ url, row }) => {
    const list = listIn(row);
    return list === undefined ? [] : [{ url, ...list }];
  });
}

/**
 * Removes list files that no row names, and beyond the bound those of the rows that were renewed longest ago; the rows stay,
 * so that nothing older is taken in their place. Before any client has the folder.
 */
function tidyLists(folder: string, lists: readonly KeptList[], mostBytes: number): void {
  if (!existsSync(folder)) return;
  const sizes = new Map(readdirSync(folder).flatMap((name) => (/^[0-9a-f]{64}\.(crl|idx)$/.test(name) ? [[name, statSync(join(folder, name)).size] as const] : [])));
  const kept = new Set<string>();
  let bytes = 0;
  for (const hash of [...lists.map(({ sha256 }) => sha256), ...lists.flatMap(({ previous }) => previous ?? [])]) {
    for (const name of [`${hash}.crl`, `${hash}.idx`]) {
      const size = kept.has(name) ? 0 : (sizes.get(name) ?? 0);
      if (bytes + size > mostBytes) continue;
      bytes += size;
      kept.add(name);
    }
  }
  for (const name of sizes.keys()) if (!kept.has(name)) rmSync(join(folder, name), { force: true });
}
