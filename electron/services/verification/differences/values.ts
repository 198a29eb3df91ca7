import { dictionaryOf, entryOf, objectOf, PdfStop, type Found, type PdfDictionary, type PdfFault, type PdfObject, type PdfStream, type PdfView } from '../../../foundation/pdf/index.ts';
import type { Result } from '../../../foundation/outcome.ts';

/** The answer of the reader; what it could not read ends the analysis (`differencesSince` answers with the fault). */
export function read<T>(result: Result<T, PdfFault>): T {
  if (!result.ok) throw new PdfStop(result.failure.code, result.failure.at, result.failure.object);
  return result.value;
}

/** The same where "cannot be read" is an answer; time and work that are used up still end everything. */
export function readable<T>(result: Result<T, PdfFault>): T | undefined {
  if (!result.ok && result.failure.code === 'too-long') return read(result);
  return result.ok ? result.value : undefined;
}

/** A dictionary of a view under a key of another one, or of a stream; undefined when something else is there. */
export function dictionaryUnder(view: PdfView, parent: Found<PdfDictionary> | undefined, key: string): Found<PdfDictionary> | undefined {
  const one = under(view, parent, key);
  return one?.value.kind === 'dictionary' ? { value: one.value, holder: one.holder } : undefined;
}

export function under(view: PdfView, parent: Found<PdfDictionary> | undefined, key: string): Found | undefined {
  return parent && read(entryOf(view, parent, key));
}

/** What a value of an array or dictionary leads to. */
export function resolved(view: PdfView, { value, holder }: Found): Found | undefined {
  if (value.kind !== 'reference') return { value, holder };
  const one = read(objectOf(view, value.number));
  return one === undefined || one.holder.generation !== value.generation || one.value.kind === 'null' ? undefined : one;
}

export function asDictionary(one: Found | undefined): Found<PdfDictionary> | undefined {
  const dictionary = dictionaryOf(one?.value);
  return one && dictionary && { value: dictionary, holder: one.holder };
}

/** The items of an array, or none. */
export function itemsOf(one: Found | undefined): readonly PdfObject[] {
  return one?.value.kind === 'array' ? one.value.items : [];
}

/** Whether two values say the same, whatever their spelling. References are the same when they name the same object. */
export function isSame(one: Found | undefined, other: Found | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return same(one.value, other.value, one, other);
}

function same(a: PdfObject, b: PdfObject, one: Found, other: Found): boolean {
  switch (a.kind) {
    case 'null':
      return b.kind === 'null';
    case 'boolean':
      return b.kind === 'boolean' && a.value === b.value;
    case 'number':
      return b.kind === 'number' && a.value === b.value;
    case 'name':
      return b.kind === 'name' && a.name === b.name;
    case 'reference':
      return b.kind === 'reference' && a.number === b.number && a.generation === b.generation;
    case 'string':
      return b.kind === 'string' && Buffer.compare(a.bytes, b.bytes) === 0;
    case 'array':
      return b.kind === 'array' && a.items.length === b.items.length && a.items.every((item, n) => same(item, b.items[n] ?? item, one, other));
    case 'dictionary':
      return b.kind === 'dictionary' && changedKeys(a, b, one, other).length === 0;
    case 'stream':
      return b.kind === 'stream' && same(a.dictionary, b.dictionary, one, other) && isSameData(a, b, one, other);
    default:
      return false;
  }
}

function isSameData(a: PdfStream, b: PdfStream, one: Found, other: Found): boolean {
  if (a.dataTo - a.dataFrom !== b.dataTo - b.dataFrom) return false;
  return Buffer.compare(one.holder.source.slice(a.dataFrom, a.dataTo), other.holder.source.slice(b.dataFrom, b.dataTo)) === 0;
}

/** Keys under which two dictionaries say different things; one that is null is as good as none. */
function changedKeys(a: PdfDictionary, b: PdfDictionary, one: Found, other: Found): readonly string[] {
  const keys = new Set([...a.entries.keys(), ...b.entries.keys()]);
  return [...keys].filter((key) => {
    const x = a.entries.get(key);
    const y = b.entries.get(key);
    const isNone = (value: PdfObject | undefined): boolean => value === undefined || value.kind === 'null';
    if (isNone(x) || isNone(y)) return isNone(x) !== isNone(y);
    return x === undefined || y === undefined || !same(x, y, one, other);
  });
}

export function keysChanged(before: Found<PdfDictionary>, after: Found<PdfDictionary>): readonly string[] {
  return changedKeys(before.value, after.value, before, after);
}
