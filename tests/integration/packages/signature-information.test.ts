import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { packageSchemas } from '../../../electron/hosts/package-schemas.ts';
import { signatureState } from '../../../electron/hosts/words/package-words.ts';
import { buildPackage, checkPackage, derivePackage, type CapturedVerdict, type PackageForm, type VerdictOf } from '../../../electron/services/packages/index.ts';
import { capturedVerdict, type Material } from '../../../electron/services/verification/index.ts';
import { originals, smallContent, text } from '../../fakes/packages/content.ts';
import { inFolder } from '../../fakes/packages/place.ts';
import { resealed } from '../../fakes/packages/written.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { signedWith, verdictOn } from '../verification/world.ts';
import { filesBelow, hasStandards, schemaComplaints, xpath } from './judges.ts';

let pki: TestPki;
let signed: Buffer;
let verdict: CapturedVerdict;
beforeAll(async () => {
  pki = await testPki();
  signed = signedWith(pki, { signer: 'clerk' });
  const material = new Map<string, string>();
  const keep = ({ kind, sha256, der }: Material): void => {
    if (kind === 'certificate' && der !== null) material.set(sha256, Buffer.from(der).toString('base64'));
  };
  verdict = capturedVerdict(await verdictOn(pki, signed, { keep }), '2026-11-22T02:00:00.000Z', (sha256) => material.get(sha256) ?? '');
});

async function built(form: PackageForm, judged: CapturedVerdict = verdict): Promise<string> {
  const store = originals();
  const content = smallContent(form, store);
  const documents = [
    { fields: text(1), content: { kind: 'file' as const, file: { ...store.file(signed, 'Đã ký.pdf'), verdict: judged } }, attachments: [], trace: null },
    { fields: text(2), content: { kind: 'file' as const, file: store.file(Buffer.from('%PDF-1.7 trơn'), 'trơn.pdf') }, attachments: [], trace: null },
  ];
  const head = content.head.kind === 'hoso' ? { ...content.head, numberOfPage: documents.reduce((sum, one) => sum + (one.fields.numberOfPage ?? 0), 0) } : content.head;
  const outcome = await buildPackage({ content: { ...content, head, documents }, schemas: packageSchemas(form), into: scratchFolder(), output: 'folder' }, { open: store.open });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value.path;
}

const inPremis = 'representations/rep1/metadata/preservation/PREMIS_rep1.xml';
const part = (premis: string, name: string): string => xpath(premis, `string(//*[local-name()="signature"]/*[local-name()="${name}"])`);
/** Bytes of the CMS that lies in the file. */
const cmsOf = (pdf: Buffer): Buffer => Buffer.from(/\/Contents\s*<([0-9a-f]+)>/i.exec(pdf.toString('latin1'))?.[1] ?? '', 'hex');

test.each(['AIP_hoso', 'EARK_2_2_0'] as const)('%s tells of each signed PDF who signed, how, the signature itself and by which rules it was judged', async (form) => {
  const folder = await built(form);
  const premis = join(folder, inPremis);
  expect(xpath(premis, 'count(//*[local-name()="signatureInformation"])')).toBe('1');
  expect([part(premis, 'signatureEncoding'), part(premis, 'signatureMethod')]).toEqual(['base64', 'RSA-SHA256']);
  expect(part(premis, 'signer')).toContain('CN=');
  expect(part(premis, 'signatureValidationRules')).toMatch(/^Chính sách kiểm tra chữ ký của Trạm Văn thư theo ETSI EN 319 102-1; danh mục gốc tin cậy .+; kiểm tra lúc 2026-11-22T09:00:00\.000\+07:00; kết quả: passed$/);
  // The certificate is the signer's, and with its key OpenSSL finds the signature right over what the CMS says was signed.
  const certificate = new X509Certificate(Buffer.from(xpath(premis, 'string(//*[local-name()="X509Certificate"])'), 'base64'));
  const scratch = scratchFolder();
  const at = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(scratch, name), bytes);
    return join(scratch, name);
  };
  const value = Buffer.from(part(premis, 'signatureValue'), 'base64');
  expect(cmsOf(signed).includes(value)).toBe(true);
  expect(execFileSync('openssl', ['pkeyutl', '-verifyrecover', '-pubin', '-inkey', at('key.pem', certificate.publicKey.export({ type: 'spki', format: 'pem' })), '-in', at('value', value)]).toString('latin1')).toContain(createHash('sha256').update(signedAttributesOf(cmsOf(signed))).digest().toString('latin1'));
  expect(xpath(premis, 'string(//*[local-name()="event"][*[local-name()="eventType"]="digital signature validation"]//*[local-name()="eventOutcome"])')).toBe('passed');
  const report = await checkPackage(folder);
  expect(report.findings.filter(({ rule }) => rule.startsWith('premis.'))).toEqual([]);
  expect(report.fit).toBe(true);
});

