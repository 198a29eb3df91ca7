import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageCheckThreads, type SentFile } from '../../../electron/hosts/threads/package-check-threads.ts';
import { digestThreads } from '../../../electron/hosts/threads/package-digest-threads.ts';
import { checkPackage } from '../../../electron/services/packages/index.ts';
import { circularPackage, withMets, type FakeDocument } from '../../fakes/packages/circular-package.ts';
import { inFolder, inZip } from '../../fakes/packages/place.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

test('a package of three thousand documents is checked aside, and its report comes whole', async () => {
  const documents = Array.from({ length: 3000 }, (_, index): FakeDocument => ({ name: `${String(index + 1).padStart(7, '0')}.pdf`, content: Buffer.from(`%PDF-1.7 ${index}`) }));
  const path = inZip(circularPackage('sip-hoso', documents));
  const threads = packageCheckThreads();
  const told: number[] = [];
  const checked = await threads.check(path, { onProgress: ({ files }) => told.push(files) });
  await threads.close();
  expect(checked.ok && checked.value.findings).toEqual([]);
  expect(told.at(-1)).toBe(6_008);
  expect(checked.ok && [checked.value.files.length, checked.value.described.length, new Set(checked.value.files.map((file) => file.path)).size]).toEqual([6_008, 3_001, 6_008]);
});

test('signatures are judged by the host: by path in a folder, by bytes in a ZIP', async () => {
  const made = circularPackage();
  const sent: SentFile[] = [];
  const threads = packageCheckThreads({
    judge: async (file) => {
      sent.push(file);
      if (file.path.endsWith('2.pdf')) throw new Error('no judge');
      return { indication: 'failed', why: 'HASH_FAILURE', signer: '' };
    },
  });
  const folder = inFolder(made);
  for (const path of [folder, inZip(made)]) {
    const checked = await threads.check(path);
    expect(checked.ok && checked.value.findings.map(({ rule, params }) => [rule, params['why']])).toEqual([
      ['signature.failed', 'HASH_FAILURE'],
      ['signature.unchecked', 'no judge'],
    ]);
  }
  await threads.close();
  expect(sent.map(({ source }) => (source.kind === 'path' ? source.path : Buffer.from(source.bytes).toString('utf8')))).toEqual([
    join(folder, 'representations/rep1/data/0000001.pdf'),
    join(folder, 'representations/rep1/data/0000002.pdf'),
    '%PDF-1.7\nmột\n%%EOF\n',
    '%PDF-1.7\nhai\n%%EOF\n',
  ]);
});

test('it can be stopped, and a thread that ends by itself is told', async () => {
  const threads = packageCheckThreads();
  const stopping = new AbortController();
  stopping.abort();
  const stopped = await threads.check(inFolder(circularPackage()), { signal: stopping.signal });
  expect(stopped.ok && [stopped.value.complete, stopped.value.fit]).toEqual([false, false]);
  const program = join(scratchFolder(), 'ends.mjs');
  writeFileSync(program, 'process.exit(3);');
  expect(await packageCheckThreads({ program }).check('/')).toEqual({ ok: false, failure: { code: 'check-crashed', detail: 'exit 3' } });
});

test('what a thread had taken when it broke off is read by the check itself', async () => {
  const documents = Array.from({ length: 600 }, (_, index): FakeDocument => ({ name: `${String(index + 1).padStart(7, '0')}.pdf`, content: Buffer.from(`%PDF-1.7 ${index}`) }));
  const path = inFolder(circularPackage('sip-hoso', documents));
  const program = join(scratchFolder(), 'takes.mjs');
  writeFileSync(program, "import { workerData } from 'node:worker_threads';\nAtomics.add(new Int32Array(workerData.common), 0, 400);\nthrow new Error('deliberate');\n");
  const report = await checkPackage(path, { digestAside: digestThreads(program) });
  expect([report.findings, report.fit, report.files.every(({ sha256 }) => sha256.length === 64)]).toEqual([[], true, true]);
});

test('a digest that a METS names in a way that is not seen before it is parsed is taken all the same', async () => {
  const content = Buffer.from('%PDF-1.7\nmột\n');
  const made = withMets(circularPackage('sip-hoso', [{ name: '0000001.pdf', content }]), 'rep1', (text) =>
    text.replace(`CHECKSUM="${createHash('sha256').update(content).digest('hex').toUpperCase()}" CHECKSUMTYPE="SHA-256"`, `CHECKSUM="${createHash('sha512').update(content).digest('hex').toUpperCase()}" CHECKSUMTYPE="SHA&#45;512"`),
  );
  // SHA-512 is not what the circular has, but it is right.
  expect((await checkPackage(inFolder(made))).findings.map(({ rule }) => rule)).toEqual(['tt05.checksum-type']);
});
