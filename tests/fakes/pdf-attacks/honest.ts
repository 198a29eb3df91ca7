import { memoryBytes, nextNumber, openPdf, writeIncrement } from '../../../electron/foundation/pdf/index.ts';
import { tokenOver } from '../../integration/verification/cms.ts';
import { good, type TestPki } from '../pki/pki.ts';
import { levelsOf } from './corpus.ts';
import type { Facts } from './desk.ts';
import { glyphFont } from './glyph-font.ts';
import { at, forms, pageOne, picture, stream, type Form } from './letter.ts';
import { bodyOf, changed, edited, fresh, inkPicture, newField, scene, signedOnce, text, type Level, type Scene } from './scene.ts';

/** What honest people and programs do to a signed letter; nothing here may be refused. */
export type Honest = {
  readonly name: string;
  readonly make: (scene: Scene) => Buffer | Promise<Buffer>;
  /** rows of the policy that must be among the changes */
  readonly rows: readonly string[];
  readonly levels?: readonly Level[];
  readonly forms?: readonly Form[];
  readonly letter?: Record<number, string>;
  readonly lock?: true;
  readonly facts?: Facts;
  /** what a look at the rendered page would say */
  readonly ink?: 'blank';
};

const open: readonly Level[] = ['none', 2, 3];
const says = (words: string): string => picture(100, 20, `/Tx BMC BT /Helv 12 Tf 2 5 Td (${words}) Tj ET EMC`);

async function signedTimes(s: Scene, times: number): Promise<Buffer> {
  let { bytes } = s;
  for (let n = 1; n < times; n += 1) bytes = await signedOnce(s.pki, bytes, 'clerk', { field: { kind: 'new', page: 1 } });
  return bytes;
}

/** Number, day, month and the seal on the leader's signature, as cv-11410 of the samples has them. */
async function issued(s: Scene): Promise<Buffer> {
  const places = [[92, 736, 130, 752, '11410'], [357, 736, 373, 752, '23'], [404, 736, 416, 752, '7']] as const;
  let { bytes } = s;
  for (const [left, bottom, right, top, words] of places) bytes = await signedOnce(s.pki, bytes, 'clerk', { field: newField(1, [left, bottom, right, top]), appearance: text(words) });
  return signedOnce(s.pki, bytes, 'agency', { field: newField(1, [345, 185, 455, 295]), appearance: inkPicture('ring') });
}

function filled(s: Scene, bytes = s.bytes): Buffer {
  return changed({ ...s, bytes }, { [at.text]: edited(bytes, at.text, '/V(12)', '/V(34 56)').replace('/N 10 0 R', '/N 200 0 R'), [fresh]: says('34 56') });
}

/** A document time-stamp by the authority of the test PKI, in a field that the form and the page list. */
export function stamped(s: Scene, bytes: Buffer, authority = 'tsa'): Buffer {
  const file = good(openPdf(memoryBytes(bytes)));
  const number = nextNumber(file);
  const raw = (body: string): { readonly raw: Uint8Array } => ({ raw: Buffer.from(body, 'latin1') });
  const increment = good(writeIncrement(file, {
    objects: [
      { number, value: { dictionary: { Type: { name: 'DocTimeStamp' }, Filter: { name: 'Adobe.PPKLite' }, SubFilter: { name: 'ETSI.RFC3161' }, ByteRange: { byteRange: 'of this increment' }, Contents: { contentsBytes: 8192 } } } },
      { number: number + 1, value: raw(`<</Type/Annot/Subtype/Widget/FT/Sig/T(Dau${String(number)})/V ${String(number)} 0 R/Rect[0 0 0 0]/F 132/P 3 0 R>>`) },
      { number: at.form, value: raw(edited(bytes, at.form, `${String(s.field)} 0 R`, `${String(s.field)} 0 R ${String(number + 1)} 0 R`)) },
      { number: at.page, value: raw(edited(bytes, at.page, /(\/Annots ?\[[^\]]*)\]/, `$1 ${String(number + 1)} 0 R]`)) },
    ],
  }));
  const made = Buffer.concat([bytes, increment.bytes]);
  const from = made.indexOf('<', made.lastIndexOf('/Contents <') + 9);
  const to = made.indexOf('>', from) + 1;
  const token = tokenOver(s.pki, authority, [made.subarray(0, from), made.subarray(to)], new Date('2026-11-20T03:00:00Z'));
  made.write(token.toString('hex'), from + 1, 'latin1');
  return made;
}

