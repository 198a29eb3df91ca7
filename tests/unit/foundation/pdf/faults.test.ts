import { expect, test } from 'vitest';
import { auditDisguised, auditPdf, isTrusted, memoryBytes, objectOf, openPdf, pdfFaults, revisionChanges, viewOf, type PdfFaultCode } from '../../../../electron/foundation/pdf/index.ts';
import { bases, codesOf, content, document, make, objectStream, opened } from './make.ts';

const table = make({ kind: 'table', objects: document });
const stream = make({ kind: 'stream', objects: document });
const two = make({ kind: 'table', objects: document }, { kind: 'table', objects: [[4, content('Lan hai')]] });

/** Replaces text by text of any length, the n-th time it stands there (from the end when negative). */
function put(bytes: Buffer, from: string, to: string, which = 0): Buffer {
  const all: number[] = [];
  for (let at = bytes.indexOf(from, 0, 'latin1'); at >= 0; at = bytes.indexOf(from, at + 1, 'latin1')) all.push(at);
  const at = all.at(which);
  if (at === undefined) throw new Error(`no ${from}`);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(to, 'latin1'), bytes.subarray(at + from.length)]);
}

const at = (bytes: Buffer, text: string): number => bytes.indexOf(text, 0, 'latin1');

/** What stops the opening of a file, and at which byte. */
const stops: readonly (readonly [string, Buffer, PdfFaultCode, number | undefined])[] = [
  ['nothing at all', Buffer.alloc(0), 'no-header', 0],
  ['no PDF', Buffer.from('Cộng hòa xã hội chủ nghĩa Việt Nam'), 'no-header', 0],
  ['only a header', Buffer.from('%PDF-1.7\n'), 'no-startxref', 9],
  ['startxref without a number', put(table, 'startxref\n', 'startxref\nx'), 'startxref-outside', at(table, 'startxref')],
  ['startxref behind the end', put(table, 'startxref\n', 'startxref\n9'), 'startxref-outside', at(table, 'startxref')],
  ['startxref to the header', make({ kind: 'table', objects: document, wrong: { startxref: 0 } }), 'no-xref-section', 0],
  ['startxref to a page', make({ kind: 'table', objects: document, wrong: { startxref: at(table, '3 0 obj') } }), 'no-xref-section', at(table, '3 0 obj')],
  ['a table that is text', put(table, 'xref\n0 6', 'xref\nab c'), 'bad-xref-table', undefined],
  ['an entry whose columns are not parted', put(table, ' 00000 n', 'x00000 n'), 'bad-xref-table', undefined],
  ['an entry that is neither n nor f', put(table, ' 00000 n', ' 00000 x'), 'bad-xref-table', undefined],
  ['a table with fewer entries than it says', put(table, 'xref\n0 6', 'xref\n0 9'), 'bad-xref-table', undefined],
  ['a table with millions of entries that are not there', put(table, 'xref\n0 6', 'xref\n0 6000000'), 'too-many', undefined],
  ['object numbers beyond all limits', put(table, 'xref\n0 6', 'xref\n99999999 6'), 'too-many', undefined],
  ['no trailer dictionary', put(table, 'trailer\n<<', 'trailer\n[<<'), 'bad-token', undefined],
  ['a trailer that is a number', put(table, 'trailer\n<<', 'trailer\n7 <<'), 'bad-trailer', undefined],
  ['no root', put(table, '/Root 1 0 R', ''), 'no-root', undefined],
  ['a root that is no reference', put(table, '/Root 1 0 R', '/Root/Fake'), 'no-root', undefined],
  ['a Prev to itself', make({ kind: 'table', objects: document, trailer: `/Prev ${String(at(table, 'xref\n0'))}` }), 'xref-loop', at(table, 'xref\n0')],
  ['a Prev behind the file', make({ kind: 'table', objects: document, trailer: '/Prev 999999' }), 'prev-outside', undefined],
  ['a Prev below zero', make({ kind: 'table', objects: document, trailer: '/Prev -5' }), 'prev-outside', undefined],
  ['a Prev that is a reference', make({ kind: 'table', objects: document, trailer: '/Prev 5 0 R' }), 'prev-outside', undefined],
  ['a stream that is no cross-reference stream', put(stream, '/Type/XRef', '/Type/Xref'), 'no-xref-section', undefined],
  ['widths that are missing', put(stream, '/W[1 5 2]', '/W[1 5]  '), 'bad-xref-stream', undefined],
  ['widths that no number has', put(stream, '/W[1 5 2]', '/W[1 9 2]'), 'bad-xref-stream', undefined],
  ['widths of nothing', put(stream, '/W[1 5 2]', '/W[0 0 0]'), 'bad-xref-stream', undefined],
  ['more entries than the data has', put(stream, '/Index[0 7]', '/Index[0 9]'), 'bad-xref-stream', undefined],
  ['an index that is odd', put(stream, '/Index[0 7]', '/Index[0 7 1]'), 'bad-xref-stream', undefined],
  ['a huge Size without an Index', put(put(stream, '/Index[0 7]', ''), '/Size 7', '/Size 999999999999'), 'too-many', undefined],
  ['a filter that is not known', put(stream, '/Filter/FlateDecode', '/Filter/LZWDecode  '), 'unsupported-filter', undefined],
  ['data that is not what its filter says', put(stream, '/Filter/FlateDecode', '/Filter[/FlateDecode/FlateDecode]'), 'damaged-stream', undefined],
  ['too many filters', put(stream, '/Filter/FlateDecode', `/Filter[${'/FlateDecode'.repeat(9)}]`), 'unsupported-filter', undefined],
];

