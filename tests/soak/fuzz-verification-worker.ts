import { parentPort, workerData } from 'node:worker_threads';
import { memoryBytes } from '../../electron/foundation/pdf/index.ts';
import { readCrl } from '../../electron/services/trust/index.ts';
import { notAnalysed, verifyFile, type EvidenceSource } from '../../electron/services/verification/index.ts';
import { good, testPki } from '../fakes/pki/pki.ts';
import { allPermitted, currentCrl, depsOf, issuers, today } from '../integration/verification/world.ts';
import type { PdfFuzzTask, PdfFuzzWord } from './fuzz-pdf-worker.ts';
import { fuzzVerificationInput, isCoveredIntact, signedFiles } from './fuzz-verification-inputs.ts';

/** No file may take longer; a thread beside it is not asked, as this is what a person would wait. */
const longestMs = 3000;

const { seed, from, to } = workerData as PdfFuzzTask;
const pki = await testPki();
const files = signedFiles(pki);
const lists = new Map(await Promise.all(issuers.map(async (id) => [pki.certificate(id).sha256, good(readCrl(await currentCrl(pki, id), pki.certificate(id)))] as const)));
const evidence: EvidenceSource = {
  issuers: () => Promise.resolve([]),
  status: (_certificate, issuer) => {
    const crl = lists.get(issuer.sha256);
    return Promise.resolve({ ocsps: [], crls: crl === undefined ? [] : [{ crl, path: '' }] });
  },
};

async function outcomeOf(bytes: Buffer, input: number): Promise<string> {
  // Half of them with every later change permitted, so that nothing hides behind what is not analysed.
  const verdict = await verifyFile({ ...depsOf(pki), evidence, differences: input % 2 === 0 ? allPermitted : notAnalysed }, memoryBytes(bytes), { at: today });
  if (verdict.indication === 'passed' && !isCoveredIntact(files, bytes)) throw new Error('passed, and what was signed has changed');
  return `${verdict.state} ${verdict.indication}${verdict.subIndication === null ? '' : ` ${verdict.subIndication}`}`;
}

for (let input = from; input < to; input += 1) {
  const bytes = fuzzVerificationInput(files, seed, input);
  const started = performance.now();
  let word: Pick<PdfFuzzWord, 'outcome' | 'crash'>;
  try {
    const outcome = await outcomeOf(bytes, input);
    const ms = performance.now() - started;
    word = ms > longestMs ? { outcome: 'slow', crash: `${ms.toFixed(0)} ms` } : { outcome };
  } catch (error) {
    word = { outcome: 'crash', crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  // What was put off, such as closing a broken decompression, waits for the event loop and holds its memory till then.
  await new Promise((resolve) => setImmediate(resolve));
  parentPort?.postMessage({ input, ms: performance.now() - started, ...word } satisfies PdfFuzzWord);
}
