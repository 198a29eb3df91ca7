import { look, type Attack } from './attack.ts';
import { stream } from './letter.ts';
import { newField, signedOnce, text, inkPicture, type Level, type Scene } from './scene.ts';
import { cmsOf } from '../../integration/verification/cms.ts';
import { digestOfCovered, placed } from '../../integration/verification/world.ts';
import { glyphFont } from './glyph-font.ts';

type Wish = Parameters<typeof signedOnce>[3];
type Appearance = NonNullable<Wish['appearance']>;
type Box = readonly [number, number, number, number];

const ssa = 'Certification attacks (EAA, SSA)';
const open: readonly Level[] = ['none', 2, 3];
/** On the sum of money. */
const sumBox = [118, 596, 200, 614] as const;
/** Where an honest seal stands: on the leader's signature and on the words below it. */
const sealBox = [345, 185, 455, 295] as const;

const raw = (body: string): { readonly raw: Uint8Array } => ({ raw: Buffer.from(body, 'latin1') });

/** A picture of these operators; `more` are objects behind it, which `resources` refers to as 1 0 R, 2 0 R and so on. */
function made(operators: string, resources: string, more: readonly string[] = [], entries = ''): Appearance {
  return (first, { width, height }) => {
    const numbered = (body: string): string => body.replaceAll(/\b(\d) 0 R\b/g, (_all, n: string) => `${String(first + Number(n))} 0 R`);
    const form = stream(`/Type/XObject/Subtype/Form${entries.includes('/BBox') ? '' : `/BBox[0 0 ${String(width)} ${String(height)}]`}/Resources<<${numbered(resources)}>>${numbered(entries)}`, operators);
    const head = (body: string): string => body.replace(/^[^]*?(?=\nstream\n)|^[^]*$/, numbered);
    return [form, ...more.map(head)].map((body, index) => ({ number: first + index, value: raw(body) }));
  };
}

const helvetica = (more: string): string => `<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding${more}>>`;
const whiteBox = '1 g 0 0 82 18 re f';
const form = (operators: string, more = ''): string => stream(`/Type/XObject/Subtype/Form/BBox[-9999 -9999 9999 9999]${more}`, operators);
const image = (side: number, grey: number, more: string): string => stream(`/Type/XObject/Subtype/Image/Width ${String(side)}/Height ${String(side)}/BitsPerComponent 8/ColorSpace/DeviceGray${more}`, String.fromCharCode(grey).repeat(side * side));

/** Pictures that are meant to be measured as something else than what is seen. */
const pictures: readonly (readonly [what: string, box: Box, appearance: Appearance, who?: string])[] = [
  ['more saved states than are counted', sumBox, made(`1 0 0 1 1000 0 cm ${'q '.repeat(1000)}1 0 0 1 -1000 0 cm q Q ${whiteBox}`, '')],
  ['more operands than an operator takes', sumBox, made('1 g 5000 5000 1 1 0 0 82 18 re f', '')],
  ['letters of a font that gives them no width', sumBox, made('BT /F 14 Tf 2 5 Td (8) Tj 9 0 Td (8) Tj ET', '/Font<</F 1 0 R>>', [helvetica(`/FirstChar 32/Widths[${'0 '.repeat(95)}]`)])],
  ['letters of a font that shifts its widths by reference', sumBox, made('BT /F 14 Tf 2 5 Td (8) Tj ET', '/Font<</F 1 0 R>>', [helvetica(`/FirstChar 2 0 R/Widths[${'0 '.repeat(95)}]`), '32'])],
  ['a letter larger than its font says', sumBox, made('BT /F 2 Tf 0 0 Td (8) Tj ET', '/Font<</F 1 0 R>>', ['<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 56/Widths[500]/FontDescriptor 2 0 R>>', '<</Type/FontDescriptor/FontName/X/Flags 4/FontFile2 3 0 R>>', stream('', glyphFont(56, [0, 0, 41, 9]).toString('latin1'))])],
  ['a letter of a font whose outlines are not read', sumBox, made('BT /F 2 Tf 0 0 Td (8) Tj ET', '/Font<</F 1 0 R>>', ['<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 56/Widths[500]/FontDescriptor 2 0 R>>', '<</Type/FontDescriptor/FontName/X/Flags 4/FontFile3 3 0 R>>', stream('/Subtype/Type1C', 'outlines')])],
  ['a point drawn with a fat line', sumBox, made('80 w 2 Tr BT /F 1 Tf 0 5 Td (.) Tj ET', '/Font<</F 1 0 R>>', [helvetica('')])],
  ['lines without width', sumBox, made(`0 w ${Array.from({ length: 60 }, (_, n) => `0 ${String(n * 0.3)} m 82 ${String(n * 0.3)} l S`).join(' ')}`, '')],
  ['lines of a negative width', sumBox, made('-18 w 0 9 m 82 9 l S', '')],
  ['the corner of a fat line', sumBox, made('100 M 10 w 0 -20 m 2 -2 l 4 -20 l S', '')],
  ['lines whose width is an object of its own', sumBox, made('/G gs 0 -1 m 82 -1 l S', '/ExtGState<</G<</LW 1 0 R>>>>', ['40'])],
  ['a form moved by an object of its own', sumBox, made('/X Do', '/XObject<</X 1 0 R>>', [form('1 g 500 500 82 18 re f', '/Matrix 2 0 R'), '[1 0 0 1 -500 -500]'])],
  ['a form moved by numbers that are objects', sumBox, made('/X Do', '/XObject<</X 1 0 R>>', [form('1 g 500 500 82 18 re f', '/Matrix[1 0 0 1 2 0 R -500]'), '-500'])],
  ['a ground of no size', sumBox, made('1 g -118 -596 300 700 re f', '', [], '/BBox[0 0 0 0]')],
  ['data of an image that holds what draws', sumBox, made(`q 1 0 0 1 900 900 cm BI /W 9 /H 1 /BPC 8 /CS /G ID x EI (123 EI Q ${whiteBox} (\\) )`, '')],
  ['many thin veils', sealBox, made('q 110 0 0 110 0 0 cm /I Do Q '.repeat(60), '/XObject<</I 1 0 R>>', [image(8, 255, '/SMask 2 0 R'), image(8, 40, '')]), 'agency'],
];

