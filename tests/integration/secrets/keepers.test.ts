import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseKeeper, safeStorageKeeper, systemProtects, type SystemStorage } from '../../../electron/hosts/desktop/secrets.ts';
import { keyFile } from '../../../electron/platform/secrets/key-file.ts';
import type { KeyKeeper } from '../../../electron/platform/secrets/keeper.ts';
import { passphrase } from '../../../electron/platform/secrets/passphrase.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'tvt-key-')); });
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const words = 'mật khẩu của trạm số 7';
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mountWorks();

function mountWorks(): boolean {
  const at = mkdtempSync(join(tmpdir(), 'tvt-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', at], { stdio: 'ignore' });
    execFileSync('umount', [at]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(at, { recursive: true });
  }
}
const asks = (answer: string | null) => () => Promise.resolve(answer);
const storage: SystemStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptStringAsync: (text) => Promise.resolve(Buffer.from([...text].reverse().join(''))),
  decryptStringAsync: (bytes) => {
    const result = [...bytes.toString()].reverse().join('');
    return /^[A-Za-z0-9+/]{43}=$/.test(result) ? Promise.resolve({ result }) : Promise.reject(new Error('no'));
  },
};

const keepers: Readonly<Record<string, { readonly make: (folder: string) => KeyKeeper; readonly file: string }>> = {
  'key file': { make: keyFile, file: 'practice.key' },
  passphrase: { make: (at) => passphrase(at, asks(words)), file: 'passphrase.key.json' },
  'system storage': { make: (at) => safeStorageKeeper(at, storage), file: 'system.key' },
};

describe.each(Object.entries(keepers))('a key kept by %s', (_name, { make, file }) => {
  it('is made once and found again', async () => {
    const first = await make(folder).obtain(true);
    const again = await make(folder).obtain(true);
    const later = await make(folder).obtain(false);
    if (!first.ok || !again.ok || !later.ok) throw new Error('no key');
    expect(first.value.created).toBe(true);
    expect(first.value.key.length).toBe(32);
    expect([again.value.created, later.value.created]).toEqual([false, false]);
    expect(Buffer.compare(first.value.key, again.value.key)).toBe(0);
    expect(Buffer.compare(first.value.key, later.value.key)).toBe(0);
    expect(readdirSync(folder)).toEqual([file]);
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  });

  it('is another one in another profile', async () => {
    const other = mkdtempSync(join(tmpdir(), 'tvt-key-'));
    const [a, b] = [await make(folder).obtain(true), await make(other).obtain(true)];
    expect(a.ok && b.ok && Buffer.compare(a.value.key, b.value.key) !== 0).toBe(true);
    rmSync(other, { recursive: true });
  });

  it('is not made where data is already there', async () => {
    expect(await make(folder).obtain(false)).toMatchObject({ ok: false, failure: { code: 'key-missing' } });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is made in a folder that is not there yet, for its owner only', async () => {
    const deep = join(folder, 'a/b');
    expect(await make(deep).obtain(true)).toMatchObject({ ok: true });
    expect(statSync(deep).mode & 0o777).toBe(0o700);
  });

  it.each([0o640, 0o604, 0o660, 0o644])('is refused when others may read it (%o)', async (mode) => {
    await make(folder).obtain(true);
    chmodSync(join(folder, file), mode);
    expect(await make(folder).obtain(true)).toMatchObject({ ok: false, failure: { code: 'key-wrong', params: { reason: 'readable-by-others' } } });
  });

  it.each([['an empty file', ''], ['a short one', 'abc'], ['a long one', 'x'.repeat(20_000)], ['JSON of something else', '{"a":1}']])(
    'is refused from %s, which stays as it is',
    async (_what, content) => {
      writeFileSync(join(folder, file), content, { mode: 0o600 });
      expect(await make(folder).obtain(true)).toMatchObject({ ok: false, failure: { code: 'key-wrong' } });
      expect(readFileSync(join(folder, file), 'utf8')).toBe(content);
    },
  );

  it('is refused through a link', async () => {
    writeFileSync(join(folder, 'elsewhere'), Buffer.alloc(32), { mode: 0o600 });
    symlinkSync(join(folder, 'elsewhere'), join(folder, file));
    expect(await make(folder).obtain(true)).toMatchObject({ ok: false, failure: { code: 'key-wrong' } });
  });

  it('says when the folder cannot be written', async () => {
    const notAFolder = join(folder, 'file');
    writeFileSync(notAFolder, '');
    expect(await make(notAFolder).obtain(true)).toMatchObject({ ok: false, failure: { code: 'folder-read-only' } });
  });

  it('made twice at the same moment is one key', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => make(folder).obtain(true)));
    const keys = new Set(all.flatMap((one) => (one.ok ? [one.value.key.toString('hex')] : [])));
    expect(keys.size).toBe(1);
    expect(all.filter((one) => one.ok && one.value.created)).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([file]);
  });
});

