import { expect, test } from 'vitest';
import { differencesSince } from '../../../electron/services/verification/index.ts';
import { signatureCoverage, signaturesOf } from '../../../electron/foundation/pdf/index.ts';
import { contextOf } from '../../fakes/pdf-attacks/desk.ts';
import { good } from '../../fakes/pki/pki.ts';
import { hasSamples, sample } from '../../unit/foundation/pdf/judges.ts';
import { opened } from '../../unit/foundation/pdf/make.ts';

/** Codes of what came after each signature of a published document, taken to be signed by one agency and one signer. */
function after(name: string, facts: Parameters<typeof contextOf>[1] = {}): readonly (readonly [string, readonly string[]])[] {
  const file = opened(sample(name));
  const list = good(signaturesOf(file)).signatures.map((signature) => ({ signature, coverage: signatureCoverage(file, signature) }));
  const context = contextOf(list, facts);
  return list.map(({ coverage }) => {
    const { overall, changes } = good(differencesSince(file, coverage.revision ?? -1, context));
    return [overall, [...new Set(changes.map(({ code }) => code))].sort()];
  });
}

test.skipIf(!hasSamples)('a certified letter that got number, day, month and seal is honest (needs ../shared/samples)', () => {
  const answers = after('cv-11410-bxd-2026.pdf');
  expect(answers.map(([overall]) => overall)).toEqual(Array.from({ length: 6 }, () => 'permitted'));
  expect(answers[0]?.[1]).toEqual(['form-extended', 'metadata-only', 'nothing-said', 'seal-touches-text', 'signature-beside-content', 'version-stated']);
});

test.skipIf(!hasSamples)('the same letter is looked at when the clerk is another agency’s (needs ../shared/samples)', () => {
  const [first] = after('cv-11410-bxd-2026.pdf', { Signature3: { agency: 'KHAC' } });
  expect(first?.[0]).toBe('suspicious');
  expect(first?.[1]).toContain('signature-other-agency');
});

test.skipIf(!hasSamples)('an annex under the hanging seal of its own signer is honest, under another’s it is looked at (needs ../shared/samples)', () => {
  const own = { Signature1: { signer: 'bo' }, Signature2: { signer: 'bo' }, Signature3: { signer: 'bo' }, Signature4: { signer: 'bo' } };
  const honest = after('cv-11410-bxd-2026-phuluc1.pdf', own);
  expect(honest.map(([overall]) => overall)).toEqual(Array.from({ length: 4 }, () => 'permitted'));
  expect(honest[0]?.[1]).toContain('seal-hangs');
  const [other] = after('cv-11410-bxd-2026-phuluc1.pdf');
  expect(other?.[0]).toBe('suspicious');
  expect(other?.[1]).toContain('picture-covers-content');
});

test.skipIf(!hasSamples)('a scan that was signed once was not changed (needs ../shared/samples)', () => {
  expect(after('nd-335-2025-signed-scan.pdf')).toEqual([['permitted', []]]);
});
