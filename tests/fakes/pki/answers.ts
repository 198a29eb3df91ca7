import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openssl } from './openssl.ts';
import type { TestPki } from './pki.ts';

/** What OpenSSL's own responder answers to an OCSPRequest about certificates of `issuer`. */
export function opensslOcsp(pki: TestPki, issuer: string, request: Uint8Array, signer = 'g2ocsp', options: readonly string[] = ['-ndays', '1']): Buffer {
  return inFolder(request, (asked, answer) => ['ocsp', '-index', join(pki.folder, `${issuer}.index`), '-CA', pki.path(issuer), '-rsigner', pki.path(signer), '-rkey', keyOf(pki, signer), '-reqin', asked, '-respout', answer, ...options]);
}

/** What OpenSSL's own authority answers to a TimeStampReq; `digests`: those that it accepts, `chain`: a file of certificates to send along. */
export function opensslTimestamp(pki: TestPki, request: Uint8Array, digests = 'sha256,sha384,sha512', chain = pki.path('g2root')): Buffer {
  return inFolder(request, (asked, answer, folder) => {
    const lines = ['[tsa]', 'default_tsa=own', '[own]', `serial=${folder}/serial`, 'default_policy=2.16.704.1.1.1.2', 'other_policies=2.16.704.1.1.1.3', `digests=${digests}`, 'signer_digest=sha256', 'accuracy=secs:1,millisecs:500', 'ess_cert_id_chain=no', 'ess_cert_id_alg=sha256'];
    writeFileSync(join(folder, 'config'), `${lines.join('\n')}\n`);
    return ['ts', '-reply', '-config', join(folder, 'config'), '-queryfile', asked, '-signer', pki.path('tsa'), '-inkey', keyOf(pki, 'tsa'), '-chain', chain, '-out', answer];
  });
}

function keyOf(pki: TestPki, id: string): string {
  return pki.path(id).replace('.pem', '.key');
}

function inFolder(request: Uint8Array, words: (asked: string, answer: string, folder: string) => readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-pki-'));
  try {
    writeFileSync(join(folder, 'request'), request);
    const made = openssl(words(join(folder, 'request'), join(folder, 'answer'), folder));
    if (!made.ok) throw new Error(made.text);
    return readFileSync(join(folder, 'answer'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
