import { parentPort } from 'node:worker_threads';
import { checkPackage, type SignatureState, type VerdictOf } from '../../services/packages/index.ts';
import { sentFile, type FromPackageThread, type ToPackageThread } from '../package-check-threads.ts';

/** Checks one package for the thread that started it, which judges the signatures and ends it. */
const port = parentPort;
if (port === null) throw new Error('this is a worker thread');
const stopping = new AbortController();
const waiting = new Map<number, (state: SignatureState) => void>();
let lastCall = 0;

const tell = (message: FromPackageThread): void => {
  port.postMessage(message);
};

port.on('message', (message: ToPackageThread) => {
  if (message.kind === 'stop') {
    stopping.abort();
  } else if (message.kind === 'verdict') {
    waiting.get(message.call)?.(message.state);
    waiting.delete(message.call);
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

async function check({ path, profile, asksVerdicts }: Extract<ToPackageThread, { kind: 'check' }>): Promise<void> {
  const report = await checkPackage(path, asksVerdicts ? { verdictOf } : {}, {
    ...(profile === undefined ? {} : { profile }),
    signal: stopping.signal,
    onProgress: (progress) => {
      tell({ kind: 'progress', progress });
    },
  });
  tell({ kind: 'report', report });
}
