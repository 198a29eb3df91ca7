import type { PDFDocumentProxy, PDFWorker } from 'pdfjs-dist';

export type PdfFault = 'password' | 'missing' | 'unreadable';

export type OpenedPdf = { readonly document: PDFDocumentProxy; readonly close: () => void };

let worker: PDFWorker | undefined;
// pdf.js's remarks on a file's faults belong in no console of ours. Its types leave the parameters out.
const quiet = { verbosity: 0 } as unknown as undefined;

/** The library itself, loaded when the first PDF is opened: a list must not wait for it. */
export function loadEngine(): Promise<typeof import('pdfjs-dist')> {
  return import('pdfjs-dist');
}

/**
 * Opens a PDF of our own origin. Parsing and decoding run in one worker that serves every document; scripts in
 * documents are never run, and nothing of pdf.js's opinion on signatures is asked for.
 */
export async function openPdf(url: string): Promise<OpenedPdf> {
  const pdfjs = await loadEngine();
  pdfjs.GlobalWorkerOptions.workerSrc = '/pdfjs/pdf.worker.min.mjs';
  if (worker === undefined || worker.destroyed) worker = new pdfjs.PDFWorker(quiet);
  const base = `${location.origin}/pdfjs`;
  const task = pdfjs.getDocument({
    url: new URL(url, location.href).href,
    worker,
    cMapUrl: `${base}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${base}/standard_fonts/`,
    wasmUrl: `${base}/wasm/`,
    iccUrl: `${base}/iccs/`,
    enableXfa: false,
    // Painting in a second worker saves nothing on one page at a time and costs another script to serve.
    disableWorkerRendering: true,
    verbosity: 0,
  });
  const document = await task.promise;
  return { document, close: () => void task.destroy() };
}

/** What kind of fault kept a PDF shut. */
export function faultOf(error: unknown): PdfFault {
  const { name, status } = (error ?? {}) as { readonly name?: unknown; readonly status?: unknown };
  if (name === 'PasswordException') return 'password';
  if (status === 404 || status === 410) return 'missing';
  return 'unreadable';
}