test.each(stops)('%s: stops the opening', (_, bytes, code, place) => {
  const file = openPdf(memoryBytes(bytes));
  expect(file).toMatchObject({ ok: false, failure: { code, ...(place === undefined ? {} : { at: place }) } });
  expect(pdfFaults[code][0]).toBe('stop');
});

/** What is read and not relied on; the second element is what opening alone must see already. */
const doubts: readonly (readonly [string, Buffer, 'opening' | 'audit', PdfFaultCode, number | undefined])[] = [
  ['bytes before the header', put(table, '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'x\n%PDF-1.7\n%ab\n'), 'opening', 'header-not-first', 2],
  ['no end marker', put(table, '%%EOF\n', ''), 'opening', 'no-end-marker', undefined],
  ['a second end marker', Buffer.concat([table, Buffer.from('%%EOF\n')]), 'opening', 'second-end-marker', table.length],
  ['bytes after the end', Buffer.concat([table, Buffer.from('<script>')]), 'opening', 'bytes-after-end', table.length],
  ['zeros after the end', Buffer.concat([table, Buffer.alloc(9)]), 'opening', 'padding-after-end', table.length],
  ['a second startxref', Buffer.concat([table, Buffer.from(`startxref\n${String(at(table, 'xref\n0'))}\n%%EOF\n`)]), 'opening', 'bytes-after-end', table.length],
  ['an older startxref that leads elsewhere', put(two, 'startxref\n', 'startxref\n1'), 'opening', 'startxref-disagrees', undefined],
  ['entries of 19 bytes', Buffer.from(table.toString('latin1').replaceAll(/ ([nf]) \n/g, ' $1\n'), 'latin1'), 'opening', 'xref-line', undefined],
  ['entries of 19 bytes among those of 20', put(table, ' n \n', ' n\n', 2), 'opening', 'xref-form', undefined],
  ['entries with fewer digits', put(table, ' 00000 n', ' 0 n'), 'opening', 'xref-form', undefined],
  ['a comment in a table', put(table, 'xref\n0 6\n', 'xref\n0 6 % sáu\n'), 'opening', 'xref-form', undefined],
  ['a zero byte behind startxref', put(table, 'startxref\n', 'startxref\0'), 'opening', 'xref-form', undefined],
  ['object 0 in use', make({ kind: 'table', objects: document }, { kind: 'table', objects: [[0, 'null']] }), 'opening', 'object-zero-used', undefined],
  ['a Size that no number reaches', make({ kind: 'table', objects: document, wrong: { size: 9_000_000 } }), 'opening', 'size-too-large', undefined],
  ['an entry of a kind that is not known', rows('/W[1 4 2]', '03 00000000 0000'), 'opening', 'unknown-xref-entry', undefined],
  ['kinds of seven octets', rows('/W[7 4 2]', '00000000000000 00000000 0000'), 'opening', 'xref-form', undefined],
  ['an XRefStm in a cross-reference stream', rows('/W[1 4 2]/XRefStm 9', '00 00000000 0000'), 'opening', 'xref-form', undefined],
  ['an XRefStm with a Prev of its own', put(bases()['hybrid'] ?? Buffer.alloc(0), '/Filter/FlateDecode/DecodeParms', '/Filter/Fl/Prev 99 /DecodeParms', -1), 'opening', 'hidden-prev', undefined],
  ['a free object 1 that others follow', put(two, 'xref\n4 1\n', 'xref\n1 2\n0000000000 00001 f \n'), 'opening', 'wrong-first-number', undefined],
  ['a table that begins with 1', put(table, 'xref\n0 6', 'xref\n1 6'), 'opening', 'wrong-first-number', undefined],
  ['a Size that is too small', make({ kind: 'table', objects: document, wrong: { size: 5 } }), 'opening', 'size-too-small', at(table, 'xref\n0')],
  ['an entry into an older revision', redirected(two, 4, at(two, '5 0 obj')), 'opening', 'entry-outside-revision', undefined],
  ['an entry behind the file', redirected(table, 5, 9_999_999), 'opening', 'entry-outside-revision', undefined],
  ['an object twice in a table', doubled(), 'opening', 'duplicate-xref-entry', undefined],
  ['an encryption that comes with an increment', make({ kind: 'table', objects: document }, { kind: 'table', objects: [], trailer: '/Encrypt 5 0 R' }), 'opening', 'encryption-changes', undefined],
  ['a stream after a table', make({ kind: 'table', objects: document }, { kind: 'stream', objects: [] }), 'opening', 'mixed-xref-kinds', undefined],
  ['an XRefStm of an older revision', staleXrefStm(), 'opening', 'stale-xrefstm', undefined],
  ['an offset that leads elsewhere', redirected(table, 4, at(table, '4 0 obj') + 1), 'audit', 'offset-elsewhere', at(table, '4 0 obj') + 1],
  ['an offset to another object', redirected(table, 4, at(table, '5 0 obj')), 'audit', 'wrong-object-number', at(table, '5 0 obj')],
  ['an offset to the white space before', redirected(table, 4, at(table, '4 0 obj') - 1), 'audit', 'offset-before-keyword', at(table, '4 0 obj') - 1],
  ['another generation', put(table, '4 0 obj', '4 1 obj'), 'audit', 'wrong-generation', at(table, '4 0 obj')],
  ['no endobj', put(table, 'endobj', 'endXbj', 3), 'audit', 'missing-endobj', undefined],
  ['a stream whose data lie in another file', make({ kind: 'table', objects: [...document, [6, content('Noi khac', '/F(khac.bin)')]] }), 'audit', 'external-stream', undefined],
  ['junk between', make({ kind: 'table', objects: [...document, [6, '7\nendobj\nJUNK']] }), 'audit', 'junk-between', undefined],
  ['an object that no table lists', listed(two), 'audit', 'unlisted-object', undefined],
  ['a revision that the chain leaps over', leapt(), 'audit', 'unlinked-revision', undefined],
  ['an object stream that is written anew', redefined(), 'audit', 'object-stream-redefined', undefined],
];

test.each(doubts)('%s: a fault', (_, bytes, when, code, place) => {
  const file = opened(bytes);
  if (when === 'audit') {
    expect(codesOf(file)).not.toContain(code);
    expect(auditPdf(file).ok).toBe(true);
    for (const number of [1, 2, 3, 4, 5]) objectOf(viewOf(file), number);
  }
  expect(codesOf(file)).toContain(code);
  if (place !== undefined) expect(file.faults).toContainEqual(expect.objectContaining({ code, at: place }));
  expect(isTrusted(file.faults)).toBe(file.faults.every((fault) => pdfFaults[fault.code][0] === 'oddity'));
});

test('an object inside a stream of a later revision is found wherever it lies, and none before that revision', () => {
  const mebi = 1024 * 1024;
  const hidden = (padding: number): string => {
    const data = `${'x'.repeat(padding)}\n4 0 obj<<>>endobj\n`;
    return `<</Length ${String(data.length)}>>\nstream\n${data}\nendstream`;
  };
  // The file is looked through in pieces of one mebibyte.
  for (const padding of [0, ...Array.from({ length: 12 }, (_, n) => mebi - 40 - n)]) {
    const file = opened(make({ kind: 'table', objects: document }, { kind: 'table', objects: [[9, hidden(padding)]] }));
    expect(auditDisguised(file, 1).ok).toBe(true);
    expect(codesOf(file)).toEqual([]);
    expect(auditDisguised(file, 0).ok).toBe(true);
    expect(file.faults.map(({ code }) => code)).toEqual(['disguised-object']);
  }
});

test('a cross-reference stream that bears the number of something else is found', () => {
  for (const [number, codes] of [[8, []], [4, ['disguised-object']]] as const) {
    const file = opened(rows('/W[1 4 2]', '00 00000000 0000', number));
    expect(codesOf(file)).toEqual(['mixed-xref-kinds']);
    expect(auditDisguised(file, 0).ok).toBe(true);
    expect(codesOf(file)).toEqual([...codes, 'mixed-xref-kinds']);
  }
});

/** A second revision of one entry, for object 9, as these hexadecimal digits have it. */
function rows(widths: string, digits: string, number = 8): Buffer {
  const data = digits.replaceAll(' ', '');
  const prev = at(table, 'xref\n0');
  const entries = `/Type/XRef${widths}/Index[9 1]/Size 10/Root 1 0 R/Prev ${String(prev)}/Filter/ASCIIHexDecode/Length ${String(data.length + 1)}`;
  return Buffer.concat([table, Buffer.from(`${String(number)} 0 obj\n<<${entries}>>\nstream\n${data}>\nendstream\nendobj\nstartxref\n${String(table.length)}\n%%EOF\n`)]);
}

/** The newest table with another offset for an object. */
function redirected(bytes: Buffer, number: number, offset: number): Buffer {
  const from = bytes.lastIndexOf('xref\n', bytes.lastIndexOf('trailer'));
  const first = Number(/xref\n(\d+) /.exec(bytes.subarray(from).toString('latin1'))?.[1]);
  const line = bytes.indexOf('\n', from + 5) + 1 + (number - first) * 20;
  return Buffer.concat([bytes.subarray(0, line), Buffer.from(String(offset).padStart(10, '0')), bytes.subarray(line + 10)]);
}

function doubled(): Buffer {
  const line = `${String(at(table, '5 0 obj')).padStart(10, '0')} 00000 n \n`;
  return put(table, 'trailer', `5 1\n${line}trailer`);
}

/** The second revision without its entry for object 4. */
function listed(bytes: Buffer): Buffer {
  return put(bytes, '4 1\n', '9 1\n');
}

/** Of three revisions the last names the first as the one before it. */
function leapt(): Buffer {
  const second = { kind: 'table', objects: [[4, content('Lan hai')]] } as const;
  const third = { kind: 'table', objects: [[5, '<</Last 1>>']], wrong: { prev: at(table, 'xref\n0') } } as const;
  return make({ kind: 'table', objects: document }, second, third);
}

function staleXrefStm(): Buffer {
  const base = bases()['hybrid'] ?? Buffer.alloc(0);
  const old = Number(/XRefStm (\d+)/.exec(base.toString('latin1'))?.[1]);
  const prev = base.lastIndexOf('xref\n', base.lastIndexOf('trailer'));
  const size = `xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 10/Root 1 0 R/Prev ${String(prev)}/XRefStm ${String(old)}>>\n`;
  return Buffer.concat([base, Buffer.from(`${size}startxref\n${String(base.length)}\n%%EOF\n`)]);
}

/** The second revision names the object stream and not the object in it, which is another all the same. */
function redefined(): Buffer {
  const base = { kind: 'stream', objects: document, packed: { stream: 7, objects: [[6, '<</Sum 1>>']] }, xref: 8 } as const;
  return make(base, { kind: 'stream', objects: [[7, objectStream([[6, '<</Sum 9>>']])]], xref: 9 });
}

test('objects that an increment changes without naming them are named by us', () => {
  const changes = revisionChanges(opened(redefined()), 1);
  expect(changes.ok && changes.value).toEqual({ added: [9], changed: [7], freed: [], changedUnnamed: [6] });
});
