import { look, type Attack } from './attack.ts';
import { glyphFont } from './glyph-font.ts';
import { at, letterText, pageOne, picture, stream } from './letter.ts';
import { changed, edited, fresh, inkPicture, signedOnce, type Level, type Scene } from './scene.ts';

const replace = 'Shadow: replace';
const hide = 'Shadow: hide';
const open: readonly Level[] = ['none', 2, 3];

/** The field for the number says so from now on and shows the picture with the next free number. */
const to = (s: Pick<Scene, 'bytes'>, value: string): Record<number, string> => ({ [at.text]: edited(s.bytes, at.text, '/V(12)', `/V(${value})`).replace('/N 10 0 R', '/N 200 0 R') });
/** A picture of these operators with a font as /F. */
const inFont = (operators: string, font = 201): string => stream(`/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F ${String(font)} 0 R/Helv 16 0 R>>>>`, operators);
const helvetica = (more: string): string => `<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding${more}>>`;
/** Says 34 of the codes of 99. */
const lie = stream('', '1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <38> <0033> <39> <0034> endbfchar');
const eightyNine = 'BT /F 12 Tf 2 5 Td (89) Tj ET';
const shows89 = inFont(eightyNine);

/** A TrueType font of its own, whose 3 is a bar, and which says that it is a 3. */
const glyphs: Record<number, string> = {
  201: '<</Type/Font/Subtype/TrueType/BaseFont/Tinos/FirstChar 51/Widths[500]/FontDescriptor 202 0 R/ToUnicode 204 0 R>>',
  202: '<</Type/FontDescriptor/FontName/Tinos/Flags 4/FontFile2 203 0 R>>',
  203: stream('', glyphFont(51, [0, 0, 0.5, 0.7]).toString('latin1')),
  204: stream('', '1 beginbfchar <33> <0033> endbfchar'),
};
const shows34 = inFont('BT /F 12 Tf 2 5 Td (34) Tj ET');
const shows3 = inFont('BT /F 12 Tf 2 5 Td (3) Tj ET');

/** The field on the sum of money gets a value and shows it so. */
const onSum = (s: Scene, operators: string): Buffer => changed(s, { [at.overText]: edited(s.bytes, at.overText, '/DA', '/V(34)/DA').replace('23 0 R', '200 0 R'), [fresh]: picture(188, 20, operators) });
const besideSum = 'BT /Helv 12 Tf 160 5 Td (34) Tj ET';
const sumField = '<</Type/Annot/Subtype/Widget/FT/Tx/T(Tien)/DA(/Helv 12 Tf 0 g)/Rect[72 595 260 615]/P 3 0 R/F 4/AP<</N 23 0 R>>';
/** A field without a picture, which readers draw themselves. */
const leftField = (more: string): string => `<</Type/Annot/Subtype/Widget/FT/Tx/T(So)${more}/Rect[72 500 172 520]/P 3 0 R/F 4>>`;
const bareForm = '<</Fields[9 0 R 12 0 R 14 0 R 22 0 R]/DR<</Font<</Helv 16 0 R>>>>/SigFlags 0';
/** The letter with a sum whose digits are paths, as programs write that turn letters into outlines. */
const drawnSum = stream('', letterText.replace('1000000 dong', '') + [0, 1, 2, 3].map((n) => `${String(130 + n * 9)} 600 m ${String(136 + n * 9)} 600 l ${String(136 + n * 9)} 610 l ${String(134 + n * 9)} 610 l f\n`).join(''));
const signField = '<</Type/Annot/Subtype/Widget/FT/Sig/T(KyTen)/Rect[72 590 300 620]/P 3 0 R/F 4';
const signed = (s: Scene, who: string, mask: 'full' | 'ring' | 'strokes'): Promise<Buffer> => signedOnce(s.pki, s.bytes, who, { field: { kind: 'existing', name: 'KyTen' }, appearance: inkPicture(mask) });

