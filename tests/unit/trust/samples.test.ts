import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { agencyCodes, anchorsOf, checkSignedData, checkTimestamp, findPath, isSound, namePart, readAnchorTable, readSignedData, readTimestamp, timestampsOf } from '../../../electron/services/trust/index.ts';
import { good } from '../../fakes/pki/pki.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const samples = join(project, '../shared/samples');
const hasSamples = existsSync(samples);

type Row = Readonly<Record<string, string>>;
/** The judge's table: one row per signature (samples/README.md). */
function rows(): Row[] {
  const [head = '', ...lines] = readFileSync(join(samples, 'signatures.tsv'), 'utf8').trim().split('\n');
  const names = head.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((cell, n) => [names[n] ?? '', cell])));
}

/** The placeholder at a row's gap, and the parts that its ByteRange names as far as they lie in the file. */
function signatureOf(row: Row): { readonly placeholder: Buffer; readonly pieces: readonly Buffer[] } {
  const pdf = readFileSync(join(samples, row['file'] ?? ''));
  const [from = 0, length = 0, then = 0, rest = 0] = (row['byte_range'] ?? '').split(',').map(Number);
  const inside = row['range_inside_file'] === 'yes';
  const text = pdf.toString('latin1');
  const hex = inside ? text.slice(length + 1, then - 1) : (/\/Contents\s*<([0-9A-Fa-f]{4000,})>/.exec(text)?.[1] ?? '');
  return { placeholder: Buffer.from(hex, 'hex'), pieces: [pdf.subarray(from, from + length), pdf.subarray(then, then + rest)] };
}

describe.skipIf(!hasSamples)('real signatures (needs ../shared/samples)', () => {
  const anchors = anchorsOf(readAnchorTable(JSON.parse(readFileSync(join(project, 'resources/trust/anchors.json'), 'utf8'))));

  test('all are read, and each signature and its time-stamp holds where the file was left alone (needs ../shared/samples)', () => {
    const seen = rows().map((row) => {
      const { placeholder, pieces } = signatureOf(row);
      const signed = good(readSignedData(placeholder));
      const check = checkSignedData(signed, pieces);
      const token = good(readTimestamp(timestampsOf(signed)[0] ?? new Uint8Array()));
      const stamp = checkTimestamp(token, [signed.signer.signature]);
      const intact = row['range_inside_file'] === 'yes';
      expect({
        file: row['file'],
        signer: check.certificate && namePart(check.certificate.subject, 'CN'),
        issuer: check.certificate && namePart(check.certificate.issuer, 'CN'),
        bits: String(check.certificate?.key.bits),
        from: check.certificate?.notBefore.toISOString().slice(0, 10),
        to: check.certificate?.notAfter.toISOString().slice(0, 10),
        genTime: token.genTime.toISOString().replace('.000', ''),
        embedded: String(signed.certificates.length),
        after: signed.after,
        signature: check.signature,
        digest: check.digest,
        sound: isSound(check),
        stamp: stamp.sound,
      }).toEqual({
        file: row['file'],
        signer: row['signer_cn'],
        issuer: row['issuer_cn'],
        bits: row['rsa_bits'],
        from: row['cert_from'],
        to: row['cert_to'],
        genTime: row['timestamp_genTime'],
        embedded: row['certs_embedded'],
        after: 'zeros',
        signature: 'good',
        digest: intact ? 'match' : 'differs',
        sound: intact,
        stamp: true,
      });
      const claimed = signed.signer.signed?.signingTime?.toISOString().replace('.000', '') ?? '';
      expect(claimed).toBe(row['cms_signingTime']);
      return [signed.encoding, intact];
    });
    expect(seen).toHaveLength(13);
    expect(seen.filter(([encoding]) => encoding === 'ber')).toEqual([['ber', false], ['ber', false]]);
  });

  test('the authorities of their time-stamps end at the pinned roots of both generations (needs ../shared/samples)', () => {
    const ends = rows().map((row) => {
      const token = good(readTimestamp(timestampsOf(good(readSignedData(signatureOf(row).placeholder)))[0] ?? new Uint8Array()));
      const { certificate } = checkTimestamp(token, []).check;
      if (certificate === undefined) throw new Error('no certificate');
      const result = findPath({ certificate, candidates: token.signed.certificates, anchors, at: token.genTime, purpose: 'time-stamping' });
      return [row['file'], result.state, result.state === 'valid' ? result.anchor.name : ''];
    });
    const g1 = 'Co quan chung thuc so chuyen dung Chinh phu (RootCA)';
    const g2 = 'RootCA chuyên dùng Chính phủ G2';
    expect(ends.filter(([file]) => file?.startsWith('cv-11410'))).toEqual(rows().filter((row) => row['file']?.startsWith('cv-11410')).map((row) => [row['file'], 'valid', g2]));
    expect(ends.filter(([file]) => file?.startsWith('n'))).toEqual([
      ['nd-335-2025-signed-scan.pdf', 'valid', g1],
      ['nd-30-2020-congbao.pdf', 'valid', g1],
    ]);
    // Its token brings the authority's certificate alone, so the root must come from elsewhere.
    expect(ends.filter(([file]) => file?.startsWith('qd'))).toEqual([['qd-28-2018-congbao.pdf', 'incomplete', '']]);
  });

  test('agencies are named by their codes (needs ../shared/samples)', () => {
    const codes = new Set(
      rows().map((row) => {
        const [certificate] = good(readSignedData(signatureOf(row).placeholder)).certificates;
        return certificate === undefined ? '' : JSON.stringify(Object.values(agencyCodes(certificate.subject)));
      }),
    );
    expect(codes).toContain('["1057059",null]');
    expect(codes).toContain('["1032158","0102357802"]');
  });
});
