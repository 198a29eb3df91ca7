import { expect, test } from 'vitest';
import { PlanState, type PlanAct } from '#contract';
import { planActs, planLife } from '../../../electron/services/dossiers/life.ts';
import { readRetention } from '../../../electron/services/dossiers/retention.ts';
import { run, sql } from '../../../electron/store/index.ts';
import { finance, must, openDossiers, refusal, tenYears } from './office.ts';

test('what may be done to a plan is the table, for every pair of state and act', () => {
  const may: Readonly<Record<PlanState, readonly PlanAct[]>> = { draft: ['change', 'approve'], approved: ['supplement', 'withdraw', 'close'], closed: ['reopen'] };
  for (const state of PlanState.options) expect(planActs(state), state).toEqual(may[state]);
  expect(Object.keys(planLife)).toHaveLength(6);
});

test('files are numbered in each large heading, with its symbol; a moved one takes the symbol of where it stands', async () => {
  const { dossiers, plan } = openDossiers();
  const made = await plan();
  expect(made.headings.map(({ mark, symbol, title }) => `${mark} ${symbol} ${title}`)).toEqual(['I TC Tài chính', 'II TCCB Tổ chức cán bộ']);
  expect(made.entries.map(({ notation }) => notation)).toEqual(['01.TC', '02.TC', '01.TCCB']);
  const [, second, third] = made.entries;
  const moved = await must(dossiers.moveInPlan({ id: made.id, version: made.version, what: 'entry', node: second?.id ?? '', into: third?.heading ?? '', before: third?.id ?? null }));
  expect(moved.entries.map(({ notation, title }) => `${notation} ${title.slice(0, 15)}`)).toEqual(['01.TC Hồ sơ về dự toá', '02.TCCB Hồ sơ về quyết ', '01.TCCB Hồ sơ bổ nhiệm,']);
  const anew = await must(dossiers.renumberPlan({ id: moved.id, version: moved.version }));
  expect(anew.entries.map(({ notation }) => notation)).toEqual(['01.TC', '01.TCCB', '02.TCCB']);
  const whole = await must(dossiers.savePlan({ id: anew.id, version: anew.version, numbering: 'whole', note: '' }));
  const through = await must(dossiers.renumberPlan({ id: whole.id, version: whole.version }));
  expect(through.entries.map(({ notation }) => notation)).toEqual(['01.TC', '02.TCCB', '03.TCCB']);
});

test('a small heading stands in a large one and no deeper; a symbol is used once; a heading with something in it stays', async () => {
  const { dossiers, plan } = openDossiers();
  let made = await plan();
  const [money, staff] = made.headings;
  const save = (heading: string | null, parent: string | null, symbol: string, title: string) =>
    dossiers.saveHeading({ id: made.id, version: made.version, heading, fields: { parent, symbol, title }, reason: '' });
  made = await must(save(null, money?.id ?? '', 'X', 'Ngân sách'));
  const small = made.headings.find(({ title }) => title === 'Ngân sách');
  expect(small).toMatchObject({ mark: '1', symbol: '', parent: money?.id });
  expect(await refusal(save(null, small?.id ?? '', '', 'Sâu quá'))).toBe('heading-depth');
  expect(await refusal(save(money?.id ?? '', staff?.id ?? '', '', 'Tài chính'))).toBe('heading-depth');
  expect(await refusal(save(null, null, 'tc', 'Khác'))).toBe('symbol-twice');
  expect(await refusal(dossiers.removeFromPlan({ id: made.id, version: made.version, what: 'heading', node: money?.id ?? '' }))).toBe('heading-not-empty');
  made = await must(dossiers.removeFromPlan({ id: made.id, version: made.version, what: 'heading', node: small?.id ?? '' }));
  expect(made.headings).toHaveLength(2);
});

