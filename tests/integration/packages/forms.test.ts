import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildPackage, checkPackage, packageForms, unescapedName, type PackageForm } from '../../../electron/services/packages/index.ts';
import { originals, smallContent, stubSchemas, text } from '../../fakes/packages/content.ts';
import { archivalPdf } from '../../fakes/packages/pdf-a.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { treeOf } from './csip-judge.ts';
import { filesBelow, hasStandards, metsSums, schemaComplaints, sumComplaints, treeDigest, xpath, zipComplaints } from './judges.ts';

const csipForms = packageForms.filter((form) => form !== 'BagIt');

async function built(form: PackageForm, output: 'folder' | 'zip', into = scratchFolder()): Promise<string> {
  const store = originals();
  const outcome = await buildPackage({ content: smallContent(form, store), schemas: stubSchemas, into, output }, { open: store.open });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  expect(readdirSync(into)).toHaveLength(1);
  return outcome.value.path;
}

test.each(csipForms)('%s: every file is named by a METS with its digest, and no other file is there', async (form) => {
  const folder = await built(form, 'folder');
  const representation = join(folder, 'representations/rep1');
  const root = metsSums(join(folder, 'METS.xml'));
  const inner = metsSums(join(representation, 'METS.xml'));
  expect(sumComplaints(folder, root)).toBe('');
  expect(sumComplaints(representation, inner)).toBe('');
  const paths = (lines: string, prefix: string): string[] => lines.split('\n').filter((line) => line !== '').map((line) => `${prefix}${line.slice(66)}`);
  expect([...paths(root, ''), ...paths(inner, 'representations/rep1/'), 'METS.xml'].sort()).toEqual(filesBelow(folder));
});

test.skipIf(!hasStandards).each(csipForms)('%s: METS and PREMIS agree with the official schemas (needs ../shared/standards)', async (form) => {
  const folder = await built(form, 'folder');
  for (const path of filesBelow(folder).filter((one) => /(METS|PREMIS\w*)\.xml$/.test(one))) expect(schemaComplaints(join(folder, path)), path).toBe('');
});

test.each(packageForms)('%s: the ZIP holds the same as the folder, in one folder, and is the same bytes each time', async (form) => {
  const folder = await built(form, 'folder');
  const zip = await built(form, 'zip');
  expect(zipComplaints(zip)).toBe('');
  const unpacked = scratchFolder();
  execFileSync('unzip', ['-q', zip, '-d', unpacked]);
  expect(readdirSync(unpacked)).toEqual([folder.split('/').at(-1)]);
  expect(treeDigest(join(unpacked, readdirSync(unpacked)[0] ?? ''))).toBe(treeDigest(folder));
  expect(readFileSync(await built(form, 'zip')).equals(readFileSync(zip))).toBe(true);
});

test('a bag is what RFC 8493 says', async () => {
  const folder = await built('BagIt', 'folder');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  expect(read('bagit.txt')).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
  expect(sumComplaints(folder, read('manifest-sha256.txt'))).toBe('');
  expect(sumComplaints(folder, read('tagmanifest-sha256.txt'))).toBe('');
  const listed = (name: string): string[] => read(name).split('\n').filter((line) => line !== '').map((line) => line.slice(66));
  const all = filesBelow(folder);
  expect(listed('manifest-sha256.txt').sort()).toEqual(all.filter((path) => path.startsWith('data/')));
  expect([...listed('tagmanifest-sha256.txt'), 'tagmanifest-sha256.txt'].sort()).toEqual(all.filter((path) => !path.startsWith('data/')));
  const payload = all.filter((path) => path.startsWith('data/'));
  const octets = payload.reduce((sum, path) => sum + readFileSync(join(folder, path)).length, 0);
  expect(read('bag-info.txt')).toContain(`Payload-Oxum: ${String(octets)}.${String(payload.length)}\n`);
});

