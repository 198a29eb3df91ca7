import fc from 'fast-check';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { signingThreads } from '../../../electron/hosts/threads/signing-threads.ts';
import { leftToSign, type BatchFile } from '../../../electron/services/signing/index.ts';
import { hasCompiler } from '../../token/soft-token.ts';
import { batchOffice, expectWhole, kindsOf, seen, table } from './batch-office.ts';

const program = fileURLToPath(new URL('crashing-signing-worker.ts', import.meta.url));
const count = 200;

/** What may go wrong with a token, at which of its signatures. */
const token = fc.oneof(
  fc.constant('none'),
  fc.tuple(fc.constantFrom(0x30, 0x32, 0x101, 0xb3), fc.integer({ min: 1, max: count })).map(([code, nth]) => `fail=C_Sign:${String(code)}:${String(nth)}`),
  fc.integer({ min: 1, max: count }).map((nth) => `crash=C_Sign:${String(nth)}`),
  fc.integer({ min: 1, max: count }).map((nth) => `fail=C_SignInit:0x101:${String(nth)}`),
  fc.constantFrom('spoil', 'flags=0x40000', 'fail=C_Login:0xa0'),
);

/** Kinds of files; most are sound. */
const kind = fc.oneof({ weight: 30, arbitrary: fc.constant('sound') }, { weight: 3, arbitrary: fc.constant('two') }, fc.constantFrom('damaged', 'taken', 'crash-prepare', 'crash-finish', 'crash-after'));

describe.skipIf(!hasCompiler)('any batch (needs gcc)', () => {
  const office = batchOffice();

  test('of 200 files, whatever fails and whenever it is cancelled: each is signed or untouched, each PIN is tried at most once, and the rest can be signed later', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { minLength: count, maxLength: count }), token, fc.option(fc.integer({ min: 1, max: count }), { nil: 0 }), async (kinds, how, cancelAt) => {
        const bytes = (index: number): Buffer => (kinds[index] === 'damaged' ? Buffer.from('damaged') : table);
        const { out, batch } = office.files(count, bytes);
        const files = batch.map((file, index): BatchFile => {
          const what = kinds[index] ?? '';
          if (what === 'taken') writeFileSync(file.target, 'somebody else');
          if (what === 'two') return { ...file, steps: [seen, seen] };
          return what.startsWith('crash') ? { ...file, id: file.id.replace('.pdf', `.${what}.pdf`), target: file.target.replace('.pdf', `.${what}.pdf`) } : file;
        });
        const taken = batch.filter((_, index) => kinds[index] === 'taken').map(({ id }) => id);
        const end = await office.sign(files, out, {
          how: how === 'none' ? '' : how,
          work: signingThreads(() => undefined, { program }),
          onProgress: (one, running) => {
            if (one.kind === 'ended' && one.ended === cancelAt) running().cancel();
          },
        });
        expectWhole(end, bytes, out, taken);
        expect(office.calls('C_Login')).toBeLessThanOrEqual(1);
        for (const [index, outcome] of kindsOf(end).entries()) {
          const what = kinds[index];
          if (outcome === 'signed') expect(['sound', 'two', 'crash-after']).toContain(what);
          if (outcome === 'crashed') expect(what).toMatch(/^crash/);
          if (outcome === 'pdf-damaged') expect(what).toBe('damaged');
          if (outcome === 'target-exists') expect(what).toBe('taken');
        }
        if (how === 'none' && cancelAt === 0) expect(end.token).toBe(null);

        const again = leftToSign(end.files).filter(({ id }) => !taken.includes(id));
        const second = await office.sign(again, out);
        expect(office.calls('C_Login')).toBeLessThanOrEqual(1);
        for (const { file, outcome } of second.files) expect([file.id, outcome.kind]).toEqual([file.id, kinds[Number(file.id.slice(0, 3))] === 'damaged' ? 'refused' : 'signed']);
        expect(files.filter(({ target }) => !existsSync(target)).length).toBe(kinds.filter((one) => one === 'damaged').length);
      }),
      { numRuns: 6 },
    );
  });
});
