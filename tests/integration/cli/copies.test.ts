import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dossierOf } from '../../fakes/handover/copy-office.ts';
import { openProfile, taker } from '../../fakes/handover/profile.ts';
import { pagesOf } from '../../unit/practice/pdf-tools.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { paper } from '../signing/papers.ts';
import { json, tvt } from './tvt.ts';
import { keyFile } from '../../../electron/platform/secrets/key-file.ts';

test('copies from the terminal: given of chosen documents and saved, listed, and certified ones left waiting for the agency', async () => {
  const root = scratchFolder();
  const folder = join(root, 'profile');
  const p = ['--profile', folder];
  // The terminal makes the profile with its key; the documents come in beside it.
  tvt(['dossier', 'list', ...p]);
  const obtained = await keyFile(folder).obtain(false);
  if (!obtained.ok) throw new Error(obtained.failure.code);
  const profile = await openProfile(folder, taker, { key: obtained.value.key });
  await profile.must('station', 'saveStation', { ...taker, operator: 'Phạm Thị Lưu Trữ' });
  const { dossier } = await dossierOf(profile.must, [await profile.store('a.pdf', 'application/pdf', await paper()), await profile.store('b.docx', 'application/msword', Buffer.from('PK'))]);
  await profile.core.close();

  const to = join(root, 'ra');
  const order = ['copy', 'give', dossier.id, ...p, '--recipient', 'Nguyễn Thị Bình', '--content', 'Đối chiếu hồ sơ'];
  const given = json([...order, '--document', '1', '--approved', '2026-11-03', '--to', to]);
  expect(given).toMatchObject({ exit: 0, ok: true, value: { refused: [], copy: { kind: 'plain', downloadUntil: '2026-11-18', removeOn: '2026-11-23', files: [{ state: 'ready' }] } } });
  const [name = ''] = readdirSync(to);
  expect(name).toBe('01 Bản sao 1-QĐ-UBND a.pdf');
  expect(pagesOf(readFileSync(join(to, name)))[0]).toContain('BẢN SAO');
  execFileSync('qpdf', ['--check', join(to, name)]);
  // Called again it takes no file's place.
  expect(json([...order, '--document', '1', '--to', to])).toMatchObject({ exit: 0, value: { paths: [join(to, '01 Bản sao 1-QĐ-UBND a (2).pdf')] } });
  const partly = tvt([...order]);
  expect([partly.exit, partly.out.includes('! b.docx: Chỉ sao được tệp PDF')]).toEqual([1, true]);
  expect(tvt([...order, '--document', '7']).exit).toBe(2);
  expect(tvt([...order, '--purpose', '9']).exit).toBe(2);
  expect(json([...order, '--document', '1', '--certified', '--to', join(root, 'cho')])).toMatchObject({ exit: 0, value: { paths: [], copy: { kind: 'certified', files: [{ state: 'waiting' }] } } });
  const listed = tvt(['copy', 'list', dossier.id, ...p, '--to', join(root, 'het')]);
  expect(listed.out).toContain('Bản sao có xác thực cho Nguyễn Thị Bình');
  expect(listed.out).toContain('Tải, gửi đến hết 2026-11-18; xóa từ 2026-11-23.');
  expect(existsSync(join(root, 'het'))).toBe(true);
  expect(tvt(['copy', 'list', ...p]).exit).toBe(2);
});
