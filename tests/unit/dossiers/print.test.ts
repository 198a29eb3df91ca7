import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Printed } from '#contract';
import { changeOne, sql, type Store } from '../../../electron/store/index.ts';
import { scratchFolder } from '../store/helpers.ts';
import { must, openDossiers, permanent, refusal } from './office.ts';

async function bytesOf({ blobs }: Store, { sha256, size }: Printed): Promise<Buffer> {
  return Buffer.from((await blobs.range(sha256, 0, size)).bytes);
}

async function textOf(store: Store, printed: Printed): Promise<string> {
  const path = join(scratchFolder(), 'a.pdf');
  writeFileSync(path, await bytesOf(store, printed));
  execFileSync('qpdf', ['--check', path]);
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
}

test('the file plan is printed in the form of the decree: headings with their marks, five columns, totals, and the same rows as CSV', async () => {
  const { dossiers, plan, store } = openDossiers();
  const draft = await plan();
  expect(await textOf(store, await must(dossiers.makePlan({ plan: draft.id, format: 'pdf' })))).toContain('(Dự thảo)');
  const made = await must(dossiers.approvePlan({ id: draft.id, version: draft.version, decisionNumber: '05/QĐ-UBND', decisionDate: '2026-01-05', approver: 'Lê Thị Chủ Tịch' }));
  const text = await textOf(store, await must(dossiers.makePlan({ plan: made.id, format: 'pdf' })));
  for (const part of ['DANH MỤC HỒ SƠ', 'Năm 2026', '05/QĐ-UBND ngày 05/01/2026', 'I. TÀI CHÍNH', 'II. TỔ CHỨC', '01.TCCB', 'Vĩnh viễn', '10 năm', 'có 3 hồ sơ', '1 hồ sơ bảo quản vĩnh viễn', '2 hồ sơ bảo quản có thời hạn', 'Lê Thị Chủ Tịch', 'In từ Hệ thống']) {
    expect(text.replaceAll(/\s+/g, ' '), part).toContain(part);
  }
  const csv = (await bytesOf(store, await must(dossiers.makePlan({ plan: made.id, format: 'csv' })))).toString('utf8');
  expect(csv).toContain('Số và ký hiệu hồ sơ,Tên đề mục và tiêu đề hồ sơ,Thời hạn bảo quản,Người lập hồ sơ,Ghi chú');
  expect(csv).toContain('02.TC,Hồ sơ về quyết toán ngân sách,Vĩnh viễn');
  expect((await bytesOf(store, await must(dossiers.makePlan({ plan: made.id, format: 'xlsx' })))).subarray(0, 2).toString()).toBe('PK');
});

test('what is said and signed below a table that fills its page goes to the next one, and no page is empty', async () => {
  const { dossiers, issued, open, store } = openDossiers();
  for (const count of [24, 25, 26]) {
    const ids = [];
    for (let at = 0; at < count; at += 1) ids.push(await issued({ subject: 'V/v đôn đốc báo cáo kết quả thực hiện nhiệm vụ được giao trong năm' }));
    const made = await open({}, ids.map((id) => ({ kind: 'outgoing', id })));
    const pages = (await textOf(store, await must(dossiers.makeDocumentList({ dossier: made.id, format: 'pdf' })))).split('\f').slice(0, -1);
    for (const page of pages) expect(page.replaceAll(/In từ Hệ thống.*|Trang \d.*|\s/g, '').length, `${String(count)} documents`).toBeGreaterThan(50);
    expect(pages.at(-1)).toContain('NGƯỜI LẬP HỒ SƠ');
  }
});

test('the list of documents of a dossier is made by the system, with what is destroyed by its name; permanent and term dossiers are two lists', async () => {
  const { dossiers, arrive, issued, open, store } = openDossiers();
  const letter = await arrive({ issuedDate: '2026-11-10', subject: 'V/v lập dự toán' });
  store.write((db) => {
    changeOne(db, sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256, destroyed_at) VALUES ('f', ${letter}, 1, 'goc.pdf', 'application/pdf', 1, 'h', 'z')`);
  });
  const made = await open({ title: 'Hồ sơ dự toán' }, [{ kind: 'incoming', id: letter }, { kind: 'outgoing', id: await issued() }]);
  const text = await textOf(store, await must(dossiers.makeDocumentList({ dossier: made.id, format: 'pdf' })));
  for (const part of ['MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ', 'Hồ sơ dự toán', '10/11/2026', 'lập dự toán', 'Tệp đã hủy', 'có 2 văn bản, tài liệu', 'NGƯỜI LẬP HỒ SƠ']) expect(text.replaceAll(/\s+/g, ' '), part).toContain(part);
  const [empty, forever] = [await open(), await open({ title: 'Hồ sơ giữ mãi', retention: permanent })];
  expect(await refusal(dossiers.makeDocumentList({ dossier: empty.id, format: 'pdf' }))).toBe('nothing-to-print');
  const ids = [made.id, forever.id];
  const term = await textOf(store, await must(dossiers.makeDossierList({ dossiers: ids, retention: 'years', format: 'pdf' })));
  expect(term).toContain('Thời hạn');
  expect(term).toContain('Hồ sơ dự toán');
  expect(term).not.toContain('giữ mãi');
  const lasting = await textOf(store, await must(dossiers.makeDossierList({ dossiers: ids, retention: 'permanent', format: 'pdf' })));
  expect(lasting).toContain('giữ mãi');
  expect(lasting).not.toMatch(/Thời hạn\s/);
  expect(await refusal(dossiers.makeDossierList({ dossiers: [made.id], retention: 'permanent', format: 'pdf' }))).toBe('nothing-to-print');
});
