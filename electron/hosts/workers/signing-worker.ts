import { parentPort } from 'node:worker_threads';
import { complete, doWork, thisRun, type CompleteOrder, type EvidenceDeps } from '../../services/signing/index.ts';
import { memoryCache, type TrustHttp } from '../../services/trust/index.ts';
import { documentFonts } from '../document-fonts.ts';
import type { FromSigningThread, Given, Question, ToSigningThread, WholeAnswer } from '../threads/signing-thread-messages.ts';

/** A signing thread: prepares, finishes, plans and completes files, one order at a time. */
function say(message: FromSigningThread): void {
  parentPort?.postMessage(message);
}

let fonts: ReturnType<typeof documentFonts> | undefined;
const waiting = new Map<number, (given: Given) => void>();
let questions = 0;
/** Answers that may be used again, for as long as the thread lives. */
const cache = memoryCache(1000);

function asked(question: Question): Promise<Given> {
  questions += 1;
  const id = questions;
  say({ kind: 'asks', id, question });
  return new Promise((resolve) => waiting.set(id, resolve));
}

const http: TrustHttp = async (request) => {
  const given = await asked({ port: 'http', request });
  if (!given.ok) return given;
  const { status, headers, body } = given.value as WholeAnswer;
  async function* pieces(): AsyncGenerator<{ ok: true; value: Uint8Array }> {
    yield await Promise.resolve({ ok: true, value: body });
  }
  return { ok: true, value: { status, headers, body: pieces(), abort: () => undefined } };
};

const crls: EvidenceDeps['crls'] = {
  fetch: async (url, issuer) => {
    const given = await asked({ port: 'list', url, issuer });
    if (!given.ok) return given;
    const { path, size } = given.value as { readonly path: string; readonly size: number };
    return { ok: true, value: { path, crl: { facts: { size } } } };
  },
};

async function completed({ at, hosts, trust, level, tsa, ...files }: CompleteOrder): Promise<void> {
  const started = performance.now();
  // The clock is that of the station; it goes on while the file is worked on.
  const clock = { now: () => new Date(at.getTime() + performance.now() - started) };
  say({ kind: 'done', answer: await complete({ http, clock, cache, hosts, crls, ...trust }, files, { level, tsa }) });
}

parentPort?.on('message', (message: ToSigningThread) => {
  if (message.kind === 'end') parentPort?.close();
  else if (message.kind === 'given') {
    waiting.get(message.id)?.(message.given);
    waiting.delete(message.id);
  } else if (message.kind === 'complete') {
    completed(message.order).catch((error: unknown) => {
      // As for any other order: the thread ends, and the file is told so.
      setImmediate(() => {
        throw error;
      });
    });
  } else say({ kind: 'done', answer: doWork(message.order, () => (fonts ??= documentFonts())) });
});
// Copies that this thread made are finished by it: another one would digest them anew.
say({ kind: 'ready', run: thisRun });
