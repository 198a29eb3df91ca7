import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { Verdict } from '#contract';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { signedWith } from '../verification/world.ts';
import { arrived, bytesOf, known, openDesk, value } from './desk-world.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

test.each([
  ['an honest file', undefined, ['Hợp lệ', 'đúng cơ quan gửi'], ['Không hợp lệ']],
  ['a forged file', Buffer.alloc(32), ['Không hợp lệ (nội dung khác với nội dung đã ký)', 'Nội dung tệp khác với nội dung đã ký'], []],
])('the sheet of %s says what TT 15/2025 art. 6 lists, and names the report that is saved beside', async (_name, messageDigest, said, unsaid) => {
  const { store, desk } = openDesk(pki);
  const id = await arrived(store, signedWith(pki, { signer: 'agency', ...(messageDigest === undefined ? {} : { messageDigest }) }));
  const found = await known(desk, id, ({ files }) => files[0]?.result?.online === true || files[0]?.result?.verdict.indication === 'failed');
  const file = found.files[0]?.file.id ?? '';
  const { sheet, report: json } = value(await desk.handlers.makeSheet({ document: id, file }));
  const path = join(scratchFolder(), 'sheet.pdf');
  writeFileSync(path, await bytesOf(store.blobs.stream(sheet.sha256)));
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, ' ');
  for (const words of ['PHIẾU KẾT QUẢ KIỂM TRA CHỮ KÝ SỐ', 'Người ký', 'Cơ quan, tổ chức quản lý', 'Đơn vị cấp chứng thư', 'Thời hạn chứng thư', 'Thời điểm ký', 'Toàn vẹn', 'Hiệu lực khi ký', ...said]) expect(text).toContain(words);
  for (const words of unsaid) expect(text).not.toContain(words);
  const report = await bytesOf(store.blobs.stream(json.sha256));
  expect(text.replaceAll(' ', '')).toContain(createHash('sha256').update(report).digest('hex'));
  expect(Verdict.parse((JSON.parse(report.toString('utf8')) as { verdict: unknown }).verdict).file.sha256).toBe(found.files[0]?.file.sha256);
  expect([sheet.kind, json.mediaType]).toEqual(['verdict', 'application/json']);
  await desk.stop();
});

test('what was not looked at yet has no sheet', async () => {
  const { store, desk } = openDesk(pki);
  const id = await arrived(store, signedWith(pki, { signer: 'agency' }));
  const file = value(await desk.handlers.ofDocument({ document: id })).files[0]?.file.id ?? '';
  expect(await desk.handlers.makeSheet({ document: id, file })).toMatchObject({ failure: { code: 'not-checked' } });
  expect(await desk.handlers.makeSheet({ document: id, file: id })).toMatchObject({ failure: { code: 'not-found' } });
});
