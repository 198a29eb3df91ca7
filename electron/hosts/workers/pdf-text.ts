import { Worker } from 'node:worker_threads';
import { readPdf } from '../../platform/pdf-text/read-pdf.ts';
import { textLimits } from '../../services/records/ports.ts';
import { workerProgram } from '../worker-program.ts';
import type { FromPdfText, ToPdfText } from '../pdf-text-process.ts';

/**
 * Reads the text of PDFs, one after another, for the core that started it, and ends with it. The core ends it when a
 * document takes too long.
 */
new Worker(workerProgram('memory-watch'), { workerData: { limit: textLimits.memory } }).unref();
process.on('message', (message: ToPdfText) => {
  void readPdf(message.bytes, { items: message.items }).then((text) => {
    process.send?.({ request: message.request, text } satisfies FromPdfText);
  });
});
process.on('disconnect', () => process.exit(0));
