import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startMessageThread } from '../../../electron/hosts/threads/message-thread.ts';
import { storeMessage, type MessageThread, type Whole } from '../../../electron/services/exchange/store-message.ts';
import { openBlobs } from '../../../electron/store/blobs.ts';
import { documentMessage } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

type Started = { readonly thread: MessageThread; readonly folder: string; readonly key: Buffer; readonly lines: string[] };

function started(key: Buffer = randomBytes(32)): Started {
  const folder = scratchFolder();
  const lines: string[] = [];
  const thread = startMessageThread({ folder, key }, (line) => lines.push(line));
  onTestFinished(() => thread.close());
  return { thread, folder, key, lines };
}

type Store = NonNullable<ReturnType<MessageThread['store']>>;

async function whenReady(thread: MessageThread): Promise<Store> {
  for (;;) {
    const store = thread.store();
    if (store !== undefined) return store;
    await sleep(5);
  }
}

/** In memory of its own, as it moves over. */
function movable(bytes: Uint8Array): Buffer<ArrayBuffer> {
  const moved = Buffer.allocUnsafeSlow(bytes.length);
  moved.set(bytes);
  return moved;
}

const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.4 ${text}`);

test('what the thread stores and reads is what the core would have, also of messages that cannot be read', async () => {
  const { thread, folder, key } = started();
  const here = openBlobs(scratchFolder(), randomBytes(32));
  const blobs = openBlobs(folder, key);
  const messages = [
    documentMessage({ number: '1', files: [{ name: 'a.pdf', bytes: pdf('a') }, { name: 'rỗng.pdf', bytes: Buffer.alloc(0) }, { name: 'b.docx', bytes: randomBytes(90_000) }] }),
    documentMessage({ number: '2', subject: 'V/v “tiếng Việt” & các ký tự < > \u{1d49c}' }),
    documentMessage({ number: '3' }).subarray(0, 900),
    Buffer.from('no message'),
    Buffer.alloc(0),
  ];
  for (const bytes of messages) {
    const store = await whenReady(thread);
    const whole: Whole = await store(movable(bytes));
    expect(whole).toEqual(await storeMessage(here, bytes));
    expect(await blobs.verify(whole.raw.sha256)).toEqual(whole.raw);
    for (const file of whole.read.files.values()) expect(await blobs.verify(file.sha256)).toEqual(file);
  }
});

test('it takes so many and no more; all that it took comes back', async () => {
  const { thread, folder, key } = started();
  openBlobs(folder, key);
  await whenReady(thread);
  const taken: Promise<Whole>[] = [];
  for (let n = 0; n < 50; n += 1) {
    const done = thread.store()?.(movable(documentMessage({ number: String(n) })));
    if (done !== undefined) taken.push(done);
  }
  expect(taken).toHaveLength(8);
  const wholes = await Promise.all(taken);
  expect(wholes.map(({ read }) => (read.message.ok && read.message.value.kind === 'document' ? read.message.value.header.code.codeNumber : ''))).toEqual(
    Array.from({ length: 8 }, (_, n) => String(n)),
  );
  expect(readdirSync(join(folder, 'unfinished'))).toEqual([]);
  expect(thread.store()).toBeDefined();
});

test('what the disk says comes over with its code, and the next message is stored', async () => {
  const { thread, folder, key } = started();
  openBlobs(folder, key);
  const away = join(folder, 'away');
  const store = await whenReady(thread);
  renameSync(join(folder, 'unfinished'), away);
  await expect(store(movable(documentMessage()))).rejects.toMatchObject({ code: 'ENOENT' });
  mkdirSync(join(folder, 'unfinished'));
  await expect(store(movable(documentMessage()))).resolves.toMatchObject({ read: { message: { ok: true } } });
});

test('a thread that ends leaves nobody waiting, and takes no more', async () => {
  const { thread, folder, key } = started();
  openBlobs(folder, key);
  const store = await whenReady(thread);
  const cut = store(movable(documentMessage()));
  cut.catch(() => undefined);
  await thread.close();
  await expect(cut).rejects.toThrow('the message thread has ended');
  expect(thread.store()).toBeUndefined();
});

test('a thread that cannot start takes nothing, and says why', async () => {
  const { thread, lines } = started(null as unknown as Buffer);
  while (lines.length === 0) await sleep(5);
  expect(lines[0]).toContain('the message thread failed');
  expect(thread.store()).toBeUndefined();
});
