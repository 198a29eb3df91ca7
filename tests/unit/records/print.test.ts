import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { dispatchNote } from '../../../electron/services/records/print/dispatch-note.ts';
import { envelopes, envelopeSizes } from '../../../electron/services/records/print/envelope.ts';
import { writtenDay } from '../../../electron/services/records/print/form-parts.ts';
import { handlingSlip } from '../../../electron/services/records/print/handling-slip.ts';
import { bookForms, registerBook, type BookKind } from '../../../electron/services/records/print/register-book.ts';
import { reportPdf } from '../../../electron/services/records/print/report.ts';
import { csvOf, xlsxOf } from '../../../electron/services/records/print/spreadsheet.ts';
import type { TableRow } from '../../../electron/services/records/print/table.ts';
import { scratchFolder } from '../store/helpers.ts';

const fonts = documentFonts();
const office = { parentName: 'Ủy ban nhân dân tỉnh Luyện Tập', officeName: 'Ủy ban nhân dân phường Thử Nghiệm', place: 'Thử Nghiệm' };
const printed = { at: '2026-03-05T09:14:28.000Z', by: 'Trần Thị Văn Thư' };

function stored(bytes: Uint8Array): string {
  const path = join(scratchFolder(), 'print.pdf');
  writeFileSync(path, bytes);
  execFileSync('qpdf', ['--check', path], { stdio: 'pipe' });
  return path;
}

const textOf = (path: string, ...more: string[]): string => execFileSync('pdftotext', [...more, path, '-'], { encoding: 'utf8' }).normalize('NFC');
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

function book(kind: BookKind, rows: readonly TableRow[], seriesName = ''): Promise<Uint8Array> {
  return registerBook(
    { kind, ...office, year: 2026, seriesName, from: '01/01/2026', to: '05/03/2026', firstNumber: '01', lastNumber: '12a', volume: '02', documents: rows.length, ...printed },
    rows,
    fonts,
  );
}

const row = (number: number): readonly string[] => ['05/01/2026', String(number).padStart(2, '0'), 'Sở Nội vụ', `${String(100 + number)}/SNV-VP`, '02/01/2026', `Công văn: việc thứ ${String(number)} của cơ quan`, 'Văn phòng', '05/01/2026', '', ''];

test.each(['incoming', 'outgoing', 'follow-up'] as const)('the %s book has cover, first page, heads and column numbers as in annex IV', async (kind) => {
  const path = stored(await book(kind, [bookForms[kind].columns.map((_, index) => `mục${String(index + 1)}`)]));
  for (const page of ['1', '2']) {
    const cover = flat(textOf(path, '-f', page, '-l', page));
    for (const words of ['ỦY BAN NHÂN DÂN TỈNH LUYỆN TẬP', 'ỦY BAN NHÂN DÂN PHƯỜNG THỬ NGHIỆM', bookForms[kind].title.join(' '), 'Năm: 2026', 'Từ ngày 01/01/2026 đến ngày 05/03/2026', 'Quyển số: 02']) {
      expect(cover).toContain(words);
    }
    expect(cover.includes('Từ số 01 đến số 12a')).toBe(kind !== 'follow-up');
  }
  const entries = flat(textOf(path, '-f', '3'));
  bookForms[kind].columns.forEach((_, index) => {
    expect(entries).toContain(`(${String(index + 1)})`);
    expect(entries).toContain(`mục${String(index + 1)}`);
  });
  expect(bookForms[kind].columns).toHaveLength(kind === 'follow-up' ? 7 : 10);
  expect(entries).toContain('In từ Hệ thống (Trạm Văn thư) lúc 16:14 05/03/2026, người in: Trần Thị Văn Thư');
  expect(entries).toContain('Trang 3/3');
  expect(execFileSync('pdffonts', [path], { encoding: 'utf8' }).split('\n').slice(2).filter((line) => line !== '').every((line) => /Tinos/.test(line) && / yes +\w+ +yes /.test(line))).toBe(true);
});

test('the cover of one series of several names it; a symbol that is too long for its column goes on after a sign that divides it', async () => {
  const cells = bookForms.outgoing.columns.map((_, index) => (index === 0 ? '1234/UBND-TTPVHCC' : ''));
  const path = stored(await book('outgoing', [cells], 'Quyết định'));
  for (const page of ['1', '2']) expect(flat(textOf(path, '-f', page, '-l', page))).toContain('SỔ ĐĂNG KÝ VĂN BẢN ĐI (Quyết định) Năm: 2026');
  expect(textOf(path, '-f', '3', '-layout')).toMatch(/1234\/UBND-\s+TTPVHCC|1234\/\s+UBND-TTPVHCC/);
});

