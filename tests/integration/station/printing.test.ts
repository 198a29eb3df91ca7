import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OutputOf, Contract, Printed } from '#contract';
import { all, one, sql, type SqlValue } from '../../../electron/store/index.ts';
import { recipient, threeAgencies, type Agencies, type Station } from '../../fakes/station/agencies.ts';
import { drafted, numberedDraft, type MustDraft } from '../../fakes/station/drafts.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';

const day = '2026-11-20';
let agencies: Agencies;
let ministry: Station;
let ward: Station;
let must: MustDraft;

beforeEach(async () => {
  agencies = await threeAgencies({ clock: { now: () => new Date(`${day}T02:00:00.000Z`) } });
  [ministry, ward] = agencies.stations;
  must = (method, input) => ministry.must('drafting', method, input);
});
afterEach(async () => {
  await agencies.close();
});

async function textOf(station: Station, print: Printed): Promise<string> {
  const file = await station.core.readFile(print.id, 0, 50_000_000);
  if (!file.ok) throw new Error(file.failure.code);
  const path = join(scratchFolder(), print.name);
  writeFileSync(path, file.value.bytes);
  if (!print.name.endsWith('.pdf')) return Buffer.from(file.value.bytes).toString('utf8');
  execFileSync('qpdf', ['--check', path], { stdio: 'pipe' });
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).normalize('NFC').replaceAll(/\s+/g, ' ');
}

/** Three letters of the ministry to the ward: two are issued and sent, one number is voided. */
async function exchanged(): Promise<void> {
  for (const subject of ['báo cáo thứ nhất', 'báo cáo thứ hai']) {
    const id = await numberedDraft(must, await drafted(ministry.core, must, { fields: { subject, recipients: [recipient(ward)] } }), day);
    await must('seal', { document: id, form: 'paper', file: null });
    await must('issue', { document: id, send: true });
  }
  const nearly = await numberedDraft(must, await drafted(ministry.core, must, { fields: { subject: 'không đi' } }), day);
  await must('voidNumber', { document: nearly, reason: 'Ghi nhầm nơi nhận' });
  await agencies.settle();
}

async function registerAll(station: Station): Promise<string[]> {
  const { items } = await station.must('records', 'incomingList', { state: 'arrived', before: null, limit: 50 });
  const ids = items.map(({ id }) => id).toReversed();
  for (const id of ids) await station.must('records', 'registerIncoming', { id });
  return ids;
}

type Books = OutputOf<Contract['printing']['books']>;
const whole = { firstNumber: null, lastNumber: null, from: null, to: null, volume: '01' };

