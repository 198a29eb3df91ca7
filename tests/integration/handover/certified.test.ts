import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Contract, InputOf, ReceivedPackage } from '#contract';
import { memoryBytes } from '../../../electron/foundation/pdf/index.ts';
import { checkPackage } from '../../../electron/services/packages/index.ts';
import { pdfAFacts } from '../../../electron/services/packages/pdf-a/structure.ts';
import { laidThere, submittedFields } from '../../fakes/handover/submitted.ts';
import { openProfile, taker, type Profile } from '../../fakes/handover/profile.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { xpath } from '../packages/judges.ts';
import { signedWith } from '../verification/world.ts';

let pki: TestPki;
let root: string;
let place: string;
let profile: Profile;

beforeAll(async () => {
  pki = await testPki();
});
beforeEach(async () => {
  root = scratchFolder();
  place = join(root, 'place');
  mkdirSync(place);
  profile = await openProfile(join(root, 'archive'), taker, { place });
});
afterEach(async () => {
  await profile.core.close();
});

/** Takes a package of so many documents into the holdings, with its AIP. */
async function taken(documents: number, attached = 0): Promise<ReceivedPackage> {
  const packages = join(root, 'packages');
  mkdirSync(packages);
  await laidThere(packages, 1, { documents, bytes: 500, attached });
  const begun = await profile.must('handover', 'startReceipt', { fields: submittedFields });
  const checked = await profile.core.handover.takeFrom(begun.id, [packages]);
  if (!checked.ok) throw new Error(JSON.stringify(checked.failure));
  const decided = await profile.must('handover', 'decide', { id: begun.id, version: checked.value.version, packages: null, decision: null, reason: '' });
  await profile.must('handover', 'conclude', { id: decided.id, version: decided.version, number: '1/BB', archive: true });
  const [one] = await profile.must('handover', 'packages', { receipt: begun.id, after: 0, limit: 10 });
  if (one === undefined) throw new Error('one was taken');
  return one;
}

type Wish = InputOf<Contract['holdings']['makeCertification']>;
const wish = (one: ReceivedPackage, more: Partial<Wish> = {}): Wish => ({
  package: one.id,
  request: { id: 'YC-2026-07', day: '2026-11-20', purpose: '01', content: 'Bổ sung hồ sơ hưởng chế độ', payer: '', topic: '', description: '' },
  recipient: { name: 'Nguyễn Thị Bình', id: '079184001234' },
  validUntil: '2027-06-30',
  documents: null,
  certification: { archive: 'historical', copies: 2 },
  ...more,
});

const there = { output: 'folder', drive: null } as const;
/** Lines of a PDF as poppler reads them, in the order of the page. */
function textOf(pdf: Uint8Array): string {
  const path = join(root, `${createHash('sha256').update(pdf).digest('hex').slice(0, 8)}.pdf`);
  writeFileSync(path, pdf);
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
}
const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ');

test('văn bản xác thực says the eleven items of art. 42.2 in their order, as PDF/A, and nothing is given out by it', async () => {
  const one = await taken(3, 1);
  const [first, second] = await profile.must('holdings', 'documents', { package: one.id, after: 0, limit: 10 });
  const { file, code, uuid, state } = await profile.must('holdings', 'makeCertification', wish(one, { documents: [first?.docCode ?? ''] }));
  expect(state).toBe('waiting');
  const pdf = await profile.file(file.id);
  expect(pdfAFacts(memoryBytes(pdf))).toEqual({ part: '2', conformance: 'B', broken: [] });
  const path = join(root, 'text.pdf');
  writeFileSync(path, pdf);
  expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain('No syntax or stream encoding errors');
  const fonts = execFileSync('pdffonts', [path], { encoding: 'utf8' }).trim().split('\n').slice(2);
  expect(fonts.filter((line) => !/\byes\s+\w+\s+yes\b/.test(line))).toEqual([]);
  const said = squeezed(textOf(pdf));
  const words = ['VĂN BẢN XÁC THỰC', 'Mã xác thực lưu trữ', code, 'Tên lưu trữ lịch sử', taker.name, 'Họ và tên: Nguyễn Thị Bình', '079184001234', `H29.08.${first?.docCode ?? ''}`, '1/QĐ-BNV', 'Tên loại tài liệu Quyết định', first?.subject ?? '', 'Mục đích sử dụng Cá nhân: Bổ sung hồ sơ hưởng chế độ', 'Ngày cấp', 'Đến ngày 30/06/2027', 'Số lượng bản 02 bản', `uuid-${uuid}`, '(Chữ ký số của cơ quan, tổ chức)', 'DANH MỤC TÀI LIỆU ĐƯỢC XÁC THỰC', 'Tệp kèm theo 1:'];
  const places = words.map((part) => said.indexOf(part));
  expect(words.filter((_, index) => places[index] === -1)).toEqual([]);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(code).toMatch(/^H29\.08\.\d{4}\.[0-9A-F]{12}$/);
  expect(await profile.must('holdings', 'useCopies', { package: one.id, before: null, limit: 10 })).toEqual([]);
  expect(readdirSync(place)).toEqual([]);
  // A single file is named on the sheet itself.
  const alone = await profile.must('holdings', 'makeCertification', wish(one, { documents: [second?.docCode ?? ''] }));
  const sheet = textOf(await profile.file(alone.file.id));
  expect([sheet.includes('Mã SHA-256 của tệp tài liệu:'), sheet.includes('DANH MỤC'), sheet.split('\f').length]).toEqual([true, false, 2]);
  // Of several documents the items of each stand in a list behind it; out of a lưu trữ hiện hành the agency stands in place of the historical archive.
  const whole = await profile.must('holdings', 'makeCertification', wish(one, { validUntil: null, certification: { archive: 'current', copies: 1 } }));
  const all = squeezed(textOf(await profile.file(whole.file.id)));
  for (const part of ['Theo danh mục kèm theo (3 tài liệu)', 'DANH MỤC TÀI LIỆU ĐƯỢC XÁC THỰC', '3/QĐ-BNV', 'Không quy định thời hạn', 'Tên cơ quan, tổ chức quản lý tài']) expect(all).toContain(part);
  expect(all).not.toContain('Tên lưu trữ lịch sử');
  expect(whole.code).not.toBe(code);
});

