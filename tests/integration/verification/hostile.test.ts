import { beforeAll, expect, test } from 'vitest';
import type { PdfBytes } from '../../../electron/foundation/pdf/index.ts';
import { certificateState } from '../../../electron/services/verification/certificate/judge.ts';
import { trustFindings } from '../../../electron/services/verification/certificate/trust-findings.ts';
import { verifyFile } from '../../../electron/services/verification/index.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { document, make } from '../../unit/foundation/pdf/make.ts';
import { allPermitted, depsOf, signedWith, short, today, verdictOn } from './world.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

/** What is asked of the bytes, without holding them. */
function watched(bytes: Buffer): { readonly bytes: PdfBytes; readonly largest: () => number; readonly read: () => number } {
  let largest = 0;
  let read = 0;
  const note = (size: number): void => {
    largest = Math.max(largest, size);
    read += size;
  };
  return {
    largest: () => largest,
    read: () => read,
    bytes: {
      size: bytes.length,
      read(from, to) {
        note(to - from);
        return bytes.subarray(from, to);
      },
      readInto(target, from) {
        note(target.length);
        bytes.copy(target, 0, from);
      },
    },
  };
}

function large(size: number): Buffer {
  const padding = Buffer.concat([Buffer.from(`<</Length ${String(size)}>>\nstream\n`), Buffer.alloc(size, 'x'), Buffer.from('\nendstream')]);
  return make({ kind: 'table', objects: [...document, [6, padding]] });
}

test('a large file is read piece by piece and once, whatever number of signatures it has', async () => {
  const size = 24 * 1024 * 1024;
  let bytes = signedWith(pki, { signer: 'clerk' }, { base: large(size) });
  for (let n = 0; n < 4; n += 1) bytes = signedWith(pki, { signer: 'leader' }, { base: bytes });
  const one = watched(bytes);
  const verdict = await verifyFile(depsOf(pki, { differences: allPermitted }), one.bytes, { at: today });
  expect(short(verdict)).toBe('passed');
  expect(verdict.signatures).toHaveLength(5);
  expect(one.largest()).toBeLessThanOrEqual(1024 * 1024);
  expect(one.read()).toBeLessThan(1.2 * size);
});

test('a file that becomes shorter while it is read is an error of the file, not a verdict', async () => {
  const bytes = signedWith(pki, { signer: 'clerk' });
  const short: PdfBytes = { size: bytes.length, read: () => { throw new Error('the file became shorter while it was read'); } };
  await expect(verifyFile(depsOf(pki), short, { at: today })).rejects.toThrow('shorter');
});

test('when what may be spent on a file is used up, nothing more is looked for, and nothing passes by it', async () => {
  const embedded = { certificates: [], ocsps: [], crls: [], listsOf: () => [] };
  const question = { certificate: pki.certificate('clerk'), at: today, purpose: 'signing' } as const;
  const effort = { left: 1000 };
  const known = await certificateState({ ...depsOf(pki), effort }, embedded, question);
  expect(known.path.state).toBe('valid');
  expect(effort.left).toBeLessThan(1000);
  const stopped = await certificateState({ ...depsOf(pki), effort: { left: 0 } }, embedded, question);
  expect(stopped).toMatchObject({ path: { state: 'incomplete', gaveUp: true }, statuses: [] });
  const time = { existedAt: today, isProven: false, notBefore: undefined, claimedAt: undefined, now: today };
  expect(trustFindings(stopped, pki.certificate('clerk'), time)).toEqual([{ code: 'check-stopped', params: { why: 'time' } }]);
});

test('look-alikes of the issuer lead nowhere', async () => {
  const lookalikes = Array.from({ length: 6 }, (_, n) => (n % 2 === 0 ? 'fakeca' : 'lookalike'));
  expect((await verdictOn(pki, signedWith(pki, { signer: 'forged', certificates: ['forged', ...lookalikes] }))).indication).toBe('indeterminate');
});
