import type { Result } from '../outcome.ts';

/**
 * What a fault means for the reader:
 * - `stop`: there is no reading; what was asked for is not answered.
 * - `distrust`: there is a reading, but another program may read something else. Nothing is signed on it, and no
 *   signature is called valid by it.
 * - `oddity`: against the letter of the standard, and read the same by everyone.
 */
export type FaultWeight = 'stop' | 'distrust' | 'oddity';

/** Every reason for distrust, with the clause of ISO 32000-1 that it offends ("own" = a limit of this reader). */
export const pdfFaults = {
  'no-header': ['stop', '7.5.2'],
  'header-not-first': ['distrust', '7.5.2'],
  'no-startxref': ['stop', '7.5.5'],
  'startxref-outside': ['stop', '7.5.5'],
  'startxref-disagrees': ['distrust', '7.5.5'],
  'no-end-marker': ['distrust', '7.5.5'],
  'second-end-marker': ['distrust', '7.5.5'],
  'bytes-after-end': ['distrust', '7.5.5'],
  'padding-after-end': ['oddity', '7.5.5'],
  'no-xref-section': ['stop', '7.5.4'],
  'offset-before-keyword': ['oddity', '7.5.4'],
  'xref-line': ['oddity', '7.5.4'],
  'xref-form': ['distrust', '7.5.4'],
  'unknown-xref-entry': ['distrust', '7.5.8.3'],
  'object-zero-used': ['distrust', '7.5.4'],
  'bad-xref-table': ['stop', '7.5.4'],
  'wrong-first-number': ['distrust', '7.5.4'],
  'duplicate-xref-entry': ['distrust', '7.5.4'],
  'entry-outside-revision': ['distrust', '7.5.6'],
  'size-too-small': ['distrust', '7.5.5'],
  'size-too-large': ['distrust', '7.5.5'],
  'bad-trailer': ['stop', '7.5.5'],
  'no-root': ['stop', '7.7.2'],
  'bad-xref-stream': ['stop', '7.5.8'],
  'xref-stream-length': ['distrust', '7.5.8'],
  'mixed-xref-kinds': ['oddity', '7.5.8.4'],
  'stale-xrefstm': ['distrust', '7.5.8.4'],
  'hidden-prev': ['distrust', '7.5.8.4'],
  'hybrid-conflict': ['distrust', '7.5.8.4'],
  'xref-loop': ['stop', '7.5.6'],
  'prev-outside': ['stop', '7.5.6'],
  'prev-forward': ['stop', '7.5.6'],
  'revisions-overlap': ['stop', '7.5.6'],
  'encryption-changes': ['distrust', '7.6.1'],
  'bad-token': ['stop', '7.2'],
  'unexpected-end': ['stop', '7.2'],
  'duplicate-key': ['distrust', '7.3.7'],
  'bad-name-escape': ['oddity', '7.3.5'],
  'offset-elsewhere': ['stop', '7.5.4'],
  'wrong-object-number': ['stop', '7.3.10'],
  'wrong-generation': ['distrust', '7.3.10'],
  'missing-endobj': ['distrust', '7.3.10'],
  'stream-line-end': ['distrust', '7.3.8.1'],
  'wrong-stream-length': ['distrust', '7.3.8.2'],
  'bad-stream-length': ['stop', '7.3.8.2'],
  'external-stream': ['distrust', '7.3.8.2'],
  'reference-loop': ['stop', '7.3.10'],
  'bad-object-stream': ['stop', '7.5.7'],
  'object-stream-redefined': ['distrust', '7.5.7'],
  'encrypted-object-stream': ['stop', '7.6.1'],
  'unsupported-filter': ['stop', '7.4'],
  'damaged-stream': ['stop', '7.4'],
  'objects-overlap': ['distrust', '7.5.4'],
  'junk-between': ['distrust', '7.5.1'],
  'unlisted-object': ['distrust', '7.5.4'],
  'disguised-object': ['distrust', '7.5.4'],
  'unlinked-revision': ['distrust', '7.5.6'],
  'wrong-type': ['stop', '7.7'],
  'page-tree-cycle': ['stop', '7.7.3'],
  'page-count-wrong': ['distrust', '7.7.3.2'],
  'field-tree-cycle': ['stop', '12.7.3'],
  'too-deep': ['stop', 'own'],
  'too-large': ['stop', 'own'],
  'too-many': ['stop', 'own'],
  'too-long': ['stop', 'own'],
} as const satisfies Record<string, readonly [FaultWeight, string]>;

export type PdfFaultCode = keyof typeof pdfFaults;

export type PdfFault = {
  readonly code: PdfFaultCode;
  /** byte of the file; for what lies in an object stream, the byte at which that stream's object begins */
  readonly at: number;
  /** the object that was being read */
  readonly object?: number;
};

/** Faults as they are met; each is kept once, and no more than `most`. */
export type FaultLog = {
  readonly list: readonly PdfFault[];
  readonly note: (code: PdfFaultCode, at: number, object?: number) => void;
};

export function faultLog(most: number): FaultLog {
  const list: PdfFault[] = [];
  const known = new Set<string>();
  return {
    list,
    note(code, at, object) {
      const key = `${code} ${String(at)} ${String(object)}`;
      if (known.has(key) || list.length >= most) return;
      known.add(key);
      list.push(fault(code, at, object));
    },
  };
}

/** Whether nothing but oddities was met: the condition for signing, and for calling a signature valid. */
export function isTrusted(faults: readonly PdfFault[]): boolean {
  return faults.every(({ code }) => pdfFaults[code][0] === 'oddity');
}

/** Ends a reading from any depth; `attempted` turns it into a value, and no function of the front door lets it out. */
export class PdfStop extends Error {
  readonly fault: PdfFault;
  constructor(code: PdfFaultCode, at: number, object?: number) {
    super(`${code} at byte ${String(at)}`);
    this.fault = fault(code, at, object);
  }
}

/** Runs a reading; what it stops for becomes the failure. Errors of the file system and of this program pass through. */
export function attempted<T>(work: () => T): Result<T, PdfFault> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof PdfStop) return { ok: false, failure: error.fault };
    throw error;
  }
}

/** The same for one of many parts, of which the others are read on; when time or work is used up, that ends them all. */
export function tried<T>(work: () => T): Result<T, PdfFault> {
  const result = attempted(work);
  if (!result.ok && result.failure.code === 'too-long') throw new PdfStop('too-long', result.failure.at, result.failure.object);
  return result;
}

function fault(code: PdfFaultCode, at: number, object: number | undefined): PdfFault {
  return { code, at, ...(object === undefined ? {} : { object }) };
}
