import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageCheckThreads } from '../../../electron/hosts/threads/package-check-threads.ts';
import { signatureState } from '../../../electron/hosts/words/package-words.ts';
import { checkPackage, packageForms, type PackageForm, type PackageReport } from '../../../electron/services/packages/index.ts';
import { circularPackage, simpledc, withFields, type FakePackage } from '../../fakes/packages/circular-package.ts';
import { inFolder, inZip, zipFile } from '../../fakes/packages/place.ts';
import { resealed, written } from '../../fakes/packages/written.ts';
import { fakeZip, type FakeEntry } from '../../fakes/packages/zip.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { signedWith, verdictOn } from '../verification/world.ts';

/*
 * What issue 7 lists as bad input, against every profile that is read, as a folder and as a ZIP. Each is refused or warned of with its
 * own reason and no other: a test that expects a rule also says that nothing else is broken.
 */

const profiles = [...packageForms, 'tt02-2019'] as const;
type Profile = PackageForm | 'tt02-2019';
const whole = new Map<Profile, FakePackage>();

beforeAll(async () => {
  for (const form of packageForms) whole.set(form, await written(form));
  const old = simpledc({ FileCode: 'G09.2018.01', Title: 'Hồ sơ cũ', Maintenance: 'Vĩnh viễn', Rights: '', Language: 'Tiếng Việt', StartDate: '01/01/2018', EndDate: '31/12/2018', TotalDoc: '2', PageNumber: '4' });
  whole.set('tt02-2019', withFields(circularPackage(), 'metadata/descriptive/EAD.xml', () => old.toString('utf8')));
});

const made = (profile: Profile): FakePackage => whole.get(profile) ?? { objectId: '', folder: '', files: new Map() };
const isBag = (profile: Profile): boolean => profile === 'BagIt';
const repMets = 'representations/rep1/METS.xml';
/** The first document of a package. */
const dataOf = (profile: Profile): string => {
  const path = [...made(profile).files.keys()].filter((one) => /(^|\/)data\/[^/]+\.pdf$/.test(one)).toSorted()[0];
  if (path === undefined) throw new Error('a package without a document');
  return path;
};
const changed = (from: FakePackage, path: string, bytes: Buffer | undefined): FakePackage => {
  const files = new Map(from.files);
  if (bytes === undefined) files.delete(path);
  else files.set(path, bytes);
  return { ...from, files };
};
const flipped = (bytes: Buffer | undefined, at: number): Buffer => {
  const copy = Buffer.from(bytes ?? []);
  copy[at] = (copy[at] ?? 0) ^ 0x01;
  return copy;
};
/** Rules of a level, each once with its file. */
const broken = (report: PackageReport, level: 'must' | 'should' = 'must'): readonly string[] => [...new Set(report.findings.filter((one) => one.level === level).map(({ rule, file }) => `${rule} ${file}`))].toSorted();
const rules = (report: PackageReport): readonly string[] => [...new Set(report.findings.filter(({ level }) => level === 'must').map(({ rule }) => rule))].toSorted();
const both = (package_: FakePackage): readonly string[] => [inFolder(package_), inZip(package_)];