/** The signed attributes as they are signed: with the tag of a SET (RFC 5652 §5.4). */
function signedAttributesOf(cms: Buffer): Buffer {
  const listing = execFileSync('openssl', ['asn1parse', '-inform', 'DER'], { input: cms, stdio: ['pipe', 'pipe', 'ignore'] }).toString().split('\n');
  const rows = listing.flatMap((line) => {
    const row = /^\s*(\d+):d=(\d+)\s+hl=(\d+)\s+l=\s*(\d+)\s+cons: cont \[ 0 \]/.exec(line);
    return row === null ? [] : [row.slice(1).map(Number) as [number, number, number, number]];
  });
  // SignedData's certificates stand one level above the attributes of its signer.
  const [from, , header, length] = rows.filter(([, depth]) => depth === 5).at(-1) ?? [0, 0, 0, 0];
  const bytes = Buffer.from(cms.subarray(from, from + header + length));
  bytes[0] = 0x31;
  return bytes;
}

test.skipIf(!hasStandards)('what is told of signatures agrees with the official schema of PREMIS (needs ../shared/standards)', async () => {
  for (const form of ['AIP_hoso', 'EARK_2_1_0', 'EARK_2_2_0'] as const) expect(schemaComplaints(join(await built(form), inPremis)), form).toBe('');
});

test('a verdict of before, which does not know the value, has its event and no half information', async () => {
  const before = { ...verdict, signatures: verdict.signatures.map(({ written: _, ...one }) => one) };
  const premis = join(await built('AIP_hoso', before), inPremis);
  expect(xpath(premis, 'count(//*[local-name()="signatureInformation"])')).toBe('0');
  expect(readFileSync(premis, 'utf8')).toContain('digital signature validation');
});

test("a reader's package takes what its archival package tells of signatures along, and an AIP the list of its SIP", async () => {
  const aip = await built('AIP_hoso');
  const order = { archive: { name: 'Trung tâm Lưu trữ', code: 'LTQG3' }, uuid: '1A0D1987-0F1C-47A7-8FD6-CC5C7DE4064F', createdAt: '2026-11-23T02:30:00.000Z', software: { name: 'Trạm Văn thư', version: '0.1.0' } };
  const request = { kind: 'request', requestID: 'YC', requestDate: '2026-11-20', purpose: '02', purposeContent: 'Công vụ', feeObjectType: '10', researchTopic: '', description: '' } as const;
  const dip = await derivePackage({ ...order, path: aip, to: { kind: 'DIP', request } });
  if (!dip.ok) throw new Error(JSON.stringify(dip.failure));
  const [first, second] = dip.value.content.documents.map(({ content }) => (content.kind === 'file' ? content.file.verdict : null));
  expect(first).toEqual(verdict);
  expect(second).toBeNull();
  await dip.value.close();
  const made = await derivePackage({ ...order, path: await built('SIP_hoso'), to: { kind: 'AIP' } });
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  expect(made.value.content.kept?.map(({ path, file }) => [path.includes('chu-ky-so'), file.mediaType]).filter(([isList]) => isList)).toEqual([[true, 'text/csv']]);
  await made.value.close();
});

/** A package as it stands in a folder, to be spoilt. */
function lying(folder: string) {
  return { objectId: xpath(join(folder, 'METS.xml'), 'string(/*/@OBJID)'), folder: folder.slice(folder.lastIndexOf('/') + 1), files: new Map(filesBelow(folder).map((path) => [path, readFileSync(join(folder, path))])) };
}

test.each([
  ['another value', (xml: string) => xml.replace(/(<premis:signatureValue>)..../, '$1AAAA'), 'premis.signature-other'],
  ['no rules', (xml: string) => xml.replace(/<premis:signatureValidationRules>.*?<\/premis:signatureValidationRules>/, ''), 'premis.signature'],
  ['a value that is no Base64', (xml: string) => xml.replace(/(<premis:signatureValue>)..../, '$1@@@@'), 'premis.signature'],
  ['a certificate that is no Base64', (xml: string) => xml.replace(/(<ds:X509Certificate>)..../, '$1!!!!'), 'premis.signature'],
  ['broken lines as another program writes them', (xml: string) => xml.replace(/(<premis:signatureValue>.{64})/, '$1\n   '), undefined],
])('signature information with %s is told as a warning, by what lies in the file', async (_, change, rule) => {
  const verdictOf: VerdictOf = async ({ diskPath }) => {
    const bytes = readFileSync(diskPath ?? '');
    return bytes.equals(signed) ? signatureState(await verdictOn(pki, bytes)) : { indication: 'none', why: '', signer: '', values: [] };
  };
  const report = await checkPackage(inFolder(resealed(lying(await built('AIP_hoso')), inPremis, change)), { verdictOf });
  expect(report.findings.filter(({ rule: one }) => one.startsWith('premis.')).map((one) => [one.rule, one.level])).toEqual(rule === undefined ? [] : [[rule, 'should']]);
  expect(report.fit).toBe(true);
});
