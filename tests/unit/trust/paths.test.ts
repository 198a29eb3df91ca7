import { beforeAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchorsOf, findPath, type PathResult, type Purpose, readAnchorTable, validatePath } from '../../../electron/services/trust/index.ts';
import { described } from '../../fakes/pki/description.ts';
import { openssl } from '../../fakes/pki/openssl.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

const roots = ['g1root', 'g2root'];
const now = new Date('2026-11-22T08:00:00Z');

function found(id: string, at = now, purpose: Purpose = 'signing', candidates = described.map((one) => one.id)): PathResult {
  return findPath({ certificate: pki.certificate(id), candidates: candidates.map(pki.certificate), anchors: pki.anchors(...roots), at, purpose });
}

function codes(result: PathResult): string[] {
  return result.state === 'incomplete' ? ['incomplete'] : result.verdict.problems.map(({ code }) => code);
}

/** OpenSSL with everything that we have, at a time. */
function opensslSays(id: string, at: Date, words: readonly string[] = []): { readonly ok: boolean; readonly text: string } {
  const others = described.filter((one) => !roots.includes(one.id)).flatMap((one) => ['-untrusted', pki.path(one.id)]);
  const trusted = roots.flatMap((root) => ['-trusted', pki.path(root)]);
  return openssl(['verify', '-attime', String(at.getTime() / 1000), ...trusted, ...others, ...words, pki.path(id)]);
}

const times = ['2009-06-01', '2012-06-01', '2018-10-01', '2021-06-01', '2025-06-01', '2026-11-22', '2029-06-01', '2031-06-01', '2041-01-01', '2046-01-01', '2049-01-01'];
const leaves = described.filter(({ extensions }) => !extensions.some((line) => line.includes('CA:TRUE'))).map(({ id }) => id);