test('an issued plan is only added to, with a reason; it goes back to draft while nothing was built on it; the database holds it too', async () => {
  const { dossiers, plan, store } = openDossiers();
  let made = await plan(2026, true);
  expect(made).toMatchObject({ state: 'approved', decisionNumber: '05/QĐ-UBND', entryTotal: 3, permanentTotal: 1 });
  const [first] = made.entries;
  const entry = { heading: first?.heading ?? '', number: null, title: 'Hồ sơ thêm', retention: tenYears, maker: finance, note: '' };
  expect(await refusal(dossiers.saveEntry({ id: made.id, version: made.version, entry: first?.id ?? '', fields: entry, reason: 'sửa' }))).toBe('plan-step');
  expect(await refusal(dossiers.saveEntry({ id: made.id, version: made.version, entry: null, fields: entry, reason: '' }))).toBe('reason-needed');
  expect(await refusal(dossiers.saveEntry({ id: made.id, version: made.version - 1, entry: null, fields: entry, reason: 'x' }))).toBe('plan-changed');
  made = await must(dossiers.saveEntry({ id: made.id, version: made.version, entry: null, fields: entry, reason: 'Việc mới trong năm' }));
  expect(made.entries.find(({ title }) => title === 'Hồ sơ thêm')).toMatchObject({ notation: '03.TC', addedReason: 'Việc mới trong năm' });
  expect(() => { store.write((db) => run(db, sql`UPDATE file_entry SET title = 'khác' WHERE plan = ${made.id}`)); }).toThrow('the file plan is issued');
  expect(() => { store.write((db) => run(db, sql`DELETE FROM file_heading WHERE plan = ${made.id}`)); }).toThrow('the file plan is issued');
  expect(() => { store.write((db) => run(db, sql`DELETE FROM file_plan`)); }).toThrow('never removed');

  made = await must(dossiers.withdrawPlan({ id: made.id, version: made.version, reason: 'Sai số quyết định' }));
  expect(made).toMatchObject({ state: 'draft', decisionNumber: '' });
  made = await must(dossiers.approvePlan({ id: made.id, version: made.version, decisionNumber: '06/QĐ-UBND', decisionDate: '2026-01-06', approver: 'A' }));
  const { fields, entry: from } = await must(dossiers.prefill({ as: 'entry', entry: first?.id ?? '' }));
  const dossier = await must(dossiers.open({ entry: from, fields, documents: [] }));
  expect(dossier).toMatchObject({ notation: '01.TC', catalog: 2026, plan: made.id });
  expect(await refusal(dossiers.withdrawPlan({ id: made.id, version: made.version, reason: 'x' }))).toBe('plan-in-use');
  made = await must(dossiers.closePlan({ id: made.id, version: made.version, reason: '' }));
  expect(await refusal(dossiers.open({ entry: from, fields: { ...fields, notation: '99' }, documents: [] }))).toBe('plan-step');
  expect(() => { store.write((db) => run(db, sql`INSERT INTO file_heading (id, plan, ordinal, title) VALUES ('h', ${made.id}, 9, 'x')`)); }).toThrow('closed');
  const acts = await must(dossiers.history({ id: made.id }));
  expect(acts.map(({ act }) => act)).toEqual(['created', 'heading-added', 'heading-added', 'entry-added', 'entry-added', 'entry-added', 'approved', 'entry-added', 'withdrawn', 'approved', 'closed']);
});

test('a plan of the next year takes the lines of this one; entries keep their line, and there is one plan a year', async () => {
  const { dossiers, plan } = openDossiers();
  const old = await plan(2025, true);
  const made = await must(dossiers.createPlan({ year: 2026, numbering: 'heading', note: '', copyFrom: old.id }));
  expect(made).toMatchObject({ state: 'draft', copiedFrom: old.id, entryTotal: 3 });
  expect(made.entries.map(({ notation, title, retention }) => [notation, title, retention])).toEqual(old.entries.map(({ notation, title, retention }) => [notation, title, retention]));
  expect(await refusal(dossiers.createPlan({ year: 2026, numbering: 'whole', note: '', copyFrom: null }))).toBe('plan-exists');
  expect((await must(dossiers.plans({}))).map(({ year }) => year)).toEqual([2026, 2025]);
  const empty = await must(dossiers.createPlan({ year: 2027, numbering: 'whole', note: '', copyFrom: null }));
  expect(await refusal(dossiers.approvePlan({ id: empty.id, version: empty.version, decisionNumber: '1', decisionDate: '2027-01-01', approver: 'A' }))).toBe('plan-empty');
});

