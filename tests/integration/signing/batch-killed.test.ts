import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, watch, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { signingThreads } from '../../../electron/hosts/threads/signing-threads.ts';
import { endJournal, oneOfMany, type BatchFile, type LeftBatch } from '../../../electron/services/signing/index.ts';
import { good } from '../../fakes/pki/pki.ts';
import { hasCompiler, pin } from '../../token/soft-token.ts';
import { batchOffice, expectSound, kindsOf, seen, table } from './batch-office.ts';
import type { KilledBatch } from './killed-batch-main.ts';

const program = fileURLToPath(new URL('killed-batch-main.ts', import.meta.url));

/** Runs a batch in a program that is killed at the `nth` change in its folder. Answers whether it was. */
function killedAt(nth: number, what: KilledBatch): Promise<boolean> {
  const child = spawn(process.execPath, [program, JSON.stringify(what)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let changes = 0;
  const watching = watch(what.journals, () => {
    changes += 1;
    if (changes === nth) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.once('close', (_, signal) => {
      watching.close();
      resolve(signal === 'SIGKILL');
    });
  });
}

async function clearedIn(folder: string, isAlone = false): Promise<readonly LeftBatch[]> {
  const threads = signingThreads(() => undefined, { count: 1 });
  try {
    return good(await threads.clearLeft(folder, { ...oneOfMany, isAlone }));
  } finally {
    await threads.close();
  }
}

describe.skipIf(!hasCompiler)('a batch that is killed (needs gcc)', () => {
  const office = batchOffice();
  const killed = (batch: readonly BatchFile[], journals: string): KilledBatch => {
    process.env['HOSTILE'] = '';
    const certificate = Buffer.from(office.signer().certificate.der).toString('base64');
    return { module: office.module(), token: office.token(), certificate, pin, journals, files: batch };
  };

  const two: BatchFile['steps'] = [seen, seen];
  // A batch of four files makes some 30 changes of names and contents in its folder, with two signatures each some 60.
  const points = [...Array.from({ length: 26 }, (_, index) => ({ nth: index + 1, steps: [seen] })), ...Array.from({ length: 8 }, (_, index) => ({ nth: index * 7 + 1, steps: two }))] as const;
  const groups = [0, 1, 2, 3].map((group) => points.filter((_, index) => index % 4 === group));

  test.each(groups)('at every change in its folder: no half file, originals as they were, every file found as it is, and the rest signed later', async (...group) => {
    let kills = 0;
    const states = new Set<string>();
    for (const { nth, steps } of group) {
      const { out, batch } = office.files(4, () => table, steps as BatchFile['steps']);
      // Not ours, though they look like it.
      const foreign = ['000.pdf.part', '000.pdf.0123456789abcdef.0.part', '.tvt-signing-0123456789abcdef.jsonl'];
      for (const name of foreign) writeFileSync(join(out, name), 'somebody else');
      if (await killedAt(nth, killed(batch, out))) kills += 1;

      for (const { source } of batch) expect(readFileSync(source).equals(table)).toBe(true);
      const there = batch.filter(({ target }) => existsSync(target));
      for (const { target } of there) expectSound(readFileSync(target), table, steps.length);

      await clearedIn(out);
      // A journal without a head may be one that is just being written; an old one is not.
      for (const name of readdirSync(out).filter((one) => one.startsWith('.tvt-'))) utimesSync(join(out, name), 0, 0);
      const left = await clearedIn(out);
      const names = there.map(({ target }) => basename(target));
      const journals = left.map(({ journal }) => basename(journal));
      expect(readdirSync(out)).toEqual([...names, ...foreign, ...journals].sort());
      // Without a journal nothing was begun, or all was done.
      if (left.length === 0) expect([0, 4]).toContain(there.length);
      for (const file of left.flatMap(({ files }) => files)) {
        expect([file.id, file.state]).toEqual([file.id, names.includes(file.id) ? 'signed' : 'unsigned']);
        if (file.state === 'signed') expect(file).toMatchObject({ isOfSource: true, certificate: killed([], '').certificate });
        states.add(file.state);
      }
      for (const { journal } of left) await endJournal(journal);

      const rest = batch.filter(({ target }) => !existsSync(target));
      const end = await office.sign(rest, out);
      expect(new Set(kindsOf(end))).toEqual(new Set(rest.length === 0 ? [] : ['signed']));
      for (const { target } of batch) expectSound(readFileSync(target), table, steps.length);
      expect(readdirSync(out)).toEqual([...batch.map(({ id }) => id), ...foreign].sort());
    }
    expect(kills).toBeGreaterThan(group.length / 2);
    expect(states).toEqual(new Set(['signed', 'unsigned']));
  });

  test('whose program runs is left alone, by itself and by others', async () => {
    const { out, batch } = office.files(6);
    let looked: readonly LeftBatch[] | undefined;
    const looks: Promise<void>[] = [];
    const end = await office.sign(batch, out, {
      how: 'slow=C_Sign:150',
      onProgress: (one) => {
        if (one.kind !== 'ended' || one.ended !== 2) return;
        looks.push(
          (async () => {
            looked = await clearedIn(out);
          })(),
        );
      },
    });
    await Promise.all(looks);
    expect(looked).toEqual([]);
    expect(new Set(kindsOf(end))).toEqual(new Set(['signed']));
    expect(await clearedIn(out)).toEqual([]);
  });

  test('a note that a crash cut off, a file that was changed since, an original that is another now', async () => {
    const { out, batch, folder } = office.files(3);
    const what = killed(batch, out);
    // Held at the third signature, so that two files have their names.
    process.env['HOSTILE'] = 'hang=C_Sign:3';
    const child = spawn(process.execPath, [program, JSON.stringify(what)], { stdio: 'ignore' });
    await expect.poll(() => batch.slice(0, 2).every(({ target }) => existsSync(target))).toBe(true);
    expect(await clearedIn(out)).toEqual([]);
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await closed;
    const journal = join(out, readdirSync(out).find((name) => name.startsWith('.tvt-signing-')) ?? '');
    writeFileSync(journal, '{"kind":"naming","prepa', { flag: 'a' });
    writeFileSync(batch[0]?.source ?? '', Buffer.concat([table, Buffer.from(' ')]));
    expect((await clearedIn(out))[0]?.files).toMatchObject([{ state: 'signed', isOfSource: false }, { state: 'signed', isOfSource: true }, { state: 'unsigned' }]);
    const signed = readFileSync(batch[1]?.target ?? '');
    signed.writeUInt8(signed.readUInt8(100) ^ 1, 100);
    writeFileSync(batch[1]?.target ?? '', signed);
    expect((await clearedIn(out))[0]?.files[1]?.state).toBe('unsigned');
    truncateSync(batch[1]?.target ?? '', 1_000);
    rmSync(batch[0]?.target ?? '');
    mkdirSync(batch[0]?.target ?? '');
    expect((await clearedIn(out))[0]?.files.map(({ state }) => state)).toEqual(['unsigned', 'unsigned', 'unsigned']);
    expect(readdirSync(folder)).toEqual(['000.pdf', '001.pdf', '002.pdf', 'out']);
    truncateSync(journal, 20);
    expect(await clearedIn(out)).toEqual([]);
    expect(existsSync(journal)).toBe(true);
    expect(await clearedIn(out, true)).toEqual([]);
    expect(existsSync(journal)).toBe(false);
  });
});
