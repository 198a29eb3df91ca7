import { contentSource, type Source } from './bytes.ts';
import { PdfStop } from './faults.ts';
import { decodedStream, parseIndirect, type LengthOf, type Reader } from './indirect.ts';
import { newLexer, skipSpace, stop, takeDigits } from './lexer.ts';
import { integerIn, integerOf, nameIn, type IndirectObject } from './object.ts';
import { lookUp, type Reading, type Revision } from './revisions.ts';
import { parseValue } from './values.ts';

/** The newest revisions that count, and how to read them. */
export type Chain = { readonly revisions: readonly Revision[]; readonly reading: Reading };

/** An object stream without its filters (ISO 32000-1 7.5.7). */
export type ObjectStream = {
  readonly source: Source;
  readonly holder: IndirectObject;
  readonly numbers: readonly number[];
  /** where each object begins in the content */
  readonly offsets: readonly number[];
};

/** Object streams that were decoded lately, by where they stand. */
export type StreamCache = Map<number, ObjectStream>;

const streamsKept = 8;

export function newStreamCache(): StreamCache {
  return new Map();
}

/** Reads object `number` as the chain has it; undefined when it was never defined or is free. */
export function readObject(reader: Reader, cache: StreamCache, chain: Chain, number: number): IndirectObject | undefined {
  const place = lookUp(chain.revisions, number, chain.reading);
  reader.budget.spend(16 + chain.revisions.length, 0);
  if (place === undefined || place.entry.kind === 'free') return undefined;
  const { entry, revision } = place;
  if (entry.kind === 'in-stream') {
    const stream = objectStream(reader, cache, chain, entry.stream, revision);
    return objectIn(reader, stream, number, entry.index);
  }
  const holder = largeOnce(reader, entry.offset, number, lengthIn(reader, chain));
  if (holder.generation !== entry.generation) reader.log.note('wrong-generation', entry.offset, number);
  return holder;
}

const largeBytes = 1024;
/** Of all large objects of a file together: some thousand signatures. */
const mostLarge = 32 * 1024 * 1024;
const large = new WeakMap<Reader, { left: number; readonly objects: Map<number, IndirectObject> }>();

/**
 * Reads an object, a large one without a stream once only: every revision of a file with many signatures is asked for its
 * fields, and each leads to signatures with their Contents. What had a fault is read again, as it was.
 */
function largeOnce(reader: Reader, at: number, number: number, lengthOf: LengthOf): IndirectObject {
  const kept = large.get(reader) ?? { left: mostLarge, objects: new Map<number, IndirectObject>() };
  large.set(reader, kept);
  const known = kept.objects.get(at);
  if (known?.number === number) return known;
  const before = reader.log.list.length;
  const holder = parseIndirect(reader, at, number, lengthOf);
  const size = holder.to - holder.from;
  if (holder.value.kind === 'stream' || size < largeBytes || size > kept.left || reader.log.list.length > before) return holder;
  kept.left -= size;
  kept.objects.set(at, holder);
  return holder;
}

/** A length that stands in another object: that must be an integer in the file itself, so that it cannot lead in circles. */
export function lengthIn(reader: Reader, chain: Chain): LengthOf {
  return ({ number }) => {
    const entry = lookUp(chain.revisions, number, chain.reading)?.entry;
    if (entry?.kind !== 'in-use') return undefined;
    return integerOf(parseIndirect(reader, entry.offset, number, () => undefined).value);
  };
}

/** The object stream `number`, which the entries of `user` refer to. */
export function objectStream(reader: Reader, cache: StreamCache, chain: Chain, number: number, user: Revision): ObjectStream {
  const place = lookUp(chain.revisions, number, chain.reading);
  if (place?.entry.kind !== 'in-use') throw new PdfStop('bad-object-stream', user.startxref, number);
  // Readers take the newest object of this number: what it holds then replaces objects that no entry names.
  if (place.revision.index > user.index) reader.log.note('object-stream-redefined', place.entry.offset, number);
  const { offset } = place.entry;
  const known = cache.get(offset);
  if (known !== undefined) return known;
  const isEncrypted = chain.revisions.some(({ trailer }) => trailer.entries.has('Encrypt'));
  if (isEncrypted) throw new PdfStop('encrypted-object-stream', offset, number);
  const opened = openObjectStream(reader, parseIndirect(reader, offset, number, lengthIn(reader, chain)));
  const [oldest = offset] = cache.keys();
  if (cache.size >= streamsKept) cache.delete(oldest);
  cache.set(offset, opened);
  return opened;
}

/** Takes an object stream apart: which objects it holds, and where. */
export function openObjectStream(reader: Reader, holder: IndirectObject): ObjectStream {
  const { value, number, from } = holder;
  const bad = (): PdfStop => new PdfStop('bad-object-stream', from, number);
  if (value.kind !== 'stream' || nameIn(value.dictionary, 'Type') !== 'ObjStm') throw bad();
  const count = integerIn(value.dictionary, 'N');
  const first = integerIn(value.dictionary, 'First');
  if (count === undefined || first === undefined || count < 0 || first < 0) throw bad();
  if (count > reader.budget.limits.objectStreamItems) throw new PdfStop('too-many', from, number);
  const source = contentSource(decodedStream(reader, value, { at: from, object: number }), from);
  const lexer = newLexer(source, reader.budget, reader.log, 0, number);
  const numbers: number[] = [];
  const offsets: number[] = [];
  for (let n = 0; n < count; n += 1) {
    skipSpace(lexer);
    const one = takeDigits(lexer);
    skipSpace(lexer);
    const offset = takeDigits(lexer);
    if (one === undefined || offset === undefined || first + offset >= source.size || lexer.at > first) throw bad();
    numbers.push(one);
    offsets.push(first + offset);
  }
  return { source, holder, numbers, offsets };
}

/** The object in place `index` of an object stream, which must be object `number`. */
export function objectIn(reader: Reader, stream: ObjectStream, number: number, index: number): IndirectObject {
  const from = stream.offsets[index];
  if (from === undefined || stream.numbers[index] !== number) throw new PdfStop('wrong-object-number', stream.holder.from, number);
  const lexer = newLexer(stream.source, reader.budget, reader.log, from, number);
  const value = parseValue(lexer);
  skipSpace(lexer);
  const next = stream.offsets[index + 1] ?? stream.source.size;
  // Objects stand one after the other; one that runs into the next is read differently by other programs.
  if (next > from && lexer.at < Math.min(next, stream.source.size)) throw stop(lexer, 'bad-object-stream', from);
  if (next <= from || value.to > next) reader.log.note('objects-overlap', stream.holder.from, number);
  return { number, generation: 0, value, source: stream.source, from, to: value.to, inStream: stream.holder.number };
}