test.each([3, 9, 14, 19, 24, 29])('a report with %i rows before its second table leaves no table without a row on a page, and room to sign', async (count) => {
  const rows = Array.from({ length: count }, (_, index) => [`Đơn vị ${String(index + 1)}`, '1']);
  const path = stored(
    await reportPdf(
      {
        kind: 'incoming', from: '2026-01-01', to: '2026-03-05',
        figures: Array.from({ length: 17 }, (_, index) => ({ key: String(index), label: `Số liệu ${String(index + 1)}`, level: 0, value: index, sql: 'SELECT 1' })),
        tables: [{ title: 'Theo đơn vị', heads: ['Đơn vị', 'Tổng số'], rows, sql: 'SELECT 2' }, { title: 'Theo loại văn bản', heads: ['Loại văn bản', 'Số lượng'], rows: [['Công văn', '2']], sql: 'SELECT 3' }],
      },
      { ...office, day: '2026-03-05', ...printed },
      fonts,
    ),
  );
  const pages = textOf(path, '-layout').split('\f');
  for (const page of pages.filter((one) => /Theo loại văn bản \[\d+\]\s*\n/.test(one) && !one.includes('SELECT'))) expect(flat(page)).toMatch(/Loại văn bản Số lượng Công văn 2/);
  expect(pages.filter((one) => one.includes('NGƯỜI LẬP BÁO CÁO'))).toHaveLength(1);
});

test('every row of a long register is on a page once, in order, under heads of its own page; what has no document says why', async () => {
  const rows: TableRow[] = Array.from({ length: 200 }, (_, index) => row(index + 1));
  rows.splice(40, 0, { note: 'Số 40a: đã bỏ số, ngày 12/01/2026, lý do: ghi nhầm (Trần Thị Văn Thư)' });
  const path = stored(await book('incoming', rows));
  const pages = textOf(path, '-layout').split('\f').slice(2, -1);
  expect(pages.length).toBeGreaterThan(8);
  for (const page of pages) if (!/NGƯỜI IN SỔ/.test(page)) expect(page).toMatch(/Tác giả/);
  const seen = [...flat(pages.join(' ')).matchAll(/việc thứ (\d+)/g)].map((match) => Number(match[1]));
  expect(seen).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  const numbers = flat(textOf(path, '-f', '3'));
  expect(numbers.indexOf('Số 40a: đã bỏ số')).toBeGreaterThan(numbers.indexOf('140/SNV-VP'));
  expect(numbers.indexOf('Số 40a: đã bỏ số')).toBeLessThan(numbers.indexOf('141/SNV-VP'));
});

test('a row longer than a page goes on on the next, and no word of it is lost', async () => {
  const words = Array.from({ length: 3000 }, (_, index) => `từ${String(index)}`);
  const path = stored(await book('incoming', [row(1), [...row(2).slice(0, 5), words.join(' '), ...row(2).slice(6)], row(3)]));
  const found = [...textOf(path, '-raw').matchAll(/từ(\d+)/g)].map((match) => Number(match[1]));
  expect(new Set(found).size).toBe(3000);
  expect(found).toHaveLength(3000);
});

test('the handling slip holds what was directed and leaves lines for the rest', async () => {
  const path = stored(
    await handlingSlip(
      {
        ...office,
        ...printed,
        day: '2026-03-05',
        arrivalNumber: '07',
        arrivedOn: '2026-03-04',
        about: { typeName: 'Công văn', code: '12/SNV-VP', issuedDate: '2026-01-02', issuerName: 'Sở Nội vụ', subject: 'Về việc báo cáo' },
        leader: [{ by: 'Nguyễn Văn B', day: '2026-03-04', text: 'Giao Văn phòng tham mưu.', assignments: [{ name: 'Văn phòng', lead: true, deadline: '2026-03-12' }, { name: 'Phòng Kinh tế', lead: false, deadline: null }] }],
        unit: [],
        handler: [],
      },
      fonts,
    ),
  );
  const text = flat(textOf(path));
  for (const words of [
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Thử Nghiệm, ngày 05 tháng 3 năm 2026',
    'PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN',
    'Công văn số 12/SNV-VP ngày 02 tháng 01 năm 2026 của Sở Nội vụ',
    '1. Ý kiến của lãnh đạo cơ quan, tổ chức',
    'Giao Văn phòng tham mưu.',
    '- Chủ trì: Văn phòng (hạn 12/03/2026).',
    '- Phối hợp: Phòng Kinh tế.',
    '2. Ý kiến của lãnh đạo đơn vị',
    '3. Ý kiến đề xuất của người giải quyết',
  ]) {
    expect(text).toContain(words);
  }
  expect(textOf(path).match(/\.{60,}/g)).toHaveLength(10);
});

