import { look, type Attack } from './attack.ts';
import { at, picture, stream } from './letter.ts';
import { bodyOf, changed, edited, fresh, type Scene } from './scene.ts';

const replace = 'Shadow: replace';
const dictionary = 'Signature dictionary replaced by an increment';

const text = (s: Scene, from: string | RegExp, to: string): Record<number, string> => ({ [at.text]: edited(s.bytes, at.text, from, to) });
const form = (s: Scene, from: string | RegExp, to: string): Record<number, string> => ({ [at.form]: edited(s.bytes, at.form, from, to) });
const says = (words: string): string => picture(100, 20, `/Tx BMC BT /Helv 12 Tf 2 5 Td (${words}) Tj ET EMC`);
const newPicture = (words: string): Record<number, string> => ({ [fresh]: says(words) });
const pointsTo = (s: Scene, value: string): Record<number, string> => ({ [at.text]: edited(s.bytes, at.text, '/V(12)', `/V(${value})`).replace('/N 10 0 R', '/N 200 0 R') });

/** Fields, the form, and signatures that are there already. */
export const formAttacks: readonly Attack[] = [
  { name: 'value and picture disagree', class: replace, expected: 'forbidden', row: 'fill-disagrees', forge: (s) => changed(s, { ...pointsTo(s, '34'), ...newPicture('99') }) },
  { name: 'value changed, picture left', class: replace, expected: 'forbidden', row: 'fill-disagrees', forge: (s) => changed(s, text(s, '/V(12)', '/V(99)')) },
  { name: 'picture changed, value left', class: replace, expected: 'forbidden', row: 'fill-disagrees', forge: (s) => changed(s, { ...text(s, '/N 10 0 R', '/N 200 0 R'), ...newPicture('99') }) },
  { name: 'picture stream written anew', class: replace, expected: 'forbidden', row: 'picture-swapped', forge: (s) => changed(s, { [at.textPicture]: says('99') }) },
  { name: 'picture that the signed revision hid', class: replace, expected: 'forbidden', row: 'existing-object-shown', forge: (s) => changed(s, text(s, '/N 10 0 R', '/N 29 0 R')) },
  { name: 'picture with a font that says nothing', class: replace, expected: look, row: 'fill-unreadable', forge: (s) => changed(s, { ...pointsTo(s, '34'), [fresh]: stream('/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</Helv 201 0 R>>>>', 'BT /Helv 12 Tf 2 5 Td (34) Tj ET'), 201: '<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[51/nine/eight]>>>>' }) },
  { name: 'picture with glyphs of its own', class: replace, expected: look, row: 'fill-unreadable', forge: (s) => changed(s, { ...pointsTo(s, '34'), [fresh]: stream('/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</Helv 201 0 R>>>>', 'BT /Helv 12 Tf 2 5 Td (34) Tj ET'), 201: '<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor 202 0 R/ToUnicode 204 0 R>>', 202: '<</Type/FontDescriptor/FontName/X/FontFile2 203 0 R>>', 203: stream('', 'nothing'), 204: stream('', '2 beginbfchar <33> <0033> <34> <0034> endbfchar') }) },
  { name: 'picture that is an image', class: replace, expected: look, row: 'fill-unreadable', forge: (s) => changed(s, { ...pointsTo(s, '34'), [fresh]: stream('/Subtype/Form/BBox[0 0 100 20]/Resources<</XObject<</I 201 0 R>>>>', 'q 100 0 0 20 0 0 cm /I Do Q'), 201: stream('/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8', '0') }) },
  ...([
    ['letters in another order', 'BT /Helv 12 Tf 20 5 Td (3) Tj -10 0 Td (4) Tj ET'],
    ['letters drawn backwards', 'BT /Helv 12 Tf -20 Tc 40 5 Td (34) Tj ET'],
    ['letters in a mirror', 'BT /Helv 12 Tf -1 0 0 1 40 5 Tm (34) Tj ET'],
    ['lines that are more letters', 'BT /Helv 12 Tf 2 5 Td (34) Tj ET 40 5 m 45 15 l S'],
    ['lines that are letters', '40 5 m 45 15 l S BT /Helv 12 Tf 2 5 Td (34) Tj ET'],
    ['a ground on the letters', 'BT /Helv 12 Tf 2 5 Td (34) Tj ET 1 g 0 0 100 20 re f'],
    ['rectangles that are letters', '40 5 1 9 re f 45 5 1 9 re f 50 5 1 9 re f BT /Helv 12 Tf 2 5 Td (34) Tj ET'],
  ] as const).map(([what, operators]): Attack => ({ name: `picture with ${what}`, class: replace, expected: look, row: 'fill-unreadable', forge: (s) => changed(s, { ...pointsTo(s, '34'), [fresh]: picture(100, 20, operators) }) })),
  { name: 'picture that comes up under the mouse', class: replace, expected: 'forbidden', row: 'picture-swapped', forge: (s) => changed(s, { [at.text]: edited(s.bytes, at.text, '/V(12)', '/V(34)').replace('/N 10 0 R', '/N 200 0 R/R 29 0 R'), ...newPicture('34') }) },
  { name: 'hidden signature field uncovered', class: 'Shadow: hide', expected: 'forbidden', row: 'field-changed', letter: { 14: '<</Type/Annot/Subtype/Widget/FT/Sig/T(KyTen)/Rect[72 590 300 620]/P 3 0 R/F 2/AP<</N 29 0 R>>>>' }, forge: (s) => changed(s, { [at.sign]: edited(s.bytes, at.sign, '/F 2', '/F 4') }) },
  { name: 'field over the sum filled', class: 'Shadow: hide', expected: look, row: 'fill-over-text', forge: (s) => changed(s, { [at.overText]: edited(s.bytes, at.overText, '/DA', '/V(9000000)/DA').replace('23 0 R', '200 0 R'), [fresh]: picture(188, 20, '1 g 0 0 188 20 re f 0 g BT /Helv 12 Tf 2 5 Td (9000000) Tj ET') }) },
  { name: 'fields left to the reader', class: replace, expected: look, row: 'fill-left-to-reader', forge: (s) => changed(s, form(s, '/DA', '/NeedAppearances true/DA')) },
  { name: 'field without a picture', class: replace, expected: look, row: 'fill-left-to-reader', forge: (s) => changed(s, { [at.text]: edited(s.bytes, at.text, '/V(12)', '/V(34)').replace(/\/AP<<[^>]*>>/, '') }) },
  { name: 'font of the form written anew', class: replace, expected: 'forbidden', row: 'form-changed', forge: (s) => changed(s, { [at.formFont]: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[49/nine]>>>>' }) },
  { name: 'form leads to another font', class: replace, expected: 'forbidden', row: 'form-changed', forge: (s) => changed(s, form(s, 'Helv 16', 'Helv 5')) },
  { name: 'default appearance of the form', class: replace, expected: 'forbidden', row: 'form-changed', forge: (s) => changed(s, form(s, '/Helv 12 Tf', '/Helv 1 Tf')) },
  { name: 'order of calculation', class: replace, expected: 'forbidden', row: 'form-changed', forge: (s) => changed(s, form(s, '/DA', '/CO[9 0 R]/DA')) },
  { name: 'XFA', class: replace, expected: 'forbidden', row: 'form-changed', forge: (s) => changed(s, { ...form(s, '/DA', '/XFA 200 0 R/DA'), [fresh]: stream('', '<xdp/>') }) },
  { name: 'flags of the form taken back', class: replace, expected: 'forbidden', row: 'form-changed', forge: (s) => changed(s, form(s, '/SigFlags 3', '/SigFlags 0')) },
  ...([
    ['default appearance', '(/Helv 12', '(/Helv 1', 'field-changed'],
    ['place', '[72 500', '[72 590', 'field-changed'],
    ['flags', '/P 3', '/Ff 4096/P 3', 'field-changed'],
    ['name', '(So)', '(Tien2)', 'field-changed'],
    ['type', '/FT/Tx', '/FT/Ch', 'field-changed'],
    ['traits', '/P 3', '/MK<</BG[1 1 1]>>/P 3', 'field-changed'],
    ['visibility', '/F 4', '/F 2', 'field-changed'],
    ['script', '/P 3', '/AA<</F<</S/JavaScript/JS(1)>>>>/P 3', 'field-changed'],
  ] as const).map(([what, from, to, row]): Attack => ({ name: `${what} of a field`, class: replace, expected: 'forbidden', row, forge: (s) => changed(s, text(s, from, to)) })),
  { name: 'button gets another picture', class: 'Shadow: hide', expected: 'forbidden', row: 'picture-swapped', forge: (s) => changed(s, { [at.box]: edited(s.bytes, at.box, '/Off 15 0 R', '/Off 29 0 R') }) },
  { name: 'picture of a button written anew', class: 'Shadow: hide', expected: 'forbidden', row: 'picture-swapped', forge: (s) => changed(s, { [at.boxOff]: picture(12, 12, '0 0 12 12 re f') }) },
  { name: 'button in a state that it has not', class: replace, expected: look, row: 'fill-unreadable', forge: (s) => changed(s, { [at.box]: edited(s.bytes, at.box, '/AS/Off', '/AS/Khac') }) },
  { name: 'text field added', class: replace, expected: 'forbidden', row: 'field-added', forge: (s) => changed(s, { ...form(s, `${String(s.field)} 0 R`, `${String(s.field)} 0 R 200 0 R`), [at.page]: edited(s.bytes, at.page, `${String(s.field)} 0 R`, `${String(s.field)} 0 R 200 0 R`), [fresh]: '<</Type/Annot/Subtype/Widget/FT/Tx/T(Moi)/V(x)/Rect[300 500 400 520]/P 3 0 R>>' }) },
  { name: 'field taken out of the form', class: replace, expected: 'forbidden', row: 'field-removed', forge: (s) => changed(s, form(s, '12 0 R ', '')) },
  { name: 'fields at level 1', class: 'DocMDP / FieldMDP / SigFieldLock violations', levels: [1], expected: 'forbidden', row: 'field-filled', forge: (s) => changed(s, { ...pointsTo(s, '34'), ...newPicture('34') }) },
  { name: 'locked field filled', class: 'DocMDP / FieldMDP / SigFieldLock violations', levels: ['none', 2], lock: true, expected: 'forbidden', row: 'locked-field-changed', forge: (s) => changed(s, { ...pointsTo(s, '34'), ...newPicture('34') }) },
  { name: 'certification taken from the catalog', class: 'DocMDP / FieldMDP / SigFieldLock violations', levels: [1, 2, 3], expected: 'forbidden', row: 'permissions-changed', forge: (s) => changed(s, { [at.catalog]: edited(s.bytes, at.catalog, /\/Perms <<[^>]*>>/, '') }) },
  { name: 'permissions added', class: 'DocMDP / FieldMDP / SigFieldLock violations', levels: ['none'], expected: 'forbidden', row: 'permissions-changed', forge: (s) => changed(s, { [at.catalog]: edited(s.bytes, at.catalog, '/Pages 2 0 R', `/Pages 2 0 R/Perms<</DocMDP ${String(s.signature)} 0 R>>`) }) },

  { name: 'dictionary overwritten', class: dictionary, expected: 'broken', row: 'signature-replaced', forge: (s) => changed(s, { [s.signature]: bodyOf(s.bytes, s.signature).replace('/Type /Sig', '/Reason(Khac)/Type/Sig') }) },
  { name: 'dictionary overwritten by nonsense', class: dictionary, expected: 'broken', forge: (s) => changed(s, { [s.signature]: '<</Type/Sig/ByteRange null>>' }) },
  { name: 'field leads to a copy', class: dictionary, expected: 'broken', row: 'signature-replaced', forge: (s) => changed(s, { [s.field]: edited(s.bytes, s.field, `/V ${String(s.signature)} 0 R`, '/V 200 0 R'), [fresh]: bodyOf(s.bytes, s.signature).replace('/Type /Sig', '/Name(Khac)/Type/Sig') }) },
  { name: 'signature taken out of its field', class: dictionary, expected: 'broken', row: 'signature-replaced', forge: (s) => changed(s, { [s.field]: edited(s.bytes, s.field, new RegExp(`/V ${String(s.signature)} 0 R`), '') }) },
  { name: 'field of the signature taken out of the form', class: dictionary, expected: 'forbidden', row: 'field-removed', forge: (s) => changed(s, form(s, new RegExp(` ?${String(s.field)} 0 R`), '')) },
  { name: 'form removed', class: dictionary, expected: 'forbidden', row: 'form-changed', forge: (s) => changed(s, { [at.catalog]: edited(s.bytes, at.catalog, '/AcroForm 8 0 R', '') }) },
  { name: 'dictionary freed', class: dictionary, expected: 'broken', forge: (s) => changed(s, {}, { freed: [s.signature] }) },
  { name: 'two fields, one signature', class: 'One signature referenced by two fields', expected: 'broken', forge: (s) => changed(s, { ...form(s, `${String(s.field)} 0 R`, `${String(s.field)} 0 R 200 0 R`), [fresh]: `<</Type/Annot/Subtype/Widget/FT/Sig/T(Hai)/V ${String(s.signature)} 0 R/Rect[0 0 0 0]>>` }) },
  { name: 'picture of the signature exchanged', class: 'Appearance stream swapped after signing', expected: 'forbidden', row: 'signature-picture-swapped', forge: (s) => changed(s, { [s.field]: edited(s.bytes, s.field, /\/AP <<[^>]*>>/, '/AP<</N 200 0 R>>'), [fresh]: picture(140, 80, 'BT /Helv 12 Tf 2 5 Td (Nguoi khac) Tj ET') }) },
  { name: 'picture of the signature removed', class: 'Appearance stream swapped after signing', expected: 'forbidden', row: 'signature-picture-swapped', forge: (s) => changed(s, { [s.field]: edited(s.bytes, s.field, /\/AP <<[^>]*>>/, '') }) },
  { name: 'picture stream of the signature written anew', class: 'Appearance stream swapped after signing', expected: 'forbidden', row: 'signature-picture-swapped', forge: (s) => changed(s, { [s.field + 1]: picture(140, 80, 'BT /Helv 12 Tf 2 5 Td (Nguoi khac) Tj ET') }) },
  { name: 'image inside the picture of the signature', class: 'Appearance stream swapped after signing', expected: 'forbidden', row: 'signature-picture-swapped', forge: (s) => changed(s, { [s.field + 2]: stream('/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8', '0') }) },
  { name: 'place of the signature', class: 'Appearance stream swapped after signing', expected: 'forbidden', row: 'field-changed', forge: (s) => changed(s, { [s.field]: edited(s.bytes, s.field, '390 200 530 280', '72 590 300 620') }) },
];
