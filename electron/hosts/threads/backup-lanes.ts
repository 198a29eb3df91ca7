import { Worker } from 'node:worker_threads';
import type { Batch, Copied, Lanes } from '../../services/backup/copy-files.ts';
import { BackupFault } from '../../services/backup/place.ts';
import { workerProgram } from './worker-program.ts';

export type ToBackupLane = { readonly kind: 'copy'; readonly batch: Batch } | { readonly kind: 'end' };
export type FromBackupLane =
  | { readonly kind: 'told'; readonly bytes: number }
  | { readonly kind: 'copied'; readonly copied: readonly Copied[] }
  | { readonly kind: 'fault'; readonly code: string; readonly params: Readonly<Record<string, string | number>> | null; readonly message: string };

/** Three wait for the disk side by side with what else the station does; more gain little. */
const laneCount = 3;

type Lane = { readonly worker: Worker; free: boolean };
export type BackupLanes = Lanes & { readonly end: () => void };

/** Lanes for the copying of files: threads of the backup thread, started when there is something to copy, ended by a word. */
export function backupLanes(over: SharedArrayBuffer): BackupLanes {
  const lanes: Lane[] = [];
  return {
    count: laneCount,
    copy: (batch, told) =>
      new Promise((resolve, reject) => {
        let lane = lanes.find(({ free }) => free);
        if (lane === undefined) {
          lane = { worker: new Worker(workerProgram('backup-lane-worker'), { workerData: over }), free: true };
          lanes.push(lane);
        }
        const mine = lane;
        mine.free = false;
        const settle = (): void => {
          mine.free = true;
          mine.worker.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit');
        };
        mine.worker.on('message', (message: FromBackupLane) => {
          if (message.kind === 'told') {
            try {
              told(message.bytes);
            } catch {
              // Given up: the lane sees it by itself.
            }
            return;
          }
          settle();
          if (message.kind === 'copied') resolve(message.copied);
          else if (message.params !== null) reject(new BackupFault(message.code as BackupFault['code'], message.params));
          else reject(Object.assign(new Error(message.message), { code: message.code }));
        });
        mine.worker.on('error', (error) => {
          settle();
          reject(error instanceof Error ? error : new Error(String(error)));
        });
        mine.worker.on('exit', () => {
          settle();
          reject(new Error('a thread that copies files has ended'));
        });
        mine.worker.postMessage({ kind: 'copy', batch } satisfies ToBackupLane);
      }),
    end: () => {
      for (const { worker } of lanes) worker.postMessage({ kind: 'end' } satisfies ToBackupLane);
    },
  };
}