const scan = {
  3: pageOne.replace('/Resources<<', '/Resources<</XObject<</Im 100 0 R>>').replace('/XObject<</Ov 11 0 R>>', ''),
  4: stream('', 'q 595 0 0 842 0 0 cm /Im Do Q'),
  100: stream('/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8', 'z'),
};

/** Fills whose picture says another thing than their value, or that cover what stood there. */
export const fillAttacks: readonly Attack[] = [
  { name: 'fill in a font that lies about its letters', class: replace, expected: look, row: 'fill-unreadable', forge: (s) => changed(s, { ...to(s, '34'), [fresh]: shows89, 201: helvetica('/ToUnicode 202 0 R'), 202: lie }) },
  { name: 'fill in a font that lies, which a revision before brought into the form', class: replace, levels: open, expected: look, row: 'fill-unreadable', forge(s) {
    const bytes = changed(s, { [at.form]: edited(s.bytes, at.form, 'Helv 16 0 R', 'Helv 16 0 R/F 201 0 R'), 201: helvetica('/ToUnicode 202 0 R'), 202: lie });
    return changed({ ...s, bytes }, { ...to({ bytes }, '34'), [fresh]: shows89 });
  } },
  { name: 'fill in a font that lies, which a revision before brought unseen', class: replace, levels: open, expected: look, row: 'fill-unreadable', forge(s) {
    const bytes = changed(s, { 201: helvetica('/ToUnicode 202 0 R'), 202: lie });
    return changed({ ...s, bytes }, { ...to({ bytes }, '34'), [fresh]: shows89 });
  } },
  { name: 'fill in a font that nothing used, written anew to lie', class: replace, levels: open, letter: { 100: helvetica('') }, expected: look, row: 'fill-unreadable', forge(s) {
    const bytes = changed(s, { 100: helvetica('/ToUnicode 202 0 R'), 202: lie });
    return changed({ ...s, bytes }, { ...to({ bytes }, '34'), [fresh]: inFont(eightyNine, 100) });
  } },
  { name: 'fill in a font with glyphs of its own that has a trusted name', class: replace, expected: look, row: 'fill-unreadable', forge: (s) => changed(s, { ...to(s, '3'), [fresh]: shows3, ...glyphs }) },
  { name: 'fill in a font with glyphs of its own, which a revision before brought into the form', class: replace, levels: open, expected: look, row: 'fill-unreadable', forge(s) {
    const bytes = changed(s, { [at.form]: edited(s.bytes, at.form, 'Helv 16 0 R', 'Helv 16 0 R/F 201 0 R'), ...glyphs });
    return changed({ ...s, bytes }, { ...to({ bytes }, '3'), [fresh]: shows3 });
  } },
  ...([
    ['of pictograms', '/BaseFont/Wingdings/Encoding/WinAnsiEncoding'],
    ['of another code', '/BaseFont/Helvetica/Encoding/MacExpertEncoding'],
    ['that is described as another', '/BaseFont/Helvetica/Encoding/WinAnsiEncoding/FontDescriptor<</Type/FontDescriptor/FontName/Symbol/Flags 32>>'],
    ['that is described as one of symbols', '/BaseFont/Helvetica/Encoding/WinAnsiEncoding/FontDescriptor<</Type/FontDescriptor/FontName/Helvetica/Flags 4>>'],
  ] as const).map(([what, entries]): Attack => ({ name: `fill in a font ${what}`, class: replace, expected: look, row: 'fill-unreadable', forge: (s) => changed(s, { ...to(s, '34'), [fresh]: shows34, 201: `<</Type/Font/Subtype/TrueType${entries}>>` }) })),
  ...([
    ['cut off by its own bounds', 'BT /Helv 12 Tf 93 5 Td (34) Tj ET'],
    ['cut off by a path', 'q 0 0 8 20 re W n BT /Helv 12 Tf 2 5 Td (34) Tj ET Q'],
    ['cut out by letters', 'BT 7 Tr /Helv 12 Tf 2 5 Td (3) Tj ET BT 0 Tr /Helv 12 Tf 2 5 Td (34) Tj ET'],
    ['in white', 'BT /Helv 12 Tf 2 5 Td (3) Tj 1 g (4) Tj ET'],
    ['in a colour that is not stated outright', '/Pattern cs BT /Helv 12 Tf 2 5 Td (34) Tj ET'],
    ['whose lines alone are drawn', 'BT 1 G 1 Tr /Helv 12 Tf 2 5 Td (34) Tj ET'],
    ['on a dark ground', '0 g 9 0 8 20 re f BT /Helv 12 Tf 2 5 Td (34) Tj ET'],
    ['in part too small to be seen', 'BT /Helv 12 Tf 2 5 Td (3) Tj /Helv 0.2 Tf (4) Tj ET'],
    ['in part squeezed to nothing', 'BT /Helv 12 Tf 2 5 Td (3) Tj 1 Tz (4) Tj ET'],
    ['on a thick frame', '12 w 14 -8 40 26 re S BT /Helv 12 Tf 2 5 Td (34) Tj ET'],
    ['with letters on each other', 'BT -6 Tc /Helv 12 Tf 2 5 Td (34) Tj ET'],
    ['outside of a text object', '/Helv 12 Tf 2 5 Td (34) Tj'],
    ['with a word that is no operator', '34 Tx BT /Helv 12 Tf 2 5 Td (34) Tj ET'],
    ['with a mark without a name', 'BMC BT /Helv 12 Tf 2 5 Td (34) Tj ET EMC'],
    ['with a point that is marked without a name', 'MP BT /Helv 12 Tf 2 5 Td (34) Tj ET'],
    ['with a mark that is not closed', '/Tx BMC BT /Helv 12 Tf 2 5 Td (34) Tj ET'],
    ['with a state that is brought back and was never kept', 'Q BT /Helv 12 Tf 2 5 Td (34) Tj ET'],
    ['with a text object in another', 'BT /Helv 12 Tf BT 2 5 Td (34) Tj ET ET'],
    ['with a value that is no text', 'BT /Helv 12 Tf 2 5 Td (34) Tj /A Tj ET'],
  ] as const).map(([what, operators]): Attack => ({ name: `fill ${what}`, class: replace, expected: look, row: 'fill-unreadable', forge: (s) => changed(s, { ...to(s, '34'), [fresh]: picture(100, 20, operators) }) })),
  ...([
    ['in a layer that is never seen', '/OC /L BDC BT /Helv 12 Tf 2 5 Td (34) Tj ET EMC', ''],
    ['in a form of such a layer', 'BT /Helv 12 Tf 2 5 Td (3) Tj ET /X Do', ''],
    ['that is itself in such a layer', 'BT /Helv 12 Tf 2 5 Td (34) Tj ET', '/OC 201 0 R'],
  ] as const).map(([what, operators, more]): Attack => ({
    name: `fill ${what}`,
    class: replace,
    expected: look,
    row: 'fill-unreadable',
    forge: (s) => changed(s, {
      ...to(s, '34'),
      [fresh]: stream(`/Subtype/Form/BBox[0 0 100 20]${more}/Resources<</Font<</Helv 16 0 R>>/Properties<</L 201 0 R>>/XObject<</X 202 0 R>>>>`, operators),
      201: '<</Type/OCMD/OCGs 19 0 R/P/AllOff>>',
      202: stream('/Subtype/Form/BBox[0 0 100 20]/OC 201 0 R/Resources<</Font<</Helv 16 0 R>>>>', 'BT /Helv 12 Tf 9 5 Td (4) Tj ET'),
    }),
  })),
  { name: 'fill that is see-through', class: replace, expected: look, row: 'fill-unreadable', forge: (s) => changed(s, { ...to(s, '34'), [fresh]: picture(100, 20, '/G gs 0 g BT /Helv 12 Tf 2 5 Td (34) Tj ET', '/ExtGState<</G<</ca 0>>>>') }) },
  { name: 'fill in a grey that means white', class: replace, expected: look, row: 'fill-unreadable', forge: (s) => changed(s, { ...to(s, '34'), [fresh]: picture(100, 20, 'BT 0 g /Helv 12 Tf 2 5 Td (34) Tj ET', '/ColorSpace<</DefaultGray[/Separation/All/DeviceGray<</FunctionType 2/Domain[0 1]/C0[1]/C1[1]/N 1>>]>>') }) },
  { name: 'fill turned against the page', class: replace, letter: { 3: pageOne.replace('/Type/Page', '/Type/Page/Rotate 180') }, expected: look, row: 'fill-unreadable', forge: (s) => changed(s, { ...to(s, '34'), [fresh]: picture(100, 20, 'BT /Helv 12 Tf 2 5 Td (34) Tj ET') }) },
  { name: 'fill of a field that was closed to filling', class: replace, letter: { 9: leftField('/V(12)/Ff 1/DA(/Helv 12 Tf 0 g)/AP<</N 10 0 R>>') }, expected: look, row: 'read-only-filled', forge: (s) => changed(s, { ...to(s, '34'), [fresh]: picture(100, 20, 'BT /Helv 12 Tf 2 5 Td (34) Tj ET') }) },
  { name: 'box ticked that shows a sentence', class: hide, letter: { 12: '<</Type/Annot/Subtype/Widget/FT/Btn/T(Dong)/V/Off/AS/Off/Rect[72 440 172 460]/P 3 0 R/F 4/AP<</N<</Yes 13 0 R/Off 15 0 R>>>>>>', 13: picture(100, 20, 'BT /Helv 12 Tf 2 5 Td (Da huy bo) Tj ET') }, expected: look, row: 'fill-unreadable', forge: (s) => changed(s, { [at.box]: edited(s.bytes, at.box, '/V/Off/AS/Off', '/V/Yes/AS/Yes') }) },
  { name: 'fill that reads another number', class: replace, expected: 'forbidden', row: 'fill-disagrees', forge: (s) => changed(s, { ...to(s, '34'), [fresh]: picture(100, 20, 'BT /Helv 12 Tf 2 5 Td (84) Tj ET') }) },

  ...([
    ['in a font that the form is given afterwards', { 9: leftField('/V(1000000)/DA(/F9 12 Tf 0 g)') }, 'Helv 16 0 R', 'Helv 16 0 R/F9 200 0 R'],
    ['with defaults that the form is given afterwards', { 9: leftField('/V(1000000)'), 8: `${bareForm}>>` }, '/SigFlags', '/DA(/Helv 40 Tf 1 g)/SigFlags'],
    ['anew no more', { 8: `${bareForm}/NeedAppearances true>>`, 10: picture(100, 20, 'BT /Helv 12 Tf 2 5 Td (99) Tj ET') }, /\/NeedAppearances\s+true/, ''],
  ] as const).map(([what, letter, from, into]): Attack => ({ name: `field that readers draw ${what}`, class: replace, expected: look, row: 'fill-left-to-reader', letter, forge: (s) => changed(s, { [at.form]: edited(s.bytes, at.form, from, into), [fresh]: helvetica('').replace('/Encoding/WinAnsiEncoding', '/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[49/nine]>>') }) })),

  { name: 'fill over digits that are drawn with lines', class: hide, letter: { 4: drawnSum }, expected: look, row: 'fill-over-text', forge: (s) => onSum(s, `1 g 56 0 80 20 re f 0 g BT /Helv 12 Tf 60 5 Td (34) Tj ET`) },
  { name: 'prepared field on digits that are drawn with lines signed', class: hide, letter: { 4: drawnSum, 14: `${signField}>>` }, levels: open, expected: look, row: 'fill-over-text', forge: (s) => signed(s, 'agency', 'full') },
  { name: 'fill over the value of another field', class: hide, letter: { 22: sumField.replace('[72 595 260 615]', '[72 500 260 520]').concat('>>') }, expected: look, row: 'fill-over-text', forge: (s) => onSum(s, '1 g 0 0 60 20 re f 0 g BT /Helv 12 Tf 2 5 Td (34) Tj ET') },
  { name: 'fill over a note', class: hide, letter: { 3: pageOne.replace('/Annots[', '/Annots[100 0 R '), 100: '<</Type/Annot/Subtype/FreeText/Rect[300 500 400 520]/F 4/AP<</N 10 0 R>>>>', 22: sumField.replace('[72 595 260 615]', '[300 500 488 520]').concat('>>') }, expected: look, row: 'fill-over-text', forge: (s) => onSum(s, '1 g 0 0 60 20 re f 0 g BT /Helv 12 Tf 2 5 Td (34) Tj ET') },
  { name: 'fill over the leader’s signature', class: hide, letter: { 22: sumField.replace('[72 595 260 615]', '[380 195 568 285]').concat('>>') }, expected: look, row: 'fill-over-text', forge: (s) => onSum(s, '1 g 0 0 160 90 re f 0 g BT /Helv 12 Tf 2 5 Td (34) Tj ET') },
  { name: 'prepared field over the value of another field signed', class: hide, letter: { 14: signField.replace('[72 590 300 620]', '[70 498 174 522]').concat('>>') }, levels: open, expected: look, row: 'fill-over-text', forge: (s) => signed(s, 'agency', 'full') },

  { name: 'fill over the text beside it', class: hide, expected: look, row: 'fill-over-text', forge: (s) => onSum(s, 'BT /Helv 12 Tf 52 5 Td (34) Tj ET') },
  { name: 'fill with a white ground over the text beside it', class: hide, expected: look, row: 'fill-over-text', forge: (s) => onSum(s, `1 g 45 0 70 20 re f 0 g ${besideSum}`) },
  { name: 'fill with an image over the text beside it', class: hide, expected: look, row: 'fill-over-text', forge: (s) => changed(s, { [at.overText]: edited(s.bytes, at.overText, '/DA', '/V(34)/DA').replace('23 0 R', '200 0 R'), [fresh]: stream('/Subtype/Form/BBox[0 0 188 20]/Resources<</Font<</Helv 16 0 R>>/XObject<</I 201 0 R>>>>', `q 70 0 0 20 45 0 cm /I Do Q ${besideSum}`), 201: stream('/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8', 'z') }) },
  { name: 'fill on a scan', class: hide, letter: scan, expected: look, row: 'fill-over-text', forge: (s) => onSum(s, `1 g 0 0 188 20 re f 0 g ${besideSum}`) },
  { name: 'prepared field on a scan signed with a picture', class: hide, letter: { ...scan, 14: `${signField}>>` }, levels: open, expected: look, row: 'picture-unsure', forge: (s) => signed(s, 'agency', 'strokes') },
  { name: 'fill that bares what its field hid', class: hide, letter: { 23: picture(188, 20, '1 g 0 0 188 20 re f') }, expected: look, row: 'fill-over-text', forge: (s) => onSum(s, besideSum) },
  { name: 'fill of a field with a ground of its own on text', class: hide, letter: { 22: `${sumField}/MK<</BG[1 1 1]>>>>` }, expected: look, row: 'fill-over-text', forge: (s) => onSum(s, besideSum) },
  { name: 'prepared field on text signed with a picture that hides it', class: hide, letter: { 14: `${signField}>>` }, levels: open, expected: look, row: 'fill-over-text', forge: (s) => signed(s, 'agency', 'full') },
  { name: 'prepared field on text sealed by another than signed', class: hide, letter: { 14: `${signField}>>` }, levels: open, expected: look, row: 'fill-over-text', forge: (s) => signed(s, 'agency', 'ring') },
  { name: 'prepared field that hid text signed', class: hide, letter: { 14: `${signField}/AP<</N 29 0 R>>>>` }, levels: open, expected: look, row: 'fill-over-text', forge: (s) => signed(s, 'agency', 'strokes') },
  { name: 'prepared field on text signed by another agency', class: hide, letter: { 14: `${signField}>>` }, levels: [2, 3], facts: { KyTen: { agency: 'KHAC' } }, expected: look, row: 'signature-other-agency', forge: (s) => signed(s, 'otheragency', 'ring') },
];
