import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ok } from '#contract';
import { slots } from '../../../electron/foundation/slots.ts';
import { bringer } from '../../../electron/services/exchange/inbox-fetch.ts';
import type { AxisTransport } from '../../../electron/services/exchange/ports.ts';
import { storeMessage } from '../../../electron/services/exchange/store-message.ts';
import { openBlobs } from '../../../electron/store/blobs.ts';
import { documentMessage } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../store/helpers.ts';
import { valueOf } from './edxml-samples.ts';

const piece = 64 * 1024;
const large = 1024 * 1024;
const nothing = (): undefined => undefined;
const unused = (): never => {
  throw new Error('not asked for');
};

function messageOf(bytes: number): Uint8Array {
  return documentMessage({ files: [{ name: 'a.pdf', bytes: Buffer.concat([Buffer.from('%PDF-'), randomBytes(bytes)]) }] });
}

/** An axis that hands messages over in pieces, and watches how many large ones run beside each other. */
function watched(messages: ReadonlyMap<string, Uint8Array>): { axis: AxisTransport; most: { large: number; all: number } } {
  const most = { large: 0, all: 0 };
  const now = { large: 0, all: 0 };
  const axis: AxisTransport = {
    connections: 4,
    list: unused,
    acknowledge: unused,
    send: unused,
    sentList: unused,
    agencies: unused,
    agenciesQd20: unused,
    unitChanges: unused,
    async fetch(docId, write) {
      const bytes = messages.get(docId) ?? new Uint8Array();
      now.all += 1;
      most.all = Math.max(most.all, now.all);
      let isLarge = false;
      try {
        for (let at = 0; at < bytes.length; at += piece) {
          await sleep(1);
          await write(bytes.subarray(at, at + piece));
          if (!isLarge && at + piece > large + piece) {
            isLarge = true;
            now.large += 1;
            most.large = Math.max(most.large, now.large);
          }
        }
        return ok(null);
      } finally {
        now.all -= 1;
        if (isLarge) now.large -= 1;
      }
    },
  };
  return { axis, most };
}

test('small messages come side by side, large ones one after another, and every one whole', async () => {
  const sizes = [3_000, 2_000_000, 1_500_000, 4_000, 1_800_000, 5_000, 700_000];
  const messages = new Map(sizes.map((size, index) => [String(index), messageOf(size)]));
  const folder = scratchFolder();
  const blobs = openBlobs(folder, randomBytes(32));
  const { axis, most } = watched(messages);
  const bring = bringer({ blobs, connections: slots(axis.connections), onStep: nothing }, axis);
  const brought = await Promise.all([...messages.keys()].map((docId) => bring(docId, () => false)));
  for (const [index, outcome] of brought.entries()) {
    if (outcome === 'not-begun') throw new Error('not begun');
    const { raw, read } = valueOf(outcome);
    expect(raw.size).toBe(messages.get(String(index))?.length);
    expect(await blobs.verify(raw.sha256)).toEqual(raw);
    expect(read.message.ok).toBe(true);
    expect(read.files.get(0)?.size).toBe((sizes[index] ?? 0) + 5);
  }
  expect(most).toEqual({ large: 1, all: axis.connections });
  expect(readdirSync(join(folder, 'unfinished'))).toEqual([]);
});

test('once the round is over nobody begins', async () => {
  const { axis, most } = watched(new Map([['1', messageOf(10)]]));
  const bring = bringer({ blobs: openBlobs(scratchFolder(), randomBytes(32)), connections: slots(1), onStep: nothing }, axis);
  expect(await bring('1', () => true)).toBe('not-begun');
  expect(most.all).toBe(0);
});

test('a second thread is given the small messages while it takes them, and the core stores the others itself', async () => {
  const sizes = [3_000, 700_000, 4_000, 5_000, 6_000];
  const messages = new Map(sizes.map((size, index) => [String(index), messageOf(size)]));
  const blobs = openBlobs(scratchFolder(), randomBytes(32));
  const { axis } = watched(messages);
  const given: number[] = [];
  let free = 2;
  const there = (bytes: Buffer<ArrayBuffer>): ReturnType<typeof storeMessage> => {
    given.push(bytes.length);
    // It could not be handed over otherwise.
    expect(bytes.length).toBe(bytes.buffer.byteLength);
    return storeMessage(blobs, bytes);
  };
  const thread = { store: () => (free-- > 0 ? there : undefined), close: () => Promise.resolve() };
  const bring = bringer({ blobs, connections: slots(1), thread, onStep: nothing }, axis);
  for (const [docId, bytes] of messages) {
    const outcome = await bring(docId, () => false);
    if (outcome === 'not-begun') throw new Error('not begun');
    const { raw, read } = valueOf(outcome);
    expect(raw.size).toBe(bytes.length);
    expect(await blobs.verify(raw.sha256)).toEqual(raw);
    expect(read.message.ok).toBe(true);
  }
  expect(given).toEqual([messages.get('0')?.length, messages.get('2')?.length]);
});

test('a small message gives its connection back before it is on disk; not more than twelve are stored at once', async () => {
  const count = 40;
  const messages = new Map(Array.from({ length: count }, (_, index) => [String(index), messageOf(index)]));
  const { axis } = watched(messages);
  const blobs = openBlobs(scratchFolder(), randomBytes(32));
  const fetched: string[] = [];
  let now = 0;
  let most = 0;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const slowly = async (bytes: Buffer<ArrayBuffer>): ReturnType<typeof storeMessage> => {
    now += 1;
    most = Math.max(most, now);
    await opened;
    now -= 1;
    return storeMessage(blobs, bytes);
  };
  const thread = { store: () => slowly, close: () => Promise.resolve() };
  const onStep = (step: string, docId: string): void => {
    if (step === 'fetched') fetched.push(docId);
    // Nothing is on disk yet, so no connection was held for it.
    if (fetched.length === count) open();
  };
  const bring = bringer({ blobs, connections: slots(1), thread, onStep }, axis);
  const brought = await Promise.all([...messages.keys()].map((docId) => bring(docId, () => false)));
  expect(brought.every((outcome) => outcome !== 'not-begun' && outcome.ok)).toBe(true);
  expect(most).toBe(12);
});
