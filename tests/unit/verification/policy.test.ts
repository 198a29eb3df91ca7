import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { signatureCoverage, signaturesOf } from '../../../electron/foundation/pdf/index.ts';
import { differencesSince, findDifferences, policy } from '../../../electron/services/verification/index.ts';
import { contextOf } from '../../fakes/pdf-attacks/desk.ts';
import { newField, scene, signedOnce, text } from '../../fakes/pdf-attacks/scene.ts';
import { good, testPki } from '../../fakes/pki/pki.ts';
import { opened } from '../foundation/pdf/make.ts';

test.each(['vi', 'en'])('every row of the policy has its words in %s', (language) => {
  const words = JSON.parse(readFileSync(new URL(`../../../resources/locales/${language}.json`, import.meta.url), 'utf8')) as Readonly<Record<string, string>>;
  expect(Object.keys(policy).filter((row) => (words[`verification.change.${row}`] ?? '') === '')).toEqual([]);
});

test('nothing is milder in a certified file than in another, but annotations at level 3', () => {
  const order = ['permitted', 'undecided', 'suspicious', 'forbidden'];
  const milder = Object.entries(policy).filter(([, { classes }]) => classes.slice(1).some((one) => order.indexOf(one) < order.indexOf(classes[0])));
  expect(milder.map(([row]) => row)).toEqual(['annotation-added', 'annotation-changed']);
});

const none = { organization: '', budgetCode: '', taxCode: '' };

test.each([
  ['the same budget code under another name', { organization: 'Bộ A', budgetCode: '1' }, { organization: 'Văn phòng Bộ A', budgetCode: '1' }, 'permitted'],
  ['another budget code under the same name', { organization: 'Bộ A', budgetCode: '1' }, { organization: 'Bộ A', budgetCode: '2' }, 'suspicious'],
  ['the same tax code', { budgetCode: '1', taxCode: '9' }, { taxCode: '9' }, 'permitted'],
  ['the same name, spelt otherwise', { organization: 'BỘ  XÂY DỰNG' }, { organization: 'Bộ Xây dựng'.normalize('NFD') }, 'permitted'],
  ['another name', { organization: 'Bộ A' }, { organization: 'Bộ B' }, 'suspicious'],
  ['nothing said by either', {}, {}, 'suspicious'],
] as const)('whether a clerk is of the agency that certified: %s', async (_, leader, clerk, overall) => {
  const { pki, bytes } = await scene(await testPki(), 'table', 2);
  const file = opened(await signedOnce(pki, bytes, 'clerk', { field: newField(1, [92, 736, 130, 752]), appearance: text('28') }));
  const facts = good(signaturesOf(file)).signatures.map((signature, n) => ({
    dictionary: signature.dictionary.holder.number,
    revision: signatureCoverage(file, signature).revision ?? null,
    isSound: true,
    ...none,
    ...(n === 0 ? leader : clerk),
  }));
  const [current] = facts;
  if (current === undefined) throw new Error('no signature');
  expect(good(findDifferences(file, 1, { current, signatures: facts })).overall).toBe(overall);
});

test.each([
  ['its chain is not known yet, all else is as it should be', { passes: false, isUndecided: true }, [92, 736, 130, 752], 'undecided', 'signature-undecided'],
  ['and it stands on text', { passes: false, isUndecided: true }, [70, 735, 130, 752], 'suspicious', 'picture-covers-content'],
  ['and it is another agency’s', { passes: false, isUndecided: true, agency: 'KHAC' }, [92, 736, 130, 752], 'suspicious', 'signature-other-agency'],
  ['and it is broken', { passes: false, isUndecided: true, isSound: false }, [92, 736, 130, 752], 'suspicious', 'signature-unsound'],
  ['something else stands against it', { passes: false }, [92, 736, 130, 752], 'suspicious', 'signature-fails'],
] as const)('a number on a certified letter when %s', async (_, facts, box, overall, code) => {
  const { pki, bytes } = await scene(await testPki(), 'table', 2);
  const file = opened(await signedOnce(pki, bytes, 'clerk', { field: newField(1, [...box], 'Moi'), appearance: text('28') }));
  const list = good(signaturesOf(file)).signatures.map((signature) => ({ signature, coverage: signatureCoverage(file, signature) }));
  const answer = good(differencesSince(file, 1, contextOf(list, { Moi: facts })));
  expect([answer.overall, answer.changes.some((one) => one.code === code)]).toEqual([overall, true]);
});

test('each change says where: revision, page and box to render before and after', async () => {
  const { pki, bytes } = await scene(await testPki(), 'table', 2);
  const file = opened(await signedOnce(pki, bytes, 'clerk', { field: newField(2, [70, 735, 130, 752], 'De'), appearance: text('28') }));
  const list = good(signaturesOf(file)).signatures.map((signature) => ({ signature, coverage: signatureCoverage(file, signature) }));
  const { changes, pages } = good(differencesSince(file, 1, contextOf(list, {})));
  expect(changes.find(({ code }) => code === 'picture-covers-content')).toMatchObject({ class: 'suspicious', rule: 'picture-covers-content', revision: 2, page: 1, box: [70, 735, 130, 752], field: 'De' });
  expect(pages).toEqual([{ revision: 1, count: 2 }, { revision: 2, count: 2 }]);
});
