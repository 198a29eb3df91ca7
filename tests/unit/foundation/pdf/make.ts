import { deflateSync } from 'node:zlib';
import { memoryBytes, openPdf, type OpenOptions, type PdfFile } from '../../../../electron/foundation/pdf/index.ts';

export type Kind = 'table' | 'stream' | 'hybrid';

/** One revision, written by the test's own hand, so that the reader is not judged by our writer. */
export type Saving = {
  readonly kind: Kind;
  /** object number and what stands between `obj` and `endobj` */
  readonly objects: readonly (readonly [number: number, body: string | Buffer])[];
  /** objects that go into an object stream with this number; of a hybrid they are the hidden ones */
  readonly packed?: {
    readonly stream: number;
    readonly objects: readonly (readonly [number, string])[];
    /** what stands there instead of an object stream of these objects */
    readonly body?: Buffer;
  };
  /** numbers that are freed */
  readonly freed?: readonly number[];
  readonly lineEnd?: '\n' | '\r' | '\r\n';
  /** further entries of the trailer */
  readonly trailer?: string;
  /** number of the cross-reference stream; needed for stream and hybrid */
  readonly xref?: number;
  /** overrides: what a forger or a bad program would write */
  readonly wrong?: { readonly size?: number; readonly prev?: number | null; readonly startxref?: number; readonly xrefStm?: number };
  readonly end?: string;
};

export const catalog = '<</Type/Catalog/Pages 2 0 R>>';
export const pages = '<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>';
export const page = '<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>';
export const font = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>';

export function content(text: string, dictionary = ''): string {
  const data = `BT /F1 24 Tf 72 700 Td (${text}) Tj ET`;
  return `<</Length ${String(data.length)}${dictionary}>>\nstream\n${data}\nendstream`;
}

/** One page that reads "Van ban", its objects 1 to 5. */
export const document: Saving['objects'] = [[1, catalog], [2, pages], [3, page], [4, content('Van ban')], [5, font]];

/** A PDF of these revisions. */
export function make(...savings: readonly Saving[]): Buffer {
  let bytes: Buffer = Buffer.alloc(0);
  let prev: number | undefined;
  let size = 0;
  for (const saving of savings) {
    const made = save(bytes, prev, size, saving);
    ({ bytes, prev, size } = made);
  }
  return bytes;
}

/** One more revision behind a PDF of any origin whose catalog is object 1. */
export function makeOn(base: Buffer, saving: Saving): Buffer {
  const text = base.toString('latin1');
  const prev = Number([...text.matchAll(/startxref\s+(\d+)/g)].at(-1)?.[1]);
  const sizes = [...text.matchAll(/\/Size (\d+)/g)].map(([, size]) => Number(size));
  const line = /[\r\n]$/.test(text.slice(-1)) ? base : Buffer.concat([base, Buffer.from('\n')]);
  return save(line, prev, Math.max(...sizes) - 1, saving).bytes;
}

type Made = { readonly bytes: Buffer; readonly prev: number; readonly size: number };
type Line = { readonly number: number; readonly kind: 0 | 1 | 2; readonly first: number; readonly second: number };

function save(base: Buffer, prev: number | undefined, sizeBefore: number, saving: Saving): Made {
  const eol = saving.lineEnd ?? '\n';
  const parts: Buffer[] = [base];
  let at = base.length;
  const put = (what: string | Buffer): void => {
    const bytes = Buffer.isBuffer(what) ? what : Buffer.from(what, 'latin1');
    parts.push(bytes);
    at += bytes.length;
  };
  const lines: Line[] = [];
  const putObject = (number: number, body: string | Buffer): void => {
    lines.push({ number, kind: 1, first: at, second: 0 });
    put(`${String(number)} 0 obj${eol}`);
    put(body);
    put(`${eol}endobj${eol}`);
  };
  if (base.length === 0) put(`%PDF-1.7${eol}%\xe2\xe3\xcf\xd3${eol}`);
  for (const [number, body] of saving.objects) putObject(number, body);
  const { packed } = saving;
  const hidden: Line[] = [];
  if (packed !== undefined) {
    putObject(packed.stream, packed.body ?? objectStream(packed.objects));
    hidden.push(...packed.objects.map(([number], index): Line => ({ number, kind: 2, first: packed.stream, second: index })));
  }
  if (base.length === 0) lines.push({ number: 0, kind: 0, first: 0, second: 65_535 });
  lines.push(...(saving.freed ?? []).map((number): Line => ({ number, kind: 0, first: 0, second: 1 })));
  const numbers = [...lines, ...hidden].map(({ number }) => number);
  const highest = Math.max(sizeBefore, ...numbers, saving.xref ?? 0);
  const xref = saving.xref ?? highest + 1;
  const size = saving.wrong?.size ?? (saving.kind === 'stream' ? Math.max(highest, xref) : highest) + 1;
  const prevNow = saving.wrong?.prev === undefined ? prev : (saving.wrong.prev ?? undefined);
  const trailer = `/Size ${String(size)}/Root 1 0 R${saving.trailer ?? ''}${prevNow === undefined ? '' : `/Prev ${String(prevNow)}`}`;
  let xrefStm = '';
  if (saving.kind === 'hybrid' && saving.xref !== undefined) {
    const from = at;
    putObject(saving.xref, xrefStream(hidden, `/Size ${String(size)}`));
    xrefStm = `/XRefStm ${String(saving.wrong?.xrefStm ?? from)}`;
  }
  const startxref = at;
  if (saving.kind === 'stream') {
    const all = [...lines, ...hidden, { number: xref, kind: 1 as const, first: at, second: 0 }];
    put(`${String(xref)} 0 obj${eol}`);
    put(xrefStream(all, trailer));
    put(`${eol}endobj${eol}`);
  } else {
    // What is hidden from old readers is free to them.
    const open = saving.kind === 'hybrid' ? hidden.map(({ number }): Line => ({ number, kind: 0, first: 0, second: 0 })) : [];
    put(`xref${eol}${table([...lines, ...open], eol)}trailer${eol}<<${trailer}${xrefStm}>>${eol}`);
  }
  put(`startxref${eol}${String(saving.wrong?.startxref ?? startxref)}${eol}%%EOF${saving.end ?? eol}`);
  return { bytes: Buffer.concat(parts), prev: startxref, size: size - 1 };
}

