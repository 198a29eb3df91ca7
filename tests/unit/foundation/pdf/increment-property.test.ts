import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditPdf, nextNumber, objectOf, textOf, viewOf, writeIncrement, type PdfFile, type PdfObject, type PdfValue } from '../../../../electron/foundation/pdf/index.ts';
import { byQpdf } from './judges.ts';
import { bases, opened } from './make.ts';

const kinds: Record<string, Buffer> = {
  ...bases(),
  'linearized by qpdf': byQpdf(bases()['table'] ?? Buffer.alloc(0), '--linearize'),
  'linearized with object streams by qpdf': byQpdf(bases()['table'] ?? Buffer.alloc(0), '--linearize', '--object-streams=generate'),
};

const names = fc.string({ unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 8 });
const leaf: fc.Arbitrary<PdfValue> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((number) => number / 64),
  names.map((name) => ({ name })),
  fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => text.isWellFormed()).map((text) => ({ text })),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => ({ bytes })),
  fc.nat({ max: 20 }).map((reference) => ({ reference: reference + 1 })),
);
const value: fc.Arbitrary<PdfValue> = fc.letrec<{ value: PdfValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(names, tie('value'), { maxKeys: 4 }).map((dictionary) => ({ dictionary })),
  ),
})).value;
const whole: fc.Arbitrary<PdfValue> = fc.oneof(
  { weight: 4, arbitrary: value },
  {
    weight: 1,
    arbitrary: fc
      .record({ dictionary: fc.dictionary(names.filter((name) => !['Length', 'Filter', 'F', 'Type'].includes(name)), value, { maxKeys: 3 }), stream: fc.uint8Array({ maxLength: 300 }) })
      .map(({ dictionary, stream }) => ({ dictionary, stream })),
  },
);
/** which numbers: those that the bases have, and new ones counted from the next */
const plans = fc.uniqueArray(fc.tuple(fc.constantFrom<number>(2, 3, 4, 5, -1, -2, -5), whole), { maxLength: 6, selector: ([number]) => number });

/** What was meant, in the form in which it is read back. */
function meant(one: PdfValue): unknown {
  if (one === null || typeof one === 'boolean') return one;
  if (typeof one === 'number') return Number.isInteger(one) ? one : Number(one.toFixed(6));
  if (Array.isArray(one)) return (one as readonly PdfValue[]).map(meant);
  if ('name' in one) return `/${one.name}`;
  if ('text' in one) return { text: one.text };
  if ('bytes' in one) return { hex: Buffer.from(one.bytes).toString('hex') };
  if ('reference' in one) return `${String(one.reference)} 0 R`;
  if ('dictionary' in one) {
    const entries = Object.entries(one.dictionary).map(([key, item]) => [key, meant(item ?? null)]);
    return 'stream' in one ? { entries: entries.sort(), data: Buffer.from(one.stream).toString('hex') } : { entries: entries.sort() };
  }
  throw new Error('not in this test');
}

/** What was read, told by the help of what was meant: a string is text or bytes. */
function got(file: PdfFile, found: PdfObject, like: unknown): unknown {
  const isText = typeof like === 'object' && like !== null && 'text' in like;
  switch (found.kind) {
    case 'null':
      return null;
    case 'boolean':
      return found.value;
    case 'number':
      return found.value === 0 ? 0 : found.value;
    case 'name':
      return `/${found.name}`;
    case 'string':
      return isText ? { text: textOf(found.bytes) } : { hex: Buffer.from(found.bytes).toString('hex') };
    case 'array':
      return found.items.map((item, index) => got(file, item, (like as unknown[])[index]));
    case 'reference':
      return `${String(found.number)} ${String(found.generation)} R`;
    case 'dictionary':
      return { entries: entriesOf(file, found, like) };
    case 'stream':
      return { entries: entriesOf(file, found.dictionary, like), data: Buffer.from(file.bytes.read(found.dataFrom, found.dataTo)).toString('hex') };
  }
}

function entriesOf(file: PdfFile, { entries }: Extract<PdfObject, { kind: 'dictionary' }>, like: unknown): unknown {
  const known = new Map((like as { entries: [string, unknown][] }).entries);
  const kept = [...entries].filter(([key]) => key !== 'Length' || known.has(key));
  return kept.map(([key, item]) => [key, got(file, item, known.get(key))]).sort();
}

test.each(Object.entries(kinds))('whatever an increment on %s adds and replaces is read back, and nothing else has changed', (_, base) => {
  fc.assert(
    fc.property(fc.array(plans, { minLength: 1, maxLength: 3 }), (increments) => {
      let bytes = base;
      for (const plan of increments) {
        const file = opened(bytes);
        const free = nextNumber(file);
        // In some bases an object lies in another place; what holds others may not be replaced.
        const objects = plan
          .map(([number, one]) => ({ number: number < 0 ? free - number - 1 : number, value: one }))
          .filter(({ number }) => number >= free || isOrdinary(file, number));
        const increment = writeIncrement(file, { objects });
        if (!increment.ok) throw new Error(JSON.stringify(increment.failure));
        const after = Buffer.concat([bytes, increment.value.bytes]);
        const read = opened(after);
        expect(auditPdf(read)).toEqual({ ok: true, value: [] });
        expect(read.revisions.map(({ to }) => to)).toEqual([...file.revisions.map(({ to }) => to + (to === bytes.length && after[to] === 0x0a && bytes[to - 1] === 0x46 ? 1 : 0)), after.length]);
        for (const { number, value: one } of objects) {
          const found = objectOf(viewOf(read), number);
          if (!found.ok || found.value === undefined) throw new Error(`object ${String(number)} is not there`);
          expect(got(read, found.value.value, meant(one))).toEqual(meant(one));
        }
        for (let number = 1; number < free; number += 1) {
          if (objects.some((one) => one.number === number)) continue;
          expect(place(read, number)).toEqual(place(file, number));
        }
        bytes = after;
      }
      expect(bytes.subarray(0, base.length).equals(base)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

function place(file: PdfFile, number: number): unknown {
  const found = objectOf(viewOf(file), number);
  return found.ok ? found.value && [found.value.holder.from, found.value.holder.to, found.value.holder.inStream] : found.failure;
}

function isOrdinary(file: PdfFile, number: number): boolean {
  const found = objectOf(viewOf(file), number);
  if (!found.ok || found.value === undefined) return false;
  const { value: one } = found.value;
  const type = one.kind === 'stream' ? one.dictionary.entries.get('Type') : undefined;
  return type?.kind !== 'name' || !['XRef', 'ObjStm'].includes(type.name);
}
