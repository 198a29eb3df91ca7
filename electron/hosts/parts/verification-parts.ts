import { join } from 'node:path';
import type { Verdict } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import { clearScratch, createDesk, type Desk, type Looked } from '../../services/verdicts/index.ts';
import type { SigningOffice } from '../../services/signing/index.ts';
import { readAnchorTable, type TrustHttp } from '../../services/trust/index.ts';
import { keptEvidence, officeEvidence, renewUndecided, type EvidenceSource, type Question } from '../../services/verification/index.ts';
import { instantOf } from '../../foundation/clock.ts';
import type { Store } from '../../store/index.ts';
import { documentFonts } from '../document-fonts.ts';
import { issuedAnchors } from '../issued-anchors.ts';
import { verificationThreads, type VerificationSource, type VerificationThreads } from '../threads/verification-threads.ts';
import { vietnameseWords } from '../words/vietnamese-words.ts';

type Given = {
  readonly store: Store;
  readonly clock: Clock;
  readonly practice: boolean;
  readonly profileDir: string;
  readonly background: boolean;
  /** whom the office believes, and how it asks */
  readonly trust: SigningOffice['trust'];
  /** whether there is a way out of the house now */
  readonly hasLine: () => boolean;
  readonly changed: (documents: readonly string[], waiting: number) => void;
  readonly incident: (error: unknown, what: string) => string;
};

export type VerificationParts = Omit<Desk, 'stop'> & {
  /** What is believed now of the signatures in a file that no document has, as in a package that comes in. */
  readonly lookAt: (source: VerificationSource) => Promise<Verdict>;
  readonly stop: () => Promise<void>;
};

/** What a station verifies with: threads that believe what the office believes, and the desk that acts on what they find. */
export function verificationParts({ trust, background, incident, ...given }: Given): VerificationParts {
  const scratch = join(given.profileDir, 'verification-scratch');
  clearScratch(scratch);
  const threads = threadsOf(trust, (error) => incident(error, 'verifying a file'));
  // A practice profile asks no real authority.
  const hasLine = (): boolean => !given.practice && given.hasLine();
  const desk = createDesk({ ...given, hasLine, scratch, look: threads.look, fonts: documentFonts, words: vietnameseWords, failed: (error) => void incident(error, 'verifying files') });
  const wake = (): void => {
    if (!background) return;
    // Who is believed may have changed: what could not be decided before may be now.
    if (threads.renewed()) given.store.write((db) => renewUndecided(db, instantOf(given.clock)));
    desk.wake();
  };
  return {
    ...desk,
    wake,
    lookAt: async (source) => (await threads.look(source, { at: given.clock.now() }, hasLine())).verdict,
    stop: async () => {
      const ended = desk.stop();
      await Promise.all([ended, threads.stop()]);
    },
  };
}

type Lane = { readonly key: string; readonly offline: VerificationThreads; readonly online: VerificationThreads; asked: number; unanswered: number; looks: number };
type Threads = {
  readonly look: (source: VerificationSource, question: Question, mayAsk: boolean) => Promise<Looked>;
  /** whether others are believed, or more authorities known, than at the last look */
  readonly renewed: () => boolean;
  readonly stop: () => Promise<void>;
};

async function end({ offline, online }: Lane): Promise<void> {
  await Promise.all([offline.stop(), online.stop()]);
}

/** Threads with the anchors and authorities of the moment; when those change, new ones take their place and the old end with their work. */
function threadsOf(trust: SigningOffice['trust'], failed: (error: unknown) => void): Threads {
  const edition = readAnchorTable(issuedAnchors).edition;
  let lane: Lane | undefined;
  let stopped = false;

  function started(key: string): Lane {
    const made = { key, asked: 0, unanswered: 0, looks: 0 };
    const { http, crls, anchors, certificates: known, ...deps } = trust();
    const certificates = known().map(({ der }) => der);
    const counted: TrustHttp = async (request) => {
      made.asked += 1;
      const answer = await http(request);
      if (!answer.ok) made.unanswered += 1;
      return answer;
    };
    const open = (evidence: EvidenceSource, count: number): VerificationThreads =>
      verificationThreads({ anchors, edition, certificates, evidence, count, incident: (why, detail) => { failed(new Error(`${why}: ${detail}`)); } });
    const clients = { ...deps, http: counted };
    return Object.assign(made, { offline: open(keptEvidence(clients, crls), 2), online: open(officeEvidence(clients, crls), 2) });
  }

  function current(): Lane {
    const { anchors, certificates } = trust();
    // An authority that was met since may complete a path that could not be built before.
    const key = [...anchors.keys(), '', ...new Set(certificates().map(({ sha256 }) => sha256))].toSorted().join();
    if (lane?.key === key) return lane;
    const before = lane;
    lane = started(key);
    if (before?.looks === 0) void end(before);
    return lane;
  }

  return {
    async look(source, question, mayAsk) {
      const using = current();
      const before = using.unanswered;
      using.looks += 1;
      const found = await (mayAsk ? using.online : using.offline).verify(source, question);
      using.looks -= 1;
      if (using.looks === 0 && using !== lane) void end(using);
      return { ...found, online: mayAsk && using.unanswered === before };
    },
    renewed() {
      if (stopped) return false;
      const before = lane?.key;
      return before !== undefined && current().key !== before;
    },
    async stop() {
      stopped = true;
      if (lane !== undefined) await end(lane);
    },
  };
}
