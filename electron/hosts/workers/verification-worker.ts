import { closeSync, fstatSync, openSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { fileBytes, memoryBytes } from '../../foundation/pdf/index.ts';
import { openCrl, readCertificate, type Certificate } from '../../services/trust/index.ts';
import { findDifferences, verifyFile, type EvidenceSource, type Material, type VerifyDeps } from '../../services/verification/index.ts';
import type { FromVerification, ToVerification, VerificationSetup } from '../threads/verification-threads.ts';

/**
 * Verifies PDFs, one after another, for the thread that started it, which ends it when a file takes too long. It has no
 * network of its own: what it needs from outside of the file it asks that thread for.
 */
const { anchors, edition, certificates } = workerData as VerificationSetup;
const port = parentPort;
if (port === null) throw new Error('this is a worker thread');
const known = certificatesIn(certificates);
const waiting = new Map<number, (answer: Extract<ToVerification, { kind: 'evidence' }>) => void>();
let lastCall = 0;

port.on('message', (message: ToVerification) => {
  if (message.kind === 'end') {
    port.close();
    return;
  }
  if (message.kind === 'evidence') {
    waiting.get(message.call)?.(message);
    waiting.delete(message.call);
    return;
  }
  void verify(message).then((told) => {
    port.postMessage(told);
  });
});

function ask(certificate: Certificate, issuer: Certificate | null): Promise<Extract<ToVerification, { kind: 'evidence' }>> {
  lastCall += 1;
  const call = lastCall;
  port?.postMessage({ kind: 'ask', call, certificate: certificate.der, issuer: issuer?.der ?? null } satisfies FromVerification);
  return new Promise((resolve) => waiting.set(call, resolve));
}

const evidence: EvidenceSource = {
  issuers: async (certificate) => certificatesIn((await ask(certificate, null)).issuers),
  async status(certificate, issuer) {
    const { ocsps, crls } = await ask(certificate, issuer);
    return { ocsps, crls: crls.map(({ path, facts }) => ({ path, crl: openCrl(path, path.replace(/\.crl$/, '.idx'), facts) })) };
  },
};

async function verify({ request, source, question }: Extract<ToVerification, { kind: 'verify' }>): Promise<FromVerification> {
  const material: Material[] = [];
  const deps: VerifyDeps = { anchors, edition, certificates: known, evidence, differences: findDifferences, keep: (one) => material.push(one) };
  if (source.kind === 'bytes') return { kind: 'verdict', request, verdict: await verifyFile(deps, memoryBytes(source.bytes), question), material };
  const handle = openSync(source.path, 'r');
  try {
    return { kind: 'verdict', request, verdict: await verifyFile(deps, fileBytes(handle, fstatSync(handle).size), question), material };
  } finally {
    closeSync(handle);
  }
}

function certificatesIn(ders: readonly Uint8Array[]): readonly Certificate[] {
  return ders.flatMap((der) => {
    const read = readCertificate(der);
    return read.ok ? [read.value] : [];
  });
}
