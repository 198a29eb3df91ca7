import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkPackage, type CheckDeps, type PackageReport } from '../../../electron/services/packages/index.ts';
import { usualLimits } from '../../../electron/services/packages/read/limits.ts';
import { circularPackage, withMets } from '../../fakes/packages/circular-package.ts';
import { inFolder, inZip, zipFile } from '../../fakes/packages/place.ts';
import { fakeZip, type FakeEntry, type FakeZip } from '../../fakes/packages/zip.ts';
import { scratchFolder } from '../store/helpers.ts';

const made = circularPackage();
const text = Buffer.from('một hai ba');
const reading = (report: PackageReport): readonly string[] => [...new Set(report.findings.filter(({ rule, level }) => /^(read|zip|xml)\./.test(rule) && level === 'must').map(({ rule }) => rule))].toSorted();

/** The rules of reading that a ZIP breaks to which these entries were added. */
async function withEntries(more: readonly FakeEntry[], how: FakeZip = {}, deps: CheckDeps = {}): Promise<readonly string[]> {
  const report = await checkPackage(inZip(made, more, how), deps);
  expect(report.fit).toBe(false);
  return reading(report);
}

/** Info-ZIP's extra field with a name in UTF-8 (APPNOTE 6.3 §4.6.9). */
function unicodeName(plain: string, name: string): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt16LE(0x7075, 0);
  head.writeUInt16LE(5 + Buffer.byteLength(name), 2);
  head.writeUInt8(1, 4);
  head.writeUInt32LE(crc32(plain), 5);
  return Buffer.concat([head, Buffer.from(name)]);
}

function wideSizes(size: number): Buffer {
  const field = Buffer.alloc(20);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(16, 2);
  field.writeBigUInt64LE(BigInt(size), 4);
  field.writeBigUInt64LE(BigInt(size), 12);
  return field;
}

const within = (name: string): string => `${made.folder}/${name}`;

