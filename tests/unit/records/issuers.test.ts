import { expect, test } from 'vitest';
import { agencyKindOf } from '../../../electron/services/records/numbers/issuers.ts';
import { run, sql } from '../../../electron/store/index.ts';
import { office } from './number-office.ts';

test.each([
  ['UBND xã Tân Lập', 'commune'],
  ['Uỷ ban nhân dân phường Bến Thành', 'commune'],
  ['HĐND và UBND đặc khu Phú Quốc', 'commune'],
  ['UBND tỉnh Lạng Sơn', 'province'],
  ['Ủy ban nhân dân thành phố Huế', 'province'],
  ['Bộ Nội vụ', 'ministry'],
  ['Văn phòng Chính phủ', 'ministry'],
  ['Bộ Chỉ huy quân sự tỉnh Lạng Sơn', 'other'],
  ['Sở Nội vụ tỉnh Lạng Sơn', 'other'],
  ['Trường THPT Xã Đoài', 'other'],
  ['Chính phủ', 'government'],
  ['', 'other'],
])('by its name %s is %s', (name, kind) => {
  expect(agencyKindOf(name)).toBe(kind);
});

test('an agency is offered the legal-normative registers of its kind, the others can be opened, and what was begun is always shown', async () => {
  const { numbers, store, take } = office();
  const shown = async (offered: boolean): Promise<string[]> => {
    const year = await numbers.year({ year: 2026 });
    return year.ok ? year.value.series.filter((one) => one.offered === offered).map(({ register, scope }) => `${register} ${scope}`.trim()) : [];
  };
  store.write((db) => run(db, sql`UPDATE office SET name = 'UBND xã Tân Lập'`));
  expect((await shown(true)).filter((one) => one.includes('legal'))).toEqual(['outgoing legal:legal-NQ', 'outgoing legal:legal-QĐ']);
  expect(await shown(false)).toEqual(['outgoing legal:legal-NĐ', 'outgoing legal:legal-TT', 'outgoing legal:legal-TTLT']);
  expect(await shown(true)).toEqual(expect.arrayContaining(['incoming', 'outgoing', 'copy']));
  // Nothing is refused: who issues one all the same has its register from then on.
  expect(take({ typeName: 'Thông tư' })).toBe('01/2026/TT-UBND');
  expect(await shown(false)).toEqual(['outgoing legal:legal-NĐ', 'outgoing legal:legal-TTLT']);
  // The office's own kinds are its own business; what somebody says goes before the name.
  await numbers.saveAbbreviation({ category: 'legal-kind', id: null, name: 'Lệnh', abbreviation: 'L' });
  expect(await numbers.saveAgencyKind({ kind: 'other' })).toMatchObject({ value: { kind: 'other', isSaid: true, legalKinds: [], confidence: 'known' } });
  expect((await shown(true)).filter((one) => one.includes('legal'))).toEqual(['outgoing legal:legal-TT', expect.stringMatching(/^outgoing legal:[0-9a-f-]{36}$/)]);
  // It was said of this office; one that follows it goes by its name again.
  store.write((db) => {
    run(db, sql`UPDATE office SET valid_to = '2026-11-22'`);
    run(db, sql`INSERT INTO office (id, organ_id, name, abbreviation, valid_from) VALUES ('next', 'next', 'Bộ Nội vụ', 'BNV', '2026-11-23')`);
  });
  expect(await numbers.rules({})).toMatchObject({ value: { agency: { kind: 'ministry', isSaid: false, legalKinds: ['legal-TT', 'legal-TTLT'] } } });
});
