import { expect, test } from 'vitest';
import type { DossierHit } from '#contract';
import { run, sql } from '../../../electron/store/index.ts';
import { must, openDossiers, people } from './office.ts';

const shown = ({ notation, title }: DossierHit): string => [notation, title].map((parts) => parts.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')).join(' ');

test('dossiers are found by code and title as documents are: without accents any, with accents just those; quotes, or, and minus', async () => {
  const { dossiers, open } = openDossiers();
  await open({ notation: '01.TC', title: 'Quyết toán ngân sách' });
  await open({ notation: '02.TC', title: 'Quyền sử dụng đất' });
  await open({ notation: '03.TCCB', title: 'Tuyển dụng; quyết định bổ nhiệm', maker: { unit: null, unitName: 'Phòng Quyết toán', person: null, personName: '' } });
  await open({ notation: '12.TC', title: 'Hòa giải, năm 2026' });
  const find = async (text: string): Promise<string[]> => (await must(dossiers.find({ text, limit: 10 }))).items.map(shown);
  expect(await find('quyet')).toEqual(['03.TCCB Tuyển dụng; [quyết] định bổ nhiệm', '01.TC [Quyết] toán ngân sách']);
  expect(await find('quyết toán')).toEqual(['01.TC [Quyết] [toán] ngân sách']);
  expect(await find('quyền')).toEqual(['02.TC [Quyền] sử dụng đất']);
  // Tones left out where nothing has the word just so; either way of placing them.
  expect(await find('quyêt đinh')).toEqual(['03.TCCB Tuyển dụng; [quyết] [định] bổ nhiệm']);
  expect(await find('hoà giải')).toEqual(['12.TC [Hòa] [giải], năm 2026']);
  expect(await find('"định bổ"')).toEqual(['03.TCCB Tuyển dụng; quyết [định bổ] nhiệm']);
  expect(await find('"bổ định"')).toEqual([]);
  expect(await find('đất OR hòa')).toEqual(['12.TC [Hòa] giải, năm 2026', '02.TC Quyền sử dụng [đất]']);
  expect(await find('quyet -toán')).toEqual(['03.TCCB Tuyển dụng; [quyết] định bổ nhiệm']);
  expect(await find('dat d')).toEqual(['02.TC Quyền sử [dụng] [đất]']);
  expect(await find('03.tc')).toEqual(['[03.TCCB] Tuyển dụng; quyết định bổ nhiệm']);
  expect(await find('H29.2026.12.TC')).toEqual(['[12.TC] Hòa giải, năm 2026']);
  expect(await find('2 tc')).toEqual(['[02].[TC] Quyền sử dụng đất']);
  expect(await find('   ')).toEqual([]);
});

test('who may not read a dossier does not find it, neither by code nor by words; the archivist does', async () => {
  const { dossiers, open, addPerson, sit } = openDossiers();
  const archivist = '01980000-0000-7000-8000-000000000021';
  addPerson(archivist, 'Người Lưu Trữ', null, ['archivist']);
  const made = await open({ notation: '07.TC', title: 'Hồ sơ kỷ luật', maker: { unit: null, unitName: '', person: null, personName: '' } });
  const rule = { named: [{ kind: 'person' as const, id: people.chair }] };
  const { seen } = await must(dossiers.previewAccess({ dossier: made.id, member: null, rule }));
  await must(dossiers.saveAccess({ dossier: made.id, member: null, rule, reason: 'Mật', seen }));
  const count = async (): Promise<number[]> => Promise.all(['07.TC', 'kỷ luật'].map(async (text) => (await must(dossiers.find({ text, limit: 5 }))).items.length));
  const found: number[][] = [];
  for (const person of [people.officer, people.chair, archivist]) {
    sit(person);
    found.push(await count());
  }
  expect(found).toEqual([[0, 0], [1, 1], [1, 1]]);
});

test('the list narrows to a heading with those below it and to a person, and by words in a year of thousands goes from the newest on', async () => {
  const { dossiers, plan, open, store } = openDossiers();
  const made = await plan(2026, true);
  const page = { catalog: null, plan: null, entry: null, state: null, unit: null, person: null, retention: null, words: '', before: null, limit: 50 };
  const opened: string[] = [];
  for (const entry of made.entries) {
    const { fields, documents } = await must(dossiers.prefill({ as: 'entry', entry: entry.id }));
    opened.push((await must(dossiers.open({ entry: entry.id, fields, documents }))).id);
  }
  await open({ notation: '77.X', title: 'Ngoài danh mục', maker: { unit: null, unitName: '', person: null, personName: 'Người khác' } });
  const ids = async (narrow: { readonly heading?: string; readonly person?: string; readonly words?: string }): Promise<string[]> => (await must(dossiers.list({ ...page, ...narrow }))).items.map(({ id }) => id).toSorted();
  expect(await ids({ heading: made.headings[0]?.id ?? '' })).toEqual(opened.slice(0, 2).toSorted());
  expect(await ids({ person: people.officer })).toEqual(opened.toSorted());
  store.write((db) => {
    run(
      db,
      sql`WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3200)
          INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, opened_at, opened_by, changed_at, changed_by, plain)
          SELECT printf('zz%05d', n), (SELECT id FROM office), 'open', 1, printf('zz%05d', n), 2025, printf('%05d', n), 't', 'permanent', 'z', 'A', 'z', 'A', iif(n % 10 = 0, 'chuc nam', 'le') FROM n`,
    );
  });
  const first = (await must(dossiers.list({ ...page, words: 'chuc', limit: 3 }))).items.map(({ notation }) => notation);
  expect(first).toEqual(['03200', '03190', '03180']);
  const next = await must(dossiers.list({ ...page, words: 'chục', before: 'zz03180', limit: 2 }));
  expect(next.items.map(({ notation }) => notation)).toEqual(['03170', '03160']);
  expect((await must(dossiers.list({ ...page, words: 'ngân sách' }))).items.map(({ id }) => id).toSorted()).toEqual(opened.slice(0, 2).toSorted());
});