test('the registers print what is in them, in the order of their numbers, with what was given up and why', async () => {
  await exchanged();
  await registerAll(ward);
  const [incoming] = (await ward.must('printing', 'books', {})) satisfies Books;
  expect(incoming).toMatchObject({ register: 'incoming', documents: 2, first: 1, last: 2, year: 2026 });
  const came = await textOf(ward, await ward.must('printing', 'makeBook', { ...whole, kind: 'incoming', series: incoming?.series ?? null, year: 2026, format: 'pdf' }));
  expect(came).toContain('SỔ ĐĂNG KÝ VĂN BẢN ĐẾN');
  expect(came).toContain('ghi 2 văn bản, từ số 01 đến số 02');
  expect(came.indexOf('báo cáo thứ nhất')).toBeGreaterThan(0);
  expect(came.indexOf('báo cáo thứ hai')).toBeGreaterThan(came.indexOf('báo cáo thứ nhất'));

  const books = (await ministry.must('printing', 'books', {})) satisfies Books;
  const outgoing = books.find((one) => one.register === 'outgoing');
  const sent = await textOf(ministry, await ministry.must('printing', 'makeBook', { ...whole, kind: 'outgoing', series: outgoing?.series ?? null, year: 2026, format: 'csv' }));
  const rows = sent.split('\r\n').filter((line) => /^0\d\//.test(line));
  expect(rows.map((line) => line.split(',')[0])).toEqual(['01/BNV-VP', '02/BNV-VP', '03/BNV-VP']);
  expect(rows[2]).toContain('Đã bỏ số: Ghi nhầm nơi nhận');
  expect(rows[0]).toContain('20/11/2026');
  // A part of it, and nothing.
  const part = { ...whole, kind: 'outgoing', series: outgoing?.series ?? null, year: 2026, format: 'csv' } as const;
  expect((await textOf(ministry, await ministry.must('printing', 'makeBook', { ...part, firstNumber: 2, lastNumber: 2 }))).match(/\/BNV-VP/g)).toHaveLength(1);
  expect(await ministry.ask('printing', 'makeBook', { ...part, firstNumber: 90, lastNumber: 99 })).toMatchObject({ failure: { code: 'nothing-to-print' } });
  // What was printed stays, with its trace.
  const printed = await ministry.must('printing', 'printed', { before: null, limit: 10 });
  expect(printed.map((one) => [one.kind, one.madeBy])).toEqual([['book', 'Trần Thị Văn Thư'], ['book', 'Trần Thị Văn Thư']]);
});

test('the register says who gets a document by name, each once, whatever stands on the document itself', async () => {
  const fields = { recipients: [recipient(ward)], paperRecipients: [{ name: 'Hội Người cao tuổi', copies: 1 }], toPlaces: ['Như trên;', `${recipient(ward).name};`, 'Chủ tịch (để b/c);', 'Lưu: VT.'] };
  await numberedDraft(must, await drafted(ministry.core, must, { fields }), day);
  await numberedDraft(must, await drafted(ministry.core, must, { fields: { recipients: [], paperRecipients: [], toPlaces: ['Các phòng;', 'Lưu: VT.'] } }), day);
  const book = (await ministry.must('printing', 'books', {})).find((one) => one.register === 'outgoing');
  const text = await textOf(ministry, await ministry.must('printing', 'makeBook', { ...whole, kind: 'outgoing', series: book?.series ?? null, year: 2026, format: 'csv' }));
  expect(text).toContain(`${recipient(ward).name}; Hội Người cao tuổi; Chủ tịch (để b/c)`);
  expect(text).toContain('Các phòng; Lưu: VT');
});

test('a number that nobody has stands in the register with its reason', async () => {
  await exchanged();
  await ward.must('numbers', 'reserve', { register: 'incoming', scope: '', year: 2026, number: null, forWhom: 'Văn phòng', until: null, reason: 'Văn bản đến trong đêm' });
  await registerAll(ward);
  const [book] = await ward.must('printing', 'books', {});
  const text = await textOf(ward, await ward.must('printing', 'makeBook', { ...whole, kind: 'incoming', series: book?.series ?? null, year: 2026, format: 'pdf' }));
  expect(text).toContain('Số 01: đang giữ số cho Văn phòng');
  expect(text).toContain('lý do: Văn bản đến trong đêm');
  expect(text.indexOf('Số 01: đang giữ số')).toBeLessThan(text.indexOf('báo cáo thứ nhất'));
});

test('documents that were written down by hand, which have no series, have a register of their own', async () => {
  for (const [codeNumber, subject] of [['102', 'văn bản ghi sau'], ['101', 'văn bản ghi trước']] as const) {
    const file = { name: 'a.pdf', mediaType: 'application/pdf', ...(await ward.core.storeFile(Readable.from([Buffer.from(`%PDF-1.4 ${subject}`)]))) };
    await ward.must('records', 'recordOutgoing', {
      codeNumber, codeNotation: 'UBND-VP', issuedDate: day, place: '', typeName: 'Công văn', subject, urgency: 0, dueDate: null, signerName: 'Trần Văn Ký', signerPosition: 'CHỦ TỊCH',
      signerCompetence: '', toPlaces: ['Lưu: VT'], pageAmount: 1, paper: false, files: [file], repliesTo: null,
    });
  }
  const books = (await ward.must('printing', 'books', {})) satisfies Books;
  expect(books).toMatchObject([{ register: 'outgoing', series: null, documents: 2 }]);
  const text = await textOf(ward, await ward.must('printing', 'makeBook', { ...whole, kind: 'outgoing', series: null, year: 2026, format: 'pdf' }));
  for (const code of ['101/UBND-VP', '102/UBND-VP']) expect(text).toContain(code);
  expect(text).toContain('ghi 2 văn bản.');
});

test('the handling slip and the follow-up register tell what was directed and done', async () => {
  await exchanged();
  const [id = ''] = await registerAll(ward);
  await ward.must('handling', 'present', { id, leader: null, leaderName: 'Nguyễn Văn Lãnh Đạo', note: '' });
  const party = { unit: null, unitName: 'Văn phòng', person: null, personName: '' };
  await ward.must('handling', 'direct', {
    id, text: 'Giao Văn phòng tham mưu.', leader: null, leaderName: 'Nguyễn Văn Lãnh Đạo', delegatedAs: '', givenOn: day, fromPaper: false,
    deadline: null, assignees: [{ part: 'lead', ...party, deadline: '2026-11-27' }], withdraw: false, reason: '',
  });
  const slip = await textOf(ward, await ward.must('printing', 'makeHandlingSlip', { incoming: id }));
  expect(slip).toContain('Giao Văn phòng tham mưu.');
  expect(slip).toContain('- Chủ trì: Văn phòng (hạn 27/11/2026).');
  const [book] = await ward.must('printing', 'books', {});
  const follow = await textOf(ward, await ward.must('printing', 'makeBook', { ...whole, kind: 'follow-up', series: book?.series ?? null, year: 2026, format: 'csv' }));
  expect(follow).toContain('Đã giao xử lý');
  expect(follow).toContain('Văn phòng');
});

test('every figure of a report equals what its printed query answers, and an independent count', async () => {
  await exchanged();
  const [first = ''] = await registerAll(ward);
  await ward.must('handling', 'present', { id: first, leader: null, leaderName: 'Nguyễn Văn Lãnh Đạo', note: '' });
  const reports = [
    [ward, await ward.must('printing', 'report', { kind: 'incoming', from: '2026-01-01', to: '2026-12-31' })],
    [ministry, await ministry.must('printing', 'report', { kind: 'outgoing', from: '2026-01-01', to: '2026-12-31' })],
  ] as const;
  const print = await ward.must('printing', 'makeReport', { kind: 'incoming', from: '2026-01-01', to: '2026-12-31', format: 'pdf' });
  const text = await textOf(ward, print);
  expect(text).toContain('BÁO CÁO TÌNH HÌNH GIẢI QUYẾT VĂN BẢN ĐẾN');
  expect(text).toContain('CÁCH TÍNH');
  for (const [station, report] of reports) {
    await station.core.close();
    const store = storeIn(station.folder, station.key);
    for (const figure of report.figures) {
      const row = one<{ n: number }>(store.read, { text: figure.sql, values: [] });
      expect(row?.n, figure.label).toBe(figure.value);
    }
    for (const table of report.tables) {
      const rows = all<Record<string, SqlValue>>(store.read, { text: table.sql, values: [] });
      expect(rows.map((row) => Object.values(row).map((value) => String(value ?? '')))).toEqual(table.rows);
    }
    const value = (key: string): number => report.figures.find((figure) => figure.key === key)?.value ?? -1;
    if (report.kind === 'incoming') {
      const states = all<{ standing: string }>(store.read, sql`SELECT standing FROM incoming_document`).map((row) => row.standing);
      expect(value('total')).toBe(states.length);
      expect(value('registered')).toBe(2);
      expect(value('open')).toBe(2);
      expect(value('done') + value('open')).toBe(value('work'));
      expect(value('done-in-time') + value('done-late')).toBe(value('done'));
      expect(value('open-in-time') + value('open-late')).toBe(value('open'));
    } else {
      expect([value('total'), value('issued'), value('axis'), value('voided'), value('sent-same-day')]).toEqual([2, 2, 2, 1, 2]);
      expect(value('issued') + value('not-issued')).toBe(value('total'));
    }
    store.close();
    await station.restart();
  }
});
