import { instantOf, type Clock } from '../../foundation/clock.ts';
import { newId } from '../../foundation/ids.ts';
import type { Store, WriteDb } from '../../store/index.ts';
import { countWaiting, leaveQueue, nextFiles, renewalOf, saveVerdict, stoppedVerdict, type QueuedFile } from '../verification/index.ts';
import { decisionOn } from './decide.ts';
import { alarmOf, deskDocument, documentsWith, nextRenewal, raiseAlarm, withdrawAlarm } from './documents.store.ts';
import type { Looked, LookAt } from './ports.ts';
import { withStored } from './stored-bytes.ts';

export type CheckerDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly practice: boolean;
  readonly look: LookAt;
  /** where a file too large for memory lies in the clear while it is looked at */
  readonly scratch: string;
  readonly mostInMemory?: number;
  /** whether the authorities can be asked now */
  readonly hasLine: () => boolean;
  readonly changed: (documents: readonly string[], waiting: number) => void;
  readonly failed: (error: unknown) => void;
};

export type Checker = {
  /** Documents came or changed: one that was registered by whatever way against its verdict is marked. */
  readonly changed: (documents: readonly string[]) => void;
  /** Looks at what waits until nothing does. Called again while it runs, it goes on by itself. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
};

/** Files looked at side by side: as many as there are threads. */
const together = 2;
const longestWaitMs = 10 * 60_000;
const afterFailureMs = 60_000;

/**
 * Looks at every stored PDF in the background: at once with what is at hand, and again with the authorities' answers when the line
 * is there. Each result is stored with what it stands on; one that speaks against a registered document raises an alarm.
 */
export function createChecker(deps: CheckerDeps): Checker {
  const { store, clock } = deps;
  const running = new Map<string, Promise<void>>();
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    if (stopping) return;
    clearTimeout(timer);
    // Without a line another look would tell nothing new: only files that were never looked at are taken.
    const due = deps.hasLine() ? instantOf(clock) : '';
    for (const file of nextFiles(store.read, due, together * 2)) {
      if (running.size >= together) return;
      if (running.has(file.sha256)) continue;
      running.set(file.sha256, checkAndGoOn(file));
    }
    if (running.size === 0) sleep();
  }

  async function checkAndGoOn(file: QueuedFile): Promise<void> {
    let next: () => unknown = () => setImmediate(wake);
    try {
      await check(file);
    } catch (error) {
      // What failed once, a full disk say, fails the next moment too.
      next = () => {
        timer = setTimeout(wake, afterFailureMs);
        timer.unref();
      };
      if (!stopping) deps.failed(error);
    } finally {
      running.delete(file.sha256);
      // A turn for everybody else between two files.
      if (!stopping) next();
    }
  }

  function sleep(): void {
    const next = nextRenewal(store.read);
    if (next === null) return;
    const wait = Math.min(longestWaitMs, Math.max(1000, Date.parse(next) - clock.now().getTime()));
    timer = setTimeout(wake, deps.hasLine() ? wait : longestWaitMs);
    timer.unref();
  }

  async function check(file: QueuedFile): Promise<void> {
    const now = clock.now();
    const documents = documentsWith(store.read, file.sha256);
    const [newest] = documents;
    if (newest === undefined) {
      store.write((db) => {
        leaveQueue(db, file.sha256);
      });
      return;
    }
    const mayAsk = file.tries > 0 && deps.hasLine();
    const issuer = deskDocument(store.read, newest.document)?.issuer ?? '';
    const arrivedAt = new Date(Math.min(Date.parse(file.arrivedAt), now.getTime()));
    const question = { at: now, arrivedAt, expected: { names: [issuer] } };
    const stored = { sha256: file.sha256, size: newest.size };
    const looked = await withStored({ blobs: store.blobs, folder: deps.scratch, ...(deps.mostInMemory === undefined ? {} : { mostBytes: deps.mostInMemory }) }, stored, (source) => deps.look(source, question, mayAsk));
    if (stopping) return;
    store.write((db) => {
      keep(db, file, looked ?? { verdict: stoppedVerdict('', now, 'lost'), material: [], online: false }, newest.size);
    });
    deps.changed(documents.map(({ document }) => document), countWaiting(store.read));
  }

  function keep(db: WriteDb, file: QueuedFile, { verdict: found, material, online }: Looked, size: number): void {
    const now = clock.now();
    // A check that came to no end knows no file; its result is this file's all the same.
    const verdict = found.file.sha256 === '' ? { ...found, file: { ...found.file, sha256: file.sha256, size } } : found;
    if (verdict.file.sha256 !== file.sha256) throw new Error(`${file.sha256} was read as ${verdict.file.sha256}`);
    const at = instantOf(clock);
    // What was found without the authorities is worth one look with them.
    const renewAt = !online && file.tries === 0 && verdict.state === 'signed' ? at : renewalOf(verdict, file.tries, now);
    if (!saveVerdict(db, { id: newId(), verdict, at, online, material, renewAt })) return;
    for (const { document } of documentsWith(db, file.sha256)) judge(db, document, at);
  }

  /** A result that comes when the document is in the register already must not stay unseen. */
  function judge(db: WriteDb, document: string, at: string): void {
    if (deskDocument(db, document)?.standing !== 'registered') return;
    const decision = decisionOn(db, document, deps.practice);
    const before = alarmOf(db, document);
    if (decision === null || decision.decision === 'accept') withdrawAlarm(db, document);
    else if (before?.why !== decision.why || before.decision !== decision.decision) raiseAlarm(db, document, decision, at);
  }

  return {
    changed: (documents) => {
      if (documents.length === 0) return;
      store.write((db) => {
        for (const document of documents) judge(db, document, instantOf(clock));
      });
    },
    wake,
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