describe('entries of a ZIP', () => {
  test.each<{ what: string; entries: readonly FakeEntry[]; rules: readonly string[] }>([
    { what: 'a path with ..', entries: [{ name: `${made.folder}/../../etc/cron.d/x`, content: text }], rules: ['read.name-path'] },
    { what: 'an absolute path', entries: [{ name: '/etc/passwd', content: text }], rules: ['read.name-path'] },
    { what: 'a drive letter', entries: [{ name: 'C:/Windows/x.dll', content: text }], rules: ['read.name-path'] },
    { what: 'backslashes', entries: [{ name: '..\\..\\x.dll', content: text }], rules: ['read.name-path'] },
    { what: 'a control character', entries: [{ name: within('a\u0007b'), content: text }], rules: ['read.name-path'] },
    { what: 'an empty part', entries: [{ name: within('/a'), content: text }], rules: ['read.name-path'] },
    { what: '300 characters', entries: [{ name: within(`${'a'.repeat(300)}.pdf`), content: text }], rules: ['read.name-long'] },
    { what: 'forty folders', entries: [{ name: within(`${'a/'.repeat(40)}x`), content: text }], rules: ['read.too-deep'] },
    { what: 'one name twice', entries: [{ name: within('METS.xml'), content: text }], rules: ['read.name-twice'] },
    { what: 'one name in another case', entries: [{ name: within('mets.XML'), content: text }], rules: ['read.name-twice'] },
    { what: 'one name composed and decomposed', entries: ['NFC', 'NFD'].map((form) => ({ name: within('Quyết.pdf'.normalize(form)), content: text })), rules: ['read.name-twice'] },
    { what: 'a file where a folder is', entries: [{ name: within('schemas'), content: text }], rules: ['read.name-twice'] },
    { what: 'a name that is no UTF-8', entries: [{ name: Buffer.concat([Buffer.from(within('')), Buffer.from([0xc3, 0x28])]), content: text }], rules: ['read.name-bytes'] },
    { what: 'a symbolic link', entries: [{ name: within('x'), content: Buffer.from('/etc/passwd'), attributes: (0o120777 << 16) >>> 0 }], rules: ['read.link'] },
    { what: 'a device', entries: [{ name: within('x'), content: Buffer.alloc(0), attributes: (0o060666 << 16) >>> 0 }], rules: ['read.special'] },
    { what: 'a password', entries: [{ name: within('x'), content: text, flags: 0x0801 }], rules: ['zip.encrypted'] },
    { what: 'a password of AES', entries: [{ name: within('x'), content: text, method: 99, packed: text }], rules: ['zip.encrypted'] },
    { what: 'another method', entries: [{ name: within('x'), content: text, method: 12, packed: text }], rules: ['zip.method'] },
    { what: 'another name in its own header', entries: [{ name: within('x'), content: text, local: { name: within('y') } }], rules: ['zip.headers'] },
    { what: 'another size in its own header', entries: [{ name: within('x'), content: text, local: { size: 5 } }], rules: ['zip.headers'] },
    { what: 'another 64-bit size in its own header', entries: [{ name: within('x'), content: text, wide: true, local: { wideSize: 5 } }], rules: ['zip.headers'] },
    { what: 'another method in its own header', entries: [{ name: within('x'), content: text, local: { method: 0 } }], rules: ['zip.headers'] },
    { what: 'a name in a field that only its own header has', entries: [{ name: within('x'), content: text, flags: 0, local: { extra: unicodeName(within('x'), '../../x') } }], rules: ['zip.headers'] },
    { what: 'a name in a field that is marked as in the right letters already', entries: [{ name: within('x'), content: text, extra: unicodeName(within('x'), '../../x') }], rules: ['zip.headers'] },
    { what: 'two names in fields', entries: [{ name: within('x'), content: text, flags: 0, extra: Buffer.concat([unicodeName(within('x'), within('y')), unicodeName(within('x'), within('z'))]) }], rules: ['zip.headers'] },
    { what: 'two 64-bit sizes', entries: [{ name: within('x'), content: text, extra: Buffer.concat([wideSizes(5), wideSizes(7)]) }], rules: ['zip.headers'] },
    { what: 'a wrong checksum', entries: [{ name: within('x'), content: text, checksum: 1 }], rules: ['zip.content'] },
    { what: 'a size that is too large', entries: [{ name: within('x'), content: text, size: 1000 }], rules: ['zip.content'] },
    { what: 'bytes behind the packed content', entries: [{ name: within('x'), content: text, packed: Buffer.concat([deflateRawSync(text), Buffer.from('more')]) }], rules: ['zip.content'] },
    { what: 'content that is not packed', entries: [{ name: within('x'), content: text, packed: Buffer.from('\xff\xff\xff\xff', 'latin1') }], rules: ['zip.content'] },
  ])('refused: $what', async ({ entries, rules }) => {
    expect(await withEntries(entries)).toEqual(rules);
  });

  test('a name in the same field of both headers is read', async () => {
    const name = within('documentation/tai lieu.txt');
    const entries = [...made.files].map(([path, content]): FakeEntry => ({ name: within(path), content, flags: 0, extra: unicodeName(within(path), within(path)) }));
    const report = await checkPackage(zipFile(fakeZip([...entries, { name, content: text, flags: 0, extra: unicodeName(name, within('documentation/tài liệu.txt')) }]), `1${made.folder}.zip`));
    expect(reading(report)).toEqual([]);
    expect(report.files.map(({ path }) => path)).toContain('documentation/tài liệu.txt');
  });

  test('a bomb by its declared size', async () => {
    const content = Buffer.alloc(64 * 2 ** 20);
    expect(await withEntries([{ name: within('x'), content }])).toEqual(['read.bomb']);
  });

  test('a bomb that declares little is ended as soon as it has given that', async () => {
    const content = Buffer.alloc(256 * 2 ** 20);
    const packed = deflateRawSync(content);
    const before = process.memoryUsage.rss();
    expect(await withEntries([{ name: within('x'), content: Buffer.alloc(100), packed, size: 100, checksum: 0 }])).toEqual(['read.bomb']);
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 2 ** 20);
  });

  test('too many, too large, too much', async () => {
    const limit = (limits: Partial<typeof usualLimits>): CheckDeps => ({ limits: { ...usualLimits, ...limits } });
    expect(await withEntries([], {}, limit({ entries: 5 }))).toEqual(['read.too-many']);
    expect(await withEntries([], {}, limit({ fileBytes: 100 }))).toEqual(['read.too-large']);
    expect(await withEntries([], {}, limit({ totalBytes: 1000 }))).toEqual(['read.too-large']);
    expect(await withEntries([], {}, limit({ directoryBytes: 100 }))).toEqual(['read.too-large']);
  });
});

