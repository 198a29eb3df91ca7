import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onlyEntry, zipOne, zipStream } from '../../../electron/services/exchange/edxml/zip.ts';
import { unwrapped, wrapping } from '../../../electron/services/exchange/edxml/zip-rule.ts';
import { failureOf, valueOf } from './edxml-samples.ts';

const limit = 1_000_000;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zip-rule-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A ZIP made by Python's zipfile, as a judge that is not ours. */
function pythonZip(entries: readonly (readonly [name: string, content: string])[], method = 'ZIP_DEFLATED'): Buffer {
  const target = join(folder, 'made.zip');
  const script =
    'import sys,json,zipfile\n' +
    `z=zipfile.ZipFile(sys.argv[1],"w",zipfile.${method})\n` +
    'for n,c in json.loads(sys.argv[2]): z.writestr(n,c)\nz.close()';
  execFileSync('python3', ['-c', script, target, JSON.stringify(entries)]);
  return readFileSync(target);
}

async function read(name: string, bytes: Uint8Array): Promise<string | null> {
  const value = valueOf(await unwrapped(name, bytes, limit));
  return value === null ? null : Buffer.from(value).toString('latin1');
}

describe('reading', () => {
  test.each(['ZIP_DEFLATED', 'ZIP_STORED'])('a wrapped file comes out (%s)', async (method) => {
    expect(await read('bảng.txt', pythonZip([['0b1c.txt', 'nội dung'.repeat(20)]], method))).toBe(
      Buffer.from('nội dung'.repeat(20)).toString('latin1'),
    );
  });

  test('a PDF that was zipped and labelled as PDF comes out', async () => {
    expect(await read('a.pdf', pythonZip([['x.pdf', '%PDF-1.4']]))).toBe('%PDF-1.4');
  });

  test('an xlsx comes out only when it is one inside', async () => {
    const xlsx = pythonZip([['[Content_Types].xml', '<a/>'], ['xl/workbook.xml', '<b/>']]);
    expect(await read('a.xlsx', zipOne('uuid.xlsx', xlsx))).toBe(xlsx.toString('latin1'));
    const locked = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    expect(await read('a.xlsx', zipOne('uuid.xlsx', locked))).toBe(locked.toString('latin1'));
    expect(await read('a.xlsx', xlsx)).toBeNull();
    expect(await read('a.xlsx', zipOne('uuid.txt', xlsx))).toBeNull();
    expect(await read('a.xlsx', zipOne('uuid.xlsx', Buffer.from('không phải')))).toBeNull();
    expect(await read('a.docx', pythonZip([['word/document.xml', '<a/>']]))).toBeNull();
  });

  test('a .zip is never opened', async () => {
    expect(await read('hồ sơ.zip', zipOne('trong.zip', zipOne('a.txt', Buffer.from('a'))))).toBeNull();
  });

  test('several entries, paths, something else', async () => {
    expect(await read('a.txt', pythonZip([['a', '1'], ['b', '2']]))).toBeNull();
    expect(await read('a.txt', pythonZip([['../../etc/passwd', 'x']]))).toBeNull();
    expect(await read('a.txt', pythonZip([['thư mục\\a.txt', 'x']]))).toBeNull();
    expect(await read('a.txt', Buffer.from('PK\u0003\u0004 tình cờ'))).toBeNull();
    expect(await read('a.txt', Buffer.from('chữ'))).toBeNull();
  });

  test('what is damaged stays as it came', async () => {
    const good = zipOne('a.txt', Buffer.from('nội dung nội dung nội dung'));
    for (let at = 4; at < good.length; at++) {
      const bad = Buffer.from(good);
      bad.writeUInt8(bad.readUInt8(at) ^ 0x55, at);
      const outcome = await unwrapped('a.txt', bad, limit);
      // Never a wrong content: either untouched, or the same file (a date, a version), or refused for its size.
      if (outcome.ok && outcome.value !== null) {
        expect(Buffer.from(outcome.value).toString()).toBe('nội dung nội dung nội dung');
      }
    }
  });

  test('a bomb is refused, one that lies about its size is left alone', async () => {
    const bomb = zipOne('a.txt', Buffer.alloc(limit + 1));
    expect(bomb.length).toBeLessThan(5000);
    expect(failureOf(await unwrapped('a.txt', bomb, limit))).toEqual(['too-large', 'Attachment', 'a.txt']);
    const lying = Buffer.from(bomb);
    const central = lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    lying.writeUInt32LE(10, central + 24);
    expect(await read('a.txt', lying)).toBeNull();
  });
});

