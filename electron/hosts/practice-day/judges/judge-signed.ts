import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from '#contract';
import { memoryBytes, openPdf, securityStoreOf, viewOf } from '../../../foundation/pdf/index.ts';
import { systemClock } from '../../../foundation/clock.ts';
import { readCertificate, readSignedData, timestampsOf, type Certificate } from '../../../services/trust/index.ts';
import { findDifferences, noEvidence, verifyFile } from '../../../services/verification/index.ts';
import type { Authorities } from '../authorities.ts';
import { programPath, runProgram } from '../programs.ts';
import { practiceAnchors } from '../soft-signer.ts';
import { own, type Bench } from './bench.ts';

/** What a signed PDF is: the office's own, or a partner's in one of its states. */
export type Signing = 'own' | 'good' | 'changed' | 'forged' | 'expired';

/** How many signatures the office puts on a file: the leader's and the agency's. */
const ownSignatures = 2;

/** Holds a signed PDF before poppler, MuPDF, OpenSSL and our own verification; what is forged must be called so. */
export async function judgeSigned(bench: Bench, folder: string, path: string, signing: Signing, authorities: Authorities): Promise<void> {
  const full = join(folder, path);
  const bytes = readFileSync(full);
  const count = signing === 'own' ? ownSignatures : 1;
  const isWhole = signing !== 'changed';
  await bench.ask('pdfsig', path, ['-nocert', full], ({ text }) => [...text.matchAll(/Signature Validation: (.*)/g)].length === count && (text.match(/Signature is Valid\./g) ?? []).length === (isWhole ? count : 0));
  await bench.ask('mutool', path, ['sign', '-v', full], ({ text }) => (text.match(/The document is unchanged since signing|there have been edits since signing/g) ?? []).length >= (isWhole ? count : 0) && (isWhole || /digest|Digest/.test(text)), { label: 'mutool sign -v' });
  const contents = rangesOf(bytes);
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-judge-'));
  try {
    for (const [nth, one] of contents.entries()) await byOpenssl(bench, { path: `${path}, chữ ký ${String(nth + 1)}`, scratch, signing, authorities }, one);
    if (authorities.answers && (signing === 'own' || signing === 'good')) await statusesIn(bench, { path, scratch, bytes, authorities });
  } finally {
    rmSync(scratch, { recursive: true });
  }
  await byOurselves(bench, path, bytes, signing, authorities);
}

type Ranged = { readonly cms: Buffer; readonly signed: Buffer };

/** Without our reader: what each ByteRange in the file names, and what lies between (ISO 32000-1 §12.8.1). */
function rangesOf(bytes: Buffer): readonly Ranged[] {
  return [...bytes.toString('latin1').matchAll(/\/ByteRange\s*\[(\d+) (\d+) (\d+) (\d+)\s*\]/g)].map((match) => {
    const [, length = 0, second = 0, rest = 0] = match.slice(1).map(Number);
    const cms = Buffer.from(bytes.toString('latin1', length + 1, second - 1), 'hex');
    // The room behind the CMS is filled with zeros, which some readers do not pass over.
    return { cms: cms.subarray(0, 4 + cms.readUInt16BE(2)), signed: Buffer.concat([bytes.subarray(0, length), bytes.subarray(second, second + rest)]) };
  });
}

type About = { readonly path: string; readonly scratch: string; readonly signing: Signing; readonly authorities: Authorities };