test('a table of practice becomes headings and entries; bad rows say why and good ones come in', async () => {
  const { dossiers, file } = openDossiers();
  const plan = await must(dossiers.createPlan({ year: 2026, numbering: 'heading', note: '', copyFrom: null }));
  const table = await file(
    [
      'DANH MỤC HỒ SƠ NĂM 2026,,,,',
      'Số và ký hiệu hồ sơ,Tên đề mục và tiêu đề hồ sơ,Thời hạn bảo quản,Người lập hồ sơ,Ghi chú',
      ',I. TÀI CHÍNH,,,',
      ',1. Ngân sách,,,',
      '01.TC,Hồ sơ dự toán,10 năm,Phạm Văn Chuyên Viên,',
      '02.TC,Hồ sơ quyết toán,Vĩnh viễn,Phạm Văn Chuyên Viên,quan trọng',
      '02.TC,Hồ sơ trùng số,5 năm,,',
      '03.TC,Hồ sơ không rõ hạn,Đến khi hết hiệu lực,,',
      '04.TC,Hồ sơ thiếu hạn,,Trần Thị B,',
      ',II. VĂN THƯ (VT),,,',
      ',Sổ đăng ký văn bản,20,,',
      ',Tổng số: 4 hồ sơ,,,',
    ].join('\n'),
    'danh-muc.csv',
  );
  const { sheets } = await must(dossiers.lookAtPlanTable({ file: table }));
  const [sheet] = sheets;
  expect(sheet).toMatchObject({ header: 2 });
  expect(sheet?.columns.map(({ field }) => field)).toEqual(['notation', 'title', 'retention', 'person', 'note']);
  const question = { plan: plan.id, file: table, sheet: sheet?.name ?? '', header: 2, columns: sheet?.columns.map(({ index, field }) => ({ index, field })) ?? [] };
  const preview = await must(dossiers.previewPlanTable(question));
  expect(preview.bad.map(({ row, problems }) => [row, problems.map(({ code }) => code)])).toEqual([
    [7, ['notation-twice']],
    [8, ['retention-unreadable']],
    [9, ['retention-missing']],
  ]);
  expect((await must(dossiers.plan({ id: plan.id }))).entryTotal).toBe(0);
  const { plan: after } = await must(dossiers.importPlanTable(question));
  expect(after.headings.map(({ mark, symbol, title }) => [mark, symbol, title])).toEqual([['I', 'TC', 'TÀI CHÍNH'], ['1', '', 'Ngân sách'], ['II', 'VT', 'VĂN THƯ']]);
  expect(after.entries.map(({ notation, title, retention, maker }) => [notation, title, retention.years, maker.person !== null])).toEqual([
    ['01.TC', 'Hồ sơ dự toán', 10, true],
    ['02.TC', 'Hồ sơ quyết toán', null, true],
    ['01.VT', 'Sổ đăng ký văn bản', 20, false],
  ]);
  expect(await refusal(dossiers.previewPlanTable({ ...question, columns: [{ index: 1, field: 'title' }] }))).toBe('columns-missing');
});

test.each([
  ['Vĩnh viễn', { kind: 'permanent', years: null }],
  ['VV', { kind: 'permanent', years: null }],
  ['05 năm', { kind: 'years', years: 5 }],
  ['20', { kind: 'years', years: 20 }],
  ['lâu dài', undefined],
  ['0 năm', undefined],
])('reads the term %s', (text, expected) => {
  expect(readRetention(text)).toEqual(expected);
});
