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
export type Expected = {
  readonly field: string;
  /** common name of the signer */
  readonly signer: string;
  readonly kind: 'rsa-v1.5' | 'rsa-pss' | 'ecdsa';
  readonly level: 'B' | 'T';
};

/**
 * Holds a signed file before all judges: poppler, MuPDF, OpenSSL (CMS and time-stamp over the ranges, with the test root as
 * the only trust, so that the embedded chain must lead there), qpdf and our own reader. `base`: the file before any of it.
 */
export function judge(pki: TestPki, bytes: Buffer, base: Buffer, expected: readonly Expected[]): void {
  const folder = scratchFolder();
  const path = join(folder, 'signed.pdf');
  writeFileSync(path, bytes);
  expect(bytes.subarray(0, base.length).equals(base)).toBe(true);
  expect(qpdfComplaints(bytes)).toEqual(qpdfComplaints(base));
  expect(byPoppler(path)).toEqual(expected.map(({ field, signer }, index) => ({ field, signer, isValid: true, isWhole: index === expected.length - 1 })));
  byMupdf(path, expected);
  const contents = byRanges(bytes);
  expect(contents.length).toBe(expected.length);
  for (const [index, one] of contents.entries()) byOpenssl(pki, one, expected[index]?.level ?? 'B');
  byOurselves(bytes, expected);
}

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
 * (`openssl smime -verify` fails the same way), and knows no root of ours.
 */
function byMupdf(path: string, expected: readonly Expected[]): void {
  const { stdout } = spawnSync('mutool', ['sign', '-v', path], { encoding: 'utf8' });
  const all = stdout.matchAll(/^Verifying signature (\d+):\n([^]*?)(?=^Verifying|$(?![^]))/gm);
  const said = [...all].filter(([text]) => !text.includes('is not signed')).sort((a, b) => Number(a[1]) - Number(b[1]));
  expect(said.length).toBe(expected.length);
  for (const [index, { signer, kind }] of expected.entries()) {
    const text = said[index]?.[2] ?? '';
    const whole = index === expected.length - 1 ? 'The document is unchanged since signing.' : 'The signature is valid but there have been edits since signing.';
    expect(text).toContain(`cn=${signer},`);
    expect(text).toContain(kind === 'rsa-pss' ? 'Digest error: Unknown error.' : whole);
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

function byOpenssl(pki: TestPki, { cms, signed }: Ranged, level: 'B' | 'T'): void {
  const folder = scratchFolder();
  const at = (name: string): string => join(folder, name);
  // Readers may stop at the end of the CMS; our reader takes nothing behind it, so the room's zeros are cut off.
  const der = cms.subarray(0, 4 + cms.readUInt16BE(2));
  writeFileSync(at('cms'), der);
  writeFileSync(at('signed'), signed);
  const verified = openssl(['cms', '-verify', '-binary', '-inform', 'DER', '-in', at('cms'), '-content', at('signed'), '-CAfile', pki.path('g2root'), '-purpose', 'any', '-out', at('out')]);
  expect(verified.text).toContain('CMS Verification successful');
  writeFileSync(at('signed'), Buffer.concat([signed, Buffer.from(' ')]));
  expect(openssl(['cms', '-verify', '-binary', '-inform', 'DER', '-in', at('cms'), '-content', at('signed'), '-noverify', '-out', at('out')]).ok).toBe(false);
  const read = good(readSignedData(der));
  const tokens = timestampsOf(read);
  expect(tokens.length).toBe(level === 'T' ? 1 : 0);
  for (const token of tokens) {
    writeFileSync(at('token'), token);
    writeFileSync(at('value'), read.signer.signature);
    expect(openssl(['ts', '-verify', '-token_in', '-in', at('token'), '-data', at('value'), '-CAfile', pki.path('g2root')]).text).toContain('Verification: OK');
  }
}

function byOurselves(bytes: Buffer, expected: readonly Expected[]): void {
  const file = opened(bytes);
  expect(good(auditPdf(file))).toEqual([]);
  const { signatures, unread } = good(signaturesOf(file));
  expect(unread).toEqual([]);
  expect(signatures.map(({ fields, subFilter, isInForm, isInNewest }) => ({ fields, subFilter, isInForm, isInNewest }))).toEqual(
    expected.map(({ field }) => ({ fields: [field], subFilter: 'ETSI.CAdES.detached', isInForm: true, isInNewest: true })),
  );
  for (const [index, signature] of signatures.entries()) {
    expect(signatureCoverage(file, signature)).toMatchObject({ faults: [], coversFile: index === signatures.length - 1 });
  }
}