describe('a ZIP as a whole', () => {
  test.each<{ what: string; how: FakeZip; rules: readonly string[] }>([
    { what: 'bytes before it', how: { prefix: Buffer.from('MZ') }, rules: ['zip.prefix'] },
    { what: 'bytes behind it', how: { trailing: Buffer.from('more') }, rules: ['zip.trailing'] },
    { what: 'bytes between its entries', how: { between: Buffer.from('hidden') }, rules: ['zip.gap'] },
    { what: 'entries over each other', how: { overlap: true }, rules: ['zip.overlap'] },
    { what: 'a wrong number of entries', how: { count: 3 }, rules: ['zip.damaged'] },
    { what: 'a second end in the comment', how: { comment: fakeZip([]) }, rules: ['zip.ambiguous'] },
  ])('refused: $what', async ({ how, rules }) => {
    expect(await withEntries([], how)).toEqual(rules);
  });

  test('cut off anywhere it is refused', async () => {
    const whole = readFileSync(inZip(made));
    for (const part of [0.1, 0.5, 0.9, 0.999]) {
      const path = zipFile(whole);
      truncateSync(path, Math.floor(whole.length * part));
      expect(reading(await checkPackage(path)), String(part)).toEqual(['zip.truncated']);
    }
    expect(reading(await checkPackage(zipFile(Buffer.alloc(100))))).toEqual(['read.not-a-package']);
    expect(reading(await checkPackage(zipFile(Buffer.alloc(0))))).toEqual(['read.not-a-package']);
  });

  test('any flipped bit of it is met', async () => {
    const whole = readFileSync(inZip(made));
    // One in each stretch of the archive: contents, headers, list, end. Time of day and maker of an entry mean nothing.
    for (let at = 0; at < whole.length; at += 97) {
      const spoilt = Buffer.from(whole);
      spoilt[at] = (spoilt[at] ?? 0) ^ 0x10;
      const report = await checkPackage(zipFile(spoilt, `1${made.folder}.zip`));
      if (report.fit) expect(isIdle(whole, at), `byte ${at}`).toBe(true);
    }
  });

  test('with 64-bit records it is read', async () => {
    expect((await checkPackage(inZip(made, [], { wide: true }))).findings).toEqual([]);
    const files = [...made.files].map(([path, content]) => ({ name: within(path), content, wide: true }));
    expect((await checkPackage(zipFile(fakeZip(files), `1${made.folder}.zip`))).findings).toEqual([]);
  });

  test('as another program makes it, from a pipe too, it is read', async () => {
    const root = inFolder(made);
    const parent = join(root, '..');
    execFileSync('zip', ['-q', '-r', `1${made.folder}.zip`, made.folder], { cwd: parent });
    expect((await checkPackage(join(parent, `1${made.folder}.zip`))).findings).toEqual([]);
    const streamed = execFileSync('zip', ['-q', '-r', '-', made.folder], { cwd: parent });
    expect((await checkPackage(zipFile(streamed, `1${made.folder}.zip`))).findings).toEqual([]);
  });

  test('without a root folder it is read, and told', async () => {
    const report = await checkPackage(zipFile(fakeZip([...made.files].map(([name, content]) => ({ name, content }))), `1${made.folder}.zip`));
    expect(report.findings.map(({ rule }) => rule)).toEqual(['CSIPSTR1']);
  });

  test('what lies beside the root folder is told', async () => {
    const report = await checkPackage(inZip(made, [{ name: '__MACOSX/x', content: text }]));
    expect(report.findings.filter(({ level }) => level === 'must').map(({ rule, file }) => [rule, file])).toEqual([['CSIPSTR1', '__MACOSX/x']]);
  });
});

/** Bytes of a ZIP that say nothing of its content: times, versions, attributes. */
function isIdle(whole: Buffer, at: number): boolean {
  for (let start = at; start > Math.max(0, at - 46); start -= 1) {
    const signature = whole.readUInt32LE(start);
    const place = at - start;
    if (signature === 0x04034b50) return (place >= 4 && place < 6) || (place >= 10 && place < 14);
    if (signature === 0x02014b50) return (place >= 4 && place < 8) || (place >= 12 && place < 16) || (place >= 36 && place < 42);
  }
  return false;
}

