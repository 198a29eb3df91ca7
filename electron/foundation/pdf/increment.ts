import { createHash } from 'node:crypto';
import type { Result } from '../outcome.ts';
import { byteAt } from './bytes.ts';
import { isTrusted, type PdfFault } from './faults.ts';
import { nextNumber, objectOf, viewOf, type PdfFile } from './file.ts';
import { nameIn, type PdfDictionary } from './object.ts';
import { lookUp } from './revisions.ts';
import { newOutput, put, putValue, type Output, type PdfEntries, type PdfValue } from './write-value.ts';

/** What an increment does to a file; `number` is that of an object in use, or one not below `nextNumber`. */
export type IncrementPlan = {
  readonly objects: readonly { readonly number: number; readonly value: PdfValue }[];
  /** entries of the trailer to set, such as /Info; all others stay */
  readonly trailer?: PdfEntries;
  /** the caller writes strings and streams of an encrypted file in the file's own encryption */
  readonly mayBeEncrypted?: boolean;
};

export type IncrementRefusal =
  /** there is no strict reading of the file */
  | { readonly code: 'repaired' }
  /** the reading cannot be relied on */
  | { readonly code: 'damaged'; readonly faults: readonly PdfFault[] }
  | { readonly code: 'encrypted' }
  /** offsets would have more than ten digits (ISO 32000-1 7.5.4) */
  | { readonly code: 'too-large' }
  /** freed, twice in the plan, out of range, or what holds the cross-reference or other objects */
  | { readonly code: 'number-not-usable'; readonly number: number }
  /** one ByteRange without Contents, or more than one of either */
  | { readonly code: 'places-wrong' };

/** Where the signature of an increment goes; counted in the whole file, and plain numbers: it can be put down and taken up again. */
export type SignaturePlace = {
  /** the Contents string with its delimiters */
  readonly contentsFrom: number;
  readonly contentsTo: number;
  readonly byteRange: readonly [number, number, number, number];
};

export type Increment = {
  readonly baseSize: number;
  /** to be appended to the base, of which no byte changes */
  readonly bytes: Buffer;
  readonly signature: SignaturePlace | undefined;
};

type Written = { readonly number: number; readonly generation: number; readonly offset: number };

const largestOffset = 9_999_999_999;

/**
 * Writes an incremental update (ISO 32000-1 7.5.6) whose cross-reference kind is that of the base's newest section: a
 * table after a table, also in a hybrid file, whose XRefStm is not repeated; a stream after a stream. Trailer entries are
 * taken over, the second part of /ID is new, the list of free objects is left alone. The same plan on the same base gives
 * the same bytes. Faults that were not met yet are not looked for: ask `auditPdf` first where the file is foreign.
 */
export function writeIncrement(file: PdfFile, plan: IncrementPlan): Result<Increment, IncrementRefusal> {
  const refusal = refusalOf(file, plan) ?? wrongNumber(file, plan);
  if (refusal !== undefined) return { ok: false, failure: refusal };
  const baseSize = file.bytes.size;
  const output = newOutput();
  const last = byteAt(file.reader.source, baseSize - 1);
  if (last !== 0x0a && last !== 0x0d) put(output, '\n');
  const written: Written[] = [];
  const newest = viewOf(file);
  for (const { number, value } of [...plan.objects].sort((a, b) => a.number - b.number)) {
    const known = lookUp(file.revisions, number, newest.reading)?.entry;
    const generation = known?.kind === 'in-use' ? known.generation : 0;
    written.push({ number, generation, offset: baseSize + output.length });
    put(output, `${String(number)} ${String(generation)} obj\n`);
    putValue(output, value);
    put(output, '\nendobj\n');
  }
  if (newest.newest.kind === 'table') putTable(file, plan, output, written);
  else putXrefStream(file, plan, output, written);
  if (baseSize + output.length > largestOffset) return { ok: false, failure: { code: 'too-large' } };
  const hasPlaces = output.byteRange !== undefined || output.contents !== undefined;
  const bytes = Buffer.concat(output.chunks, output.length);
  if (!hasPlaces) return { ok: true, value: { baseSize, bytes, signature: undefined } };
  const signature = filled(bytes, output, baseSize);
  return signature === undefined ? { ok: false, failure: { code: 'places-wrong' } } : { ok: true, value: { baseSize, bytes, signature } };
}

/** Why nothing can be appended to this file as it is; undefined when something can. */
export function refusalOf(file: PdfFile, plan: Pick<IncrementPlan, 'mayBeEncrypted'> = {}): IncrementRefusal | undefined {
  if (file.isRepaired) return { code: 'repaired' };
  if (!isTrusted(file.faults)) return { code: 'damaged', faults: file.faults };
  if (file.isEncrypted && plan.mayBeEncrypted !== true) return { code: 'encrypted' };
  return file.bytes.size > largestOffset ? { code: 'too-large' } : undefined;
}