test('a certified copy takes the signed text along in a package that the validator passes, and stays on record with code and signer', async () => {
  const one = await taken(2, 2);
  const asked = wish(one);
  const { id, file, code, uuid } = await profile.must('holdings', 'makeCertification', asked);
  const made = await profile.file(file.id);
  const signed = signedWith(pki, { signer: 'agency' }, { signer: 'agency', base: made });
  expect(pdfAFacts(memoryBytes(signed))).toEqual({ part: '2', conformance: 'B', broken: [] });
  const { certification: _, ...copied } = asked;
  expect(await profile.refusal('holdings', 'makeUseCopy', { ...copied, ...there, certification: id })).toBe('certification-unsigned');
  const brought = await profile.must('holdings', 'bringCertification', { id, signed: await profile.store('Văn bản xác thực đã ký.pdf', 'application/pdf', signed) });
  expect(brought).toMatchObject({ state: 'signed', signed: { way: 'outside', by: expect.stringContaining('BỘ THỬ NGHIỆM') as string } });
  expect((await profile.file(file.id)).equals(signed)).toBe(true);
  const { copy, made: dip } = await profile.must('holdings', 'makeUseCopy', { ...copied, ...there, certification: id });
  expect(copy).toMatchObject({ fit: true, documents: 2, objectId: `uuid-${uuid}`, certified: { code, copies: 2, signer: expect.stringContaining('BỘ THỬ NGHIỆM') as string } });
  const folder = join(place, dip.path);
  const report = await checkPackage(folder);
  expect([report.fit, report.profile, report.findings.filter(({ level }) => level === 'must')]).toEqual([true, 'tt05-dip', []]);
  const text = join(folder, 'documentation/van-ban-xac-thuc.pdf');
  expect(readFileSync(text).equals(signed)).toBe(true);
  expect(execFileSync('pdfsig', ['-nocert', text], { encoding: 'utf8' })).toContain('Signature is Valid.');
  expect(xpath(join(folder, 'METS.xml'), 'string(//*[local-name()="file"][*[contains(@*[local-name()="href"], "van-ban-xac-thuc.pdf")]]/@CHECKSUM)').toLowerCase()).toBe(createHash('sha256').update(signed).digest('hex'));
  // The digests in the text are those of the files in the package, attachments too, and the signature of the text covers them.
  const said = textOf(signed).replaceAll(/[^0-9a-f]/g, '');
  expect(readdirSync(join(folder, 'representations/rep1/data'))).toHaveLength(4);
  for (const name of readdirSync(join(folder, 'representations/rep1/data'))) {
    const digest = createHash('sha256').update(readFileSync(join(folder, 'representations/rep1/data', name))).digest('hex');
    for (let at = 0; at < 64; at += 16) expect(said).toContain(digest.slice(at, at + 16));
  }
  expect(await profile.must('holdings', 'useCopies', { package: one.id, before: null, limit: 10 })).toEqual([copy]);
  const history = await profile.must('dossiers', 'history', { id: one.dossier ?? '' });
  expect(history.at(-1)?.detail).toMatchObject({ certified: code, copies: 2 });
  expect(await profile.refusal('holdings', 'makeUseCopy', { ...copied, ...there, certification: id })).toBe('certification-used');
  expect(await profile.must('holdings', 'certifications', { package: one.id })).toEqual([]);
  expect(await profile.refusal('holdings', 'discardCertification', { id, reason: 'Thử' })).toBe('certification-ended');
});