test('days below 10 and months 1 and 2 are written with a zero, other months without', () => {
  expect(writtenDay('2026-01-05')).toBe('ngày 05 tháng 01 năm 2026');
  expect(writtenDay('2026-02-28')).toBe('ngày 28 tháng 02 năm 2026');
  expect(writtenDay('2026-06-29')).toBe('ngày 29 tháng 6 năm 2026');
});

test('envelopes have their real size, one page for each addressee', async () => {
  const sender = { officeName: office.officeName, address: '01 Hùng Vương', phone: '0200', fax: '', email: 'vanthu@thu.example', website: '' };
  const to = [{ name: 'Sở Nội vụ', address: '45 Hùng Vương' }, { name: 'Sở Tài chính', address: '' }];
  const path = stored(await envelopes({ ...sender, codes: ['12/BC-UBND'], urgency: 'Hỏa tốc', to }, 'C5', printed.at, fonts));
  const info = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
  expect(info).toMatch(/Pages:\s+2/);
  const [, width = '', height = ''] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info) ?? [];
  expect(Number(width) / (72 / 25.4)).toBeCloseTo(envelopeSizes.C5.width, 0);
  expect(Number(height) / (72 / 25.4)).toBeCloseTo(envelopeSizes.C5.height, 0);
  const first = flat(textOf(path, '-l', '1'));
  for (const words of ['Địa chỉ: 01 Hùng Vương', 'Số/ký hiệu văn bản: 12/BC-UBND', 'HỎA TỐC', 'Kính gửi:', 'Sở Nội vụ', '45 Hùng Vương']) expect(first).toContain(words);
  expect(first).not.toContain('Fax');
});

test('a dispatch note lists its documents and asks for a signature', async () => {
  const documents = [{ code: '12/BC-UBND', issuedDate: '2026-03-04', title: 'Báo cáo: quý I', copies: 2, note: '' }];
  const path = stored(await dispatchNote({ ...office, ...printed, code: '05/PG-UBND', day: '2026-03-05', to: 'Sở Nội vụ', documents }, fonts));
  const text = flat(textOf(path));
  for (const words of ['Số: 05/PG-UBND', 'PHIẾU GỬI', 'Kính gửi: Sở Nội vụ', '12/BC-UBND', '04/03/2026', 'Báo cáo: quý I', 'NGƯỜI NHẬN']) expect(text).toContain(words);
});

test('a spreadsheet runs nothing that a sender wrote, and keeps the zero of 05', async () => {
  const nasty = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(1)', '05', 'a,b', 'c"d', 'hai\ndòng'];
  expect(Buffer.from(csvOf(['x'], nasty.map((one) => [one]))).toString('utf8')).toBe(
    '\uFEFFx\r\n"\'=HYPERLINK(""http://x"")"\r\n\'+1\r\n\'-1\r\n\'@SUM(1)\r\n05\r\n"a,b"\r\n"c""d"\r\n"hai\ndòng"\r\n',
  );
  const path = join(scratchFolder(), 'book.xlsx');
  writeFileSync(path, await xlsxOf({ sheet: 'Năm 2026', above: ['SỔ'], heads: ['a', 'b'], widths: [10, 20], rows: nasty.map((one) => ['05', one]) }));
  const sheet = execFileSync('unzip', ['-p', path, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' });
  expect(sheet).not.toContain('<f>');
  // Every cell is a shared string, none a number.
  expect(sheet.match(/<c [^>]*t="s"/g)).toHaveLength(1 + 2 + 2 * nasty.length);
  expect(execFileSync('unzip', ['-p', path, 'xl/sharedStrings.xml'], { encoding: 'utf8' })).toContain('=HYPERLINK(');
});
