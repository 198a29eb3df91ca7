import { look, wait, type Attack } from './attack.ts';
import { at, pageOne, picture, stream } from './letter.ts';
import { broken, changed, drawn, edited, fresh, inkPicture, newField, signedOnce, text, type Level, type Scene } from './scene.ts';

const ssa = 'Certification attacks (EAA, SSA)';
const added = 'ChuKy2';
/** Blank room beside "So:". */
const numberBox = [92, 736, 130, 752] as const;
/** On the sum of money. */
const sumBox = [118, 596, 200, 614] as const;

type Wish = Parameters<typeof signedOnce>[3];
const sign = (who: string, wish: Wish) => (s: Scene): Promise<Buffer> => signedOnce(s.pki, s.bytes, who, wish);
const field = (box: readonly [number, number, number, number], page = 1): NonNullable<Wish['field']> => newField(page, box, added);
const certified: readonly Level[] = [2, 3];
const open: readonly Level[] = ['none', 2, 3];

const scan: Record<number, string> = {
  3: '<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[17 0 R 9 0 R 12 0 R 14 0 R 22 0 R]/Resources<</XObject<</Im 100 0 R>>>>>>',
  4: stream('', 'q 595 0 0 842 0 0 cm /Im Do Q'),
  100: stream('/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8', 'z'),
};

/** A revision by hand with a new signature field that nobody signed. */
function bare(s: Scene, widget: string, more: Record<number, string> = {}, flags = 132): Buffer {
  return changed(s, {
    [at.form]: edited(s.bytes, at.form, `${String(s.field)} 0 R`, `${String(s.field)} 0 R 200 0 R`),
    [at.page]: edited(s.bytes, at.page, `${String(s.field)} 0 R`, `${String(s.field)} 0 R 200 0 R`),
    [fresh]: `<</Type/Annot/Subtype/Widget/FT/Sig/T(Moi)/P 3 0 R/F ${String(flags)}${widget}>>`,
    ...more,
  });
}

const white = (width: number, height: number): NonNullable<Wish['appearance']> => drawn(`1 g 0 0 ${String(width)} ${String(height)} re f`);