describe('a folder', () => {
  test('links are not followed', async () => {
    const secret = join(scratchFolder(), 'secret');
    mkdirSync(secret);
    writeFileSync(join(secret, 'x.pdf'), '%PDF-');
    const report = await checkPackage(
      inFolder(made, (root) => {
        symlinkSync(secret, join(root, 'documentation'));
        symlinkSync('/etc/passwd', join(root, 'schemas/x.xsd'));
      }),
    );
    expect(report.findings.map(({ rule, file }) => [rule, file])).toEqual([
      ['read.link', 'documentation'],
      ['read.link', 'schemas/x.xsd'],
    ]);
    expect(report.files.some(({ path }) => path.startsWith('documentation'))).toBe(false);
  });

  test('a pipe is not opened, a name that is no UTF-8 not read', async () => {
    const report = await checkPackage(
      inFolder(made, (root) => {
        execFileSync('mkfifo', [join(root, 'schemas/pipe')]);
        writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xc3, 0x28])]), 'x');
      }),
    );
    expect(reading(report)).toEqual(['read.name-bytes', 'read.special']);
  });

  test('what is not there, and what is no package', async () => {
    expect(reading(await checkPackage(join(scratchFolder(), 'none')))).toEqual(['read.absent']);
    expect((await checkPackage(scratchFolder())).findings.map(({ rule }) => rule)).toContain('CSIPSTR4');
  });
});

describe('XML', () => {
  const laughs = `<!DOCTYPE mets [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`;
  test.each([
    { what: 'a bomb of entities', change: (mets: string) => mets.replace('?>', `?>${laughs}`), rule: 'xml.doctype' },
    { what: 'a file from elsewhere', change: (mets: string) => mets.replace('?>', '?><!DOCTYPE mets SYSTEM "file:///etc/passwd">'), rule: 'xml.doctype' },
    { what: 'an end that is missing', change: (mets: string) => mets.slice(0, -10), rule: 'xml.not-xml' },
    { what: 'another encoding', change: (mets: string) => mets.replace('UTF-8', 'UTF-16'), rule: 'xml.not-utf8' },
    { what: 'a hundred levels', change: (mets: string) => mets.replace('<metsHdr', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}<metsHdr`), rule: 'xml.too-large' },
  ])('refused: $what', async ({ change, rule }) => {
    expect(reading(await checkPackage(inFolder(withMets(made, 'root', change))))).toEqual([rule]);
  });

  test('bytes that are no UTF-8, and a file beyond the bound', async () => {
    const files = new Map(made.files).set('METS.xml', Buffer.from([0x3c, 0xff, 0xfe]));
    expect(reading(await checkPackage(inFolder({ ...made, files })))).toEqual(['xml.not-utf8']);
    expect(reading(await checkPackage(inFolder(made), { limits: { ...usualLimits, xmlBytes: 100 } }))).toEqual(['xml.too-large']);
  });

  test('more attributes than METS knows: on one element, and on all', async () => {
    const many = (count: number): string => Array.from({ length: count }, (_, index) => ` a${String(index)}=""`).join('');
    const spoilt = (text: string): string => inFolder(withMets(made, 'root', (mets) => mets.replace('<structMap', `<x${text}/><structMap`)));
    expect(reading(await checkPackage(spoilt(many(1001))))).toEqual(['xml.too-large']);
    expect(reading(await checkPackage(spoilt(many(900)), { limits: { ...usualLimits, xmlElements: 450 } }))).toEqual(['xml.too-large']);
    expect(reading(await checkPackage(spoilt(many(900))))).toEqual([]);
  });
});

describe('a METS of very many parts', () => {
  // So many as no call has room for as arguments; an array taken from its front would take minutes.
  const many = 150_000;

  test.each([
    { what: 'elements that METS has not', into: '</mets>', text: `${'<x/>'.repeat(many)}</mets>` },
    { what: 'divisions', into: '<structMap', text: `<structMap TYPE="LOGICAL"><div>${'<div/>'.repeat(many)}</div></structMap><structMap` },
    { what: 'pointers', into: '<structMap', text: `<structMap TYPE="LOGICAL"><div>${'<mptr/>'.repeat(many)}</div></structMap><structMap` },
    { what: 'file groups', into: '</fileSec>', text: `${'<fileGrp/>'.repeat(many)}</fileSec>` },
  ])('$what', async ({ into, text: more }) => {
    const report = await checkPackage(inFolder(withMets(made, 'root', (mets) => mets.replace(into, more))));
    expect(report.complete).toBe(true);
    expect(reading(report)).toEqual([]);
  });
});
