import fc from 'fast-check';
import type { z } from 'zod';

type Def = Readonly<Record<string, unknown>> & { readonly type: string };

/**
 * A fast-check arbitrary for the shapes that the contract uses. A shape it does not know is an error, so that a new
 * kind of field in the contract is not left out of the suite unseen.
 */
export function arbitraryOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  return shapeOf(schema).filter((value) => schema.safeParse(value).success);
}

/** One sample of a schema; the same seed gives the same value in every process. */
export function sampleOf(schema: z.ZodType, seed: number): unknown {
  return fc.sample(arbitraryOf(schema), { seed, numRuns: 1 })[0];
}

/** Vietnamese, emoji, right-to-left, and what a clerk pastes from elsewhere; never a lone surrogate. */
const words = fc.oneof(
  fc.constantFrom(
    'Uỷ ban nhân dân',
    'Số: 123/QĐ-UBND',
    'ế ệ Đ đ ư ơ ữ',
    'Nghị định 😀📄',
    'مرحبا',
    "it's \"quoted\" \\ back",
    '\u2028\u2029\u0000\t\n',
    '</script><!--',
    '',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

const instant = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

function shapeOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const def = schema.def as unknown as Def;
  switch (def.type) {
    case 'object': {
      const shape = def['shape'] as Record<string, z.ZodType>;
      const requiredKeys = Object.keys(shape).filter((key) => (shape[key]?.def as Def | undefined)?.type !== 'optional');
      return fc.record(Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, shapeOf(value)])), { requiredKeys });
    }
    case 'array':
      return fc.array(shapeOf(def['element'] as z.ZodType), { maxLength: 8 });
    case 'string':
      return textOf(schema);
    case 'number': {
      const { minValue, maxValue } = schema as z.ZodNumber;
      const least = Math.max(minValue ?? -1_000_000, Number.MIN_SAFE_INTEGER);
      const most = Math.min(maxValue ?? 1_000_000_000, Number.MAX_SAFE_INTEGER);
      return fc.integer({ min: Math.ceil(least), max: Math.floor(most) });
    }
    case 'boolean':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...Object.values(def['entries'] as Record<string, string>));
    case 'literal':
      return fc.constantFrom(...(def['values'] as unknown[]));
    case 'nullable':
      return fc.oneof(fc.constant(null), shapeOf(def['innerType'] as z.ZodType));
    case 'union':
      return fc.oneof(...(def['options'] as z.ZodType[]).map(shapeOf));
    case 'record':
      return fc.dictionary(words, shapeOf(def['valueType'] as z.ZodType), { maxKeys: 4, noNullPrototype: true });
    case 'unknown':
      // Through text once: JSON has no negative zero, and the contract carries JSON values.
      return fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    case 'pipe':
      return shapeOf(def['in'] as z.ZodType);
    case 'tuple':
      return fc.tuple(...(def['items'] as z.ZodType[]).map(shapeOf));
    case 'default':
    case 'readonly':
    case 'optional':
      return shapeOf(def['innerType'] as z.ZodType);
    default:
      throw new Error(`no sample for a schema of type ${def.type}; add it to tests/contract/samples.ts`);
  }
}

function textOf(schema: z.ZodType): fc.Arbitrary<string> {
  const { format, pattern } = schema.def as unknown as { format?: string; pattern?: RegExp };
  const own = pattern ?? regexOf(schema);
  switch (format) {
    case 'uuid':
      return fc.uuid({ version: 7 });
    case 'datetime':
      return instant;
    case 'date':
      return instant.map((text) => text.slice(0, 10));
    case 'url':
      return fc.webUrl({ validSchemes: ['http', 'https'] });
    case 'base64':
      return fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('base64'));
    case 'regex':
      return own === undefined ? words : fc.stringMatching(own);
    default:
      return own === undefined ? words : fc.stringMatching(own);
  }
}

/** A pattern that was added with `.regex()` stands among the checks. */
function regexOf(schema: z.ZodType): RegExp | undefined {
  const checks = (schema.def as unknown as { checks?: readonly { _zod: { def: { pattern?: RegExp } } }[] }).checks ?? [];
  return checks.map((check) => check._zod.def.pattern).find((pattern) => pattern !== undefined);
}
