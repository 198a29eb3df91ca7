import { beforeAll, expect, test } from 'vitest';
import { memoryBytes, openPdf, signatureCoverage, signaturesOf } from '../../../electron/foundation/pdf/index.ts';
import { differencesSince } from '../../../electron/services/verification/index.ts';
import { contextOf, deskAnswer } from '../../fakes/pdf-attacks/desk.ts';
import { at, picture, stream } from '../../fakes/pdf-attacks/letter.ts';
import { changed, edited, fresh, newField, scene, signedOnce, text, type Scene } from '../../fakes/pdf-attacks/scene.ts';
import { good, testPki } from '../../fakes/pki/pki.ts';

let letter: Scene;
let numbered: Buffer;
beforeAll(async () => {
  letter = await scene(await testPki(), 'table', 2);
  numbered = await signedOnce(letter.pki, letter.bytes, 'clerk', { field: newField(1, [92, 736, 130, 752]), appearance: text('28') });
});

test('work that is used up ends the analysis with its reason, and stays so', async () => {
  const long = await scene(letter.pki, 'table', 2, { letter: { [at.content]: stream('', '0 0 1 1 re f\n'.repeat(40_000)) } });
  const bytes = await signedOnce(long.pki, long.bytes, 'clerk', { field: newField(1, [92, 736, 130, 752]), appearance: text('28') });
  const file = good(openPdf(memoryBytes(bytes)));
  const context = contextOf(good(signaturesOf(file)).signatures.map((signature) => ({ signature, coverage: signatureCoverage(file, signature) })), {});
  expect(differencesSince(file, 1, context)).toMatchObject({ ok: true, value: { overall: 'permitted' } });
  const tired = good(openPdf(memoryBytes(bytes), { limits: { work: 800_000 } }));
  expect(differencesSince(tired, 1, context)).toMatchObject({ ok: false, failure: { code: 'too-long' } });
  expect(differencesSince(tired, 1, context)).toMatchObject({ ok: false, failure: { code: 'too-long' } });
});

test('an answer is the same whichever signature is asked about first', () => {
  const each = (order: readonly number[]): readonly unknown[] => {
    const file = good(openPdf(memoryBytes(numbered)));
    const context = contextOf(good(signaturesOf(file)).signatures.map((signature) => ({ signature, coverage: signatureCoverage(file, signature) })), {});
    const answers = order.map((revision) => [revision, differencesSince(file, revision, context)] as const);
    return answers.toSorted(([a], [b]) => a - b);
  };
  expect(each([1, 2])).toEqual(each([2, 1]));
  expect(each([1, 1, 2])).toHaveLength(3);
});

test('content that an earlier revision forged is not the ground of a later signature', async () => {
  // Blank where the letter was signed, and text since: the number may not cover that, for whoever signed in between.
  const before = await signedOnce(letter.pki, letter.bytes, 'clerk', { field: newField(1, [300, 400, 330, 420]), appearance: text('1') });
  const forged = changed({ ...letter, bytes: before }, { [at.content]: stream('', 'BT /F1 12 Tf 92 740 Td (Mat) Tj ET') });
  const between = await signedOnce(letter.pki, forged, 'clerk', { field: { kind: 'new', page: 1 } });
  const last = await signedOnce(letter.pki, between, 'clerk', { field: newField(1, [92, 736, 130, 752]), appearance: text('28') });
  const file = good(openPdf(memoryBytes(last)));
  const list = good(signaturesOf(file)).signatures.map((signature) => ({ signature, coverage: signatureCoverage(file, signature) }));
  const answers = list.map(({ coverage }) => good(differencesSince(file, coverage.revision ?? -1, contextOf(list, {}))).overall);
  expect(answers).toEqual(['forbidden', 'forbidden', 'suspicious', 'permitted']);
});

test('pictures and fields in circles end', () => {
  const loop = changed(letter, { [at.text]: edited(letter.bytes, at.text, '/V(12)', '/V(34)').replace('/N 10 0 R', '/N 200 0 R'), [fresh]: stream('/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 200 0 R>>>>', '/A Do /A Do /A Do') });
  expect(deskAnswer(loop).overall).toBe('suspicious');
  const references = changed(letter, { [at.text]: edited(letter.bytes, at.text, '/V(12)', '/V 201 0 R'), 201: '202 0 R', 202: '201 0 R' });
  expect(deskAnswer(references).overall).toBe('broken');
  const states = changed(letter, { [at.text]: edited(letter.bytes, at.text, '/N 10 0 R', '/N 201 0 R'), 201: '<</Off 201 0 R>>', [fresh]: picture(1, 1, '') });
  expect(deskAnswer(states).overall).not.toBe('permitted');
});

test('a revision with a mutated byte ends with an answer', () => {
  const random = randomFrom(20_261_122);
  const own = letter.bytes.length;
  const answers = new Set<string>();
  for (let n = 0; n < 1500; n += 1) {
    const bytes = Buffer.from(numbered);
    bytes[own + Math.floor(random() * (bytes.length - own))] = Math.floor(random() * 256);
    answers.add(deskAnswer(bytes).overall);
  }
  // Most of the revision is the CMS, of which nothing is read here: that is why some are permitted.
  expect([...answers].sort()).toEqual(['broken', 'forbidden', 'permitted', 'suspicious']);
});

/** Numbers below one that are the same in each run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
