import { parentPort, workerData } from 'node:worker_threads';
import { buildPackage } from '../../services/packages/index.ts';
import { blobsBeside } from '../../store/blobs.ts';
import { digestThreads } from '../threads/package-digest-threads.ts';
import type { FromPackageBuild, PackageBuildData, ToPackageBuild } from '../threads/package-build-threads.ts';

/** A thread that builds one package and ends. */
const { blobs: access, order } = workerData as PackageBuildData;
const blobs = blobsBeside(access);
const cancelled = new AbortController();

function say(message: FromPackageBuild): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (message: ToPackageBuild) => {
  if (message.kind === 'cancel') cancelled.abort();
});
const answer = await buildPackage(order, {
  open: blobs.undigested,
  digestAside: digestThreads(),
  signal: cancelled.signal,
  progress: (now) => {
    say({ kind: 'progress', now });
  },
});
say({ kind: 'done', answer });
parentPort?.close();
