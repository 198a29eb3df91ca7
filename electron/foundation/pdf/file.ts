import type { Result } from '../outcome.ts';
import type { PdfBytes } from './bytes.ts';
import { attempted, faultLog, PdfStop, type PdfFault } from './faults.ts';
import type { Reader } from './indirect.ts';
import { newBudget, pdfLimits, type PdfLimits } from './limits.ts';
import { integerIn, type Found, type PdfObject } from './object.ts';
import { newStreamCache, readObject, type StreamCache } from './resolve.ts';
import { rebuilt } from './repair.ts';
import { newReader, readStructure, type Reading, type Revision } from './revisions.ts';

/** A PDF that could be opened. Everything else is asked of it later, and costs only what is asked. */
export type PdfFile = {
  readonly bytes: PdfBytes;
  readonly version: string;
  /** oldest first, at least one */
  readonly revisions: readonly Revision[];
  readonly isLinearized: boolean;
  /** some revision has two readings, see `Reading` */
  readonly isHybrid: boolean;
  /** strings and most streams are unreadable; where signatures lie is not (ISO 32000-1 7.6.1) */
  readonly isEncrypted: boolean;
  /** the reading was made up by searching for objects: for looking at, never for a signature */
  readonly isRepaired: boolean;
  /** what was found so far; grows with every question */
  readonly faults: readonly PdfFault[];
  readonly reader: Reader;
  readonly streams: StreamCache;
};

/** The file as of one revision: what a person saw who opened it then. */
export type PdfView = {
  readonly file: PdfFile;
  readonly revisions: readonly Revision[];
  readonly newest: Revision;
  readonly reading: Reading;
};

export type OpenOptions = {
  /** when there is no strict reading, search the file for objects; the answer is marked `isRepaired` */
  readonly mayRepair?: boolean;
  readonly limits?: Partial<PdfLimits>;
};

/**
 * Opens a PDF by its cross-reference chain; reads no object but those that hold the chain. Fails with the first fault
 * after which nothing is certain. Throws only what `bytes` throws.
 */
export function openPdf(bytes: PdfBytes, options: OpenOptions = {}): Result<PdfFile, PdfFault> {
  const limits = { ...pdfLimits, ...options.limits };
  const budget = newBudget(limits);
  const log = faultLog(limits.faults);
  return budget.during(() => {
    const reader = newReader(bytes, budget, log);
    const strict = attempted(() => {
      const structure = readStructure(reader);
      const last = structure.revisions.at(-1);
      if (last?.trailer.entries.get('Root')?.kind !== 'reference') throw new PdfStop('no-root', last?.startxref ?? 0);
      return structure;
    });
    if (!strict.ok && options.mayRepair !== true) return strict;
    if (!strict.ok) log.note(strict.failure.code, strict.failure.at, strict.failure.object);
    const structure = strict.ok ? strict : attempted(() => rebuilt(reader));
    if (!structure.ok) return structure;
    const { revisions } = structure.value;
    const file: PdfFile = {
      ...structure.value,
      bytes,
      isHybrid: revisions.some(({ isHybrid }) => isHybrid),
      isEncrypted: revisions.some(({ trailer }) => trailer.entries.has('Encrypt')),
      isRepaired: !strict.ok,
      faults: log.list,
      reader,
      streams: newStreamCache(),
    };
    return { ok: true, value: file };
  });
}

/** The file as of revision `index`, the newest when none is named. */
export function viewOf(file: PdfFile, index: number = file.revisions.length - 1, reading: Reading = 'full'): PdfView {
  const newest = file.revisions[index];
  if (newest === undefined) throw new Error(`no revision ${String(index)}`);
  return { file, revisions: file.revisions.slice(0, index + 1), newest, reading };
}

/** Answers a question to a file: on its clock, and a fault that ends the reading is the answer. */
export function asked<T>(file: PdfFile, question: () => T): Result<T, PdfFault> {
  return file.reader.budget.during(() => attempted(question));
}

/** Object `number` in a view; undefined where the standard says it is null: never defined, or freed. */
export function objectOf(view: PdfView, number: number): Result<Found | undefined, PdfFault> {
  return asked(view.file, () => found(view, number));
}

/** For this folder: `objectOf` that stops by throwing. */
export function found(view: PdfView, number: number): Found | undefined {
  const holder = readObject(view.file.reader, view.file.streams, view, number);
  return holder && { value: holder.value, holder };
}

/** A value, or what it refers to. A reference to a reference is followed a few times, as the standard allows none. */
export function followed(view: PdfView, holder: Found['holder'], value: PdfObject | undefined): Found | undefined {
  let at: Found | undefined = value && { value, holder };
  for (let n = 0; at?.value.kind === 'reference'; n += 1) {
    if (n === 8) throw new PdfStop('reference-loop', at.holder.from, at.value.number);
    const { number, generation } = at.value;
    const next = found(view, number);
    if (next !== undefined && next.holder.generation !== generation) {
      view.file.reader.log.note('wrong-generation', at.holder.from, number);
      return undefined;
    }
    at = next;
  }
  return at?.value.kind === 'null' ? undefined : at;
}

/** The number that the next new object takes: above everything named so far, and above what references may dangle to. */
export function nextNumber(file: PdfFile): number {
  let highest = 0;
  for (const { sections } of file.revisions) {
    for (const { entries, hidden, trailer } of sections) {
      highest = Math.max(highest, entries.numbers[entries.count - 1] ?? 0, (integerIn(trailer, 'Size') ?? 1) - 1);
      if (hidden !== undefined) highest = Math.max(highest, hidden.entries.numbers[hidden.entries.count - 1] ?? 0);
    }
  }
  return highest + 1;
}