describe('writing', () => {
  const uuid = (): string => 'uuid';

  test.each([
    ['a.pdf', 'application/pdf'],
    ['a.DOC', 'application/doc'],
    ['a.docx', 'application/docx'],
    ['a.xslx', 'application/xslx'],
    ['a.zip', 'application/zip'],
  ])('%s travels as it is', (name, contentType) => {
    expect(wrapping(name, uuid)).toEqual({ contentType, entry: null });
  });

  test.each([
    ['a.xlsx', 'uuid.xlsx'],
    ['a.xls', 'uuid.xls'],
    ['ghi chú', 'uuid'],
  ])('%s travels in a ZIP with the entry %s', (name, entry) => {
    expect(wrapping(name, uuid)).toEqual({ contentType: 'application/zip', entry });
  });

  async function streamed(content: Buffer, piece: number): Promise<Buffer> {
    async function* pieces(): AsyncIterable<Uint8Array> {
      for (let at = 0; at < content.length; at += piece) yield await Promise.resolve(content.subarray(at, at + piece));
    }
    const parts: Uint8Array[] = [];
    for await (const part of zipStream('uuid.xls', pieces())) parts.push(part);
    return Buffer.concat(parts);
  }

  const files: readonly (readonly [name: string, content: Buffer])[] = [
    ['nothing', Buffer.alloc(0)],
    ['a little', Buffer.from('nội dung')],
    ['what packs well', Buffer.alloc(700_000, 'nội dung ')],
    ['what does not', createHash('shake256', { outputLength: 300_001 }).update('x').digest()],
  ];

  test.each(files)('%s: the same archive at once and in pieces, taken by unzip and Python', async (_name, content) => {
    const whole = Buffer.from(zipOne('uuid.xls', content));
    for (const piece of [1000, 65_536, 1_000_000]) expect((await streamed(content, piece)).equals(whole)).toBe(true);
    expect(onlyEntry(whole)?.name).toBe('uuid.xls');
    expect(Buffer.from((await onlyEntry(whole)?.content()) ?? []).equals(content)).toBe(true);
    const path = join(folder, 'written.zip');
    writeFileSync(path, whole);
    execFileSync('unzip', ['-tqq', path]);
    expect(execFileSync('unzip', ['-p', path, 'uuid.xls']).equals(content)).toBe(true);
    const script = 'import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nprint(z.namelist())';
    expect(execFileSync('python3', ['-c', script, path]).toString().trim()).toBe("['uuid.xls']");
  });

  const java = spawnSync('java', ['-version']).status === 0 && spawnSync('javac', ['-version']).status === 0;
  test.skipIf(!java).each(files.filter((_file, at) => at % 2 === 0))('%s: Java reads it as a stream, entry by entry (needs a Java compiler)', (_name, content) => {
    const program =
      'import java.util.zip.*; public class Read { public static void main(String[] a) throws Exception {' +
      ' ZipInputStream z = new ZipInputStream(System.in); ZipEntry e = z.getNextEntry(); System.out.print(e.getName() + " ");' +
      ' java.security.MessageDigest d = java.security.MessageDigest.getInstance("SHA-256"); byte[] b = new byte[8192];' +
      ' for (int n; (n = z.read(b)) > 0;) d.update(b, 0, n); z.closeEntry();' +
      ' System.out.print(java.util.HexFormat.of().formatHex(d.digest()) + " " + z.getNextEntry()); } }';
    const path = join(folder, 'Read.java');
    writeFileSync(path, program);
    const said = execFileSync('java', [path], { input: zipOne('uuid.xls', content) }).toString();
    expect(said).toBe(`uuid.xls ${createHash('sha256').update(content).digest('hex')} null`);
  });

  test('a source that fails breaks the archive off', async () => {
    async function* broken(): AsyncIterable<Uint8Array> {
      yield await Promise.resolve(Buffer.alloc(100_000, 1));
      throw new Error('đĩa hỏng');
    }
    const reading = (async () => {
      for await (const part of zipStream('a.txt', broken())) expect(part.length).toBeGreaterThan(0);
    })();
    await expect(reading).rejects.toThrow('đĩa hỏng');
  });
});
