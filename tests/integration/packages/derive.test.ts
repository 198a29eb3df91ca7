import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageSchemas } from '../../../electron/hosts/package-schemas.ts';
import { buildPackage, checkPackage, derivePackage, type DeriveOrder, type PackageForm } from '../../../electron/services/packages/index.ts';
import { circularPackage } from '../../fakes/packages/circular-package.ts';
import { originals, smallContent } from '../../fakes/packages/content.ts';
import { inFolder, inZip } from '../../fakes/packages/place.ts';
import { honest } from '../../fakes/packages/written.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { filesBelow, hasStandards, metsSums, schemaComplaints, sumComplaints, treeDigest, xpath, zipComplaints } from './judges.ts';

const archive = { name: 'Trung tâm Lưu trữ quốc gia III', code: 'LTQG3' };
const request = { kind: 'request', requestID: 'YC.2026.12', requestDate: '2026-11-20', purpose: '02', purposeContent: 'Công vụ', feeObjectType: '10', researchTopic: '', description: '' } as const;
const order = (path: string, more: Partial<DeriveOrder> = {}): DeriveOrder => ({ path, archive, uuid: '0A0D1987-0F1C-47A7-8FD6-CC5C7DE4064F', createdAt: '2026-11-23T02:30:00.000Z', software: { name: 'Trạm Văn thư', version: '0.1.0' }, to: { kind: 'AIP' }, ...more });

async function submitted(form: PackageForm, output: 'folder' | 'zip' = 'folder'): Promise<string> {
  const store = originals();
  const outcome = await buildPackage({ content: honest(smallContent(form, store), store), schemas: packageSchemas(form), into: scratchFolder(), output }, { open: store.open });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value.path;
}

/** Derives and builds; the path of what was made. */
async function made(from: DeriveOrder, output: 'folder' | 'zip' = 'folder'): Promise<string> {
  const derived = await derivePackage(from);
  if (!derived.ok) throw new Error(JSON.stringify(derived.failure));
  const { content, open, close } = derived.value;
  const built = await buildPackage({ content, schemas: packageSchemas(content.form), into: scratchFolder(), output }, { open });
  await close();
  if (!built.ok) throw new Error(JSON.stringify(built.failure));
  return built.value.path;
}

const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
/** Digests of the data files, without what the package calls them. */
const data = (folder: string): readonly string[] => filesBelow(join(folder, 'representations/rep1/data')).map((path) => digest(join(folder, 'representations/rep1/data', path))).toSorted();

test.each([
  ['SIP_hoso', 'tt05-aip-hoso'],
  ['SIP_tailieu', 'tt05-aip-tailieu'],
] as const)('%s becomes an AIP that every judge passes, with the same bytes, and the SIP stays as it was', async (form, profile) => {
  const sip = await submitted(form);
  const before = treeDigest(sip);
  const aip = await made(order(sip));
  const report = await checkPackage(aip);
  expect([report.findings.filter(({ level }) => level === 'must'), report.fit, report.profile]).toEqual([[], true, profile]);
  expect(data(aip)).toEqual(data(sip));
  expect(filesBelow(join(aip, 'representations/rep1/data'))).toEqual(filesBelow(join(sip, 'representations/rep1/data')));
  expect(treeDigest(sip)).toBe(before);
  expect(sumComplaints(aip, metsSums(join(aip, 'METS.xml')))).toBe('');
  expect(sumComplaints(join(aip, 'representations/rep1'), metsSums(join(aip, 'representations/rep1/METS.xml')))).toBe('');
  // What described the SIP is there, byte by byte.
  const kept = filesBelow(join(aip, 'documentation/goi-nop')).map((path) => digest(join(aip, 'documentation/goi-nop', path)));
  expect(kept).toEqual(expect.arrayContaining(['METS.xml', 'representations/rep1/METS.xml', 'metadata/descriptive/EAD.xml'].map((path) => digest(join(sip, path)))));
  const premis = readFileSync(join(aip, 'metadata/preservation/PREMIS.xml'), 'utf8');
  expect(premis).toContain(`Lập từ gói nộp ${xpath(join(sip, 'METS.xml'), 'string(/*/@OBJID)')}; SHA-256 của METS.xml: ${digest(join(sip, 'METS.xml'))}`);
  expect(premis).toContain('<premis:eventType>information package creation</premis:eventType>');
});

test('fields, names, traces and links come over; codes get that of the archive', async () => {
  const sip = await submitted('SIP_hoso', 'zip');
  const aip = await made(order(sip), 'zip');
  expect(zipComplaints(aip)).toBe('');
  const [was, is] = [await checkPackage(sip), await checkPackage(aip)];
  const fields = (report: typeof was): unknown => report.described.map((one) => Object.entries(one.fields).map(([name, value]) => [name.replace(/^arcD/, 'd').replace(/^arcF/, 'f'), value.replace(/^LTQG3\./, '')]).toSorted());
  expect(fields(is)).toEqual(fields(was));
  expect(is.described.filter(({ fields: one }) => one['arcDocCode'] !== undefined).every(({ fields: one }) => one['arcDocCode']?.startsWith('LTQG3.G09.2025.01.TCCB.'))).toBe(true);
});

test('a DIP holds what its reader is given, and answers his request', async () => {
  const aip = await made(order(await submitted('SIP_hoso')));
  const dip = await made(order(aip, { to: { kind: 'DIP', request, documents: ['G09.2025.01.TCCB.0000001'] }, uuid: '1A0D1987-0F1C-47A7-8FD6-CC5C7DE4064F' }));
  const report = await checkPackage(dip);
  expect([report.findings.filter(({ level }) => level === 'must'), report.profile]).toEqual([[], 'tt05-dip']);
  expect(report.described.filter(({ kind }) => kind !== 'package').map(({ fields }) => fields['arcDocCode'])).toEqual(['LTQG3.G09.2025.01.TCCB.0000001']);
  expect(report.described.find(({ kind }) => kind === 'package')?.fields['requestID']).toBe('YC.2026.12');
  const given = data(dip);
  expect(given.length).toBe(4);
  expect(given.every((one) => data(aip).includes(one))).toBe(true);
});

test.skipIf(!hasStandards)('METS and PREMIS of what is derived agree with the official schemas (needs ../shared/standards)', async () => {
  const aip = await made(order(await submitted('SIP_hoso')));
  const dip = await made(order(aip, { to: { kind: 'DIP', request } }));
  for (const folder of [aip, dip]) for (const path of filesBelow(folder).filter((one) => /(METS|PREMIS\w*)\.xml$/.test(one))) expect(schemaComplaints(join(folder, path)), path).toBe('');
});

test('a package by another hand is taken too', async () => {
  const aip = await made(order(inZip(circularPackage('sip-hoso'))));
  expect((await checkPackage(aip)).findings.filter(({ level }) => level === 'must')).toEqual([]);
});

test('of a package with a flipped byte nothing is made, nor of one of another kind', async () => {
  const bad = circularPackage();
  const files = new Map(bad.files).set('representations/rep1/data/0000001.pdf', Buffer.from('%PDF-1.7\nmột\n%%EOG\n'));
  expect(await derivePackage(order(inFolder({ ...bad, files })))).toMatchObject({ ok: false, failure: { code: 'derive-unfit', report: { fit: false } } });
  expect(await derivePackage(order(inFolder(circularPackage('aip-hoso'))))).toEqual({ ok: false, failure: { code: 'derive-kind', profile: 'tt05-aip-hoso' } });
  expect(await derivePackage(order(inFolder(circularPackage()), { to: { kind: 'DIP', request } }))).toMatchObject({ failure: { code: 'derive-kind' } });
});
