import { describe, expect, test } from 'vitest';
import { decreeForm, printedDate, printedNumber, type DecreeForm } from '../../../electron/services/practice/documents/decree-form.ts';
import { checkWithQpdf, fonts, inkIn, pagesOf, textOf, wordsOf } from './pdf-tools.ts';

const mm = 72 / 25.4;
const long =
  'Căn cứ chức năng, nhiệm vụ được giao, các cơ quan, đơn vị chủ động rà soát, tổ chức thực hiện nghiêm túc, kịp thời, ' +
  'bảo đảm hiệu quả; định kỳ báo cáo kết quả, khó khăn, vướng mắc để tổng hợp, xem xét, giải quyết theo thẩm quyền.';

const letter: DecreeForm = {
  superior: 'Ủy ban nhân dân tỉnh Lam Giang',
  agency: 'Sở Nội vụ',
  number: '7',
  notation: 'SNV-VP',
  place: 'Lam Giang',
  date: '2026-02-05',
  kind: '',
  subject: 'báo cáo tình hình gửi, nhận văn bản điện tử',
  addressees: ['Các sở, ban, ngành', 'Ủy ban nhân dân các xã, phường'],
  urgency: 2,
  body: [{ text: long }, { text: 'Đề nghị các cơ quan quan tâm thực hiện./.' }],
  recipients: ['Như trên', 'Lưu: VT, VP (2)'],
  signer: { authority: ['KT. Giám đốc'], position: 'Phó Giám đốc', fullName: 'Nguyễn Thị Mẫu' },
};
const decision: DecreeForm = {
  ...letter,
  kind: 'Quyết định',
  addressees: [],
  urgency: 0,
  body: [
    { text: 'Căn cứ Nghị định số 30/2020/NĐ-CP;', style: 'basis' },
    { text: 'QUYẾT ĐỊNH:', style: 'resolve' },
    ...Array.from({ length: 12 }, (_, at) => ({ lead: `Điều ${at + 1}.`, text: long })),
  ],
};

describe('forms of numbers and dates (NĐ 30/2020 Annex I)', () => {
  test('leading zeros', () => {
    expect([printedNumber('5'), printedNumber('10'), printedNumber('05')]).toEqual(['05', '10', '05']);
    expect(printedDate('Hà Nội', '2026-02-05')).toBe('Hà Nội, ngày 05 tháng 02 năm 2026');
    expect(printedDate('Hà Nội', '2026-06-29')).toBe('Hà Nội, ngày 29 tháng 6 năm 2026');
    expect(printedDate('Hà Nội', '2026-10-01')).toBe('Hà Nội, ngày 01 tháng 10 năm 2026');
  });
});

describe('a letter', async () => {
  const pdf = await decreeForm(letter, fonts);

  test('its text comes back from pdftotext', () => {
    const [page = ''] = pagesOf(pdf);
    for (const part of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'TỈNH LAM GIANG SỞ NỘI VỤ',
      'Số: 07/SNV-VP',
      'Lam Giang, ngày 05 tháng 02 năm 2026',
      'V/v báo cáo tình hình gửi, nhận văn bản điện tử',
      'THƯỢNG KHẨN',
      'Kính gửi: - Các sở, ban, ngành; - Ủy ban nhân dân các xã, phường.',
      long,
      'KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Nguyễn Thị Mẫu',
      'Nơi nhận: - Như trên; - Lưu: VT, VP (2).',
      'VĂN BẢN LUYỆN TẬP',
    ]) {
      expect(page).toContain(part);
    }
  });

  test('stands within the margins', () => {
    for (const { text, box } of wordsOf(pdf)) {
      expect(box[0], text).toBeGreaterThan(29.9 * mm);
      expect(box[2], text).toBeLessThan(195.1 * mm);
      expect(box[1], text).toBeGreaterThan(19 * mm);
    }
  });

  test('is sound for qpdf, small, and the same each time', async () => {
    checkWithQpdf(pdf);
    expect(pdf.length).toBeLessThan(150_000);
    expect(Buffer.from(await decreeForm(letter, fonts)).equals(Buffer.from(pdf))).toBe(true);
  });
});

test.each([
  ['letter', letter],
  ['decision', decision],
])('every third of every word is really drawn: %s', async (_name, form) => {
  const pdf = await decreeForm(form, fonts);
  const ink = inkIn(pdf);
  for (const { text, page, box } of wordsOf(pdf)) {
    if (text.length < 3) continue;
    const [x1, y1, x2, y2] = box;
    const third = (x2 - x1) / 3;
    for (const at of [0, 1, 2]) {
      expect(ink(page, [x1 + at * third, y1, x1 + (at + 1) * third, y2]), `${text}, third ${at + 1}`).toBeGreaterThan(0.01);
    }
  }
});

describe('a decision of two pages', async () => {
  const pdf = await decreeForm(decision, fonts);
  const pages = pagesOf(pdf);

  test('has a number on the second page only, and the signer with some of the body', () => {
    expect(pages).toHaveLength(2);
    expect(pages[1]).toMatch(/^VĂN BẢN LUYỆN TẬP - không có giá trị pháp lý 2 /);
    expect(pages[1]).toContain('Điều 12.');
    expect(pages[1]).toContain('Nguyễn Thị Mẫu');
    expect(pages[0]).not.toContain('Nguyễn Thị Mẫu');
    expect(pages[0]).toContain('QUYẾT ĐỊNH báo cáo tình hình');
    checkWithQpdf(pdf);
  });

  test.each(Array.from({ length: 14 }, (_, at) => at))('never leaves the signer alone (%i articles)', async (articles) => {
    const form = { ...decision, body: Array.from({ length: articles }, () => ({ text: long })) };
    const last = pagesOf(await decreeForm(form, fonts)).at(-1) ?? '';
    expect(last).toContain('Nguyễn Thị Mẫu');
    if (articles > 0) expect(last).toContain('thẩm quyền.');
  });
});

test('room is left for a number that is not given, long words are broken', async () => {
  const text = textOf(await decreeForm({ ...letter, number: '', body: [{ text: 'x'.repeat(400) }] }, fonts));
  expect(text).toContain('Số: /SNV-VP');
  expect(text.replaceAll(' ', '')).toContain('x'.repeat(400));
});