function wrongNumber(file: PdfFile, { objects }: IncrementPlan): IncrementRefusal | undefined {
  const free = nextNumber(file);
  const seen = new Set<number>();
  for (const { number } of objects) {
    const refused: IncrementRefusal = { code: 'number-not-usable', number };
    if (seen.has(number) || !Number.isInteger(number) || number < 1 || number >= file.reader.budget.limits.objectNumber) return refused;
    seen.add(number);
    if (number >= free) continue;
    const known = lookUp(file.revisions, number, 'full')?.entry;
    if (known === undefined || known.kind === 'free') return refused;
    const old = objectOf(viewOf(file), number);
    if (!old.ok) return { code: 'damaged', faults: [old.failure] };
    const value = old.value?.value;
    if (value?.kind === 'stream' && ['XRef', 'ObjStm'].includes(nameIn(value.dictionary, 'Type') ?? '')) return refused;
  }
  return isTrusted(file.faults) ? undefined : { code: 'damaged', faults: file.faults };
}

/** /Size is one more than the highest number of the whole file (7.5.5, table 15). */
function sizeWith(file: PdfFile, written: readonly Written[]): number {
  let highest = written.at(-1)?.number ?? 0;
  for (const { sections } of file.revisions) {
    for (const { entries, hidden } of sections) {
      for (const part of hidden === undefined ? [entries] : [entries, hidden.entries]) {
        highest = Math.max(highest, part.numbers[part.count - 1] ?? 0);
      }
    }
  }
  return highest + 1;
}

const notTakenOver = [
  'Size', 'Prev', 'XRefStm', 'ID', 'Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms', 'DL', 'F', 'FFilter', 'FDecodeParms',
];

function trailerEntries(file: PdfFile, plan: IncrementPlan, output: Output, size: number): PdfEntries {
  const { trailer, startxref } = viewOf(file).newest;
  const slice = ({ from, to }: { from: number; to: number }): PdfValue => ({ raw: file.reader.source.slice(from, to) });
  const kept = [...trailer.entries].filter(([key]) => !notTakenOver.includes(key));
  return {
    Size: size,
    ...Object.fromEntries(kept.map(([key, value]) => [key, slice(value)])),
    ...plan.trailer,
    ID: idOf(file, trailer, output),
    Prev: startxref,
  };
}

/** The first part names the file for ever, the second this state of it (14.4): made from what is written, not from chance. */
function idOf(file: PdfFile, trailer: PdfDictionary, output: Output): PdfValue | undefined {
  const id = trailer.entries.get('ID');
  const [first] = id?.kind === 'array' ? id.items : [];
  if (first?.kind !== 'string') return undefined;
  const hash = createHash('sha256').update(file.reader.source.slice(trailer.from, trailer.to)).update(String(file.bytes.size));
  for (const chunk of output.chunks) hash.update(chunk);
  return [{ raw: file.reader.source.slice(first.from, first.to) }, { bytes: hash.digest().subarray(0, 16) }];
}

/** Runs of numbers that follow each other. */
function runsOf(written: readonly Written[]): readonly Written[][] {
  const runs: Written[][] = [];
  for (const one of written) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1)?.number === one.number - 1) run.push(one);
    else runs.push([one]);
  }
  return runs;
}

function putTable(file: PdfFile, plan: IncrementPlan, output: Output, written: readonly Written[]): void {
  const startxref = file.bytes.size + output.length;
  const trailer = trailerEntries(file, plan, output, sizeWith(file, written));
  put(output, 'xref\n');
  for (const run of runsOf(written)) {
    put(output, `${String(run[0]?.number)} ${String(run.length)}\n`);
    for (const { offset, generation } of run) put(output, `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n\r\n`);
  }
  // A section needs a subsection; one without entries says that nothing changed.
  if (written.length === 0) put(output, '0 0\n');
  put(output, 'trailer\n');
  putValue(output, { dictionary: trailer });
  put(output, `\nstartxref\n${String(startxref)}\n%%EOF\n`);
}

function putXrefStream(file: PdfFile, plan: IncrementPlan, output: Output, written: readonly Written[]): void {
  const startxref = file.bytes.size + output.length;
  const number = Math.max(nextNumber(file), (written.at(-1)?.number ?? 0) + 1);
  const all = [...written, { number, generation: 0, offset: startxref }];
  const trailer = trailerEntries(file, plan, output, sizeWith(file, all));
  const rows = Buffer.alloc(all.length * 8);
  for (const [index, { offset, generation }] of all.entries()) {
    rows.writeUInt8(1, index * 8);
    rows.writeUIntBE(offset, index * 8 + 1, 5);
    rows.writeUInt16BE(generation, index * 8 + 6);
  }
  const index = runsOf(all).flatMap((run) => [run[0]?.number ?? 0, run.length]);
  put(output, `${String(number)} 0 obj\n`);
  putValue(output, { dictionary: { Type: { name: 'XRef' }, ...trailer, W: [1, 5, 2], Index: index }, stream: rows });
  put(output, `\nendobj\nstartxref\n${String(startxref)}\n%%EOF\n`);
}

function filled(bytes: Buffer, output: Output, baseSize: number): SignaturePlace | undefined {
  const { byteRange: place, contents, isAmbiguous } = output;
  if (place === undefined || contents === undefined || isAmbiguous) return undefined;
  const contentsFrom = baseSize + contents.from;
  const contentsTo = baseSize + contents.to;
  const end = baseSize + bytes.length;
  const byteRange = [0, contentsFrom, contentsTo, end - contentsTo] as const;
  const text = `[${byteRange.join(' ')}`;
  bytes.write(`${text.padEnd(place.to - place.from - 1)}]`, place.from, 'latin1');
  return { contentsFrom, contentsTo, byteRange };
}
