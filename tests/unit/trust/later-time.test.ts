import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { checkSignedData, isSound, readSignedData, timestampsOf, withTimestamp } from '../../../electron/services/trust/index.ts';
import { opensslTimestamp } from '../../fakes/pki/answers.ts';
import { openssl } from '../../fakes/pki/openssl.ts';
import { good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { scratchFolder } from '../store/helpers.ts';

const content = Buffer.from('Văn bản');
let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

/** What OpenSSL signs: a CMS of another maker, with attributes of its own choice. */
function signed(...more: readonly string[]): { readonly cms: Buffer; readonly verifies: (cms: Uint8Array) => boolean } {
  const folder = scratchFolder();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('content'), content);
  const made = openssl(['cms', '-sign', '-binary', '-in', at('content'), '-signer', pki.path('clerk'), '-inkey', pki.path('clerk').replace('.pem', '.key'), '-outform', 'DER', ...more]);
  expect(made.ok).toBe(true);
  return {
    cms: made.stdout,
    verifies: (cms) => {
      writeFileSync(at('cms'), cms);
      return openssl(['cms', '-verify', '-binary', '-inform', 'DER', '-in', at('cms'), '-content', at('content'), '-noverify', '-out', at('out')]).ok;
    },
  };
}

/** Two tokens over a value; for an attribute it does not matter what about. */
function token(value: Uint8Array): Buffer {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'value'), value);
  const query = openssl(['ts', '-query', '-data', join(folder, 'value'), '-sha256', '-cert']).stdout;
  writeFileSync(join(folder, 'answer'), opensslTimestamp(pki, query));
  return openssl(['ts', '-reply', '-in', join(folder, 'answer'), '-token_out']).stdout;
}

test('a time comes into a CMS later, beside what was there; all that was signed stays as it was, to OpenSSL as well', () => {
  const { cms, verifies } = signed();
  const before = good(readSignedData(cms));
  const [first, second] = [token(before.signer.signature), token(Buffer.from('another'))];
  const padded = Buffer.concat([cms, Buffer.alloc(100)]);
  const once = good(withTimestamp(padded, first));
  const twice = good(withTimestamp(once, second));
  for (const [made, tokens] of [[once, [first]], [twice, [first, second]]] as const) {
    const after = good(readSignedData(made));
    expect([after.encoding, after.after]).toEqual(['der', 'nothing']);
    expect(timestampsOf(after).map((one) => Buffer.from(one).toString('hex')).toSorted()).toEqual(tokens.map((one) => one.toString('hex')).toSorted());
    expect(Buffer.from(after.signer.signature).equals(before.signer.signature)).toBe(true);
    expect(Buffer.from(after.signer.signed?.der ?? []).equals(before.signer.signed?.der ?? Buffer.of(0))).toBe(true);
    expect(after.certificates.map(({ sha256 }) => sha256)).toEqual(before.certificates.map(({ sha256 }) => sha256));
    expect(isSound(checkSignedData(after, [content]))).toBe(true);
    expect(verifies(made)).toBe(true);
  }
  expect(withTimestamp(Buffer.from('no CMS'), first)).toMatchObject({ ok: false, failure: { code: 'malformed' } });
});

test('a digest stands for the bytes where there are signed attributes, and only there', () => {
  const byDigest = (algorithm: string): Uint8Array => createHash(algorithm).update(content).digest();
  const other = (algorithm: string): Uint8Array => createHash(algorithm).update('other').digest();
  const usual = good(readSignedData(signed().cms));
  expect(isSound(checkSignedData(usual, byDigest))).toBe(true);
  expect(checkSignedData(usual, other)).toMatchObject({ digest: 'differs', signature: 'good' });
  const bare = good(readSignedData(signed('-noattr').cms));
  expect(isSound(checkSignedData(bare, [content]))).toBe(true);
  expect(checkSignedData(bare, byDigest).signature).toBe('unsupported');
});
