import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { signingThreads } from '../../../electron/hosts/threads/signing-threads.ts';
import { leftToSign, type BatchFile, type FileEnd } from '../../../electron/services/signing/index.ts';
import type { TokenFailure } from '../../../native/pkcs11/index.ts';
import { hasCompiler } from '../../token/soft-token.ts';
import { bases, document, make } from '../../unit/foundation/pdf/make.ts';
import { batchOffice, expectWhole, kindsOf, seen, table } from './batch-office.ts';
import { judge } from './judges.ts';

describe.skipIf(!hasCompiler)('a batch (needs gcc)', () => {
  const office = batchOffice();
  const whole = (): Buffer => table;

  test('signs every file with one PIN, in their order, and says how far it is', async () => {
    const kinds = Object.values(bases());
    const { out, batch } = office.files(20, (index) => kinds[index % kinds.length] ?? table);
    const told: string[] = [];
    const end = await office.sign(batch, out, {
      onProgress: (one) => told.push(one.kind === 'ended' ? `${one.id} ${one.outcome.kind} ${String(one.ended)}/${String(one.total)}` : `${one.id} ${one.kind}`),
    });
    expect(end.token).toBe(null);
    expect(new Set(kindsOf(end))).toEqual(new Set(['signed']));
    expect(end.files.map(({ file }) => file.id)).toEqual(batch.map(({ id }) => id));
    expectWhole(end, (index) => kinds[index % kinds.length] ?? table, out);
    const bytes = readFileSync(batch[3]?.target ?? '');
    judge(office.pki(), bytes, kinds[3] ?? table, [{ field: 'ChuKySo1', signer: 'Nguyễn Thị Thử', kind: 'rsa-v1.5', level: 'B' }]);
    expect([office.calls('C_Login'), office.calls('C_Sign'), office.calls('C_Logout')]).toEqual([1, 20, 1]);
    expect(told.filter((line) => line.endsWith(' signed'))).toEqual(batch.map(({ id }) => `${id} signed`));
    expect(told.filter((line) => line.includes('/')).map((line) => line.split(' ')[2])).toEqual(batch.map((_, index) => `${String(index + 1)}/20`));
  });

  test('waits for a large file in its turn, though smaller ones behind it are ready', async () => {
    // Which thread comes up first is the machine's affair: what is told of order must hold each time, the situation must have come
    // once. Where a thread takes long to come up, the large file must take longer.
    let waited = false;
    for (let turn = 1; turn <= 8 && !waited; turn += 1) {
      const length = turn * 40_000_000;
      const large = make({ kind: 'table', objects: [...document, [6, Buffer.concat([Buffer.from(`<</Length ${String(length)}>>\nstream\n`), Buffer.alloc(length, 'x'), Buffer.from('\nendstream')])]] });
      const bytes = (index: number): Buffer => (index === 1 ? large : table);
      const { out, batch } = office.files(5, bytes);
      const prepared: string[] = [];
      const signed: string[] = [];
      const end = await office.sign(batch, out, {
        onProgress: ({ kind, id }) => {
          if (kind === 'prepared') prepared.push(id);
          if (kind === 'signed') signed.push(id);
        },
      });
      expect(signed).toEqual(batch.map(({ id }) => id));
      expectWhole(end, bytes, out);
      waited = prepared.indexOf('002.pdf') < prepared.indexOf('001.pdf');
    }
    expect(waited).toBe(true);
  });

  test('makes several signatures of one file, each over the ones before, and leaves nothing between', async () => {
    const steps: BatchFile['steps'] = [
      { ...seen, certify: 2 },
      { ...seen, field: { kind: 'new', page: 1, name: 'Ngay' } },
      { ...seen, field: { kind: 'new', page: 1, name: 'ConDau' } },
    ];
    const { out, batch } = office.files(9, whole, steps);
    const end = await office.sign(batch, out);
    expect(new Set(kindsOf(end))).toEqual(new Set(['signed']));
    expectWhole(end, whole, out);
    const signer = 'Nguyễn Thị Thử';
    const expected = ['ChuKySo1', 'Ngay', 'ConDau'].map((field) => ({ field, signer, kind: 'rsa-v1.5', level: 'B' }) as const);
    judge(office.pki(), readFileSync(batch[0]?.target ?? ''), table, expected);
    expect([office.calls('C_Login'), office.calls('C_Sign')]).toEqual([1, 27]);
  });

  test('refuses files one by one with their cause, at the step that is refused, and signs the others', async () => {
    const broken = Buffer.from('not a PDF');
    const bytes = (index: number): Buffer => (index === 1 ? broken : table);
    const twice: BatchFile['steps'] = [{ ...seen, field: { kind: 'new', page: 1, name: 'So' } }, { ...seen, field: { kind: 'new', page: 1, name: 'So' } }];
    const { out, batch } = office.files(7, bytes);
    const changed = batch.map((file, index) => ({ ...file, ...(index === 3 ? { steps: twice } : {}), ...(index === 5 ? { target: batch[4]?.target ?? '' } : {}) }));
    rmSync(batch[2]?.source ?? '');
    writeFileSync(join(out, '006.pdf'), 'somebody else');
    const end = await office.sign(changed, out);
    expect(kindsOf(end)).toEqual(['signed', 'pdf-damaged', 'file-unreadable', 'field-name-taken', 'signed', 'target-exists', 'target-exists']);
    expect(end.files[3]?.outcome).toMatchObject({ step: 1 });
    expect(readdirSync(out)).toEqual(['000.pdf', '004.pdf', '006.pdf']);
    expect(readFileSync(join(out, '006.pdf'), 'utf8')).toBe('somebody else');
    expect(office.calls('C_Login')).toBe(1);
  });

  test('types no PIN where no file can be signed', async () => {
    const { out, batch } = office.files(3, () => Buffer.from('nothing'));
    const end = await office.sign(batch, out);
    expect(kindsOf(end)).toEqual(['pdf-damaged', 'pdf-damaged', 'pdf-damaged']);
    expect(office.calls('C_Login')).toBe(0);
    expect(readdirSync(out)).toEqual([]);
  });

  test('a folder that takes no journal is told for every file, before any is touched', async () => {
    const { out, batch } = office.files(2);
    const end = await office.sign(batch, join(out, 'nowhere'));
    expect(kindsOf(end)).toEqual(['target-unwritable', 'target-unwritable']);
    expect(office.calls('C_Login')).toBe(0);
  });

  test.each([
    ['a wrong PIN', { pin: '135791' }, 'pin-wrong', 0, 1],
    ['a token that is locked', { how: 'flags=0x40000' }, 'pin-locked', 0, 0],
    ['a PIN that locks it', { how: 'fail=C_Login:0xa0;locks' }, 'pin-locked', 0, 1],
    ['a token taken out in the middle', { how: 'fail=C_Sign:0x32:4' }, 'token-removed', 3, 1],
    ['a driver that crashes in the middle', { how: 'crash=C_Sign:4' }, 'module-crashed', 3, 1],
    ['a driver that hangs in the middle', { how: 'hang=C_Sign:4' }, 'module-hangs', 3, 1],
    ['a login that is lost after one signature', { how: 'fail=C_SignInit:0x101:2' }, 'pin-needed', 1, 1],
    ['a wrong signature', { how: 'spoil' }, 'signature-wrong', 0, 1],
    ['no certificate there', { how: 'unavailable=0x11' }, 'certificate-absent', 0, 0],
  ] as const)('%s ends it: what is signed stays, the rest is untouched and told, nothing is tried twice', async (_, run, code, signed, logins) => {
    const { out, batch } = office.files(12);
    const end = await office.sign(batch, out, run);
    expect(end.token?.code).toBe(code);
    expect(kindsOf(end)).toEqual(batch.map((__, index) => (index < signed ? 'signed' : code)));
    expectWhole(end, whole, out);
    expect(office.calls('C_Login')).toBe(logins);
  });

  test('what failed is signed as a new batch with a new PIN', async () => {
    const { out, batch } = office.files(6);
    const first = await office.sign(batch, out, { how: 'fail=C_Sign:0x32:3' });
    const left = leftToSign(first.files);
    expect(left.map(({ id }) => id)).toEqual(['002.pdf', '003.pdf', '004.pdf', '005.pdf']);
    const second = await office.sign(left, out);
    expect(kindsOf(second)).toEqual(['signed', 'signed', 'signed', 'signed']);
    const both: readonly FileEnd<TokenFailure>[] = [...first.files.slice(0, 2), ...second.files];
    expectWhole({ files: both, token: null }, whole, out);
    expect(office.calls('C_Login')).toBe(1);
  });

  test('a key that wants the PIN at each signature gets it from one typing', async () => {
    const { out, batch } = office.files(5);
    const end = await office.sign(batch, out, { key: 'each' });
    expect(new Set(kindsOf(end))).toEqual(new Set(['signed']));
    expectWhole(end, whole, out);
    expect([office.calls('C_Login 1'), office.calls('C_Login 2')]).toEqual([1, 5]);
  });

  test('is cancelled between two documents: what the token has begun is finished, the rest untouched', async () => {
    const { out, batch } = office.files(40);
    const end = await office.sign(batch, out, {
      how: 'slow=C_Sign:30',
      onProgress: (one, running) => {
        if (one.kind === 'ended' && one.ended === 5) running().cancel();
      },
    });
    const kinds = kindsOf(end);
    const count = kinds.filter((kind) => kind === 'signed').length;
    expect(count).toBeGreaterThanOrEqual(5);
    expect(count).toBeLessThan(9);
    expect(kinds).toEqual(batch.map((_, index) => (index < count ? 'signed' : 'cancelled')));
    expect(end.token).toBe(null);
    expectWhole(end, whole, out);
    expect([office.calls('C_Login'), office.calls('C_Sign')]).toEqual([1, count]);
  });

  test('cancelled, a document that has one of its signatures gets the others', async () => {
    const { out, batch } = office.files(10, whole, [seen, seen, seen]);
    let begun = 0;
    const end = await office.sign(batch, out, {
      how: 'slow=C_Sign:20',
      onProgress: (one, running) => {
        if (one.kind === 'signed' && (begun += 1) === 2) running().cancel();
      },
    });
    const kinds = kindsOf(end);
    expect(kinds.filter((kind) => kind === 'signed').length).toBeGreaterThanOrEqual(1);
    expect(new Set(kinds)).toEqual(new Set(['signed', 'cancelled']));
    expectWhole(end, whole, out);
    expect(office.calls('C_Sign')).toBe(3 * kinds.filter((kind) => kind === 'signed').length);
  });

  test('an authority that does not answer is not waited for by every file; all are signed and say what they lack', async () => {
    const { out, batch } = office.files(30, whole, [{ ...seen, level: 'T' }]);
    let asked = 0;
    const end = await office.sign(batch, out, {
      tsa: 'http://tsa.test/',
      http: async () => {
        asked += 1;
        await new Promise((resolve) => setTimeout(resolve, 50));
        return { ok: false, failure: { code: 'timed-out' } };
      },
    });
    expect(asked).toBeGreaterThanOrEqual(3);
    // Those that were asked side by side before the third went without an answer.
    expect(asked).toBeLessThan(20);
    for (const { outcome } of end.files) expect(outcome).toMatchObject({ kind: 'signed', file: { level: 'B', time: null, missing: { why: 'unreachable' } } });
    expectWhole(end, whole, out);
  });

  test('has no more copies on the disk than the look-ahead allows, whatever waits for the token', async () => {
    const { out, batch } = office.files(30);
    let most = 0;
    await office.sign(batch, out, {
      how: 'slow=C_Sign:20',
      onProgress: () => {
        most = Math.max(most, readdirSync(out).filter((name) => name.endsWith('.part')).length);
      },
    });
    expect(most).toBeGreaterThan(2);
    expect(most).toBeLessThanOrEqual(8);
  });

  test('a thread that ends is the outcome of the file that it had; the others are signed', async () => {
    const { out, batch } = office.files(8);
    const program = fileURLToPath(new URL('crashing-signing-worker.ts', import.meta.url));
    const named = batch.map((file, index) => {
      const end = { 2: 'crash-prepare', 4: 'crash-finish', 6: 'crash-after' }[index];
      return end === undefined ? file : { ...file, target: file.target.replace('.pdf', `.${end}.pdf`) };
    });
    const end = await office.sign(named, out, { work: signingThreads(() => undefined, { program }) });
    // What had its name before the thread ended is found to be signed.
    expect(kindsOf(end)).toEqual(['signed', 'signed', 'crashed', 'signed', 'crashed', 'signed', 'signed', 'signed']);
    const named6 = named[6]?.target ?? '';
    expect(end.files[6]?.outcome).toMatchObject({ kind: 'signed', file: { path: named6, field: 'ChuKySo1', level: 'B' } });
    expect(existsSync(named6)).toBe(true);
    expect(readdirSync(out)).toEqual(['000.pdf', '001.pdf', '003.pdf', '005.pdf', '006.crash-after.pdf', '007.pdf']);
  });

  test('a thread that does not come back is given up', async () => {
    const { out, batch } = office.files(4);
    const program = fileURLToPath(new URL('crashing-signing-worker.ts', import.meta.url));
    const named = batch.map((file, index) => (index === 1 ? { ...file, target: file.target.replace('.pdf', '.hang.pdf') } : file));
    const end = await office.sign(named, out, { work: signingThreads(() => undefined, { program, limit: 1_500 }) });
    expect(kindsOf(end)).toEqual(['signed', 'crashed', 'signed', 'signed']);
    expect(readdirSync(out)).toEqual(['000.pdf', '002.pdf', '003.pdf']);
  });
});