function runs(lines: readonly Line[]): Line[][] {
  const found: Line[][] = [];
  for (const line of [...lines].sort((a, b) => a.number - b.number)) {
    const run = found.at(-1);
    if (run?.at(-1)?.number === line.number - 1) run?.push(line);
    else found.push([line]);
  }
  return found;
}

function table(lines: readonly Line[], eol: string): string {
  const end = eol.length === 2 ? eol : ` ${eol}`;
  const entry = ({ kind, first, second }: Line): string =>
    `${String(first).padStart(10, '0')} ${String(second).padStart(5, '0')} ${kind === 0 ? 'f' : 'n'}${end}`;
  return runs(lines).map((run) => `${String(run[0]?.number)} ${String(run.length)}${eol}${run.map(entry).join('')}`).join('');
}

/** Compressed with a predictor, as most programs do. */
function xrefStream(lines: readonly Line[], entries: string): Buffer {
  const groups = runs(lines);
  const rows = groups.flat().map(({ kind, first, second }) => {
    const row = Buffer.alloc(8);
    row.writeUInt8(kind, 0);
    row.writeUIntBE(first, 1, 5);
    row.writeUInt16BE(second, 6);
    return row;
  });
  const predicted = rows.map((row, index) => Buffer.from([2, ...row.map((byte, column) => byte - (rows[index - 1]?.[column] ?? 0))]));
  const data = deflateSync(Buffer.concat(predicted));
  const index = groups.map((run) => `${String(run[0]?.number)} ${String(run.length)}`).join(' ');
  const head = `<</Type/XRef/W[1 5 2]/Index[${index}]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 8>>/Length ${String(data.length)}${entries}>>`;
  return Buffer.concat([Buffer.from(`${head}\nstream\n`), data, Buffer.from('\nendstream')]);
}

export function objectStream(objects: readonly (readonly [number, string])[]): Buffer {
  let offset = 0;
  const pairs = objects.map(([number, body]) => {
    const pair = `${String(number)} ${String(offset)}`;
    offset += body.length + 1;
    return pair;
  });
  const head = `${pairs.join(' ')} `;
  const data = deflateSync(Buffer.from(head + objects.map(([, body]) => body).join('\n'), 'latin1'));
  const dictionary = `<</Type/ObjStm/N ${String(objects.length)}/First ${String(head.length)}/Filter/FlateDecode/Length ${String(data.length)}>>`;
  return Buffer.concat([Buffer.from(`${dictionary}\nstream\n`), data, Buffer.from('\nendstream')]);
}

/** Opens what must be openable. */
export function opened(bytes: Uint8Array, options?: OpenOptions): PdfFile {
  const file = openPdf(memoryBytes(bytes), options);
  if (!file.ok) throw new Error(JSON.stringify(file.failure));
  return file.value;
}

/** The codes of the faults that a file was found to have, each once, sorted. */
export function codesOf(file: PdfFile): readonly string[] {
  return [...new Set(file.faults.map(({ code }) => code))].sort();
}

/** The sound base files, one of each kind; each reads "Van ban" and has an /ID and an /Info. */
export function bases(): Readonly<Record<string, Buffer>> {
  const extra = { trailer: '/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]/Info 6 0 R' };
  const info = [6, '<</Title(Tram)>>'] as const;
  const objects = [...document, info];
  const packed = { stream: 7, objects: [[1, catalog], [2, pages], [3, page], [5, font], info] as const };
  return {
    table: make({ kind: 'table', objects, ...extra }),
    'table, CR': make({ kind: 'table', objects, lineEnd: '\r', ...extra }),
    'table, CR LF, no end of line': make({ kind: 'table', objects, lineEnd: '\r\n', end: '', ...extra }),
    stream: make({ kind: 'stream', objects, xref: 8, ...extra }),
    'stream, packed': make({ kind: 'stream', objects: [[4, content('Van ban')]], packed, xref: 8, ...extra }),
    hybrid: make({ kind: 'hybrid', objects, packed: { stream: 7, objects: [[9, '<</Hidden true>>']] }, xref: 8, ...extra }),
    'table, then table': make({ kind: 'table', objects, ...extra }, { kind: 'table', objects: [[4, content('Van ban')]], ...extra }),
    'stream, then stream': make({ kind: 'stream', objects, xref: 8, ...extra }, { kind: 'stream', objects: [[4, content('Van ban')]], xref: 9, ...extra }),
  };
}
