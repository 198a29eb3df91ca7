import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { PackageReport } from '../../../electron/services/packages/index.ts';
import { circularPackage } from '../../fakes/packages/circular-package.ts';
import { inFolder, inZip } from '../../fakes/packages/place.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { xpath } from '../packages/judges.ts';
import { currentCrl, signedWith } from '../verification/world.ts';
import { json, tvt } from './tvt.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

test('exit 0 only when no MUST rule is broken; every finding is a sentence with its place, remedy and source', () => {
  const made = circularPackage();
  const good = tvt(['sip', 'check', inZip(made), '--offline']);
  expect([good.exit, good.out.split('\n')[0]]).toEqual([0, `Gói 1${made.folder}.zip: đạt. Loại: SIP_hoso, Thông tư 05/2025/TT-BNV, Phụ lục III. 13 tệp, ${/([\d.]+) byte/.exec(good.out)?.[1] ?? ''} byte.`]);

  const folder = inFolder(made, (root) => {
    writeFileSync(join(root, 'representations/rep1/data/0000001.pdf'), '%PDF-1.7\nmột\n%%EOG\n');
    rmSync(join(root, 'schemas/EAD_pic.xsd'));
  });
  const bad = tvt(['sip', 'check', folder, '--offline']);
  expect(bad.exit).toBe(1);
  expect(bad.out).toContain(': không đạt.');
  expect(bad.out).toContain('[Bắt buộc] schemas/EAD_pic.xsd');
  expect(bad.out).toContain('METS có kê tệp này nhưng trong gói không có. Hãy đề nghị bên lập gói gửi lại đủ tệp.');
  expect(bad.out).toContain('Mã băm SHA-256 của tệp không khớp METS');
  expect(bad.out).toContain('Căn cứ: ');
  expect(bad.out).toContain('(file.checksum)');
  expect(tvt(['sip', 'check', folder, '--offline', '--lang', 'en']).out).toContain('[Must] ');
});

test('the report is JSON, also of a bad package', () => {
  const { exit, value } = json(['sip', 'check', join(scratchFolder(), 'none.zip'), '--offline']);
  const report = value as unknown as PackageReport;
  expect(exit).toBe(1);
  expect(report).toMatchObject({ format: 1, fit: false, complete: false, broken: { must: 1, should: 0, may: 0 }, findings: [{ rule: 'read.absent', level: 'must', file: '', at: '', line: 0, confidence: 'P' }] });
});

test('a profile may be asked for; one that is none is a wrong call', () => {
  const path = inFolder(circularPackage());
  const { exit, value } = json(['sip', 'check', path, '--offline', '--profile', 'tt05-aip-hoso']);
  expect([exit, (value as unknown as PackageReport).profileFrom]).toEqual([1, 'asked']);
  expect(tvt(['sip', 'check', path, '--profile', 'iso']).exit).toBe(2);
  expect(tvt(['sip', 'check']).exit).toBe(2);
});

test('signatures inside are verified, in a folder and in a ZIP: broken ones and those of unknown issuers are warnings', () => {
  const signed = signedWith(pki, { signer: 'clerk', crls: [] });
  const changed = Buffer.from(signed);
  // Somewhere in the first revision, which the signature covers.
  const at = changed.indexOf('%PDF-1.');
  changed[at + 7] = changed[at + 7] === 0x34 ? 0x35 : 0x34;
  const made = circularPackage('sip-hoso', [
    { name: '0000001.pdf', content: signed },
    { name: '0000002.pdf', content: changed },
  ]);
  for (const path of [inFolder(made), inZip(made)]) {
    const { exit, value } = json(['sip', 'check', path, '--offline']);
    expect(exit).toBe(0);
    expect((value as unknown as PackageReport).findings.map(({ rule, file, level }) => [rule, file, level])).toEqual([
      ['signature.indeterminate', 'representations/rep1/data/0000001.pdf', 'should'],
      ['signature.failed', 'representations/rep1/data/0000002.pdf', 'should'],
    ]);
  }
});