test('a hand-over package has the names, ids, codes and times of the circular', async () => {
  const folder = await built('SIP_hoso', 'folder');
  const id = 'uuid-7D0D1987-0F1C-47A7-8FD6-CC5C7DE4064F';
  expect(folder.split('/').at(-1)).toBe(id);
  const mets = join(folder, 'METS.xml');
  expect(xpath(mets, 'string(/*/@OBJID)')).toBe(id);
  expect(xpath(mets, 'string(/*/*[local-name()="metsHdr"]/@CREATEDATE)')).toBe('2026-11-22T09:30:00.073+07:00');
  expect(xpath(mets, 'string(//*[local-name()="altRecordID"][@TYPE="SUBMISSIONAGREEMENT"])')).toBe('NL.BNV.2026.01');
  expect(filesBelow(folder).filter((path) => path.includes('rep1/data/'))).toEqual([
    'representations/rep1/data/0000001.01_Phu-luc-I.pdf',
    'representations/rep1/data/0000001.02_so-lieu.csv',
    'representations/rep1/data/0000001_Quyet-dinh-01.pdf',
    'representations/rep1/data/0000001_Quyet-dinh-01.process.csv',
    'representations/rep1/data/0000002_Quyet-dinh-01.pdf',
    'representations/rep1/data/0000003_anh.jpeg',
    'representations/rep1/data/0000004_phim.mp4',
    'representations/rep1/data/0000005_Da-nop.pdf.fetch.txt',
  ]);
  expect(readFileSync(join(folder, 'representations/rep1/data/0000005_Da-nop.pdf.fetch.txt'), 'utf8')).toBe('000.G09.77');
  const head = join(folder, 'metadata/descriptive/EAD.xml');
  expect(xpath(head, 'count(/simpledc/*)')).toBe('18');
  expect(xpath(head, 'string(/simpledc/title)')).toBe('Tập quyết định nhân sự năm 2025 <mật> & "khác"');
  expect(xpath(head, 'string(/simpledc/startDate)')).toBe('06/01/2025');
  expect(xpath(head, 'string(/simpledc/language)')).toBe('01,02');
  expect(xpath(head, 'string(/simpledc/totalDoc)')).toBe('5');
  const first = join(folder, 'representations/rep1/metadata/descriptive/EAD_doc_0000001_Quyet-dinh-01.xml');
  expect(xpath(first, 'count(/simpledc/*)')).toBe('21');
  expect(xpath(first, 'string(/simpledc/process)')).toBe('1');
  expect(xpath(first, 'string(/simpledc/maintenance)')).toBe('01');
  expect(xpath(join(folder, 'representations/rep1/metadata/descriptive/EAD_doc_0000002_Quyet-dinh-01.xml'), 'string(/simpledc/process)')).toBe('0');
});

test('an archival package has the code of the archive, PREMIS, and the verdict on its signatures as of that day', async () => {
  const folder = await built('AIP_hoso', 'folder');
  expect(folder.split('/').at(-1)).toBe('urn_G09_uuid_7D0D1987-0F1C-47A7-8FD6-CC5C7DE4064F');
  expect(xpath(join(folder, 'metadata/descriptive/EAD.xml'), 'string(/simpledc/arcFileCode)')).toBe('LTQG3.G09.2025.01.TCCB');
  const premis = readFileSync(join(folder, 'representations/rep1/metadata/preservation/PREMIS_rep1.xml'), 'utf8');
  expect(premis).toContain('<premis:eventType>digital signature validation</premis:eventType><premis:eventDateTime>2026-11-21T15:00:00.000+07:00</premis:eventDateTime>');
  expect(premis).toContain('OUT_OF_BOUNDS_NO_POE');
  expect(premis).toContain('khai là PDF/A-2b; các điều kiểm được: không đạt (cấu trúc tệp không đọc được chặt chẽ)');
  expect(premis).toContain('không thấy khai PDF/A');
});

