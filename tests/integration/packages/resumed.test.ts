import { appendFileSync, closeSync, copyFileSync, openSync, readFileSync, readSync, readdirSync, rmSync, statSync, symlinkSync, truncateSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { digestThreads } from '../../../electron/hosts/threads/package-digest-threads.ts';
import { buildPackage, digestPlaces, type DigestAside } from '../../../electron/services/packages/index.ts';
import { originals, smallContent, stubSchemas } from '../../fakes/packages/content.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { killedForm, killedRun, noted, packageDigest, workingFolder, type Noted } from './killed-run.ts';

type Output = 'folder' | 'zip';
type Half = { readonly into: string; readonly working: string; readonly files: readonly Noted[]; readonly texts: readonly Noted[] };

const outputs = ['folder', 'zip'] as const;
/** calls of an undisturbed run, and what it makes */
const straight: Record<Output, { calls: number; digest: string }> = { folder: { calls: 0, digest: '' }, zip: { calls: 0, digest: '' } };
const store = originals();
const content = smallContent(killedForm, store);

beforeAll(() => {
  for (const output of outputs) {
    const into = scratchFolder();
    const { calls } = JSON.parse(killedRun(into, output, 0).told) as { calls: number };
    straight[output] = { calls, digest: builtIn(into, output) };
  }
});

/** What stands in a folder in which only one package was built. */
function builtIn(into: string, output: Output): string {
  return packageDigest(join(into, first(readdirSync(into))), output);
}

/** A package whose builder was killed when its files and some texts were noted. */
function half(output: Output): Half {
  const into = scratchFolder();
  // METS and what else names others is made behind all else.
  expect(killedRun(into, output, straight[output].calls - 14).killed).toBe(true);
  const all = noted(into);
  const files = all.filter(({ sha256 }) => store.bytes.has(sha256));
  const texts = all.filter(({ sha256 }) => !store.bytes.has(sha256));
  expect(files.length).toBeGreaterThan(2);
  expect(texts.length).toBeGreaterThan(2);
  return { into, working: workingFolder(into) ?? '', files, texts };
}

/** Files that need not be made again; the texts of a ZIP are. */
const usable = ({ files, texts }: Half, output: Output): number => files.length + (output === 'folder' ? texts.length : 0);

/** Goes on; which originals were opened for it. */
async function goneOn(into: string, output: Output, digestAside: DigestAside | undefined = digestThreads()): Promise<{ readonly opened: readonly string[]; readonly resumed: number }> {
  const opened: string[] = [];
  const open = (sha256: string): Iterable<Uint8Array> => {
    opened.push(sha256);
    return store.open(sha256);
  };
  const outcome = await buildPackage({ content, schemas: stubSchemas, into, output }, { open, ...(digestAside === undefined ? {} : { digestAside }) });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  expect(builtIn(into, output) === straight[output].digest).toBe(true);
  return { opened, resumed: outcome.value.resumed };
}

const placeIn = ({ working }: Half, { path, zip }: Noted): readonly [string, number] => (zip === undefined ? [join(working, 'package', path), 0] : [join(working, 'package.zip'), zip.data]);

/** Changes one byte and sets the times of reading and writing back. */
function flip(path: string, at: number): void {
  const { atime, mtime } = statSync(path);
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  writeSync(file, Buffer.from([byte.readUInt8(0) ^ 0x10]), 0, 1, at);
  closeSync(file);
  utimesSync(path, atime, mtime);
}

const first = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (one === undefined) throw new Error('nothing there');
  return one;
};

