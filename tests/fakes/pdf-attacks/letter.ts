import { make, type Kind, type Saving } from '../../unit/foundation/pdf/make.ts';

/** How the file is written: with tables, streams, streams and packed objects, or both (a hybrid). */
export const forms = ['table', 'stream', 'packed', 'hybrid'] as const;
export type Form = (typeof forms)[number];

/** Numbers of the letter's objects, for those who attack it. */
export const at = {
  catalog: 1, pages: 2, page: 3, content: 4, font: 5, page2: 6, content2: 7, form: 8, text: 9, textPicture: 10, overlay: 11, box: 12, boxOn: 13,
  sign: 14, boxOff: 15, formFont: 16, link: 17, info: 18, layer: 19, xmp: 20, outlines: 21, overText: 22, overTextPicture: 23, hiddenNote: 24, hiddenContent: 25,
  hiddenPages: 26, hiddenPage: 27, hiddenCatalog: 28, hiddenPicture: 29,
} as const;

export function stream(dictionary: string, data: string): string {
  return `<<${dictionary}/Length ${String(Buffer.byteLength(data, 'latin1'))}>>\nstream\n${data}\nendstream`;
}

export function picture(width: number, height: number, data: string, more = ''): string {
  return stream(`/Type/XObject/Subtype/Form/BBox[0 0 ${String(width)} ${String(height)}]/Resources<</Font<</Helv 16 0 R>>${more}>>`, data);
}

const words = (text: string, x: number, y: number): string => `BT /F1 12 Tf ${String(x)} ${String(y)} Td (${text}) Tj ET\n`;

/** What the letter says; the leader's signature has room between title and name. */
export const letterText =
  words('BO THU NGHIEM', 72, 790) + words('So:              /BTN-VP', 72, 740) + words('ngay     thang     nam 2026', 330, 740) + words('Kinh gui: Uy ban nhan dan', 72, 660) +
  words('So tien: 1000000 dong', 72, 600) + words('THU TRUONG', 400, 300) + words('Nguyen Thi Thu', 395, 180) + '0.5 w 72 730 m 300 730 l S\n/Ov Do\n';

const layered = '/OCProperties<</OCGs[19 0 R]/D<</ON[19 0 R]>>>>';
const catalog = `<</Type/Catalog/Pages 2 0 R/AcroForm 8 0 R/Metadata 20 0 R/Outlines 21 0 R${layered}>>`;
export const pageOne = '<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[17 0 R 9 0 R 12 0 R 14 0 R 22 0 R]/Resources<</Font<</F1 5 0 R>>/XObject<</Ov 11 0 R>>/Properties<</La 19 0 R>>>>>>';

const objects: readonly (readonly [number, string])[] = [
  [1, catalog],
  [2, '<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2/MediaBox[0 0 595 842]>>'],
  [3, pageOne],
  [4, stream('', letterText)],
  [5, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'],
  [6, '<</Type/Page/Parent 2 0 R/Contents 7 0 R/Resources<</Font<</F1 5 0 R>>>>>>'],
  [7, stream('', words('Trang hai', 72, 740))],
  [8, '<</Fields[9 0 R 12 0 R 14 0 R 22 0 R]/DR<</Font<</Helv 16 0 R>>>>/DA(/Helv 12 Tf 0 g)/SigFlags 0>>'],
  [9, '<</Type/Annot/Subtype/Widget/FT/Tx/T(So)/V(12)/DA(/Helv 12 Tf 0 g)/Rect[72 500 172 520]/P 3 0 R/F 4/AP<</N 10 0 R>>>>'],
  [10, picture(100, 20, '/Tx BMC BT /Helv 12 Tf 2 5 Td (12) Tj ET EMC')],
  [11, stream('/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>', words('khong hoan lai', 72, 560))],
  [12, '<</Type/Annot/Subtype/Widget/FT/Btn/T(Dong)/V/Off/AS/Off/Rect[72 450 84 462]/P 3 0 R/F 4/AP<</N<</Yes 13 0 R/Off 15 0 R>>>>>>'],
  [13, picture(12, 12, '0 0 m 12 12 l S')],
  [14, '<</Type/Annot/Subtype/Widget/FT/Sig/T(KyTen)/Rect[72 100 200 150]/P 3 0 R/F 4>>'],
  [15, picture(12, 12, '')],
  [16, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'],
  [17, '<</Type/Annot/Subtype/Link/Rect[72 650 200 670]/Border[0 0 0]/A<</S/URI/URI(http://bothu.test)>>>>'],
  [18, '<</Title(Cong van)/Producer(Tram)>>'],
  [19, '<</Type/OCG/Name(Lop)>>'],
  [20, stream('/Type/Metadata/Subtype/XML', '<?xpacket begin=""?><x/><?xpacket end="w"?>')],
  [21, '<</Type/Outlines/Count 0>>'],
  [22, '<</Type/Annot/Subtype/Widget/FT/Tx/T(Tien)/DA(/Helv 12 Tf 0 g)/Rect[72 595 260 615]/P 3 0 R/F 4/AP<</N 23 0 R>>>>'],
  [23, picture(188, 20, '')],
  [24, '<</Type/Annot/Subtype/FreeText/Rect[72 590 300 620]/Contents(9000000)/AP<</N 29 0 R>>>>'],
  [25, stream('', words('Noi dung khac', 72, 700))],
  [26, '<</Type/Pages/Kids[27 0 R 6 0 R]/Count 2/MediaBox[0 0 595 842]>>'],
  [27, '<</Type/Page/Parent 26 0 R/Contents 25 0 R/Resources<</Font<</F1 5 0 R>>>>>>'],
  [28, '<</Type/Catalog/Pages 26 0 R>>'],
  [29, picture(228, 30, '1 g 0 0 228 30 re f BT /Helv 12 Tf 2 5 Td (9000000) Tj ET')],
];

const extra = '/Info 18 0 R/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]';

/** The letter, unsigned; `changed` are bodies put in the place of the usual ones, or objects more. */
export function letter(form: Form, changed: Readonly<Record<number, string>> = {}): Buffer {
  const known = objects.map(([number, body]) => [number, changed[number] ?? body] as const);
  const more = Object.entries(changed).flatMap(([number, body]) => (objects.some(([one]) => one === Number(number)) ? [] : [[Number(number), body] as const]));
  const all = [...known, ...more];
  const isStream = ([, body]: readonly [number, string]): boolean => body.includes('\nstream\n');
  if (form === 'packed') return make({ kind: 'stream', objects: all.filter(isStream), packed: { stream: 40, objects: all.filter((one) => !isStream(one)) }, xref: 41, trailer: extra });
  if (form === 'hybrid') return make({ kind: 'hybrid', objects: all, packed: { stream: 40, objects: [[42, '<</Hidden true>>']] }, xref: 41, trailer: extra });
  return make({ kind: form, objects: all, trailer: extra, ...(form === 'stream' ? { xref: 41 } : {}) });
}

/** What a further revision of such a file is written as; `packedIn` is the number of its object stream. */
export function savingOf(form: Form, objects: readonly (readonly [number, string])[], packedIn: number, more: Partial<Saving> = {}): Saving {
  const kind: Kind = form === 'packed' || form === 'stream' ? 'stream' : 'table';
  const trailer = more.trailer ?? extra;
  const isStream = ([, body]: readonly [number, string]): boolean => body.includes('\nstream\n');
  const packed = objects.filter((one) => !isStream(one));
  if (form !== 'packed' || packed.length === 0) return { kind, objects, ...more, trailer };
  return { kind, objects: objects.filter(isStream), packed: { stream: packedIn, objects: packed }, ...more, trailer };
}
