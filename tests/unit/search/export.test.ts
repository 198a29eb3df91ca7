import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
