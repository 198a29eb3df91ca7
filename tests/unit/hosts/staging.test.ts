import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stagedPieceBytes } from '#contract';
import { stagingHandlers } from '../../../electron/hosts/staging.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const sealedFiles = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('unfinished/'));

test('a file comes in pieces and is stored under its hash; nothing of one that breaks off stays', async () => {
  const folder = scratchFolder();
  const store = storeIn(folder);
  const staging = stagingHandlers(store);
  const bytes = randomBytes(3 * stagedPieceBytes + 17);
  const open = async (size = bytes.length): Promise<string> => {
    const outcome = await staging.open({ name: 'a.pdf', mediaType: 'application/pdf', size });
    return outcome.ok ? outcome.value.upload : '';
  };
  const upload = await open();
  // Not waited for one by one, as a window does that hands over the next while one is written.
  const pieces = [0, 1, 2, 3].map(async (nth) =>
    staging.piece({ upload, at: nth * stagedPieceBytes, base64: bytes.subarray(nth * stagedPieceBytes, (nth + 1) * stagedPieceBytes).toString('base64') }),
  );
  expect((await Promise.all(pieces)).at(-1)).toEqual({ ok: true, value: { received: bytes.length } });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(await staging.finish({ upload })).toEqual({ ok: true, value: { name: 'a.pdf', mediaType: 'application/pdf', size: bytes.length, sha256 } });
  expect(await store.blobs.verify(sha256)).toEqual({ sha256, size: bytes.length });

  const short = await open();
  await staging.piece({ upload: short, at: 0, base64: bytes.subarray(0, 100).toString('base64') });
  expect(await staging.finish({ upload: short })).toMatchObject({ failure: { code: 'upload-incomplete' } });
  const jumped = await open();
  expect(await staging.piece({ upload: jumped, at: 5, base64: 'AAAA' })).toMatchObject({ failure: { code: 'upload-out-of-order' } });
  expect(await staging.piece({ upload: jumped, at: 0, base64: 'AAAA' })).toMatchObject({ failure: { code: 'upload-unknown' } });
  const more = await open(2);
  expect(await staging.piece({ upload: more, at: 0, base64: 'AAAA' })).toMatchObject({ failure: { code: 'upload-out-of-order' } });
  expect(await staging.open({ name: 'a', mediaType: '', size: 2 ** 40 })).toMatchObject({ failure: { code: 'file-too-large' } });
  await open();
  await staging.close();
  expect(sealedFiles(join(folder))).toEqual([]);
});
