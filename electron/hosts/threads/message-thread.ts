import { Worker } from 'node:worker_threads';
import type { MessageThread, Whole } from '../../services/exchange/store-message.ts';
import type { BlobAccess } from '../../store/index.ts';
import { endThread } from './end-thread.ts';
import type { FromMessageThread, ToMessageThread } from './message-protocol.ts';
import { workerProgram } from './worker-program.ts';

/** With so many in hand it has enough to do; the core is quicker to do the next one itself. */
const enough = 8;

type Waiting = { readonly resolve: (whole: Whole) => void; readonly reject: (error: unknown) => void };

/**
 * Starts a thread of this process that stores messages beside the core. When it ends before its time, what it had in
 * hand is rejected and it takes no more; the core goes on without it.
 */
export function startMessageThread(access: BlobAccess, log: (line: string) => void): MessageThread {
  const waiting = new Map<number, Waiting>();
  let count = 0;
  let ready = false;
  const worker = new Worker(workerProgram('message-worker'), { workerData: access });

  function ended(error: unknown): void {
    ready = false;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  worker.on('message', (message: FromMessageThread) => {
    if (message.kind === 'ready') {
      ready = true;
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'stored') asked?.resolve(message.whole);
    else asked?.reject(Object.assign(message.error, { code: message.code }));
  });
  worker.on('error', (error) => {
    log(`the message thread failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    ended(error);
  });
  worker.on('exit', () => {
    ended(new Error('the message thread has ended'));
  });

  function store(bytes: Buffer<ArrayBuffer>): Promise<Whole> {
    return new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, { resolve, reject });
      worker.postMessage({ kind: 'store', id: count, bytes } satisfies ToMessageThread, [bytes.buffer]);
    });
  }

  return {
    store: () => (ready && waiting.size < enough ? store : undefined),
    close: () => endThread(worker),
  };
}
