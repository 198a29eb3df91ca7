import { expect, test } from 'vitest';
import { fuzzVerification } from '../../soak/fuzz-verification.ts';
import { fuzzVerificationInput, isCoveredIntact, signedFiles } from '../../soak/fuzz-verification-inputs.ts';
import { testPki } from '../../fakes/pki/pki.ts';
import { allPermitted, verdictOn } from './world.ts';

// The same as `npm run soak -- verification`, with a small part of its inputs.
test('2000 spoilt files: each has a verdict in time, and none passes whose signed bytes were changed', async () => {
  const { outcomes, crashes } = await fuzzVerification(20_261_122, 2000);
  expect(crashes).toEqual([]);
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(2000);
  // Inputs that all ended alike would prove little.
  for (const outcome of ['signed passed', 'signed failed FORMAT_FAILURE', 'signed failed HASH_FAILURE', 'signed failed SIG_CRYPTO_FAILURE', 'unknown indeterminate FORMAT_FAILURE', 'signed indeterminate NO_SIGNING_CERTIFICATE_FOUND']) {
    expect(outcomes[outcome], outcome).toBeGreaterThan(0);
  }
});

test('spoilt signed files that were once called unsigned are not', async () => {
  const pki = await testPki();
  const files = signedFiles(pki);
  for (const input of [173_163, 298_980, 372_049]) {
    expect((await verdictOn(pki, fuzzVerificationInput(files, 20_261_122, input))).state, String(input)).toBe('unknown');
  }
});

test('the files that are spoilt pass as they are, and the judge of what is changed sees a changed byte', async () => {
  const pki = await testPki();
  const files = signedFiles(pki);
  for (const { bytes, contentsFrom, contentsTo } of files) {
    expect((await verdictOn(pki, bytes, { differences: allPermitted })).indication).toBe('passed');
    expect(isCoveredIntact(files, bytes)).toBe(true);
    const spoilt = Buffer.from(bytes);
    spoilt[contentsTo] = 0x21;
    expect(isCoveredIntact([{ bytes, contentsFrom, contentsTo }], spoilt)).toBe(false);
    expect(bytes.toString('latin1', contentsFrom, contentsTo)).toMatch(/^<[0-9a-f]+>$/);
  }
  expect(fuzzVerificationInput(files, 1, 5)).toEqual(fuzzVerificationInput(files, 1, 5));
});