const store = (s: Scene, bytes = s.bytes): Buffer =>
  changed({ ...s, bytes }, {
    [at.catalog]: edited(bytes, at.catalog, '/Pages 2 0 R', '/Pages 2 0 R/DSS 200 0 R/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 1>>>>'),
    [fresh]: '<</Type/DSS/Certs[201 0 R]/OCSPs[202 0 R]/VRI<</AB12<</Cert[201 0 R]/OCSP[202 0 R]>>>>>>',
    201: stream('', s.pki.der('g2ca').toString('latin1')),
    202: stream('', 'answer'),
  });

const lists: Record<number, string> = {
  3: pageOne.replace(/\/Annots\[[^\]]*\]/, '/Annots 50 0 R'),
  8: '<</Fields 51 0 R/DR 52 0 R/DA(/Helv 12 Tf 0 g)/SigFlags 0>>',
  50: '[17 0 R 9 0 R 12 0 R 14 0 R 22 0 R]',
  51: '[9 0 R 12 0 R 14 0 R 22 0 R]',
  52: '<</Font 53 0 R>>',
  53: '<</Helv 16 0 R>>',
};

const scan: Record<number, string> = {
  4: stream('', 'q 595 0 0 842 0 0 cm /Im Do Q'),
  3: '<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[17 0 R 9 0 R 12 0 R 14 0 R 22 0 R]/Resources<</XObject<</Im 100 0 R>>>>>>',
  100: stream('/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8', 'z'),
};

/** The form's font is a TrueType program that says what its letters mean. */
const glyphsInForm: Record<number, string> = {
  16: '<</Type/Font/Subtype/TrueType/BaseFont/Tinos/FirstChar 49/Widths[500 500 500]/FontDescriptor 100 0 R/ToUnicode 102 0 R>>',
  100: '<</Type/FontDescriptor/FontName/Tinos/Flags 4/FontFile2 101 0 R>>',
  101: stream('', glyphFont(51, [0, 0, 0.5, 0.7]).toString('latin1')),
  102: stream('', '3 beginbfchar <31> <0031> <32> <0032> <33> <0033> endbfchar'),
};

