import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkedSignature, waysTo } from '../../../native/pkcs11/mechanisms.ts';
import { scratchFolder } from '../store/helpers.ts';

const scheme = { kind: 'ecdsa', hash: 'sha256' } as const;

function certified(namedCurve: 'P-256' | 'P-384'): { readonly key: KeyObject; readonly certificate: X509Certificate } {
  const folder = scratchFolder();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve });
  writeFileSync(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  execFileSync('openssl', ['req', '-x509', '-new', '-key', join(folder, 'key.pem'), '-subj', '/CN=x', '-out', join(folder, 'c.pem')], { stdio: 'pipe' });
  return { key: privateKey, certificate: new X509Certificate(readFileSync(join(folder, 'c.pem'))) };
}

test.each(['P-256', 'P-384'] as const)('%s: r‖s becomes DER whatever zeros it begins with, and DER stays as it is', (curve) => {
  const { key, certificate } = certified(curve);
  let short = 0;
  // One in 128 has a leading zero byte in r or s; half of them need one more in DER.
  for (let round = 0; round < 600; round += 1) {
    const data = Buffer.from(String(round));
    const pair = sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
    if (pair[0] === 0 || pair[pair.length / 2] === 0) short += 1;
    expect(checkedSignature(scheme, { type: 'ec', curve }, certificate, data, pair)).toBeDefined();
  }
  expect(short).toBeGreaterThan(0);
  const der = sign('sha256', Buffer.from('x'), { key, dsaEncoding: 'der' });
  expect(checkedSignature(scheme, { type: 'ec', curve }, certificate, Buffer.from('x'), der)).toEqual(der);
  expect(checkedSignature(scheme, { type: 'ec', curve }, certificate, Buffer.from('y'), der)).toBeUndefined();
  expect(checkedSignature(scheme, { type: 'ec', curve }, certificate, Buffer.from('x'), Buffer.alloc(0))).toBeUndefined();
});

test('ways are what the token names; a list that names none of them is not believed', () => {
  const rsa = { type: 'rsa', bits: 2048 } as const;
  const pkcs1 = { kind: 'rsa-pkcs1', hash: 'sha256' } as const;
  const names = (offered: readonly number[]): readonly number[] => waysTo(pkcs1, rsa, offered).map(({ mechanism }) => mechanism.mechanism);
  expect(names([0x1, 0x40])).toEqual([0x1, 0x40]);
  expect(names([0x40])).toEqual([0x40]);
  expect(names([])).toEqual([0x1, 0x40]);
  expect(names([0x1041])).toEqual([0x1, 0x40]);
});

test('a digest longer than the order of the curve is cut for modules that do not cut it', () => {
  const [way] = waysTo({ kind: 'ecdsa', hash: 'sha512' }, { type: 'ec', curve: 'P-256' }, []);
  expect(way?.input(Buffer.from('x'))).toHaveLength(32);
});
