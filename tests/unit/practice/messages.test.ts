import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { practiceCorrespondents } from '../../../electron/services/practice/documents/correspondents.ts';
import { practiceMessages, type RealDocument } from '../../../electron/services/practice/documents/messages.ts';
import { practiceDays } from '../../../electron/services/practice/documents/practice-days.ts';
import { documentOf, readBack } from '../exchange/edxml-samples.ts';
import { checkWithQpdf, fonts, pagesOf } from './pdf-tools.ts';

const clock = { now: () => new Date('2026-11-23T01:00:00.000Z') };
const agency = { code: 'H99.10', name: 'Sở Khoa học và Công nghệ tỉnh Lam Giang' };

describe('practice messages', async () => {
  const messages = await practiceMessages({ clock, agency, fonts });

  test('are several, of different kinds and urgency, from known correspondents', () => {
    expect(messages.length).toBeGreaterThanOrEqual(6);
    expect(new Set(messages.map((message) => message.typeName)).size).toBeGreaterThanOrEqual(6);
    expect(new Set(messages.map((message) => message.urgency))).toEqual(new Set([0, 1, 2, 3]));
    expect(messages.some((message) => message.dueDate === null)).toBe(true);
    for (const { from } of messages) expect(practiceCorrespondents).toContainEqual(from);
    expect(new Set(messages.map((message) => message.documentId)).size).toBe(messages.length);
  });

  test('are good edXML whose file says what the message says', async () => {
    for (const message of messages) {
      const { outcome, files } = await readBack(message.bytes, 4096);
      const { header, attachments, unknown } = documentOf(outcome);
      expect(unknown).toEqual([]);
      expect(header.to.map((to) => to.organId)).toEqual([agency.code]);
      expect(`${header.code.codeNumber}/${header.code.codeNotation}`).toBe(message.code);
      expect(attachments).toHaveLength(1);
      expect(attachments[0]).toMatchObject({ mediaType: 'application/pdf', unzipped: false });
      const pdf = files[0]?.bytes ?? Buffer.alloc(0);
      checkWithQpdf(pdf);
      const pages = pagesOf(pdf);
      expect(pages).toHaveLength(Number(header.otherInfo.pageAmount));
      expect(pages[0]).toContain(`Số: ${message.code}`);
      expect(pages.join(' ')).toContain(header.signerInfo.fullName);
      expect(pages.join(' ')).toContain(message.subject);
    }
  });

  test('are the same for the same day', async () => {
    const again = await practiceMessages({ clock, agency, fonts });
    expect(again.map((message) => Buffer.from(message.bytes).toString('base64'))).toEqual(
      messages.map((message) => Buffer.from(message.bytes).toString('base64')),
    );
  });

  test('real files take the place of the first messages; those of one number travel together', async () => {
    const file = (fileName: string, number: string): RealDocument => ({
      bytes: Buffer.from(`%PDF-1.7 ${fileName}`),
      fileName,
      number,
      notation: 'BXD-KHCN',
      date: '2026-07-23',
      kind: 'Công văn',
      issuer: { code: 'G17', name: 'Bộ Xây dựng' },
      subject: 'hướng dẫn',
      signer: { competence: 'KT. BỘ TRƯỞNG', position: 'THỨ TRƯỞNG', fullName: 'Nguyễn Văn Thử' },
    });
    const real = [file('a.pdf', '11410'), file('a-phụ lục.pdf', '11410'), file('b.pdf', '12')];
    const mixed = await practiceMessages({ clock, agency, fonts, real });
    expect(mixed.map((message) => message.code)).toEqual([
      '11410/BXD-KHCN',
      '12/BXD-KHCN',
      ...messages.slice(2).map((message) => message.code),
    ]);
    const { outcome, files } = await readBack(mixed[0]?.bytes ?? Buffer.alloc(0));
    expect(documentOf(outcome).attachments.map((one) => one.name)).toEqual(['a.pdf', 'a-phụ lục.pdf']);
    expect(files[1]?.bytes.toString()).toBe('%PDF-1.7 a-phụ lục.pdf');
  });

  const samples = '../shared/samples';
  test.skipIf(!existsSync(samples))('a real signed letter comes through byte for byte (needs ../shared/samples)', async () => {
    const bytes = readFileSync(`${samples}/cv-11410-bxd-2026.pdf`);
    const real: RealDocument = {
      bytes,
      fileName: 'cv-11410-bxd-2026.pdf',
      number: '11410',
      notation: 'BXD-KHCNMT&VLXD',
      date: '2026-07-23',
      kind: 'Công văn',
      issuer: { code: 'G17', name: 'Bộ Xây dựng' },
      subject: 'hướng dẫn áp dụng Bộ thông số kỹ thuật',
      signer: { competence: 'KT. BỘ TRƯỞNG', position: 'THỨ TRƯỞNG', fullName: 'Nguyễn Danh Huy' },
      pages: 3,
    };
    const [first] = await practiceMessages({ clock, agency, fonts, real: [real] });
    const { outcome, files } = await readBack(first?.bytes ?? Buffer.alloc(0), 65_536);
    expect(documentOf(outcome).header.code.codeNotation).toBe('BXD-KHCNMT&VLXD');
    expect(files[0]?.bytes.equals(bytes)).toBe(true);
  });
});

test('practice days are working days, counted in Vietnam', () => {
  expect(practiceDays(new Date('2026-11-22T18:00:00.000Z'))).toEqual({
    today: '2026-11-23',
    yesterday: '2026-11-20',
    twoDaysAgo: '2026-11-19',
    threeDaysAgo: '2026-11-18',
    inTwoDays: '2026-11-25',
    inFiveDays: '2026-11-30',
    inTenDays: '2026-12-07',
  });
});
