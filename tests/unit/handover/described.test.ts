import { expect, test } from 'vitest';
import { dossierOf, membersOf } from '../../../electron/services/handover/receiving/described.ts';
import type { Described } from '../../../electron/services/packages/index.ts';

/* Fields of a package that no table of the circular has judged, as those of an E-ARK package are. */

const head = (fields: Readonly<Record<string, string>>): Described => ({ metadata: 'metadata/descriptive/EAD.xml', kind: 'package', fields: { fileCode: 'G09.1', title: 'Hồ sơ', ...fields }, files: [] });
const received = (fields: Readonly<Record<string, string>>): NonNullable<ReturnType<typeof dossierOf>> => {
  const dossier = dossierOf([head(fields)], 'Bộ Nội vụ', '2026-11-23');
  if (dossier === undefined) throw new Error('no dossier');
  return dossier;
};

test('texts are as long as the circular has room for', () => {
  const long = 'ế'.repeat(1_000_000);
  const { fields } = received({ fileCode: long, title: long, keyword: long, inforSign: long, paperFileCode: long, description: long });
  expect([fields.notation, fields.title, fields.keyword, fields.infoSign, fields.paperCode, fields.description].map(({ length }) => length)).toEqual([100, 1000, 100, 30, 100, 2000]);
  expect(received({ title: '' }).fields.title).toBe('G09.1');
});

test('a day that no calendar has is none', () => {
  const { endDate, fields } = received({ startDate: '45/99/2025', endDate: '31/02/2025' });
  expect([endDate, fields.startDate, fields.catalog]).toEqual(['2026-11-23', null, 2026]);
  const document: Described = { metadata: 'a.xml', kind: 'doc', fields: { issuedDate: '30/02/2025' }, files: ['representations/rep1/data/0000001_a.pdf'] };
  expect(membersOf([document], [{ path: 'representations/rep1/data/0000001_a.pdf' }]).map(({ fields: its }) => its.issuedDate)).toEqual([null]);
  expect(received({ endDate: '29/02/2024' }).endDate).toBe('2024-02-29');
});

test('a year that no plan has is that of the day it came; languages are told once', () => {
  expect(received({ endDate: '01/01/0001' }).fields.catalog).toBe(2026);
  expect(received({ fileCode: 'G09.2019.1', endDate: '01/01/0001' }).fields.catalog).toBe(2019);
  expect(received({ language: '01;'.repeat(500) }).fields.language).toBe('01');
});
