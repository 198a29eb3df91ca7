import type { Result } from '../outcome.ts';
import type { PdfFault } from './faults.ts';
import { asked, found, type PdfView } from './file.ts';
import type { Found, PdfDictionary, PdfObject } from './object.ts';
import { newOutput, put, putValue, type PdfEntries, type PdfValue } from './write-value.ts';

/** A new file made of what a view holds. Numbers are those of the view, or from `nextNumber` on. */
type NewFilePlan = {
  /** of the header, such as `1.7` */
  readonly version: string;
  /** objects that are new, or stand in the place of the view's */
  readonly objects: ReadonlyMap<number, PdfValue>;
  readonly root: number;
  readonly info: number;
  /** sixteen bytes that name the file (ISO 32000-1 14.4) */
  readonly id: Uint8Array;
};

/**
 * Writes a file (ISO 32000-1 7.5) that holds what can be reached from the plan's root and information dictionary, and nothing
 * else: what the view's own catalog, earlier revisions or loose objects hold is left behind. Objects are numbered anew and
 * without gaps; data of streams is taken over as stored. Values of the plan name objects by `reference`, never inside `raw`.
 * Answers the bytes written; fails with the fault of an object that cannot be read, when something may have been written already.
 */
export function writeNewFile(view: PdfView, plan: NewFilePlan, write: (piece: Uint8Array) => void): Result<number, PdfFault> {
  return asked(view.file, () => {
    const numbers = new Map<number, number>();
    const waiting: number[] = [];
    /** The new number of an object; null where the standard says that it is null (7.3.10). */
    const numbered = (number: number, generation: number): PdfValue => {
      const known = numbers.get(number);
      if (known !== undefined) return { reference: known };
      if (!plan.objects.has(number) && found(view, number)?.holder.generation !== generation) return null;
      numbers.set(number, numbers.size + 1);
      waiting.push(number);
      return { reference: numbers.size };
    };
    let size = 0;
    const give = (fill: (output: ReturnType<typeof newOutput>) => void): void => {
      const output = newOutput();
      fill(output);
      for (const chunk of output.chunks) write(chunk);
      size += output.length;
    };
    give((output) => {
      // Bytes above 127, so that it is not taken for text on the way (7.5.2).
      put(output, `%PDF-${plan.version}\n`);
      put(output, Buffer.from([0x25, 0xe2, 0xe3, 0xcf, 0xd3, 0x0a]));
    });
    const [root, info] = [numbered(plan.root, 0), numbered(plan.info, 0)];
    const offsets: number[] = [];
    // What is met on the way comes to the end of the list.
    for (const number of waiting) {
      const own = plan.objects.get(number);
      const old = own === undefined ? found(view, number) : undefined;
      const value = own ?? (old === undefined ? null : valueOf(old));
      offsets.push(size);
      give((output) => {
        put(output, `${String(offsets.length)} 0 obj\n`);
        putValue(output, withNumbers(value, numbered));
        put(output, '\nendobj\n');
      });
    }
    give((output) => {
      put(output, `xref\n0 ${String(offsets.length + 1)}\n0000000000 65535 f\r\n`);
      for (const offset of offsets) put(output, `${String(offset).padStart(10, '0')} 00000 n\r\n`);
      put(output, 'trailer\n');
      const id = { bytes: plan.id };
      putValue(output, { dictionary: { Size: offsets.length + 1, Root: root, Info: info, ID: [id, id] } });
      put(output, `\nstartxref\n${String(size)}\n%%EOF\n`);
    });
    return size;
  });
}

/** A value of the file with its references told as such, so that it can stand in a new file; scalars byte for byte as they are. */
export function valueOf({ value, holder }: Found): PdfValue {
  switch (value.kind) {
    case 'null':
      return null;
    case 'array':
      return value.items.map((item) => valueOf({ value: item, holder }));
    case 'dictionary':
      return { dictionary: entriesOf({ value, holder }) };
    case 'stream': {
      const { Length: _, ...dictionary } = entriesOf({ value: value.dictionary, holder });
      return { dictionary, stream: holder.source.slice(value.dataFrom, value.dataTo) };
    }
    case 'reference':
      return { reference: value.number, generation: value.generation };
    case 'name':
      return { name: value.name };
    case 'boolean':
    case 'number':
    case 'string':
      return { raw: holder.source.slice(value.from, value.to) };
  }
}

/** The entries of a dictionary of the file, as `valueOf` tells them. */
export function entriesOf({ value, holder }: Found<PdfDictionary>): Record<string, PdfValue> {
  return Object.fromEntries([...value.entries].map(([key, item]: [string, PdfObject]) => [key, valueOf({ value: item, holder })]));
}

function withNumbers(value: PdfValue, numbered: (number: number, generation: number) => PdfValue): PdfValue {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((item) => withNumbers(item, numbered));
  if ('reference' in value) return numbered(value.reference, value.generation ?? 0);
  if (!('dictionary' in value)) return value;
  const dictionary: PdfEntries = Object.fromEntries(Object.entries(value.dictionary).map(([key, item]) => [key, item === undefined ? undefined : withNumbers(item, numbered)]));
  return { ...value, dictionary };
}

function isList(value: PdfValue): value is readonly PdfValue[] {
  return Array.isArray(value);
}