describe('a passphrase', () => {
  const file = () => join(folder, 'passphrase.key.json');
  type Parsed = { kdf: Record<string, unknown>; wrap: Record<string, string>; [more: string]: unknown };
  async function altered(change: (parsed: Parsed) => void): Promise<unknown> {
    await passphrase(folder, asks(words)).obtain(true);
    const parsed = JSON.parse(readFileSync(file(), 'utf8')) as Parsed;
    change(parsed);
    writeFileSync(file(), JSON.stringify(parsed), { mode: 0o600 });
    const before = process.memoryUsage().rss;
    const outcome = await passphrase(folder, asks(words)).obtain(false);
    expect(process.memoryUsage().rss - before).toBeLessThan(1024 ** 3);
    return outcome;
  }

  it('that is wrong gives key-wrong', async () => {
    await passphrase(folder, asks(words)).obtain(true);
    const failure = { code: 'key-wrong', params: { reason: 'passphrase' } };
    expect(await passphrase(folder, asks('một mật khẩu khác')).obtain(false)).toMatchObject({ ok: false, failure });
    expect(await passphrase(folder, asks('')).obtain(false)).toMatchObject({ ok: false, failure });
  });

  it('is the same in composed and decomposed Vietnamese', async () => {
    const made = await passphrase(folder, asks(words.normalize('NFC'))).obtain(true);
    const found = await passphrase(folder, asks(words.normalize('NFD'))).obtain(false);
    expect(made.ok && found.ok && Buffer.compare(made.value.key, found.value.key)).toBe(0);
  });

  it('not given leaves nothing', async () => {
    const failure = { code: 'key-wrong', params: { reason: 'cancelled' } };
    expect(await passphrase(folder, asks(null)).obtain(true)).toMatchObject({ ok: false, failure });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is asked for as what it is', async () => {
    const asked: string[] = [];
    const keeper = passphrase(folder, (what) => { asked.push(what); return Promise.resolve(words); });
    await keeper.obtain(true);
    await keeper.obtain(false);
    expect(asked).toEqual(['new', 'known']);
  });

  it('does not stand in its file, nor does the key', async () => {
    const made = await passphrase(folder, asks(words)).obtain(true);
    const text = readFileSync(file());
    expect(text.includes(words)).toBe(false);
    if (made.ok) expect(text.includes(made.value.key.toString('base64'))).toBe(false);
    expect(JSON.parse(text.toString())).toMatchObject({ kdf: { name: 'scrypt', N: 2 ** 17, r: 8, p: 1 } });
  });

  it.each<[string, (parsed: Parsed) => void]>([
    ['a cheap cost', ({ kdf }) => { kdf['N'] = 2 ** 10; }],
    ['a cost that would stop the machine', ({ kdf }) => { kdf['N'] = 2 ** 30; }],
    ['a cost that is no power of two', ({ kdf }) => { kdf['N'] = 2 ** 17 + 1; }],
    ['a large block', ({ kdf }) => { kdf['r'] = 4096; }],
    ['many passes', ({ kdf }) => { kdf['p'] = 1000 }],
    ['a short salt', ({ kdf }) => { kdf['salt'] = 'AAAA'; }],
    ['another cipher', ({ wrap }) => { wrap['name'] = 'none'; }],
    ['a newer form', (parsed) => { parsed['version'] = 2; }],
    ['a field more', (parsed) => { parsed['more'] = 1; }],
  ])('file with %s is refused before anything is computed', async (_what, change) => {
    expect(await altered(change)).toMatchObject({ ok: false, failure: { code: 'key-wrong', params: { reason: 'file-damaged' } } });
  });

  it.each<[string, (parsed: Parsed) => void]>([
    ['key', ({ wrap }) => { wrap['key'] = Buffer.alloc(32, 1).toString('base64'); }],
    ['tag', ({ wrap }) => { wrap['tag'] = Buffer.alloc(16).toString('base64'); }],
    ['cost', ({ kdf }) => { kdf['N'] = 2 ** 18; }],
  ])('file with another %s does not open', async (_what, change) => {
    expect(await altered(change)).toMatchObject({ ok: false, failure: { code: 'key-wrong', params: { reason: 'passphrase' } } });
  });
});