describe.each(outputs)('a %s whose builder was killed', (output) => {
  test('is finished without copying anything again', async () => {
    const there = half(output);
    expect(await goneOn(there.into, output)).toEqual({ opened: [], resumed: usable(there, output) });
  });

  test('a byte of a noted file that is another one since, with the time of writing set back, is found; only that file is copied again', async () => {
    const there = half(output);
    const spoilt = first(there.files);
    flip(...placeIn(there, spoilt));
    expect((await goneOn(there.into, output)).opened).toEqual([spoilt.sha256]);
  });

  test('so is one of a noted text', async () => {
    const there = half(output);
    flip(...placeIn(there, first(there.texts)));
    const { resumed, opened } = await goneOn(there.into, output);
    expect(opened).toEqual([]);
    expect(resumed).toBeLessThan(there.files.length + there.texts.length);
  });

  test('a file that was only touched is read again and not copied again', async () => {
    const there = half(output);
    const [path] = placeIn(there, first(there.files));
    utimesSync(path, 1, 1);
    expect(await goneOn(there.into, output)).toEqual({ opened: [], resumed: usable(there, output) });
  });

  test.each([
    ['cut short by a kill', '{"path":"representations/rep1/data/0000001.p'],
    ['of which a power cut left the room', `${'\0'.repeat(200)}\n`],
    ['with what no builder wrote', '{"path":"METS.xml","sha256":"00","size":-1}\n'],
    ['behind one that is torn', '\0\0\0\n{"path":"METS.xml","sha256":"00","size":2}\n'],
  ])('a line of the journal %s is not believed', async (_, line) => {
    const there = half(output);
    appendFileSync(join(there.working, 'journal.jsonl'), line);
    expect(await goneOn(there.into, output)).toEqual({ opened: [], resumed: usable(there, output) });
  });

  test('killed between writing and noting, the file is copied again', async () => {
    const there = half(output);
    const journal = join(there.working, 'journal.jsonl');
    const unnoted = first(there.files);
    const lines = readFileSync(journal, 'utf8').split('\n');
    writeFileSync(journal, lines.filter((line) => !line.includes(unnoted.sha256)).join('\n'));
    expect((await goneOn(there.into, output)).opened).toEqual([unnoted.sha256]);
  });

  test('a note that says of a file what the order does not say is not believed', async () => {
    const there = half(output);
    const journal = join(there.working, 'journal.jsonl');
    const wrong = first(there.files);
    writeFileSync(journal, readFileSync(journal, 'utf8').replace(wrong.sha256, wrong.sha256.replaceAll(/[0-7]/g, '8')));
    expect((await goneOn(there.into, output)).opened).toEqual([wrong.sha256]);
  });

  test('what was spoilt and written again is noted once more, also when that run is killed too', async () => {
    const there = half(output);
    flip(...placeIn(there, first(there.files)));
    expect(killedRun(there.into, output, 12).killed).toBe(true);
    const { resumed } = await goneOn(there.into, output);
    expect(resumed).toBeLessThanOrEqual(usable(there, output));
  });
});

test('a noted file of a folder that is gone, empty, of zeros, a link or another one of the same name is told from what was written', async () => {
  const changes: Readonly<Record<string, (path: string) => boolean>> = {
    gone: (path) => {
      rmSync(path);
      return true;
    },
    empty: (path) => {
      truncateSync(path, 0);
      return true;
    },
    zeros: (path) => {
      writeFileSync(path, Buffer.alloc(statSync(path).size));
      return true;
    },
    link: (path) => {
      const there = join(scratchFolder(), 'there');
      copyFileSync(path, there);
      rmSync(path);
      symlinkSync(there, path);
      return true;
    },
    copy: (path) => {
      const other = join(scratchFolder(), 'copy');
      copyFileSync(path, other);
      rmSync(path);
      copyFileSync(other, path);
      return false;
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    const there = half('folder');
    const [path] = placeIn(there, first(there.files));
    const isLost = change(path);
    expect((await goneOn(there.into, 'folder')).opened, what).toEqual(isLost ? [first(there.files).sha256] : []);
  }
});

test('a ZIP that is shorter than its journal says is written again from there', async () => {
  const there = half('zip');
  const last = there.files.toSorted((one, other) => (one.zip?.at ?? 0) - (other.zip?.at ?? 0)).at(-1);
  truncateSync(join(there.working, 'package.zip'), (last?.zip?.end ?? 0) - 1);
  expect((await goneOn(there.into, 'zip')).opened).toEqual([last?.sha256]);
});

test.each([
  ['nobody else reads', undefined],
  ['the others end before they have read anything', () => Promise.resolve()],
  ['the others tell of one file only', (order: Parameters<DigestAside>[0], tell: Parameters<DigestAside>[1]) => digestPlaces({ ...order, places: order.places.slice(0, 1) }, tell)],
] as const)('a changed byte of a ZIP is found where %s', async (_, aside) => {
  const there = half('zip');
  const changed = there.files[1] ?? first(there.files);
  const [path, at] = placeIn(there, changed);
  flip(path, at);
  expect(await goneOn(there.into, 'zip', aside)).toEqual({ opened: [changed.sha256], resumed: there.files.length - 1 });
});
