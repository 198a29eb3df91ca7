import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { memoryBytes } from '../../../electron/foundation/pdf/index.ts';
import { anchorsOf, readAnchorTable } from '../../../electron/services/trust/index.ts';
import { findDifferences, noEvidence, verifyFile, type FindDifferences } from '../../../electron/services/verification/index.ts';
import { covers, higher } from '../../fakes/pdf-attacks/combined.ts';
import { at } from '../../fakes/pdf-attacks/letter.ts';
import { changed, edited, newField, scene, signedOnce, text } from '../../fakes/pdf-attacks/scene.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { allPermitted, short, signedWith, today, verdictOn } from './world.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

const numberField = newField(1, [92, 736, 130, 752], 'SoVanBan');
const offline = { certificates: [], evidence: noEvidence };

test('what the combined attacks are made of is honest: each level passes, and proves itself as far as it says', async () => {
  for (const form of ['table', 'packed', 'hybrid'] as const) {
    const bases = await higher(pki, form, 2);
    const verdicts = await Promise.all(bases.map(({ scene: { bytes } }) => verdictOn(pki, bytes)));
    expect(verdicts.map(short)).toEqual(['passed', 'passed', 'passed']);
    const alone = await Promise.all(bases.map(({ scene: { bytes } }) => verdictOn(pki, bytes, offline)));
    expect(alone.map(({ indication, signatures }) => [indication, signatures[0]?.level])).toEqual([['indeterminate', 'B'], ['passed', 'LT'], ['passed', 'LTA']]);
  }
});

test('whoever signs or stamps an honest letter afterwards is judged himself, and leaves the letter what it is', async () => {
  const honest = await scene(pki, 'table', 2);
  const results = [];
  for (const [how, cover] of covers) {
    const verdict = await verdictOn(pki, await cover(honest, honest.bytes));
    results.push([how, verdict.signatures[0]?.indication, verdict.indication, verdict.signatures[1]?.subIndication]);
  }
  expect(results).toEqual([
    ['then signed honestly by the same agency', 'passed', 'passed', null],
    ['then signed honestly by the very signer', 'passed', 'passed', null],
    ['then signed by somebody who says that he is the agency', 'passed', 'indeterminate', 'NO_CERTIFICATE_CHAIN_FOUND'],
    ['then stamped by an honest authority', 'passed', 'passed', null],
    ['then stamped by an unknown authority', 'passed', 'indeterminate', 'NO_POE'],
  ]);
});

test('long-term data taken away: the level is gone, and nothing is proven any more without the network', async () => {
  const [, proven] = await higher(pki, 'table', 2);
  if (proven === undefined) throw new Error('no base');
  const reduced = changed(proven.scene, { [at.catalog]: edited(proven.scene.bytes, at.catalog, '/DSS 300 0 R', '') });
  const alone = await verdictOn(pki, reduced, offline);
  expect([alone.indication, alone.signatures[0]?.level]).toEqual(['indeterminate', 'B']);
  const known = await verdictOn(pki, reduced);
  expect([known.indication, known.signatures[0]?.level]).toEqual(['passed', 'T']);
  expect(known.signatures[0]?.changes.map(({ code }) => code)).toContain('security-store-reduced');
});

test('a number on a certified letter is believed when its signer’s chain is known, and decided by nobody while it is not', async () => {
  const certified = await scene(pki, 'table', 2);
  const numbered = await signedOnce(pki, certified.bytes, 'clerk', { field: numberField, appearance: text('28') });
  const suspects = async (bytes: Buffer, more = {}): Promise<unknown> => (await verdictOn(pki, bytes, more)).signatures[0]?.changes.filter((one) => one.class !== 'permitted').map(({ code }) => code);
  expect(await suspects(numbered)).toEqual([]);
  // The intermediate authority lies in the CMS here, so that only the root is missing.
  expect(await suspects(numbered, { ...offline, anchors: new Map() })).toEqual(['signature-undecided']);
  const claimed = signedWith(pki, { signer: 'claimant' }, { base: certified.bytes, signer: 'claimant', wish: { field: numberField, appearance: text('28') } });
  // Whoever calls himself so and leads nowhere is no more and no less than that: it never passes.
  expect(await suspects(claimed)).toEqual(['signature-undecided']);
  expect((await verdictOn(pki, claimed)).indication).toBe('indeterminate');
});

const project = join(import.meta.dirname, '../../..');
const samples = join(project, '../shared/samples');

test.skipIf(!existsSync(samples))('a real letter: undecided while nobody knows who issued its certificates, honest as soon as that is known (needs ../shared/samples)', async () => {
  const table = readAnchorTable(JSON.parse(readFileSync(join(project, 'resources/trust/anchors.json'), 'utf8')));
  const changes = async (file: string, differences: FindDifferences): Promise<readonly string[]> => {
    const deps = { anchors: anchorsOf(table), edition: table.edition, certificates: [], evidence: noEvidence, differences };
    const verdict = await verifyFile(deps, memoryBytes(readFileSync(join(samples, file))), { at: today });
    expect(verdict.indication).toBe('indeterminate');
    return [...new Set(verdict.signatures.flatMap((one) => one.changes.filter((change) => change.class !== 'permitted').map(({ code }) => code)))];
  };
  const known: FindDifferences = (file, revision, { current, signatures }) => findDifferences(file, revision, { current, signatures: signatures.map((one) => ({ ...one, passes: one.isSound })) });
  for (const file of ['cv-11410-bxd-2026.pdf', 'cv-11410-bxd-2026-phuluc1.pdf']) {
    expect(await changes(file, findDifferences), file).toEqual(['signature-undecided']);
    expect(await changes(file, known), file).toEqual([]);
    expect(await changes(file, allPermitted), file).toEqual([]);
  }
});
