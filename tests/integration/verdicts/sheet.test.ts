import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { Verdict } from '#contract';
import { newField, scene, text as drawnText } from '../../fakes/pdf-attacks/scene.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { bases } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { signedWith } from '../verification/world.ts';
import { arrived, bytesOf, known, lookHere, openDesk, value } from './desk-world.ts';

type Opened = ReturnType<typeof openDesk>;

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
  const { text, sheet, json } = await printed(store, desk, id, file);
  for (const words of ['PHIẾU KẾT QUẢ KIỂM TRA CHỮ KÝ SỐ', 'Người ký', 'Cơ quan, tổ chức quản lý', 'Đơn vị cấp chứng thư', 'Thời hạn chứng thư', 'Thời điểm ký', 'Toàn vẹn', 'Hiệu lực khi ký', ...said]) expect(text).toContain(words);
  for (const words of unsaid) expect(text).not.toContain(words);
  const report = await bytesOf(store.blobs.stream(json.sha256));
  expect(text.replaceAll(' ', '')).toContain(createHash('sha256').update(report).digest('hex'));
  expect(Verdict.parse((JSON.parse(report.toString('utf8')) as { verdict: unknown }).verdict).file.sha256).toBe(found.files[0]?.file.sha256);
  expect([sheet.kind, json.mediaType]).toEqual(['verdict', 'application/json']);
  await desk.stop();
});

/** Makes the sheet and reads it. */
async function printed(store: Opened['store'], desk: Opened['desk'], document: string, file: string) {
  const { sheet, report: json } = value(await desk.handlers.makeSheet({ document, file }));
  const path = join(scratchFolder(), 'sheet.pdf');
  writeFileSync(path, await bytesOf(store.blobs.stream(sheet.sha256)));
  return { sheet, json, text: execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, ' ') };
}

/** Codes as programs write them: words without Vietnamese marks in brackets or with a hyphen, names of algorithms, keys of the catalogue. */
const raw = /\([a-z]+(?:[- ][a-z]+)*\)|\b[a-z]+[A-Z][A-Za-z]+\b|\bsha\d|rsa-|verification\.|doctor\.|undefined/;

const numberField = newField(1, [92, 736, 130, 752], 'SoVanBan');
test.each<readonly [string, () => Promise<Buffer>, boolean, readonly string[]]>([
  ['a letter whose status nobody could ask', () => Promise.resolve(signedWith(pki, { signer: 'agency' })), false, ['chưa có dữ liệu thu hồi nào', 'RSA (PKCS #1 v1.5), SHA-256, khóa RSA-4096']],
  ['a revoked certificate', () => Promise.resolve(signedWith(pki, { signer: 'superseded' })), true, ['bị thu hồi từ 01/06/2025 07:00:00 (đã có chứng thư thay thế)']],
  ['a certificate for something else', () => Promise.resolve(signedWith(pki, { signer: 'encipher' })), true, ['không được dùng vào việc này (chứng thư không dùng để ký)']],
  ['a bare file', () => Promise.resolve(bases()['table'] ?? Buffer.alloc(0)), false, ['Tệp không có chữ ký số.']],
  ['a broken file', () => Promise.resolve(Buffer.from('%PDF-1.4 nothing else')), false, ['Tệp PDF hỏng (byte 0)']],
  ['a number by somebody whom nobody can look up', async () => signedWith(pki, { signer: 'claimant' }, { base: (await scene(pki, 'table', 2)).bytes, signer: 'claimant', wish: { field: numberField, appearance: drawnText('28') } }), true, ['Trang 1. Chưa rõ: Chữ ký thêm sau']],
])('no codes stand on the sheet of %s', async (_name, make, mayAsk, said) => {
  const { store, desk } = openDesk(pki, { look: (source, question) => lookHere(pki, source, question, mayAsk) });
  const id = await arrived(store, await make());
  const file = (await known(desk, id)).files[0]?.file.id ?? '';
  const { text } = await printed(store, desk, id, file);
  for (const words of said) expect(text).toContain(words);
  expect(text).not.toMatch(raw);
  await desk.stop();
});

test('what was not looked at yet has no sheet', async () => {
  const { store, desk } = openDesk(pki);
  const id = await arrived(store, signedWith(pki, { signer: 'agency' }));
  const file = value(await desk.handlers.ofDocument({ document: id })).files[0]?.file.id ?? '';
  expect(await desk.handlers.makeSheet({ document: id, file })).toMatchObject({ failure: { code: 'not-checked' } });
  expect(await desk.handlers.makeSheet({ document: id, file: id })).toMatchObject({ failure: { code: 'not-found' } });
});