describe.each(profiles)('%s', (profile) => {
  test('as it was made nothing is wrong with it', async () => {
    for (const path of both(made(profile))) expect(broken(await checkPackage(path))).toEqual([]);
  });

  test('one flipped byte of a document', async () => {
    const data = dataOf(profile);
    const spoilt = changed(made(profile), data, flipped(made(profile).files.get(data), 12));
    for (const path of both(spoilt)) {
      const report = await checkPackage(path);
      const fixity = [...spoilt.files.keys()].filter((one) => one.endsWith('PREMIS_rep1.xml')).map((one) => `premis.fixity ${one}`);
      expect(broken(report)).toEqual([isBag(profile) ? `bagit.checksum ${data}` : `file.checksum ${data}`, ...fixity].toSorted());
      expect(report.files.find((one) => one.path === data)?.passed).toBe(false);
      expect(report.fit).toBe(false);
    }
  });

  test('one flipped byte of a description, and any of an archive', async () => {
    const fields = [...made(profile).files.keys()].find((one) => /EAD_doc_[^/]*\.xml$/.test(one)) ?? '';
    const bytes = made(profile).files.get(fields);
    const spoilt = changed(made(profile), fields, flipped(bytes, (bytes ?? Buffer.alloc(0)).indexOf('<subject>') + 9));
    for (const path of both(spoilt)) expect(broken(await checkPackage(path))).toEqual([`${isBag(profile) ? 'bagit' : 'file'}.checksum ${fields}`]);
    // The archive's own checksum sees also what no METS has a digest of: the METS.
    const head = isBag(profile) ? 'tagmanifest-sha256.txt' : 'METS.xml';
    const entries = [...made(profile).files].map(([path, content]): FakeEntry => ({ name: `${made(profile).folder}/${path}`, content: path === head ? flipped(content, 60) : content, checksum: crc32(content), method: 0 }));
    expect(rules(await checkPackage(zipFile(fakeZip(entries), `1${made(profile).folder}.zip`)))).toContain('zip.content');
  });

  test('a missing file', async () => {
    const data = dataOf(profile);
    for (const path of both(changed(made(profile), data, undefined))) {
      const report = await checkPackage(path);
      expect(broken(report)).toContain(`${isBag(profile) ? 'bagit' : 'file'}.missing ${data}`);
      expect(rules(report).filter((rule) => !/^(file\.missing|bagit\.(missing|oxum)|tt05\.link-description|premis\.fixity-unknown)$/.test(rule))).toEqual([]);
    }
  });

  test('an extra file', async () => {
    const extra = `${dataOf(profile).replace(/[^/]*$/, '')}la.pdf`;
    for (const path of both(changed(made(profile), extra, Buffer.from('%PDF-1.7 la')))) {
      expect(broken(await checkPackage(path))).toEqual(isBag(profile) ? [`bagit.extra ${extra}`, 'bagit.oxum bag-info.txt'] : [`file.extra ${extra}`]);
    }
  });

  test('an ID that leads nowhere, one that is there twice', async () => {
    // A bag has no METS.
    if (isBag(profile)) return;
    const wrong = resealed(made(profile), repMets, (text) => text.replace(/FILEID="(ID|uuid)-.{4}/, 'FILEID="$1-FFFF'));
    for (const path of both(wrong)) expect(broken(await checkPackage(path))).toContain(`mets.id-dangling ${repMets}`);
    const twice = resealed(made(profile), repMets, (text) => text.replace(/(<structMap ID=)"[^"]*"/, `$1"${/<fileSec ID="([^"]*)"/.exec(text)?.[1] ?? ''}"`));
    for (const path of both(twice)) expect(broken(await checkPackage(path))).toEqual([`mets.id-twice ${repMets}`]);
  });

  test('two files of one name: the same, in another case, composed and decomposed', async () => {
    const data = dataOf(profile);
    const { folder, files } = made(profile);
    const again = files.get(data) ?? Buffer.alloc(0);
    const upper = data.replace(/\.pdf$/, '.PDF');
    expect(rules(await checkPackage(inZip(made(profile), [{ name: `${folder}/${data}`, content: again }])))).toContain('read.name-twice');
    for (const path of both(changed(made(profile), upper, again))) expect(rules(await checkPackage(path))).toEqual(['read.name-twice']);
    const extra = ['NFC', 'NFD'].map((form) => `${data.replace(/[^/]*$/, '')}Quyết định.pdf`.normalize(form));
    const [one = '', other = ''] = extra;
    for (const path of both(changed(changed(made(profile), one, again), other, again))) expect(rules(await checkPackage(path))).toContain('read.name-twice');
  });

  /** The package with its first document under another name, everywhere. */
  const renamed = (name: string): FakePackage => {
    const data = dataOf(profile);
    const to = data.replace(/[^/]*$/, name);
    const moved = changed(changed(made(profile), data, undefined), to, made(profile).files.get(data));
    if (isBag(profile)) return resealed(moved, 'manifest-sha256.txt', (text) => text.replace(`  ${data}\n`, `  ${to}\n`));
    const [from, where] = [data, to].map((path) => path.slice('representations/rep1/'.length));
    return resealed(moved, repMets, (text) => text.replace(`href="${from ?? ''}"`, `href="${(where ?? '').split('/').map(encodeURIComponent).join('/')}"`));
  };
  test.each([
    { what: 'Vietnamese letters', name: 'Quyết định số 1.pdf', warned: [] },
    { what: 'blanks', name: 'a  b c.pdf', warned: [] },
    { what: 'decomposed letters', name: 'Quyết định.pdf'.normalize('NFD'), warned: ['name.decomposed'] },
    { what: 'a name that Windows keeps for itself', name: 'CON.pdf', warned: ['name.windows'] },
    { what: 'a name that Windows keeps for itself, in small letters', name: 'lpt1', warned: ['name.windows'] },
    { what: 'a dot at its end', name: 'a.pdf.', warned: ['name.windows'] },
    { what: 'letters that Windows has not', name: 'a:b?.pdf', warned: ['name.windows'] },
  ])('a document called with $what is read, with the right remark', async ({ name, warned }) => {
    for (const path of both(renamed(name))) {
      const report = await checkPackage(path);
      expect(rules(report)).toEqual([]);
      const told = report.findings.filter(({ rule, file }) => rule.startsWith('name.') && file.endsWith(name));
      expect(told.map(({ rule }) => rule)).toEqual(warned);
    }
  });

  test('300 characters: refused in an archive; in a folder, which has no such names, the file is missing', async () => {
    const long = `${'ế'.repeat(300)}.pdf`;
    const path = inZip(renamed(long));
    expect(rules(await checkPackage(path))).toContain('read.name-long');
    const short = renamed(long);
    const data = [...short.files.keys()].find((one) => one.endsWith(long)) ?? '';
    expect(rules(await checkPackage(inFolder(changed(short, data, undefined))))).toContain(isBag(profile) ? 'bagit.missing' : 'file.missing');
    // 100 letters of three bytes are within what Windows has, and beyond what ext4 has.
    const bytes = await checkPackage(inZip(renamed(`${'ế'.repeat(100)}.pdf`)));
    expect([rules(bytes), bytes.findings.some(({ rule }) => rule === 'name.bytes')]).toEqual([[], true]);
  });

  test.each([
    { what: '..', href: '../../../../etc/passwd', rule: 'link.outside' },
    { what: 'an absolute path', href: '/etc/passwd', rule: 'link.outside' },
    { what: '.. behind percent signs', href: '%2e%2e/%2e%2e/%2e%2e/x', rule: 'link.outside' },
    { what: 'an address', href: 'file:///etc/passwd', rule: 'link.elsewhere' },
  ])('a link with $what is not followed', async ({ href, rule }) => {
    const spoilt = isBag(profile)
      ? resealed(made(profile), 'manifest-sha256.txt', (text) => text.replace(/ {2}data\/\S+/, `  ${decodeURIComponent(href)}`))
      : resealed(made(profile), repMets, (text) => text.replace(/(<FLocat [^>]*href=)"[^"]*"/, `$1"${href}"`));
    for (const path of both(spoilt)) expect(rules(await checkPackage(path))).toContain(isBag(profile) ? 'bagit.manifest-line' : rule);
  });

  test('entries with .., absolute paths and drives', async () => {
    for (const name of [`${made(profile).folder}/../../x`, '/etc/cron.d/x', 'C:/x', '..\\x']) {
      const report = await checkPackage(inZip(made(profile), [{ name, content: Buffer.from('x') }]));
      expect(rules(report), name).toEqual(['read.name-path']);
    }
  });

  test('a symbolic link in the place of a document is not followed', async () => {
    const data = dataOf(profile);
    const gone = changed(made(profile), data, undefined);
    const folder = inFolder(gone, (root) => {
      symlinkSync('/etc/hostname', join(root, data));
    });
    const zip = inZip(gone, [{ name: `${made(profile).folder}/${data}`, content: Buffer.from('/etc/hostname'), attributes: (0o120777 << 16) >>> 0 }]);
    for (const path of [folder, zip]) {
      const report = await checkPackage(path);
      expect(broken(report)).toContain(`read.link ${data}`);
      expect(report.files.some((one) => one.path === data)).toBe(false);
    }
  });

  test('bombs: by ratio, one over the other, more or fewer than counted, one in another', async () => {
    const { folder } = made(profile);
    const zeros = Buffer.alloc(64 * 2 ** 20);
    const bomb: FakeEntry = { name: `${folder}/x`, content: zeros, packed: deflateRawSync(zeros) };
    expect(rules(await checkPackage(inZip(made(profile), [bomb])))).toEqual(['read.bomb']);
    expect(rules(await checkPackage(inZip(made(profile), [{ ...bomb, size: 100, checksum: 0 }])))).toContain('read.bomb');
    expect(rules(await checkPackage(inZip(made(profile), [], { overlap: true })))).toEqual(['zip.overlap']);
    for (const count of [1, 60_000]) expect(rules(await checkPackage(inZip(made(profile), [], { count }))), String(count)).toEqual(['zip.damaged']);
    // What lies in an archive inside is bytes, and stays so.
    const inner = fakeZip([{ name: 'a', content: zeros }]);
    const nested = await checkPackage(inZip(made(profile), [{ name: `${folder}/data.zip`, content: inner, method: 0 }]));
    expect(rules(nested).filter((rule) => !/^(file\.extra|bagit\.extra|CSIPSTR|tt05\.folder)/.test(rule))).toEqual([]);
    expect(nested.bytes).toBeLessThan(2 * 2 ** 20);
  });
});

describe('signatures inside, judged for the check', () => {
  let pki: TestPki;
  beforeAll(async () => {
    pki = await testPki();
  });

  test.each([
    ['a certificate that had run out', 'expired', 'signature.indeterminate', 'OUT_OF_BOUNDS_NO_POE'],
    ['a certificate that was revoked', 'superseded', 'signature.failed', 'REVOKED'],
  ])('%s is a warning with its reason, in a folder and in a ZIP', { timeout: 60_000 }, async (_, signer, rule, why) => {
    const made = circularPackage('sip-hoso', [
      { name: '0000001.pdf', content: signedWith(pki, { signer }) },
      { name: '0000002.pdf', content: signedWith(pki, { signer: 'clerk' }) },
    ]);
    const threads = packageCheckThreads({
      judge: async ({ path, source }) => signatureState(await verdictOn(pki, source.kind === 'bytes' ? source.bytes : (made.files.get(path) ?? Buffer.alloc(0)))),
    });
    for (const path of both(made)) {
      const checked = await threads.check(path);
      expect(checked.ok && checked.value.findings.map((one) => [one.rule, one.level, one.file, one.params['why']])).toEqual([[rule, 'should', 'representations/rep1/data/0000001.pdf', why]]);
      expect(checked.ok && checked.value.fit).toBe(true);
    }
    await threads.close();
  });
});
