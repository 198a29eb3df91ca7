import { Worker } from 'node:worker_threads';
import { readPdf } from '../../platform/pdf-text/read-pdf.ts';
import { textLimits } from '../../services/records/ports.ts';
import { suggestFields } from '../../services/records/suggest/suggest.ts';
import { starterLine } from '../processes/starter-line.ts';
import { workerProgram } from '../threads/worker-program.ts';
import type { FromPdfText, ToPdfText } from '../processes/pdf-text-process.ts';

/**
 * Reads PDFs, one after another, for the core that started it, and ends with it. The core ends it when a document takes
 * too long.
 */
new Worker(workerProgram('memory-watch'), { workerData: { limit: textLimits.memory } }).unref();
const line = starterLine();
line?.onMessage((message) => {
  void answer(message as ToPdfText).then(line.post);
});
line?.onGone(() => process.exit(0));

async function answer({ request, bytes, want }: ToPdfText): Promise<FromPdfText> {
  const text = await readPdf(bytes, { items: want !== 'text' });
  if (want !== 'suggestions') return { request, want, answer: text };
  return { request, want, answer: { state: text.state, pages: text.pages, ...suggestFields(text) } };
}
