import type { Attack } from './attack.ts';
import { at, letterText, stream } from './letter.ts';
import { changed, fresh, type Scene } from './scene.ts';

const disguise = 'Objects for readers that search';
const form = 'Tables that readers give up on';

/** The content with another sum, as an object of the file. */
const forged = `4 0 obj\n${stream('', letterText.replace('1000000', '9000000'))}\nendobj\n`;
const xmp = (data: string): Record<number, string> => ({ [at.xmp]: stream('/Type/Metadata/Subtype/XML', data) });
const otherPage = '3 0 <</Type/Page/Parent 2 0 R/Contents 25 0 R/Resources<</Font<</F1 5 0 R>>>>>>';

/** One more revision with an object of no account, its table written otherwise from the first line to the trailer. */
function retabled(s: Scene, write: (table: string) => string): Buffer {
  const bytes = changed(s, { [fresh]: 'null', [fresh + 1]: 'null' }).toString('latin1');
  const from = bytes.lastIndexOf('\nxref\n') + 1;
  const to = bytes.indexOf('trailer', from);
  const table = bytes.slice(from, to);
  const after = write(table);
  if (after === table) throw new Error('the table is as it was');
  return Buffer.from(bytes.slice(0, from) + after + bytes.slice(to), 'latin1');
}

const tables: readonly (readonly [what: string, write: (table: string) => string])[] = [
  ['short numbers', (table) => table.replace(/0{5,9}(\d+) 00000 n/, '$1 0 n')],
  ['lines of two lengths', (table) => table.replace(/n \n(?=\d{10})/, 'n\n')],
  ['two spaces between numbers', (table) => table.replace(' 00000 n', '  00000 n')],
  ['a comment', (table) => table.replace('xref\n', 'xref\n% bang\n')],
  ['a comment behind the numbers of a part', (table) => table.replace(/(\d+ 2)\n/, '$1 % bang\n')],
  ['the numbers of a part on two lines', (table) => table.replace(/(\d+) 2\n/, '$1\n2\n')],
  ['two spaces between the numbers of a part', (table) => table.replace(/(\d+) 2\n/, '$1  2\n')],
  ['tabs', (table) => table.replace(/(\d+) 2\n/, '$1\t2\n')],
  ['empty lines', (table) => table.replace(/ 2\n/, ' 2\n\r\n')],
  ['no white space behind an entry', (table) => `${table.replace(/ \n$/, '')}300 0\n`],
];

/**
 * Each program searches the file for objects when it stumbles, each over something else. What is laid out for that search, and
 * what makes them stumble.
 */
export const readerAttacks: readonly Attack[] = [
  { name: 'object inside new metadata', class: disguise, expected: 'broken', forge: (s) => changed(s, xmp(`x\nendstream\nendobj\n${forged}9 0 obj\n<<>>\nstream\nx`)) },
  { name: 'object inside new metadata, its head in parts', class: disguise, expected: 'broken', forge: (s) => changed(s, xmp(`x\nendstream\nendobj\n${forged.replace('4 0 obj', '4 % x\n0\t% y\n obj')}`)) },
  { name: 'object inside new metadata, its head far apart', class: disguise, expected: 'broken', forge: (s) => changed(s, xmp(`x\nendstream\nendobj\n${forged.replace('4 0 obj', `4${' '.repeat(300)}0%${'x'.repeat(9000)}\nobj`)}`)) },
  { name: 'trailer inside new metadata', class: disguise, expected: 'broken', forge: (s) => changed(s, xmp('x\nendstream\nendobj\ntrailer\n<</Size 300/Root 28 0 R>>\n')) },
  { name: 'object inside a text', class: disguise, forms: ['table', 'stream', 'hybrid'], expected: 'broken', forge: (s) => changed(s, { [at.info]: '<</Title(\n4 0 obj null endobj\n)>>' }) },
  { name: 'object stream whose members no entry names', class: disguise, expected: 'broken', forge: (s) => changed(s, { [fresh]: stream('/Type/ObjStm/N 1/First 4', otherPage) }) },
  { name: 'cross-reference stream that nothing leads to', class: disguise, expected: 'broken', forge: (s) => changed(s, { [fresh]: stream('/Type/XRef/W[1 1 1]/Index[0 1]/Size 2/Root 28 0 R', '\0\0\0') }) },
  ...tables.map(([what, write]): Attack => ({ name: `table with ${what}`, class: form, forms: ['table', 'hybrid'], expected: 'broken', forge: (s) => retabled(s, write) })),
  { name: 'zero byte behind startxref', class: form, expected: 'broken', forge(s) {
    const bytes = changed(s, { [fresh]: 'null' });
    bytes[bytes.lastIndexOf('startxref') + 9] = 0;
    return bytes;
  } },
  { name: 'XRefStm in a cross-reference stream', class: form, forms: ['stream', 'packed'], expected: 'broken', forge: (s) => changed(s, { [fresh]: 'null' }, { trailer: '/XRefStm 9/Info 18 0 R/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]' }) },
  { name: 'object 0 in use', class: form, forms: ['table', 'stream', 'hybrid'], expected: 'broken', forge: (s) => changed(s, { 0: 'null' }) },
  { name: 'Size that no number reaches', class: form, expected: 'broken', forge: (s) => changed(s, { [fresh]: 'null' }, { wrong: { size: 9_000_000 } }) },
];