test('the archive makes its AIP of a SIP; of one that is not fit, or no SIP, it says why not', () => {
  const made = circularPackage();
  const into = scratchFolder();
  const call = ['--code', 'LTQG3', '--name', 'Trung tâm Lưu trữ quốc gia III'];
  const { exit, value } = json(['sip', 'aip', inZip(made), into, ...call]);
  expect(exit).toBe(0);
  const checked = json(['sip', 'check', (value as unknown as { path: string }).path, '--offline']);
  expect([checked.exit, (checked.value as unknown as PackageReport).profile]).toEqual([0, 'tt05-aip-hoso']);
  const bad = inFolder(made, (root) => {
    writeFileSync(join(root, 'representations/rep1/data/0000001.pdf'), '%PDF-1.7\nmột\n%%EOG\n');
  });
  const refused = json(['sip', 'aip', bad, into, ...call]);
  expect([refused.exit, refused.failure.code]).toEqual([1, 'package-unfit']);
  expect(refused.failure.sentence).toContain('tvt sip check');
  expect(tvt(['sip', 'aip', inFolder(circularPackage('aip-hoso')), into, ...call]).exit).toBe(1);
  const ask = ['--request', 'YC-1', '--day', '2026-11-20', '--purpose', '02', '--content', 'Tra cứu'];
  const dip = json(['sip', 'dip', (value as { path: string }).path, into, ...call, ...ask]);
  expect(dip.exit).toBe(0);
  const used = json(['sip', 'check', (dip.value as { path: string }).path, '--offline']);
  expect([used.exit, (used.value as unknown as PackageReport).profile]).toEqual([0, 'tt05-dip']);
  expect(tvt(['sip', 'dip', inZip(made), into, ...call, ...ask]).exit).toBe(1);
  expect(tvt(['sip', 'dip', inZip(made), into, ...call, '--request', 'YC-1']).exit).toBe(2);
  expect(tvt(['sip', 'aip', bad]).exit).toBe(2);
});

test('an AIP that the terminal makes takes along what is believed of each signature at that moment, of a folder and of a ZIP', async () => {
  const crls = await Promise.all(['g2ca', 'g2root'].map((id) => currentCrl(pki, id)));
  const signed = signedWith(pki, { signer: 'clerk', crls });
  const made = circularPackage('sip-hoso', [
    { name: '0000001.pdf', content: signed },
    { name: '0000002.pdf', content: Buffer.from('%PDF-1.7\ntrơn\n%%EOF\n') },
  ]);
  const trust = scratchFolder();
  for (const id of ['g2root', 'g2ca']) copyFileSync(pki.path(id), join(trust, `${id}.pem`));
  const call = ['--code', 'LTQG3', '--name', 'Trung tâm Lưu trữ quốc gia III', '--offline'];
  for (const [path, more, outcome] of [[inFolder(made), ['--trust', trust], 'passed'], [inZip(made), ['--trust', trust], 'passed'], [inFolder(made), [], 'indeterminate']] as const) {
    const { exit, value } = json(['sip', 'aip', path, scratchFolder(), ...call, ...more]);
    expect(exit).toBe(0);
    const aip = (value as unknown as { path: string }).path;
    const premis = join(aip, 'representations/rep1/metadata/preservation/PREMIS_rep1.xml');
    const part = (name: string): string => xpath(premis, `string(//*[local-name()="signature"]/*[local-name()="${name}"])`);
    expect(xpath(premis, 'count(//*[local-name()="signatureInformation"])')).toBe('1');
    expect(part('signatureMethod')).toBe('RSA-SHA256');
    expect(part('signatureValidationRules')).toContain(`kết quả: ${outcome}`);
    // A certificate without a path to a root that is believed is no evidence of a verdict, here as in the window.
    expect(xpath(premis, 'string(//*[local-name()="X509Certificate"])')).toBe(outcome === 'passed' ? pki.der('clerk').toString('base64') : '');
    const report = json(['sip', 'check', aip, '--offline']);
    expect((report.value as unknown as PackageReport).findings.filter(({ rule }) => rule.startsWith('premis.'))).toEqual([]);
    expect(report.exit).toBe(0);
  }
});