describe('which keeper a profile has', () => {
  const choice = (more: Partial<Parameters<typeof chooseKeeper>[0]> = {}) =>
    chooseKeeper({ practice: false, folder, storage, platform: 'linux', ask: asks(words), ...more });
  const basic: SystemStorage = { ...storage, getSelectedStorageBackend: () => 'basic_text' };

  async function fileMadeBy(keeper: KeyKeeper): Promise<string[]> {
    await keeper.obtain(true);
    return readdirSync(folder);
  }

  it('practice: a file', async () => { expect(await fileMadeBy(await choice({ practice: true, storage: basic }))).toEqual(['practice.key']); });
  it('a system that protects: its storage', async () => { expect(await fileMadeBy(await choice())).toEqual(['system.key']); });
  it('a system that does not: a passphrase', async () => { expect(await fileMadeBy(await choice({ storage: basic }))).toEqual(['passphrase.key.json']); });

  it('what it was made with, whatever the system says later', async () => {
    await (await choice()).obtain(true);
    expect(await (await choice({ storage: basic })).obtain(false)).toMatchObject({ ok: true });
    expect(existsSync(join(folder, 'passphrase.key.json'))).toBe(false);
  });

  it('knows what protects', async () => {
    expect(await systemProtects(storage, 'linux')).toBe(true);
    expect(await systemProtects(basic, 'linux')).toBe(false);
    expect(await systemProtects(basic, 'win32')).toBe(true);
    expect(await systemProtects({ ...storage, isAsyncEncryptionAvailable: () => Promise.resolve(false) }, 'win32')).toBe(false);
  });
});

describe.each([
  ['full', 'size=4k', 'disk-full'],
  ['read-only', 'size=64k,ro', 'folder-read-only'],
] as const)('on a disk that is %s', (_what, options, code) => {
  const mounted = (work: (at: string) => Promise<void>) => async () => {
    const at = mkdtempSync(join(tmpdir(), 'tvt-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', at]);
    try {
      if (code === 'disk-full') {
        try { writeFileSync(join(at, 'full'), Buffer.alloc(1024 * 1024)); } catch { /* that was the aim */ }
      }
      await work(at);
    } finally {
      execFileSync('umount', [at]);
      rmSync(at, { recursive: true });
    }
  };

  it.skipIf(!canMount).each(Object.entries(keepers))('%s says so and leaves nothing half-written (needs the right to mount)', async (_name, { make }) => {
    await mounted(async (at) => {
      const before = readdirSync(at);
      expect(await make(at).obtain(true)).toMatchObject({ ok: false, failure: { code } });
      expect(readdirSync(at)).toEqual(before);
    })();
  });
});