test('what a spreadsheet program would run as a formula is text in the trace', async () => {
  const folder = await built('SIP_hoso', 'folder');
  const trace = readFileSync(join(folder, 'representations/rep1/data/0000001_Quyet-dinh-01.process.csv'), 'utf8');
  expect(trace).toContain("'=Ký số");
  expect(trace).toContain('"hai dòng\nvà ""ngoặc"""');
});

test('names of any kind become names that every system takes, and come back from the METS to the character', async () => {
  const names = ['Công văn.pdf', 'Công văn.pdf'.normalize('NFD'), 'Công văn.pdf', `${'Ế'.repeat(300)}.pdf`, '../../etc/passwd', 'CON', 'a\u0000b\n\\"<&>\'.pdf', 'nửa \ud800.pdf', '  hai  dấu cách . ', '=1+1.pdf'];
  const store = originals();
  const content = smallContent('SIP_hoso', store);
  const documents = names.map((name, index) => ({ fields: text(index + 1), content: { kind: 'file' as const, file: store.file(Buffer.from(String(index)), name) }, attachments: [], trace: null }));
  const outcome = await buildPackage({ content: { ...content, documents }, schemas: stubSchemas, into: scratchFolder(), output: 'folder' }, { open: store.open });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  const representation = join(outcome.value.path, 'representations/rep1');
  expect(readdirSync(join(representation, 'data'))).toHaveLength(names.length);
  const locations = treeOf(join(representation, 'METS.xml')).children[0]?.children.find(({ name }) => name === 'fileSec')?.children[0]?.children.map(({ children }) => children[0]?.attributes ?? {}) ?? [];
  expect(locations.map((location) => unescapedName(location['xlink:title'] ?? ''))).toEqual(names);
  for (const [index, location] of locations.entries()) expect(readFileSync(join(representation, location['xlink:href'] ?? ''), 'utf8')).toBe(String(index));
});

test.each(['folder', 'zip'] as const)('a PDF that says it is PDF/A is looked into where it lies, in a %s', async (output) => {
  const store = originals();
  const content = smallContent('AIP_hoso', store);
  const pdfs = [archivalPdf(), archivalPdf({ font: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>' })];
  const documents = pdfs.map((bytes, index) => ({ fields: text(index + 1), content: { kind: 'file' as const, file: store.file(bytes, `${String(index)}.pdf`) }, attachments: [], trace: null }));
  const outcome = await buildPackage({ content: { ...content, documents }, schemas: stubSchemas, into: scratchFolder(), output }, { open: store.open });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  const { path } = outcome.value;
  const list = 'documentation/danh-muc-tep.csv';
  const told = output === 'zip' ? execFileSync('unzip', ['-p', path, `*/${list}`], { encoding: 'utf8' }) : readFileSync(join(path, list), 'utf8');
  expect(told).toContain('khai là PDF/A-2b; các điều kiểm được: đạt');
  expect(told).toContain('khai là PDF/A-2b; các điều kiểm được: không đạt (có phông chưa nhúng)');
});

test('documents without a file are listed, and the package stays whole', async () => {
  const store = originals();
  const withoutFile = [
    { docCode: 'G09.2025.01.TCCB.0000006', subject: 'Thư giấy', destroyed: false },
    { docCode: 'G09.2025.01.TCCB.0000007', subject: '=Thu hồi', destroyed: true },
  ];
  const outcome = await buildPackage({ content: { ...smallContent('SIP_hoso', store), withoutFile }, schemas: stubSchemas, into: scratchFolder(), output: 'folder' }, { open: store.open });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  const list = readFileSync(join(outcome.value.path, 'documentation/tai-lieu-khong-co-tep.csv'), 'utf8');
  expect(list).toContain('G09.2025.01.TCCB.0000006,Thư giấy,Chỉ có bản giấy hoặc vật mang tin khác');
  expect(list).toContain("G09.2025.01.TCCB.0000007,'=Thu hồi,Tệp đã bị hủy");
  expect((await checkPackage(outcome.value.path)).findings.filter(({ level }) => level === 'must')).toEqual([]);
});
