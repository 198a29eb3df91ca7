import { parentPort } from 'node:worker_threads';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { doWork, thisRun, type WorkOrder } from '../../../electron/services/signing/index.ts';

/** A signing thread that ends, or never comes back, over files whose target says so. */
parentPort?.on('message', ({ order }: { readonly order?: WorkOrder }) => {
  if (order === undefined) {
    parentPort?.close();
    return;
  }
  const target = order.kind === 'prepare' ? order.order.files.target : order.kind === 'finish' ? order.order.prepared.target : '';
  const crashes = (where: string, kind: WorkOrder['kind']): void => {
    if (order.kind === kind && target.includes(where)) throw new Error(where);
  };
  if (order.kind === 'prepare' && target.includes('.hang.')) for (;;);
  crashes('crash-finish', 'finish');
  const answer = doWork(order, documentFonts);
  crashes('crash-prepare', 'prepare');
  crashes('crash-after', 'finish');
  parentPort?.postMessage({ kind: 'done', answer });
});
parentPort?.postMessage({ kind: 'ready', run: thisRun });