test('what is not the signed text of this very copy certifies nothing', async () => {
  const one = await taken(2);
  const asked = wish(one);
  expect(await profile.refusal('holdings', 'makeCertification', wish(one, { recipient: { name: 'Nguyễn Thị Bình', id: '' } }))).toBe('recipient-unidentified');
  expect(await profile.refusal('holdings', 'makeCertification', wish(one, { documents: ['none.of.them'] }))).toBe('packages-nothing');
  const { id, file } = await profile.must('holdings', 'makeCertification', asked);
  const made = await profile.file(file.id);
  const signed = signedWith(pki, { signer: 'agency' }, { signer: 'agency', base: made });
  const refused = async (bytes: Uint8Array): Promise<string | undefined> => profile.refusal('holdings', 'bringCertification', { id, signed: await profile.store('a.pdf', 'application/pdf', bytes) });
  expect(await refused(made)).toBe('certification-unsigned');
  expect(await refused(signedWith(pki, { signer: 'leader' }, { signer: 'leader', base: made }))).toBe('certification-person');
  expect(await refused(signedWith(pki, { signer: 'agency', messageDigest: Buffer.alloc(32) }, { signer: 'agency', base: made }))).toBe('certification-invalid');
  expect(await refused(signedWith(pki, { signer: 'agency' }, { signer: 'agency' }))).toBe('certification-other');
  expect(await profile.must('holdings', 'certifications', { package: one.id })).toMatchObject([{ id, state: 'waiting', wish: { recipient: asked.recipient, documents: null } }]);
  expect(await refused(signed)).toBeUndefined();
  expect(await refused(signed)).toBe('certification-ended');
  // Signed for one, it certifies nothing for somebody else, for another purpose, or of other documents.
  const { certification: _, ...copied } = asked;
  const given = (more: Partial<typeof copied>): Promise<string | undefined> => profile.refusal('holdings', 'makeUseCopy', { ...copied, ...more, ...there, certification: id });
  expect(await given({ recipient: { name: 'Nguyễn Thị Khác', id: '079184001234' } })).toBe('certification-other');
  expect(await given({ request: { ...asked.request, content: 'Việc khác' } })).toBe('certification-other');
  const [first] = await profile.must('holdings', 'documents', { package: one.id, after: 0, limit: 10 });
  expect(await given({ documents: [first?.docCode ?? ''] })).toBe('certification-other');
  expect(await profile.must('holdings', 'useCopies', { package: one.id, before: null, limit: 10 })).toEqual([]);
  expect(await given({})).toBeUndefined();
});

test('a text that waits survives the end of the program, and is thrown away with a reason, signed or not', async () => {
  const one = await taken(1);
  const made = await profile.must('holdings', 'makeCertification', wish(one));
  const other = await profile.must('holdings', 'makeCertification', wish(one, { certification: { archive: 'current', copies: 1 } }));
  const { key, folder } = profile;
  await profile.core.close();
  profile = await openProfile(folder, taker, { key, place });
  expect(await profile.must('holdings', 'certifications', { package: one.id })).toEqual([made, other]);
  expect(await profile.must('copies', 'waiting', {})).toMatchObject([{ id: made.id, kind: 'certification', code: made.code, recipient: 'Nguyễn Thị Bình', dossier: one.dossier }, { id: other.id }]);
  const signed = signedWith(pki, { signer: 'agency' }, { signer: 'agency', base: await profile.file(made.file.id) });
  await profile.must('holdings', 'bringCertification', { id: made.id, signed: await profile.store('a.pdf', 'application/pdf', signed) });
  for (const id of [made.id, other.id]) expect(await profile.must('holdings', 'discardCertification', { id, reason: 'Người yêu cầu rút' })).toMatchObject({ state: 'discarded' });
  for (const id of [made.id, other.id]) expect((await profile.core.readFile(id, 0, 10, 'host')).ok).toBe(false);
  expect(await profile.must('holdings', 'certifications', { package: one.id })).toEqual([]);
  const { certification: _, ...copied } = wish(one);
  expect(await profile.refusal('holdings', 'makeUseCopy', { ...copied, ...there, certification: made.id })).toBe('not-found');
  const history = await profile.must('dossiers', 'history', { id: one.dossier ?? '' });
  expect(history.slice(-5).map(({ act, reason }) => [act, reason])).toEqual([['certification-made', ''], ['certification-made', ''], ['certification-signed', ''], ['certification-discarded', 'Người yêu cầu rút'], ['certification-discarded', 'Người yêu cầu rút']]);
});

test('of a dossier that was taken over its package is told, and of one of its own nothing', async () => {
  const one = await taken(1);
  expect(await profile.must('holdings', 'ofDossier', { dossier: one.dossier ?? '' })).toMatchObject({ package: one.id, code: one.fileCode, documents: 1, archived: true });
  expect(await profile.must('holdings', 'ofDossier', { dossier: one.id })).toBeNull();
});
