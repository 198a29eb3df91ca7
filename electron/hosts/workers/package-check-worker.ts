import { parentPort } from 'node:worker_threads';
import { checkPackage, type SignatureState, type VerdictOf } from '../../services/packages/index.ts';
import { sentFile, type FromPackageCheck, type ToPackageCheck } from '../threads/package-check-threads.ts';
import { digestThreads } from '../threads/package-digest-threads.ts';

/** Checks one package for the thread that started it, which judges the signatures and ends it. */
const port = parentPort;
if (port === null) throw new Error('this is a worker thread');
const stopping = new AbortController();
const waiting = new Map<number, (state: SignatureState) => void>();
let lastCall = 0;
let taken: (() => void) | undefined;
/** entries of a list that are sent at once */
const part = 1000;
/** milliseconds between two words on the progress */
const progressPause = 50;

const tell = (message: FromPackageCheck): void => {
  port.postMessage(message);
};

port.on('message', (message: ToPackageCheck) => {
  if (message.kind === 'stop') {
    stopping.abort();
  } else if (message.kind === 'verdict') {
    waiting.get(message.call)?.(message.state);
    waiting.delete(message.call);
  } else if (message.kind === 'more') {
    taken?.();
  } else {
    void check(message);
  }
});

const verdictOf: VerdictOf = async (signed) => {
  const file = await sentFile(signed);
  if (file === undefined) return { indication: 'unchecked', why: String(signed.size), signer: '' };
  lastCall += 1;
  const call = lastCall;
  tell({ kind: 'ask', call, file });
  return new Promise((resolve) => waiting.set(call, resolve));
};

async function check({ path, profile, asksVerdicts }: Extract<ToPackageCheck, { kind: 'check' }>): Promise<void> {
  let told = 0;
  const report = await checkPackage(path, { digestAside: digestThreads(), ...(asksVerdicts ? { verdictOf } : {}) }, {
    ...(profile === undefined ? {} : { profile }),
    signal: stopping.signal,
    onProgress: (progress) => {
      if (performance.now() - told < progressPause && progress.files < progress.of) return;
      told = performance.now();
      tell({ kind: 'progress', progress });
    },
  });
  const { files, described } = report;
  for (let at = 0; at < Math.max(files.length, described.length); at += part) {
    const received = new Promise<void>((resolve) => {
      taken = resolve;
    });
    tell({ kind: 'part', files: files.slice(at, at + part), described: described.slice(at, at + part) });
    await received;
  }
  tell({ kind: 'report', report: { ...report, files: [], described: [] } });
}
