import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { auditPdf, signatureCoverage, signaturesOf } from '../../../electron/foundation/pdf/index.ts';
import { readSignedData, timestampsOf } from '../../../electron/services/trust/index.ts';
import { openssl } from '../../fakes/pki/openssl.ts';
import { good, type TestPki } from '../../fakes/pki/pki.ts';
import { qpdfComplaints } from '../../unit/foundation/pdf/judges.ts';
import { opened } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

/** What a signature of a file shall be found to be. */
export type Expected = ExpectedSignature | ExpectedTimestamp;
/** A document time-stamp of the test's authority. */
export type ExpectedTimestamp = { readonly field: string; readonly kind: 'time-stamp' };
export type ExpectedSignature = {
  readonly field: string;
  /** common name of the signer */
  readonly signer: string;
  readonly kind: 'rsa-v1.5' | 'rsa-pss' | 'ecdsa';
  /** T: with a time-stamp inside */
  readonly level: 'B' | 'T';
};

/**
 * Holds a signed file before all judges: poppler, MuPDF, OpenSSL (CMS and time-stamp over the ranges, with the test root as
 * the only trust, so that the embedded chain must lead there), qpdf and our own reader. `base`: the file before any of it;
 * `isFollowed`: something that is no signature was appended after the last.
 */
export function judge(pki: TestPki, bytes: Buffer, base: Buffer, expected: readonly Expected[], isFollowed = false): void {
  const folder = scratchFolder();
  const path = join(folder, 'signed.pdf');
  writeFileSync(path, bytes);
  expect(bytes.subarray(0, base.length).equals(base)).toBe(true);
  expect(qpdfComplaints(bytes)).toEqual(qpdfComplaints(base));
  const isWhole = (index: number): boolean => index === expected.length - 1 && !isFollowed;
  // Poppler 22.12 shows document time-stamps and does not check them.
  expect(byPoppler(path)).toEqual(
    expected.map((one, index) => ({ field: one.field, signer: one.kind === 'time-stamp' ? stamper : one.signer, isValid: one.kind !== 'time-stamp', isWhole: isWhole(index) })),
  );
  byMupdf(path, expected, isWhole);
  const contents = byRanges(bytes);
  expect(contents.length).toBe(expected.length);
  for (const [index, one] of contents.entries()) byOpenssl(pki, one, expected[index]);
  byOurselves(bytes, expected, isWhole);
}

const stamper = 'Máy chủ cấp dấu thời gian Thử nghiệm 02';

type Seen = { readonly field: string; readonly signer: string; readonly isValid: boolean; readonly isWhole: boolean };

