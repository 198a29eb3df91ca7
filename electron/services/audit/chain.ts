import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadDb } from '../../store/index.ts';
import { allEntries, auditHead, entriesAfter } from './audit.store.ts';
import { chainHash, chainStart, type AuditEntry } from './entry.ts';

export type ChainVerdict = {
  readonly entries: number;
  /** hash of the newest entry */
  readonly head: string;
  /** number of the first entry that does not fit, null when the chain is whole */
  readonly brokenAt: number | null;
};

/** Recomputes the whole chain of a database, in bounded memory, and compares its end with the head kept apart. */
export function verifyChain(db: ReadDb): ChainVerdict {
  const checker = chainChecker();
  for (const entry of allEntries(db)) if (!checker.feed(entry)) break;
  return withHead(db, checker.verdict());
}

/** Entries that are checked in one turn, some ten milliseconds. */
const slice = 500;

/** The same while others are served: a log of years is long. What is written meanwhile is checked as well. */
export async function verifyChainByTurns(db: ReadDb): Promise<ChainVerdict> {
  const checker = chainChecker();
  for (let last = 0; ; last += slice) {
    const piece = entriesAfter(db, last, slice);
    const whole = piece.every((entry) => checker.feed(entry));
    // The head is compared in the turn of the last piece: nothing can come between them.
    if (!whole || piece.length < slice) return withHead(db, checker.verdict());
    await nextTurn();
  }
}

function withHead(db: ReadDb, verdict: ChainVerdict): ChainVerdict {
  const head = auditHead(db);
  const cut = (head?.seq ?? 0) !== verdict.entries || (head?.hash ?? chainStart) !== verdict.head;
  if (verdict.brokenAt === null && cut) return { ...verdict, brokenAt: verdict.entries + 1 };
  return verdict;
}

/** Checks entries one after another, as they come. */
export type ChainChecker = {
  /** false when this entry does not fit the ones before; nothing more need be fed then */
  readonly feed: (entry: AuditEntry) => boolean;
  readonly verdict: () => ChainVerdict;
};

/** Starts a check before the first entry. */
export function chainChecker(): ChainChecker {
  let entries = 0;
  let head = chainStart;
  let brokenAt: number | null = null;
  return {
    feed(entry) {
      const fits = entry.seq === entries + 1 && entry.previousHash === head && entry.hash === chainHash(head, entry);
      if (fits) {
        entries += 1;
        head = entry.hash;
      } else {
        brokenAt ??= entries + 1;
      }
      return fits;
    },
    verdict: () => ({ entries, head, brokenAt }),
  };
}

/** One line of an exported log as an entry; undefined when it is none. */
export function readLogLine(line: string): AuditEntry | undefined {
  let value: Partial<Record<keyof AuditEntry, unknown>> | null;
  try {
    value = JSON.parse(line) as typeof value;
  } catch {
    return undefined;
  }
  const texts = [value?.at, value?.actor, value?.action, value?.subjectKind, value?.subjectId, value?.previousHash, value?.hash];
  const whole =
    texts.every((text) => typeof text === 'string') &&
    typeof value?.seq === 'number' &&
    typeof value.detail === 'object' &&
    value.detail !== null;
  return whole ? (value as AuditEntry) : undefined;
}