const honest: readonly Honest[] = [
  { name: 'nothing afterwards', rows: [], make: (s) => s.bytes },
  ...[2, 3, 5, 10, 20].map((times): Honest => ({ name: `${String(times)} signatures`, levels: times > 5 ? [2] : open, forms: times > 5 ? ['table', 'packed'] : forms, rows: ['signature-not-seen', 'form-extended'], make: (s) => signedTimes(s, times) })),
  { name: 'number, day, month and seal', levels: open, rows: ['signature-beside-content', 'seal-touches-text'], make: issued },
  { name: 'number, day, month and seal, lists as objects of their own', levels: [2], letter: lists, rows: ['signature-beside-content', 'seal-touches-text'], make: issued },
  { name: 'number on a scan, where somebody looked', levels: [2], letter: scan, ink: 'blank', rows: ['signature-beside-content'], make: (s) => signedOnce(s.pki, s.bytes, 'clerk', { field: newField(1, [92, 736, 130, 752]), appearance: text('28') }) },
  { name: 'second signature by another agency, not certified', levels: ['none'], facts: { ChuKy2: { agency: 'KHAC' } }, rows: ['signature-beside-content'], make: (s) => signedOnce(s.pki, s.bytes, 'otheragency', { field: newField(1, [72, 195, 200, 280], 'ChuKy2'), appearance: inkPicture('strokes') }) },
  { name: 'hanging seal of the signer himself', levels: open, facts: { Treo: { signer: 'LanhDao' } }, rows: ['seal-hangs'], make: (s) => signedOnce(s.pki, s.bytes, 'leader', { field: newField(1, [60, 740, 160, 840], 'Treo'), appearance: inkPicture('ring') }) },
  { name: 'prepared field signed with a picture', levels: open, rows: ['signature-in-existing-field'], make: (s) => signedOnce(s.pki, s.bytes, 'clerk', { field: { kind: 'existing', name: 'KyTen' }, appearance: inkPicture('strokes') }) },
  { name: 'prepared field with a widget of its own signed', levels: open, letter: { 14: '<</FT/Sig/T(KyTen)/Kids[54 0 R]>>', 54: '<</Type/Annot/Subtype/Widget/Parent 14 0 R/Rect[72 100 200 150]/P 3 0 R/F 4>>', 3: pageOne.replace('14 0 R', '54 0 R') }, rows: ['signature-in-existing-field'], make: (s) => signedOnce(s.pki, s.bytes, 'clerk', { field: { kind: 'existing', name: 'KyTen' }, appearance: inkPicture('strokes') }) },
  { name: 'prepared field over the leader’s signature sealed', levels: open, letter: { 14: '<</Type/Annot/Subtype/Widget/FT/Sig/T(KyTen)/Rect[345 185 455 295]/P 3 0 R/F 4>>' }, rows: ['seal-touches-text'], make: (s) => signedOnce(s.pki, s.bytes, 'agency', { field: { kind: 'existing', name: 'KyTen' }, appearance: inkPicture('ring') }) },
  { name: 'text field that reaches over words filled beside them', levels: open, rows: ['field-filled'], make: (s) => changed(s, { [at.overText]: edited(s.bytes, at.overText, '/DA', '/V(34)/DA').replace('23 0 R', '200 0 R'), [fresh]: picture(188, 20, 'BT /Helv 12 Tf 160 5 Td (34) Tj ET') }) },
  { name: 'text field filled in a font with glyphs that was signed with the form', levels: open, letter: glyphsInForm, rows: ['field-filled'], make: (s) => changed(s, { [at.text]: edited(s.bytes, at.text, '/V(12)', '/V(3)').replace('/N 10 0 R', '/N 200 0 R'), [fresh]: picture(100, 20, 'BT /Helv 12 Tf 2 5 Td (3) Tj ET') }) },
  { name: 'text field on a turned page filled', levels: open, letter: { 3: pageOne.replace('/Type/Page', '/Type/Page/Rotate 90') }, rows: ['field-filled'], make: (s) => changed(s, { [at.text]: edited(s.bytes, at.text, '/V(12)', '/V(34)').replace('/N 10 0 R', '/N 200 0 R'), [fresh]: stream('/Subtype/Form/BBox[0 0 20 100]/Matrix[0 1 -1 0 0 0]/Resources<</Font<</Helv 16 0 R>>>>', 'BT /Helv 12 Tf 2 45 Td (34) Tj ET') }) },
  { name: 'text field filled', levels: open, rows: ['field-filled'], make: (s) => filled(s) },
  { name: 'text field filled, then signed', levels: open, rows: ['field-filled', 'signature-not-seen'], make: (s) => signedOnce(s.pki, filled(s), 'clerk', { field: { kind: 'new', page: 1 } }) },
  { name: 'field filled that the lock does not name', levels: ['none', 2], lock: true, rows: ['field-filled'], make: (s) => changed(s, { [at.box]: edited(s.bytes, at.box, '/V/Off/AS/Off', '/V/Yes/AS/Yes') }) },
  { name: 'locked field made read-only', levels: ['none', 2], lock: true, rows: ['field-made-read-only'], make: (s) => changed(s, { [at.text]: edited(s.bytes, at.text, '/P 3', '/Ff 1/P 3') }) },
  { name: 'box ticked', levels: open, rows: ['field-filled'], make: (s) => changed(s, { [at.box]: edited(s.bytes, at.box, '/V/Off/AS/Off', '/V/Yes/AS/Yes') }) },
  { name: 'text field emptied', levels: open, rows: ['field-filled'], make: (s) => changed(s, { [at.text]: edited(s.bytes, at.text, '/V(12)', '/V()').replace('/N 10 0 R', '/N 200 0 R'), [fresh]: picture(100, 20, '') }) },
  { name: 'form resources extended', levels: open, rows: ['form-extended'], make: (s) => changed(s, { [at.form]: edited(s.bytes, at.form, '/Helv 16 0 R', '/Helv 16 0 R/ZaDb 200 0 R'), [fresh]: '<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>' }) },
  { name: 'form resources extended in their place', levels: open, letter: lists, rows: ['form-extended'], make: (s) => changed(s, { 53: '<</Helv 16 0 R/ZaDb 200 0 R>>', [fresh]: '<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>' }) },
  { name: 'long-term data and a document time-stamp', rows: ['security-store-extended', 'version-stated', 'timestamp-added'], make: (s) => stamped(s, store(s)) },
  { name: 'long-term data twice', rows: ['security-store-extended'], make(s) {
    const once = store(s);
    return changed({ ...s, bytes: once }, { [fresh]: edited(once, fresh, /\/OCSPs ?\[202 0 R\]/, '/OCSPs[202 0 R 203 0 R]/CRLs[204 0 R]'), 203: stream('', 'answer 2'), 204: stream('', 'list') });
  } },
  { name: 'long-term data taken away again', rows: ['security-store-reduced'], make(s) {
    const once = store(s);
    return changed({ ...s, bytes: once }, { [at.catalog]: edited(once, at.catalog, '/DSS 200 0 R', '') });
  } },
  { name: 'date of change', levels: open, rows: ['metadata-only'], make: (s) => changed(s, { [at.info]: "<</Title(Cong van)/Producer(Tram)/ModDate(D:20261122080000+07'00')>>" }) },
  { name: 'another object for the metadata', levels: open, rows: ['metadata-only'], make: (s) => changed(s, { [fresh]: '<</Title(Cong van)/Producer(Khac)>>' }, { trailer: '/Info 200 0 R/ID[<00112233445566778899AABBCCDDEEFF><01>]' }) },
  { name: 'XMP written anew', levels: open, rows: ['metadata-only'], make: (s) => changed(s, { [at.xmp]: stream('/Type/Metadata/Subtype/XML', '<?xpacket begin=""?><y/><?xpacket end="w"?>') }) },
  { name: 'XMP in another object', levels: open, rows: ['metadata-only'], make: (s) => changed(s, { [at.catalog]: edited(s.bytes, at.catalog, '/Metadata 20', '/Metadata 200'), [fresh]: stream('/Type/Metadata/Subtype/XML', '<y/>') }) },
  { name: 'version of the file', rows: ['version-stated'], make: (s) => changed(s, { [at.catalog]: edited(s.bytes, at.catalog, '/Pages 2 0 R', '/Pages 2 0 R/Version/1.7') }) },
  { name: 'objects as they were, spelt otherwise', rows: ['nothing-said'], make: (s) => changed(s, { [at.page]: bodyOf(s.bytes, at.page).replaceAll('/', ' /'), [at.font]: '<< /BaseFont /Hel#76etica /Encoding /WinAnsiEncoding\n/Subtype/Type1 /Type /Font /Nothing null >>', [at.outlines]: bodyOf(s.bytes, at.outlines) }) },
  { name: 'objects that nothing refers to', rows: ['nothing-said'], make: (s) => changed(s, { [fresh]: '<</Type/Font>>', 201: '[200 0 R]' }) },
  { name: 'object freed that nothing refers to', rows: ['nothing-said'], make: (s) => changed(s, {}, { freed: [at.hiddenNote] }) },
  { name: 'revision without anything', rows: ['nothing-said'], make: (s) => changed(s, {}) },
];

export type HonestFile = { readonly name: string; readonly form: Form; readonly level: Level; readonly bytes: Buffer; readonly rows: readonly string[]; readonly facts: Facts; readonly ink: 'blank' | undefined };

/** Every honest change on every kind of file. */
export async function* honestFiles(pki: TestPki): AsyncGenerator<HonestFile> {
  const scenes = new Map<string, Scene>();
  for (const one of honest) {
    for (const form of one.forms ?? forms) {
      for (const level of levelsOf(form, one.levels)) {
        const key = `${form} ${String(level)} ${String(one.lock)} ${one.letter === undefined ? '' : one.name}`;
        const wish = one.lock === true ? { lock: { action: 'Include', fields: ['So'] } as const } : {};
        const base = scenes.get(key) ?? (await scene(pki, form, level, { ...(one.letter === undefined ? {} : { letter: one.letter }), wish }));
        scenes.set(key, base);
        yield { name: one.name, form, level, bytes: await one.make(base), rows: one.rows, facts: one.facts ?? {}, ink: one.ink };
      }
    }
  }
}
