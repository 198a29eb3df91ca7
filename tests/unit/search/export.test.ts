import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { changeOne, one, sql, type Store } from '../../../electron/store/index.ts';
import { inserter, madeDocuments } from '../../bench/documents.ts';
import { question, searchOver } from '../../fakes/search/service.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

function store(): Store {
  const opened = storeIn(scratchFolder());
  opened.write((db) => {
    const insert = inserter(db);
    for (const one of madeDocuments({ count: 30, seed: 3 })) insert(one);
    const { id } = one<{ id: string }>(db, sql`SELECT id FROM incoming_document ORDER BY id DESC LIMIT 1`) ?? { id: '' };
    changeOne(db, sql`UPDATE incoming_document SET subject = '=HYPERLINK("http://x","<a&b>")', code_number = '05' WHERE id = ${id}`);
  });
  return opened;
}

test('what is found is written out with the chosen fields, the question and the time, and an entry in the log', async () => {
  const opened = store();
  const search = searchOver(opened, { now: () => new Date('2026-11-20T02:03:00Z') });
  const outcome = await search.handlers.exportFound({ question: question('hyperlink', { register: 'incoming' }), fields: ['code', 'subject', 'standing'], form: 'csv', language: 'vi' });
  if (!outcome.ok) throw new Error(outcome.failure.code);
  const { bytes } = await opened.blobs.range(outcome.value.file.sha256, 0, 100_000);
  const lines = bytes.toString('utf8').split('\r\n');
  expect(lines[0]).toBe('\uFEFFKết quả tìm kiếm (in từ hệ thống)');
  expect(lines.slice(2, 5)).toEqual(['Câu tìm: hyperlink', 'Bộ lọc: Sổ: Văn bản đến', 'Lúc: 20/11/2026 09:03 · 1']);
  expect(lines[6]).toBe('"Số, ký hiệu",Trích yếu nội dung,Tình trạng');
  expect(lines[7]).toMatch(/^05\/.*,"'=HYPERLINK\(""http:\/\/x"",""<a&b>""\)",/);
  expect(one(opened.read, sql`SELECT action FROM audit_entry ORDER BY seq DESC LIMIT 1`)).toEqual({ action: 'search.exported' });
  expect(await search.handlers.exportFound({ question: question('zzzzzz'), fields: ['code'], form: 'csv', language: 'vi' })).toMatchObject({ ok: false, failure: { code: 'nothing-found' } });
});

test('the workbook is read by another program with every cell as text', async () => {
  const opened = store();
  const outcome = await searchOver(opened).handlers.exportFound({ question: question(''), fields: ['code', 'subject', 'dueDate'], form: 'xlsx', language: 'en' });
  if (!outcome.ok) throw new Error(outcome.failure.code);
  expect(outcome.value.rows).toBe(30);
  const { bytes } = await opened.blobs.range(outcome.value.file.sha256, 0, 10_000_000);
  const path = join(scratchFolder(), 'a.xlsx');
  writeFileSync(path, bytes);
  expect(execFileSync('unzip', ['-t', path]).toString()).toContain('No errors detected');
  const read = (part: string): string => execFileSync('unzip', ['-p', path, part]).toString();
  expect(read('xl/sharedStrings.xml') + read('xl/worksheets/sheet1.xml')).toMatch(/=HYPERLINK\(&quot;http:\/\/x&quot;,&quot;&lt;a&amp;b&gt;&quot;\)|=HYPERLINK\("http:\/\/x","&lt;a&amp;b&gt;"\)/);
  expect(read('xl/worksheets/sheet1.xml')).not.toContain('<f>');
});

test('the Word file is a sound archive of sound parts, and holds what senders wrote as text and nothing that Word refuses', async () => {
  const opened = store();
  const at = { now: () => new Date('2026-11-20T02:03:00Z') };
  opened.write((db) => {
    const { id } = one<{ id: string }>(db, sql`SELECT id FROM incoming_document ORDER BY id LIMIT 1`) ?? { id: '' };
    changeOne(db, sql`UPDATE incoming_document SET subject = ${`dấu \u0001 và \uFFFE lạ`} WHERE id = ${id}`);
  });
  const outcome = await searchOver(opened, at).handlers.exportFound({ question: question(''), fields: ['code', 'subject', 'dueDate'], form: 'docx', language: 'vi' });
  if (!outcome.ok) throw new Error(outcome.failure.code);
  expect(outcome.value).toMatchObject({ rows: 30, more: false, file: { name: 'ket-qua-tim-202611200203.docx' } });
  const { bytes } = await opened.blobs.range(outcome.value.file.sha256, 0, 10_000_000);
  const path = join(scratchFolder(), 'a.docx');
  writeFileSync(path, bytes);
  expect(execFileSync('unzip', ['-t', path]).toString()).toContain('No errors detected');
  if (process.env['TVT_SHOTS'] !== undefined) writeFileSync(`${process.env['TVT_SHOTS']}/desk-found.docx`, bytes);
  const parts = execFileSync('unzip', ['-Z1', path]).toString().trim().split('\n');
  expect(parts).toEqual(['[Content_Types].xml', '_rels/.rels', 'word/_rels/document.xml.rels', 'word/document.xml', 'word/footer1.xml']);
  const read = (part: string): string => execFileSync('unzip', ['-p', path, part.replace('[', '\\[')]).toString();
  for (const part of parts) wellFormed(read(part));
  const words = read('word/document.xml');
  expect(words).toContain('=HYPERLINK("http://x","&lt;a&amp;b&gt;")');
  expect(words).toContain('dấu   và   lạ');
  expect(words.match(/<w:tr>/g)).toHaveLength(31);
  expect(words).toContain('Câu tìm: —');
  expect(read('word/footer1.xml')).toContain('In từ Hệ thống (Trạm Văn thư) lúc 20/11/2026 09:03');
});

test('the PDF has the title, the question, the head on each page, and says on each that it was printed from the system', async () => {
  const opened = store();
  const outcome = await searchOver(opened, { now: () => new Date('2026-11-20T02:03:00Z') }).handlers.exportFound({
    question: question(''), fields: ['code', 'issuedDate', 'typeName', 'subject', 'issuerName', 'standing'], form: 'pdf', language: 'vi',
  });
  if (!outcome.ok) throw new Error(outcome.failure.code);
  const { bytes } = await opened.blobs.range(outcome.value.file.sha256, 0, 10_000_000);
  const path = join(scratchFolder(), 'a.pdf');
  writeFileSync(path, bytes);
  const pages = execFileSync('pdftotext', ['-layout', path, '-']).toString().split('\f').slice(0, -1);
  expect(pages.length).toBeGreaterThan(1);
  expect(pages[0]).toContain('Kết quả tìm kiếm (in từ hệ thống)');
  for (const page of pages) {
    expect(page).toContain('Trích yếu nội dung');
    expect(page).toContain('In từ Hệ thống (Trạm Văn thư) lúc 20/11/2026 09:03');
  }
  if (process.env['TVT_SHOTS'] !== undefined) writeFileSync(`${process.env['TVT_SHOTS']}/desk-found.pdf`, bytes);
});

/** Reads a part as strictly as we read what others send. */
function wellFormed(text: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
}