/** In the order of the dictionaries' object numbers, which is that of signing here. */
function byPoppler(path: string): readonly Seen[] {
  const { stdout } = spawnSync('pdfsig', ['-nocert', path], { encoding: 'utf8' });
  const said = stdout.split(/^Signature #\d+:$/m).slice(1).filter((text) => !text.includes('is not signed'));
  return said.map((text) => ({
    field: /Signature Field Name: (.*)/.exec(text)?.[1] ?? '',
    signer: /Certificate Common Name: (.*)/.exec(text)?.[1] ?? '',
    isValid: text.includes('Signature Validation: Signature is Valid.'),
    isWhole: text.includes('- Total document signed'),
  })).sort((a, b) => Number(a.isWhole) - Number(b.isWhole));
}

/**
 * MuPDF finds the signature's field and digest in order. It checks by OpenSSL's old PKCS#7 functions, which know no PSS
 * (`openssl smime -verify` fails the same way), and knows no root of ours. It passes over document time-stamps.
 */
function byMupdf(path: string, all: readonly Expected[], isWhole: (index: number) => boolean): void {
  const expected = all.flatMap((one, index) => (one.kind === 'time-stamp' ? [] : [{ ...one, isWhole: isWhole(index) }]));
  const { stdout } = spawnSync('mutool', ['sign', '-v', path], { encoding: 'utf8' });
  const found = stdout.matchAll(/^Verifying signature (\d+):\n([^]*?)(?=^Verifying|$(?![^]))/gm);
  const said = [...found].filter(([text]) => !text.includes('is not signed')).sort((a, b) => Number(a[1]) - Number(b[1]));
  expect(said.length).toBe(expected.length);
  for (const [index, { signer, kind, isWhole: whole }] of expected.entries()) {
    const text = said[index]?.[2] ?? '';
    const words = whole ? 'The document is unchanged since signing.' : 'The signature is valid but there have been edits since signing.';
    expect(text).toContain(`cn=${signer},`);
    expect(text).toContain(kind === 'rsa-pss' ? 'Digest error: Unknown error.' : words);
  }
}

type Ranged = { readonly cms: Buffer; readonly signed: Buffer };

/** Without our reader: what each ByteRange in the file names, and what lies between. */
function byRanges(bytes: Buffer): readonly Ranged[] {
  return [...bytes.toString('latin1').matchAll(/\/ByteRange\s*\[(\d+) (\d+) (\d+) (\d+)\s*\]/g)].map((match) => {
    const [first = 0, length = 0, second = 0, rest = 0] = match.slice(1).map(Number);
    expect(first).toBe(0);
    const cms = Buffer.from(bytes.toString('latin1', length + 1, second - 1), 'hex');
    return { cms, signed: Buffer.concat([bytes.subarray(0, length), bytes.subarray(second, second + rest)]) };
  });
}

function byOpenssl(pki: TestPki, { cms, signed }: Ranged, expected: Expected | undefined): void {
  const folder = scratchFolder();
  const at = (name: string): string => join(folder, name);
  // Readers may stop at the end of the CMS; our reader takes nothing behind it, so the room's zeros are cut off.
  const der = cms.subarray(0, 4 + cms.readUInt16BE(2));
  writeFileSync(at('cms'), der);
  writeFileSync(at('signed'), signed);
  if (expected?.kind === 'time-stamp') {
    const byTs = (): string => openssl(['ts', '-verify', '-token_in', '-in', at('cms'), '-data', at('signed'), '-CAfile', pki.path('g2root')]).text;
    expect(byTs()).toContain('Verification: OK');
    writeFileSync(at('signed'), Buffer.concat([signed, Buffer.from(' ')]));
    expect(byTs()).toContain('Verification: FAILED');
    return;
  }
  const verified = openssl(['cms', '-verify', '-binary', '-inform', 'DER', '-in', at('cms'), '-content', at('signed'), '-CAfile', pki.path('g2root'), '-purpose', 'any', '-out', at('out')]);
  expect(verified.text).toContain('CMS Verification successful');
  writeFileSync(at('signed'), Buffer.concat([signed, Buffer.from(' ')]));
  expect(openssl(['cms', '-verify', '-binary', '-inform', 'DER', '-in', at('cms'), '-content', at('signed'), '-noverify', '-out', at('out')]).ok).toBe(false);
  const read = good(readSignedData(der));
  const tokens = timestampsOf(read);
  expect(tokens.length).toBe(expected?.level === 'T' ? 1 : 0);
  for (const token of tokens) {
    writeFileSync(at('token'), token);
    writeFileSync(at('value'), read.signer.signature);
    expect(openssl(['ts', '-verify', '-token_in', '-in', at('token'), '-data', at('value'), '-CAfile', pki.path('g2root')]).text).toContain('Verification: OK');
  }
}

function byOurselves(bytes: Buffer, expected: readonly Expected[], isWhole: (index: number) => boolean): void {
  const file = opened(bytes);
  expect(good(auditPdf(file))).toEqual([]);
  const { signatures, unread } = good(signaturesOf(file));
  expect(unread).toEqual([]);
  expect(signatures.map(({ fields, subFilter, isInForm, isInNewest }) => ({ fields, subFilter, isInForm, isInNewest }))).toEqual(
    expected.map(({ field, kind }) => ({ fields: [field], subFilter: kind === 'time-stamp' ? 'ETSI.RFC3161' : 'ETSI.CAdES.detached', isInForm: true, isInNewest: true })),
  );
  for (const [index, signature] of signatures.entries()) {
    expect(signatureCoverage(file, signature)).toMatchObject({ faults: [], coversFile: isWhole(index) });
  }
}