const two = async (s: Scene, boxes: readonly Box[], appearance: Appearance): Promise<Buffer> => {
  let { bytes } = s;
  for (const [index, box] of boxes.entries()) bytes = await signedOnce(s.pki, bytes, index === 0 ? 'clerk' : 'agency', { field: newField(1, box), appearance });
  return bytes;
};

/** A signature whose field is written otherwise than our own hand would, in the room that a long name leaves. */
const spelt = (box: Box, place: string) => (s: Scene): Buffer =>
  placed(s.pki, (covered) => {
    const [, part] = covered;
    const [was] = /\/T \(ChuKy2-+\)[^]*?\/Rect \[[^\]]*\]/.exec(part.toString('latin1')) ?? [''];
    part.write(`/T(ChuKy2)/P 3 0 R${place}`.padEnd(was.length), part.indexOf(was), 'latin1');
    return cmsOf(s.pki, { signer: 'clerk', messageDigest: digestOfCovered(covered) });
  }, { base: s.bytes, wish: { field: newField(1, box, `ChuKy2${'-'.repeat(40)}`), appearance: text('9'), at: new Date('2026-11-20T02:00:00Z') } });

const numbers: Record<number, string> = { 60: '596', 61: '28' };

/** What a picture shows, written so that it is measured otherwise, and pictures that do together what none may do alone. */
export const pictureAttacks: readonly Attack[] = [
  ...pictures.map(([what, box, appearance, who = 'clerk']): Attack => ({
    name: `signature shows ${what}`,
    class: ssa,
    levels: open,
    expected: look,
    row: 'picture-covers-content',
    forge: (s) => signedOnce(s.pki, s.bytes, who, { field: newField(1, box, 'ChuKy2'), appearance }),
  })),
  { name: 'signature whose place has a number that is an object', class: ssa, levels: open, expected: look, row: 'picture-covers-content', letter: numbers, forge: spelt(sumBox, '/F 132/Rect[118 60 0 R 200 614]') },
  { name: 'signature whose flags are an object', class: ssa, levels: open, expected: 'forbidden', row: 'undefined-change', letter: numbers, forge: spelt([300, 400, 382, 418], '/F 61 0 R/Rect[300 400 382 418]') },
  { name: 'bars at both sides of a digit', class: ssa, levels: open, expected: look, row: 'picture-covers-content', letter: { 4: stream('', 'BT /F1 12 Tf 72 600 Td (5) Tj ET') }, forge: (s) => signedOnce(s.pki, s.bytes, 'clerk', { field: newField(1, [70, 596, 80, 614], 'ChuKy2'), appearance: made('1 g 0 0 4.4 18 re f 6.3 0 3.7 18 re f', '') }) },
  { name: 'two signatures that hide the leader’s together', class: ssa, levels: open, expected: look, row: 'picture-hides-signature', forge: (s) => two(s, [[388, 198, 462, 282], [458, 198, 532, 282]], inkPicture('full')) },
  { name: 'another number over a number that is an image', class: ssa, levels: open, expected: look, row: 'picture-unsure', async forge(s) {
    const numbered = await signedOnce(s.pki, s.bytes, 'clerk', { field: newField(1, [92, 736, 130, 752]), appearance: inkPicture('strokes') });
    return signedOnce(s.pki, numbered, 'clerk', { field: newField(1, [92, 736, 112, 752], 'ChuKy3'), appearance: text('99') });
  } },
];