describe('a path', () => {
  test.each(leaves.filter((id) => !id.includes('tsa') && !id.includes('ocsp')))('of %s is valid when OpenSSL says so, and only then', (id) => {
    for (const day of times) {
      const at = new Date(`${day}T00:00:00Z`);
      const judged = opensslSays(id, at);
      // What OpenSSL leaves to its caller: a purpose that we always ask for.
      const ours = codes(found(id, at)).filter((code) => code !== 'key-usage' && code !== 'extended-key-usage');
      expect([id, day, ours.length === 0, ours]).toEqual([id, day, judged.ok, ours]);
    }
  });

  test('the reason is named', () => {
    expect(codes(found('leader'))).toEqual([]);
    expect(codes(found('expired'))).toEqual(['expired']);
    expect(codes(found('future'))).toEqual(['not-yet-valid']);
    expect(codes(found('encipher'))).toEqual(['key-usage']);
    expect(codes(found('webserver'))).toEqual(['extended-key-usage']);
    expect(codes(found('strange'))).toEqual(['unknown-critical']);
    expect(codes(found('outside'))).toEqual(['name-constraint']);
    expect(codes(found('outmail'))).toEqual(['name-constraint']);
    expect(codes(found('narrow'))).toEqual([]);
    expect(codes(found('deep'))).toEqual(['path-length']);
    expect(codes(found('byperson'))).toEqual(['not-authority', 'authority-usage', 'path-length']);
    expect(codes(found('forged'))).toEqual(['incomplete']);
  });

  test('time-stamps and OCSP have their own usage, and theirs signs no document', () => {
    expect(codes(found('tsa', now, 'time-stamping'))).toEqual([]);
    expect(codes(found('tsa1', now, 'time-stamping'))).toEqual([]);
    expect(codes(found('leader', now, 'time-stamping'))).toEqual(['extended-key-usage']);
    expect(codes(found('tsa', now, 'signing'))).toEqual(['extended-key-usage']);
    expect(codes(found('g2ocsp', now, 'ocsp'))).toEqual([]);
    expect(codes(found('leader', now, 'ocsp'))).toEqual(['extended-key-usage']);
    expect(opensslSays('tsa', now, ['-purpose', 'timestampsign']).ok).toBe(true);
    expect(opensslSays('leader', now, ['-purpose', 'timestampsign']).ok).toBe(false);
  });

  test('goes over the right one of two roots of the same name', () => {
    const result = found('leader', now, 'signing', ['lookalike', 'g2ca', 'g2root']);
    expect(result.state === 'valid' && result.path.map(({ sha256 }) => sha256)).toEqual(['leader', 'g2ca', 'g2root'].map((id) => pki.certificate(id).sha256));
    expect(result).toMatchObject({ anchor: { name: 'g2root' } });
  });

  test('says where it ends: an issuer is missing, or nobody trusts the last one', () => {
    expect(found('leader', now, 'signing', [])).toMatchObject({ state: 'incomplete', untrusted: false, last: { sha256: pki.certificate('leader').sha256 } });
    expect(found('leader', now, 'signing', ['g2ca'])).toMatchObject({ state: 'incomplete', untrusted: false, last: { sha256: pki.certificate('g2ca').sha256 } });
    expect(found('forged', now, 'signing', ['lookalike'])).toMatchObject({ state: 'incomplete', untrusted: true });
  });

  test('a root of the right name that is not pinned ends nothing', () => {
    const result = findPath({ certificate: pki.certificate('forged'), candidates: [pki.certificate('lookalike')], anchors: pki.anchors('g2root'), at: now, purpose: 'signing' });
    expect(result.state).toBe('incomplete');
  });

  test('the wanted policy must hold along the whole path', () => {
    const path = ['leader', 'g2ca', 'g2root'].map(pki.certificate);
    const problems = (policies: readonly string[], of = path): string[] => validatePath({ path: of, at: now, purpose: 'signing', policies }).problems.map(({ code }) => code);
    expect(problems(['2.16.704.1.1.1.1.1'])).toEqual([]);
    expect(problems(['2.16.704.1.1.1.1.2'])).toEqual(['policy']);
    expect(problems(['2.16.704.1.1.1.1.1'], ['ec256', 'ecca', 'g2root'].map(pki.certificate))).toEqual(['policy']);
    const asked = (id: string, policy: string): boolean => opensslSays(id, now, ['-explicit_policy', '-policy', policy]).ok;
    expect([asked('leader', '2.16.704.1.1.1.1.1'), asked('leader', '2.16.704.1.1.1.1.2'), asked('ec256', '2.16.704.1.1.1.1.1')]).toEqual([true, false, false]);
  });

  test('SHA-1 below the root is remarked and not refused', () => {
    const result = found('old', new Date('2018-08-08T00:00:00Z'));
    expect(result).toMatchObject({ state: 'valid', verdict: { remarks: [{ code: 'sha1-signature', at: 0 }, { code: 'sha1-signature', at: 1 }] } });
  });

  test('thousands of look-alikes of an issuer cost bounded work', () => {
    const issuer = pki.certificate('g2ca');
    const many = Array.from({ length: 5000 }, (_, n) => ({ ...issuer, sha256: n.toString(16).padStart(64, '0'), issuer: issuer.subject }));
    const result = findPath({ certificate: pki.certificate('leader'), candidates: many, anchors: pki.anchors('g2root'), at: now, purpose: 'signing' });
    expect(result).toMatchObject({ state: 'incomplete', gaveUp: true });
  });
});

describe('the pins', () => {
  test('are full hashes; a shortened one is listed and not trusted', () => {
    const table = readAnchorTable(JSON.parse(readFileSync(join(import.meta.dirname, '../../../resources/trust/anchors.json'), 'utf8')));
    const anchors = anchorsOf(table);
    expect([...anchors.values()].map(({ name }) => name)).toEqual(['RootCA chuyên dùng Chính phủ G2', 'Co quan chung thuc so chuyen dung Chinh phu (RootCA)', 'Vietnam National Root CA']);
    expect(table.unpinned.map(({ name }) => name)).toContainEqual(expect.stringContaining('G1'));
    expect(() => readAnchorTable({ ...table, pins: [{ ...table.pins[0], sha256: 'F7BC8905…763B3F90' }] })).toThrow();
  });
});
