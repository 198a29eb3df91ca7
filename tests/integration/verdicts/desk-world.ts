import type { Contract, DocumentVerdicts, OutputOf, Outcome } from '#contract';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { vietnameseWords } from '../../../electron/hosts/words/vietnamese-words.ts';
import { memoryBytes } from '../../../electron/foundation/pdf/index.ts';
import { createDesk, type Desk, type Looked } from '../../../electron/services/verdicts/index.ts';
import { queueStatusWith } from '../../../electron/services/exchange/index.ts';
import { recordArrival, recordsHandlers } from '../../../electron/services/records/index.ts';
import { noEvidence, verifyFile, type Material } from '../../../electron/services/verification/index.ts';
import type { Store } from '../../../electron/store/index.ts';
import { arrival } from '../../bench/profile.ts';
import type { TestPki } from '../../fakes/pki/pki.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';
import { depsOf, listEvidence, today } from '../verification/world.ts';

type DeskDeps = Parameters<typeof createDesk>[0];
type Looking = Parameters<DeskDeps['look']>;

/** A desk over a store of its own, which looks at files in this thread: offline without evidence, online with all lists. */
export function openDesk(pki: TestPki, more: Partial<DeskDeps> = {}) {
  const store = more.store ?? storeIn(scratchFolder());
  const clock = { now: () => today };
  const queueStatus = queueStatusWith(() => undefined);
  const told: (readonly string[])[] = [];
  const failures: unknown[] = [];
  const state = { line: true };
  const desk = createDesk({
    store,
    clock,
    practice: false,
    scratch: `${scratchFolder()}/looks`,
    hasLine: () => state.line,
    look: (...asked: Looking) => lookHere(pki, ...asked),
    changed: (documents) => told.push(documents),
    failed: (error) => failures.push(error),
    fonts: documentFonts,
    words: vietnameseWords,
    ...more,
  });
  const records = recordsHandlers({ store, clock, queueStatus, askVerdict: desk.askVerdict, changed: desk.changed, outgoingChanged: () => undefined, recalled: () => undefined });
  return { store, desk, records, told, failures, state, queueStatus };
}

export async function lookHere(pki: TestPki, source: Looking[0], question: Looking[1], mayAsk: boolean): Promise<Looked> {
  if (source.kind !== 'bytes') throw new Error('this file was to be looked at in memory');
  const material: Material[] = [];
  const deps = { ...depsOf(pki), evidence: mayAsk ? listEvidence(pki) : noEvidence, keep: (one: Material) => material.push(one) };
  return { verdict: await verifyFile(deps, memoryBytes(source.bytes), question), material, online: mayAsk };
}

/** A document arrives over the axis with one PDF; answers its id. */
export async function arrived(store: Store, bytes: Uint8Array, { issuer = 'Bộ Thử nghiệm', name = 'cong-van.pdf' } = {}, number = 1): Promise<string> {
  const blob = await store.blobs.put(bytes);
  const facts = arrival(number);
  return store.write((db) => recordArrival(db, { ...facts, issuer: { ...facts.issuer, name: issuer }, files: [{ name, mediaType: 'application/pdf', ...blob }] }, queueStatusWith(() => undefined), 'UBND'));
}

/** Looks at everything that waits, until the desk says that a document is known so far. */
export async function known(desk: Desk, document: string, until: (found: DocumentVerdicts) => boolean = ({ files }) => files.every(({ state }) => state === 'done')): Promise<DocumentVerdicts> {
  desk.wake();
  for (let tries = 0; tries < 1000; tries += 1) {
    const found = value<OutputOf<Contract['verification']['ofDocument']>>(await desk.handlers.ofDocument({ document }));
    if (until(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the desk did not come to an end');
}

export function value<T>(outcome: Outcome<T, string>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

export async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece as Uint8Array);
  return Buffer.concat(pieces);
}