/** The signature over its ranges with the practice root as the only trust, and the time-stamp inside. */
async function byOpenssl(bench: Bench, { path, scratch, signing, authorities }: About, { cms, signed }: Ranged): Promise<void> {
  const at = (name: string): string => join(scratch, name);
  writeFileSync(at('cms'), cms);
  writeFileSync(at('signed'), signed);
  const mustPass = signing === 'own' || signing === 'good';
  const words = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', at('cms'), '-content', at('signed'), '-CAfile', authorities.pemFile('root'), '-purpose', 'any', '-out', at('out')];
  await bench.ask('openssl', path, words, ({ code }) => (code === 0) === mustPass, { label: 'openssl cms' });
  const read = readSignedData(cms);
  if (!read.ok || !mustPass || !authorities.answers) return;
  const tokens = timestampsOf(read.value);
  if (tokens.length === 0) bench.note({ judge: 'openssl ts', what: path, ok: false, said: 'không có dấu thời gian' });
  for (const token of tokens) {
    writeFileSync(at('token'), token);
    writeFileSync(at('value'), read.value.signer.signature);
    await bench.ask('openssl', path, ['ts', '-verify', '-token_in', '-in', at('token'), '-data', at('value'), '-CAfile', authorities.pemFile('root')], ({ text }) => text.includes('Verification: OK'), { label: 'openssl ts' });
  }
}

/** The answers about certificates that lie in a file, as qpdf takes them out, before `openssl ocsp`. */
async function statusesIn(bench: Bench, { path, scratch, bytes, authorities }: Omit<About, 'signing'> & { readonly bytes: Buffer }): Promise<void> {
  const qpdf = programPath('qpdf');
  const file = openPdf(memoryBytes(bytes));
  const store = file.ok ? securityStoreOf(viewOf(file.value)) : undefined;
  if (qpdf === undefined) return;
  if (store?.ok !== true || store.value === undefined || store.value.ocsps.length === 0) {
    bench.note({ judge: 'openssl ocsp', what: path, ok: false, said: 'tệp không mang trạng thái chứng thư số' });
    return;
  }
  const at = (name: string): string => join(scratch, name);
  writeFileSync(at('file.pdf'), bytes);
  writeFileSync(at('all.pem'), [authorities.pki.root.pem, authorities.pki.ca.pem].join(''));
  for (const [nth, number] of store.value.ocsps.entries()) {
    const { stdout } = await runProgram(qpdf, [`--show-object=${String(number)}`, '--filtered-stream-data', at('file.pdf')]);
    writeFileSync(at('answer'), stdout);
    await bench.ask('openssl', `${path}, trạng thái ${String(nth + 1)}`, ['ocsp', '-respin', at('answer'), '-CAfile', at('all.pem'), '-verify_other', at('all.pem'), '-resp_text'], ({ text }) => text.includes('Response verify OK') && text.includes('Cert Status: good'), { label: 'openssl ocsp' });
  }
}

async function byOurselves(bench: Bench, path: string, bytes: Buffer, signing: Signing, authorities: Authorities): Promise<void> {
  const certificates = (['root', 'ca', 'time'] as const).flatMap((id): Certificate[] => {
    const read = readCertificate(authorities.pki[id].der);
    return read.ok ? [read.value] : [];
  });
  const deps = { anchors: practiceAnchors(authorities), edition: 'luyện tập', certificates, evidence: noEvidence, differences: findDifferences };
  const verdict = await verifyFile(deps, memoryBytes(bytes), { at: systemClock.now() });
  bench.note({ judge: `${own}: tvt verify`, what: path, ok: isRight(verdict, signing, authorities.answers), said: `${verdict.indication}${verdict.subIndication === null ? '' : ` ${verdict.subIndication}`}` });
}

/** Without OpenSSL nobody has said whether a certificate is still good: nothing else may stand against a file of ours, or a partner's good one. */
function isRight({ indication, subIndication, signatures }: Verdict, signing: Signing, hasAnswers: boolean): boolean {
  const isGood = hasAnswers ? indication === 'passed' : indication === 'indeterminate' && subIndication === 'TRY_LATER';
  switch (signing) {
    case 'own':
      return isGood && signatures.length === ownSignatures && signatures.every(({ coverage }) => coverage.indication === 'passed');
    case 'good':
      return isGood;
    case 'changed':
      return indication === 'failed';
    case 'forged':
    case 'expired':
      return indication === 'indeterminate';
  }
}