/** What is added to a certified letter by further signatures, as the everyday practice does it, but not honestly. */
export const practiceAttacks: readonly Attack[] = [
  { name: 'number by another agency', class: ssa, levels: certified, expected: look, row: 'signature-other-agency', facts: { [added]: { agency: 'KHAC' } }, forge: sign('otheragency', { field: field(numberBox), appearance: text('28') }) },
  { name: 'number by a signature that does not pass', class: ssa, levels: certified, expected: look, row: 'signature-fails', facts: { [added]: { passes: false } }, forge: sign('expired', { field: field(numberBox), appearance: text('28'), at: new Date('2023-01-01') }) },
  { name: 'number by somebody of the agency’s name whom nobody can look up', class: ssa, levels: certified, expected: wait, row: 'signature-undecided', facts: { [added]: { passes: false, isUndecided: true } }, forge: sign('claimant', { field: field(numberBox), appearance: text('28') }) },
  { name: 'number by a broken signature', class: ssa, levels: open, expected: look, row: 'signature-unsound', facts: { [added]: { isSound: false } }, forge: async (s) => broken(await sign('clerk', { field: field(numberBox), appearance: text('28') })(s)) },
  ...(
    [
      ['text on the sum', sumBox, text('9000000')],
      ['a number that runs into the notation', [110, 736, 160, 752], text('11410')],
      ['white on the sum', sumBox, white(82, 18)],
      ['an opaque image on the sum', sumBox, inkPicture('full')],
      ['a see-through image on the sum', sumBox, inkPicture('strokes')],
      ['a seal on the sum', [110, 570, 200, 660], inkPicture('ring')],
      ['a line through the name of the office', [70, 785, 200, 810], drawn('2 w 0 9 m 130 9 l S')],
      ['one digit of the sum', [147, 598, 155, 612], text('9')],
      ['a bar across one digit', [121, 601, 126, 604], drawn('0 0 5 3 re f')],
      ['white over the whole page', [0, 0, 595, 842], white(595, 842)],
      ['text of another letter', [60, 550, 560, 700], text('Dieu 1. Giao')],
      ['a curve round the sum', sumBox, drawn('0 0 m 0 40 80 40 80 0 c S')],
      ['a picture inside pictures', sumBox, drawn('q 80 0 0 18 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q')],
      ['a shading', sumBox, drawn('/Sh sh')],
      ['operators that cannot be read', sumBox, drawn('1 0 0 rg (( 0 0 9 9 re f')],
      ['the rule and the words on it', [70, 725, 320, 760], text('So: 99/BTN-VP ngay')],
    ] as const
  ).map(([what, box, appearance]): Attack => ({
    name: `signature shows ${what}`,
    class: ssa,
    levels: open,
    expected: look,
    row: 'picture-covers-content',
    forge: sign('clerk', { field: field(box), appearance }),
  })),
  { name: 'signature on the sum without a picture', class: ssa, levels: open, expected: look, row: 'empty-signature-field-added', forge: (s) => bare(s, '/Rect[72 590 300 620]/MK<</BG[1 1 1]>>') },
  { name: 'signature field with a picture under the mouse', class: ssa, levels: open, expected: 'forbidden', row: 'picture-swapped', forge: (s) => bare(s, '/Rect[300 400 330 420]/AP<</N 201 0 R/R 29 0 R>>', { 201: picture(30, 20, '') }) },
  { name: 'signature field with states', class: ssa, levels: open, expected: 'forbidden', row: 'existing-object-shown', forge: (s) => bare(s, '/Rect[300 400 330 420]/AP<</N<</A 201 0 R>>>>', { 201: picture(30, 20, '') }) },
  { name: 'signature field that does not shrink with the page', class: ssa, levels: open, expected: 'forbidden', row: 'undefined-change', forge: (s) => bare(s, '/Rect[300 400 330 420]/AP<</N 201 0 R>>', { 201: picture(30, 20, '') }, 12) },
  ...(['/DefaultGray[/Separation/X/DeviceGray<</FunctionType 2/Domain[0 1]/N 1/C0[1]/C1[0]>>]', ''] as const).map((space): Attack => ({
    name: space === '' ? 'white that is blended to black under the number' : 'white that is called black under the number',
    class: ssa,
    levels: open,
    expected: look,
    row: 'picture-covers-content',
    letter: {
      3: pageOne.replace('/XObject<<', `/ColorSpace<<${space}>>/ExtGState<</G<</BM/Difference>>>>/XObject<<`),
      4: stream('', `${space === '' ? '/G gs ' : ''}1 g 90 730 50 25 re f`),
    },
    forge: sign('clerk', { field: field(numberBox), appearance: text('28') }),
  })),
  { name: 'a font whose space is a letter', class: ssa, levels: open, expected: look, row: 'picture-covers-content', letter: { 5: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[32/nine]>>>>', 4: stream('', 'BT /F1 12 Tf 95 740 Td (   ) Tj ET') }, forge: sign('clerk', { field: field(numberBox), appearance: text('28') }) },
  { name: 'a see-through picture over signature and sum', class: ssa, levels: open, expected: look, row: 'picture-covers-content', forge: sign('agency', { field: field([300, 170, 560, 320]), appearance: inkPicture('ring') }) },
  { name: 'white over the value of a field', class: ssa, levels: open, expected: look, row: 'picture-covers-content', forge: sign('clerk', { field: field([70, 498, 130, 522]), appearance: text('99') }) },
  { name: 'opaque seal on the signature', class: ssa, levels: open, expected: look, row: 'picture-covers-content', forge: sign('agency', { field: field([350, 170, 450, 295]), appearance: inkPicture('full') }) },
  { name: 'signature hides the leader’s', class: ssa, levels: open, expected: look, row: 'picture-hides-signature', forge: sign('clerk', { field: field([388, 198, 532, 282]), appearance: drawn('1 g 0 0 144 84 re f') }) },
  { name: 'another number over the number', class: ssa, levels: open, expected: look, row: 'picture-covers-content', async forge(s) {
    const numbered = await signedOnce(s.pki, s.bytes, 'clerk', { field: newField(1, numberBox, 'SoVanBan'), appearance: text('28') });
    return signedOnce(s.pki, numbered, 'clerk', { field: field(numberBox), appearance: text('99') });
  } },
  { name: 'number on a scan that nobody looked at', class: ssa, levels: open, expected: look, row: 'picture-unsure', letter: scan, forge: sign('clerk', { field: field(numberBox), appearance: text('28') }) },
  { name: 'content that cannot be read under the number', class: ssa, levels: open, expected: look, row: 'picture-unsure', letter: { 4: stream('/Filter/LZWDecode', 'xxxx') }, forge: sign('clerk', { field: field(numberBox), appearance: text('28') }) },
  { name: 'Type 3 font under the number', class: ssa, levels: open, expected: look, row: 'picture-unsure', letter: { 5: '<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<<>>/Encoding<</Differences[]>>>>' }, forge: sign('clerk', { field: field(numberBox), appearance: text('28') }) },
  { name: 'a font that calls its letters spaces', class: ssa, levels: open, expected: look, row: 'picture-covers-content', letter: { 5: '<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 32/Widths[500 500]/FontDescriptor 101 0 R/ToUnicode 102 0 R>>', 101: '<</Type/FontDescriptor/FontName/X/MissingWidth 500/FontFile2 103 0 R>>', 102: stream('', '1 beginbfrange <20> <7e> <0020> endbfrange'), 103: stream('', 'nothing') }, forge: sign('clerk', { field: field(numberBox), appearance: text('28') }) },
  { name: 'existing field on text signed with a picture', class: ssa, levels: open, expected: look, row: 'fill-over-text', letter: { 14: '<</Type/Annot/Subtype/Widget/FT/Sig/T(KyTen)/Rect[72 590 300 620]/P 3 0 R/F 4>>' }, forge: sign('clerk', { field: { kind: 'existing', name: 'KyTen' }, appearance: white(228, 30) }) },

  { name: 'empty signature field that shows the sum', class: ssa, levels: open, expected: look, row: 'empty-signature-field-added', forge: (s) => bare(s, '/Rect[72 590 300 620]/AP<</N 201 0 R>>', { 201: picture(228, 30, 'BT /Helv 12 Tf 2 5 Td (9000000) Tj ET') }) },
  { name: 'empty signature field that shows nothing', class: ssa, levels: open, expected: look, row: 'empty-signature-field-added', forge: (s) => bare(s, '/Rect[0 0 0 0]') },
  { name: 'signature field with a script', class: ssa, levels: open, expected: 'forbidden', row: 'action-added', forge: (s) => bare(s, '/Rect[0 0 0 0]/AA<</E<</S/JavaScript/JS(1)>>>>') },
  { name: 'signature field in a layer', class: ssa, levels: open, expected: 'forbidden', row: 'layers-changed', forge: (s) => bare(s, '/Rect[72 590 300 620]/OC 19 0 R') },
  { name: 'signature field with a prepared picture', class: ssa, levels: open, expected: 'forbidden', row: 'existing-object-shown', forge: (s) => bare(s, '/Rect[72 590 300 620]/AP<</N 29 0 R>>') },
  { name: 'signature field with the name of another', class: ssa, levels: open, expected: 'forbidden', row: 'field-added', forge: (s) => bare(s, '/Rect[0 0 0 0]/T(So)') && changed(s, { [at.form]: edited(s.bytes, at.form, `${String(s.field)} 0 R`, `${String(s.field)} 0 R 200 0 R`), [fresh]: '<</FT/Sig/T(So)/Rect[0 0 0 0]/Type/Annot/Subtype/Widget>>' }) },
  { name: 'signature field on two pages', class: ssa, levels: open, expected: 'forbidden', row: 'existing-object-shown', async forge(s) {
    const signed = await signedOnce(s.pki, s.bytes, 'clerk', { field: field(numberBox), appearance: text('28') });
    const number = Number([...signed.toString('latin1').matchAll(/(\d+) 0 obj\n<<\n\/Type \/Annot/g)].at(-1)?.[1]);
    return changed({ ...s, bytes: signed }, { [at.page2]: edited(signed, at.page2, '/Contents', `/Annots[${String(number)} 0 R]/Contents`) });
  }, },
  { name: 'signature dictionary that is none', class: ssa, levels: open, expected: 'broken', row: 'signature-not-whole', forge: (s) => bare(s, '/Rect[0 0 0 0]/V 201 0 R', { 201: '<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>>>' }) },
  { name: 'field of a signature that is another one’s', class: ssa, levels: open, expected: 'broken', forge: (s) => bare(s, `/Rect[0 0 0 0]/V ${String(s.signature)} 0 R`) },
  { name: 'sealed after the sum was changed', class: ssa, levels: open, expected: 'forbidden', row: 'content-changed', forge: (s) => signedOnce(s.pki, changed(s, { [at.content]: stream('', 'BT /F1 12 Tf 72 600 Td (9000000) Tj ET') }), 'clerk', { field: field(numberBox), appearance: text('28') }) },
  { name: 'annotation added, then numbered', class: 'Annotation over content', levels: [2], expected: 'forbidden', row: 'annotation-added', forge: (s) => signedOnce(s.pki, changed(s, { [at.page]: edited(s.bytes, at.page, '22 0 R', `22 0 R 200 0 R`).replace(/\[([^\]]*)200 0 R([^\]]*)\]/, '[$1$2 200 0 R]'), [fresh]: '<</Type/Annot/Subtype/Square/Rect[72 590 300 620]>>' }), 'clerk', { field: field(numberBox), appearance: text('28') }) },
  { name: 'seal of another signer on text', class: ssa, levels: open, expected: look, row: 'picture-covers-content', facts: { [added]: { signer: 'khac' } }, forge: sign('agency', { field: field([60, 760, 160, 830]), appearance: inkPicture('ring') }) },
  { name: 'hanging seal that hides what is under it', class: ssa, levels: open, expected: look, row: 'picture-covers-content', facts: { [added]: { signer: 'LanhDao' }, LanhDao: { signer: 'LanhDao' } }, forge: sign('leader', { field: field([60, 760, 160, 830]), appearance: inkPicture('full') }) },
];
