import type { PDFDocumentProxy, PDFWorker } from 'pdfjs-dist';

export type PdfFault = 'password' | 'missing' | 'unreadable';

export type OpenedPdf = { readonly document: PDFDocumentProxy; readonly close: () => void };

const workerScript = '/pdfjs/pdf.worker.min.mjs';
let worker: PDFWorker | undefined;
// pdf.js's remarks on a file's faults belong in no console of ours. Its types leave the parameters out.
const quiet = { verbosity: 0 } as unknown as undefined;

/** The library itself, loaded when the first PDF is opened: a list must not wait for it. */
export function loadEngine(): Promise<typeof import('pdfjs-dist')> {
  return import('pdfjs-dist');
}

/**
 * Opens a PDF of our own origin. Parsing and decoding run in one worker that serves every document; scripts in
 * documents are never run, and nothing of pdf.js's opinion on signatures is asked for. Aborting `signal` closes it, or
 * keeps it from being opened: a file that nobody looks at any more may be gone.
 */
export async function openPdf(url: string, signal: AbortSignal): Promise<OpenedPdf> {
  const pdfjs = await loadEngine();
  pdfjs.GlobalWorkerOptions.workerSrc = workerScript;
  if (worker === undefined || worker.destroyed) worker = new pdfjs.PDFWorker(quiet);
  await worker.promise;
  signal.throwIfAborted();
  const task = pdfjs.getDocument({ ...settings(), worker, url: new URL(url, location.href).href });
  const close = (): void => void task.destroy();
  // Not while it opens: pdf.js ends that with an error in its worker that nobody can catch.
  const document = await task.promise;
  if (signal.aborted) close();
  signal.throwIfAborted();
  signal.addEventListener('abort', close, { once: true });
  return { document, close };
}

/** More was asked of a file than may be loaded of it. */
export class PartTooLarge extends Error {
  override readonly name = 'PartTooLarge';
}

export type PartWish = {
  /** in bytes */
  readonly length: number;
  /** how many bytes may be loaded in all */
  readonly mostBytes: number;
  readonly worker: PDFWorker;
  /** ends everything, also what was asked of the document later; aborted with the cause when a range cannot be had */
  readonly stop: AbortController;
};

/**
 * Opens the first `length` bytes of a PDF of our own origin as a file of their own, as what an incremental update was appended
 * to is a file (ISO 32000-1 7.5.6). Only ranges that are needed are loaded. Closing aborts `stop`.
 */
export async function openPart(url: string, { length, mostBytes, worker: own, stop }: PartWish): Promise<OpenedPdf> {
  const pdfjs = await loadEngine();
  const { signal } = stop;
  let loaded = 0;
  class Part extends pdfjs.PDFDataRangeTransport {
    override requestDataRange(from: number, to: number): void {
      loaded += to - from;
      const piece = loaded > mostBytes ? Promise.reject(new PartTooLarge()) : loadRange(url, from, to, signal);
      piece.then(
        (bytes) => {
          if (!signal.aborted) this.onDataRange(from, bytes);
        },
        (error: unknown) => {
          stop.abort(error);
        },
      );
    }
  }
  signal.throwIfAborted();
  const task = pdfjs.getDocument({ ...settings(), worker: own, range: new Part(length, null), disableStream: true, disableAutoFetch: true });
  signal.addEventListener('abort', () => void task.destroy(), { once: true });
  const document = await untilAborted(signal, task.promise);
  return {
    document,
    close: () => {
      stop.abort();
    },
  };
}

/** What `promise` gives, or the reason of the signal when that comes before. */
export function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    }, { once: true });
  });
  return Promise.race([promise, aborted]);
}

/** A worker of one's own: what keeps it busy for too long can be ended with it. */
export async function ownWorker(): Promise<PDFWorker> {
  const pdfjs = await loadEngine();
  pdfjs.GlobalWorkerOptions.workerSrc = workerScript;
  return new pdfjs.PDFWorker(quiet);
}

async function loadRange(url: string, from: number, to: number, signal: AbortSignal): Promise<Uint8Array> {
  // eslint-disable-next-line no-restricted-globals -- from our own origin, which pdf.js asks the same way; nothing leaves the station
  const answer = await fetch(url, { headers: { Range: `bytes=${String(from)}-${String(to - 1)}` }, signal });
  if (answer.status !== 206) throw Object.assign(new Error('no such range'), { status: answer.status });
  return new Uint8Array(await answer.arrayBuffer());
}

function settings() {
  const base = `${location.origin}/pdfjs`;
  return {
    cMapUrl: `${base}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${base}/standard_fonts/`,
    wasmUrl: `${base}/wasm/`,
    iccUrl: `${base}/iccs/`,
    enableXfa: false,
    // Painting in a second worker saves nothing on one page at a time and costs another script to serve.
    disableWorkerRendering: true,
    verbosity: 0,
  };
}

/** What kind of fault kept a PDF shut. */
export function faultOf(error: unknown): PdfFault {
  const { name, status } = (error ?? {}) as { readonly name?: unknown; readonly status?: unknown };
  if (name === 'PasswordException') return 'password';
  if (status === 404 || status === 410) return 'missing';
  return 'unreadable';
}
