import { parentPort } from 'node:worker_threads';
import type { FromVerification, ToVerification } from '../../../electron/hosts/threads/verification-threads.ts';
import { stoppedVerdict } from '../../../electron/services/verification/index.ts';

/** A thread that does to itself what the file's first word says: hang, crash, exit, memory, ask; anything else is answered. */
parentPort?.on('message', (message: ToVerification) => {
  if (message.kind !== 'verify' || message.source.kind !== 'bytes') return;
  const word = Buffer.from(message.source.bytes).toString();
  if (word === 'hang') for (;;);
  if (word === 'crash') throw new Error('as told');
  if (word === 'exit') process.exit(3);
  if (word === 'memory') {
    const kept: unknown[] = [];
    for (;;) kept.push(Array.from({ length: 1000 }, (_, n) => ({ n })));
  }
  const { at } = message.question;
  parentPort?.postMessage({ kind: 'verdict', request: message.request, verdict: stoppedVerdict('answered', at, 'stopped'), material: [] } satisfies FromVerification);
});
