import { PDFDocument, PDFHexString, PDFName, beginText, drawObject, endText, moveText, popGraphicsState, pushGraphicsState, setFontAndSize, showText, type PDFFont, type PDFOperator, type PDFPage } from 'pdf-lib';
import * as fontkit from '@cantoo/fontkit';
import type { DocumentFonts, Face } from '../../../electron/services/records/print/sheet.ts';
import type { DocumentFacts } from './facts.ts';

/** How offices' programs really put a document on paper; each of it is met in practice. */
export type Layout = {
  /** how text is drawn: a line at once, by words, by letters */
  readonly runs: 'lines' | 'words' | 'letters';
  /** in which order */
  readonly order: 'down' | 'right-first' | 'shuffled';
  /** base letters and marks apart */
  readonly decomposed: boolean;
  /** an encoding from before Unicode */
  readonly letters: 'unicode' | 'tcvn3' | 'vni';
  /** the upper body's name is bold too, so that only words tell it from the issuer's */
  readonly allBold: boolean;
  /** points between the columns */
  readonly gap: number;
  readonly number: 'printed' | 'widget' | 'loose' | 'spaced';
  readonly date: 'printed' | 'widget' | 'two-lines' | 'slashes';
  /** number and date in one run with spaces between */
  readonly oneRun: boolean;
  readonly arrival: 'none' | 'content' | 'annotation';
  readonly gazette: boolean;
  readonly about: 'V/v ' | 'V/v: ' | 'Về việc ' | 'v/v ';
  /** the kind's name with its letters pulled apart */
  readonly pulledKind: boolean;
  readonly signingBlock: boolean;
  readonly rank: '' | 'Thượng tá ' | 'TS. ';
  readonly capitalName: boolean;
  /** a form with a signature block of its own follows */
  readonly annex: boolean;
  readonly party: boolean;
};

export const plainLayout: Layout = {
  runs: 'lines', order: 'down', decomposed: false, letters: 'unicode', allBold: false, gap: 40, number: 'printed', date: 'printed', oneRun: false,
  arrival: 'none', gazette: false, about: 'V/v ', pulledKind: false, signingBlock: false, rank: '', capitalName: false, annex: false, party: false,
};

type Piece = { text: string; x: number; y: number; face: Face; size: number; widget?: boolean; group?: string; page: number };

const A4 = { width: 595.28, height: 841.89 };

/** Draws the document as the layout says. */
export async function drawnDocument(facts: DocumentFacts, layout: Layout, fonts: DocumentFonts): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const embed = (bytes: Uint8Array): Promise<PDFFont> => pdf.embedFont(bytes, { subset: true, features: { liga: false } });
  const faces: Record<Face, PDFFont> = { regular: await embed(fonts.regular), bold: await embed(fonts.bold), italic: await embed(fonts.italic), boldItalic: await embed(fonts.boldItalic) };
  const width = (text: string, face: Face, size: number): number => faces[face].widthOfTextAtSize(encoded(text, layout.letters), size);
  const pieces: Piece[] = [];
  let page = 0;
  const put = (text: string, x: number, y: number, face: Face, size: number, more: Partial<Piece> = {}): void => void pieces.push({ text, x, y, face, size, page, ...more });
  const centred = (text: string, centre: number, y: number, face: Face, size: number): void => { put(text, centre - width(text, face, size) / 2, y, face, size); };
  const wrap = (text: string, face: Face, size: number, limit: number): string[] => {
    const lines: string[] = [''];
    for (const word of text.split(' ')) {
      const line = lines.at(-1) ?? '';
      const longer = line === '' ? word : `${line} ${word}`;
      if (width(longer, face, size) <= limit || line === '') lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  };

  const state = layout.party ? 'ĐẢNG CỘNG SẢN VIỆT NAM' : 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
  const stateWidth = width(state, 'bold', 12);
  const rightCentre = A4.width - 45 - Math.max(stateWidth, 180) / 2;
  const leftLimit = rightCentre - stateWidth / 2 - layout.gap;
  const leftCentre = (60 + leftLimit) / 2;
  let top = 60;
  if (layout.gazette) {
    centred('CÔNG BÁO/Số 811 + 812/Ngày 28-7-2026', A4.width / 2, 50, 'regular', 13);
    top = 80;
  }
  centred(state, rightCentre, top, 'bold', 12);
  if (!layout.party) centred('Độc lập - Tự do - Hạnh phúc', rightCentre, top + 16, 'bold', 13);
  let left = top;
  for (const line of facts.superior) { centred(line, leftCentre, left, layout.allBold ? 'bold' : 'regular', 12); left += 15; }
  for (const line of facts.agencyLines) { centred(line, leftCentre, left, 'bold', 12); left += 15; }
  if (layout.party) { centred('*', leftCentre, left, 'regular', 13); left += 14; }

  const row = Math.max(left + 10, top + 45);
  const [year = '', month = '', day = ''] = facts.date.split('-');
  const printedMonth = Number(month) < 3 ? month : String(Number(month));
  const label = layout.party ? 'Số ' : 'Số: ';
  const slash = layout.party ? '-' : '/';
  const notation = layout.number === 'spaced' ? facts.notation.replaceAll('-', ' - ') : facts.notation;
  const dateText = layout.date === 'slashes' ? `${facts.place}, ngày ${day}/${printedMonth}/${year}` : `${facts.place}, ngày ${day} tháng ${printedMonth} năm ${year}`;
  const codeLine = `${label}${facts.number}${slash}${notation}`;
  if (layout.oneRun) {
    const start = 70;
    const target = rightCentre - width(dateText, 'regular', 13) / 2;
    const spaces = Math.max(4, Math.floor((target - start - width(codeLine, 'regular', 13)) / width(' ', 'regular', 13)));
    put(`${codeLine}${' '.repeat(spaces)}${dateText}`, start, row, 'regular', 13);
  } else {
    numberLine();
    dateLine();
  }

  function numberLine(): void {
    if (layout.number === 'printed' || layout.number === 'spaced') { centred(codeLine, leftCentre, row, 'regular', 13); return; }
    const blank = `${label}${' '.repeat(14)}${slash}${notation}`;
    const x = leftCentre - width(blank, 'regular', 13) / 2;
    put(label.trim(), x, row, 'regular', 13);
    const after = x + width(`${label}${' '.repeat(14)}`, 'regular', 13);
    put(`${slash}${notation}`, after, row, 'regular', 13);
    put(facts.number, x + width(label, 'regular', 13) + 6, row - (layout.number === 'loose' ? 3 : -1), 'regular', 13, { widget: true });
  }
  function dateLine(): void {
    if (layout.date === 'two-lines') {
      const [first = '', second = ''] = dateText.split(/(?= tháng)/);
      centred(first, rightCentre, row, 'italic', 13);
      centred(second.trim(), rightCentre, row + 15, 'italic', 13);
    } else if (layout.date === 'widget') {
      let x = rightCentre - width(dateText, 'italic', 13) / 2 - 6;
      const step = (text: string, widget = false): void => {
        put(text, x, row, widget ? 'regular' : 'italic', 13, { widget });
        x += width(text, 'italic', 13) + 7;
      };
      step(`${facts.place}, ngày`); step(day, true); step('tháng'); step(printedMonth, true); step(`năm ${year}`);
    } else centred(dateText, rightCentre, row, 'italic', 13);
  }

  let y = row + (layout.date === 'two-lines' ? 24 : 18);
  if (facts.kind === '') {
    for (const line of wrap(`${layout.about}${facts.subject}`, 'regular', 12, Math.max(150, leftLimit - 60))) { centred(line, leftCentre, y, 'regular', 12); y += 14; }
  }
  const stamps = { 0: '', 1: 'KHẨN', 2: 'THƯỢNG KHẨN', 3: 'HỎA TỐC', 4: 'HỎA TỐC HẸN GIỜ' } as const;
  if (facts.secrecy !== undefined) { y += 14; centred(facts.secrecy, leftCentre, y, 'bold', 13); y += 16; }
  if (facts.urgency > 0) { y += 14; centred(stamps[facts.urgency], leftCentre, y, 'bold', 13); y += 16; }
  const arrival = [['UBND PHƯỜNG THUẬN HÒA', 'regular', 8], ['ĐẾN', 'bold', 12], ['Số: 7313', 'regular', 10], [`Ngày: 09/11/2026`, 'regular', 10], ['Chuyển:', 'regular', 10], ['Số và ký hiệu HS:', 'regular', 10]] as const;
  if (layout.arrival !== 'none') {
    y += 16;
    for (const [text, face, size] of arrival) { put(text, 75, y, face, size, layout.arrival === 'annotation' ? { widget: true, group: 'arrival' } : {}); y += 13; }
  }

  const centre = (85 + A4.width - 42) / 2;
  y += 26;
  if (facts.kind !== '') {
    const kind = facts.kind.toUpperCase();
    centred(layout.pulledKind ? kind.split(' ').map((word) => [...word].join(' ')).join('   ') : kind, centre, y, 'bold', 14);
    for (const line of wrap(facts.subject, 'bold', 14, 380)) { y += 18; centred(line, centre, y, 'bold', 14); }
    y += 26;
  }
  if (facts.addressees.length === 1) { centred(`Kính gửi: ${facts.addressees[0] ?? ''}.`, centre, y, 'regular', 14); y += 24; }
  else for (const [index, one] of facts.addressees.entries()) { put(index === 0 ? `Kính gửi:   - ${one};` : `- ${one}.`, index === 0 ? 150 : 215, y, 'regular', 14); y += 19; }
  for (const paragraph of facts.body) {
    y += 6;
    for (const [index, line] of wrap(paragraph, 'regular', 14, A4.width - 85 - 42 - 36).entries()) { put(line, index === 0 ? 121 : 85, y, 'regular', 14); y += 18.5; }
    if (y > 690) { page += 1; y = 70; }
  }
  y += 26;
  if (y > 560) { page += 1; y = 80; }
  signatureBlock(y);
  if (layout.annex) {
    page += 1;
    centred('Mẫu số 01', A4.width - 90, 60, 'bold', 12);
    centred('BIÊN BẢN GIAO NHẬN', centre, 110, 'bold', 14);
    centred('GIÁM ĐỐC', 430, 400, 'bold', 14);
    centred('(Ký, ghi rõ họ tên)', 430, 418, 'italic', 12);
  }

  function signatureBlock(at: number): void {
    put('Nơi nhận:', 85, at, 'boldItalic', 12);
    for (const [index, line] of ['- Như trên;', '- Lãnh đạo cơ quan (để b/c);', '- Lưu: VT.'].entries()) put(line, 85, at + 14 + 13 * index, 'regular', 11);
    let down = at;
    for (const line of [...facts.authority, facts.position].flatMap((text) => wrap(text, 'bold', 14, 215))) { centred(line, 430, down, 'bold', 14); down += 17; }
    if (layout.signingBlock) {
      for (const [index, line] of [`Ký bởi: ${facts.agency}`, 'Thời gian ký: 11.11.2026 08:12:13 +07:00'].entries()) put(line, 350, down + 12 + 10 * index, 'regular', 8, { widget: true, group: 'signer' });
    }
    const name = `${layout.rank}${layout.capitalName ? facts.signer.toUpperCase() : facts.signer}`;
    centred(name, 430, down + 62, 'bold', 14);
  }

  const written = pieces.map((piece) => ({ ...piece, text: encoded(layout.decomposed ? piece.text.normalize('NFD') : piece.text, layout.letters) }));
  const pages = Array.from({ length: page + 1 }, () => pdf.addPage([A4.width, A4.height]));
  for (const piece of ordered(written, layout.order)) {
    const target = pages[piece.page];
    if (target !== undefined && piece.widget !== true) draw(target, piece, faces[piece.face], layout.runs);
  }
  const widgets = written.filter((piece) => piece.widget === true);
  for (const together of Map.groupBy(widgets, (piece) => piece.group ?? piece).values()) {
    const target = pages[together[0]?.page ?? 0];
    if (target !== undefined) widget(pdf, target, together, faces);
  }
  return pdf.save({ useObjectStreams: false });
}

function ordered(pieces: readonly Piece[], order: Layout['order']): readonly Piece[] {
  if (order === 'right-first') return pieces.toSorted((a, b) => a.page - b.page || Number(b.x > 280) - Number(a.x > 280));
  if (order === 'shuffled') return pieces.map((piece, at) => ({ piece, key: (at * 7919) % 101 })).toSorted((a, b) => a.key - b.key).map(({ piece }) => piece);
  return pieces;
}

function draw(page: PDFPage, piece: Piece, font: PDFFont, runs: Layout['runs']): void {
  const parts = runs === 'lines' ? [piece.text] : runs === 'words' ? piece.text.split(/(?<= )/) : [...piece.text];
  let x = piece.x;
  for (const part of parts) {
    if (part.trim() !== '') page.drawText(part, { x, y: A4.height - piece.y, font, size: piece.size });
    x += font.widthOfTextAtSize(part, piece.size);
  }
}

/** A signature widget whose appearance holds the text two forms deep, as clerks' signing programs make it. */
function widget(pdf: PDFDocument, page: PDFPage, pieces: readonly Piece[], faces: Record<Face, PDFFont>): void {
  const { context } = pdf;
  const left = Math.min(...pieces.map((piece) => piece.x)) - 2;
  const right = Math.max(...pieces.map((piece) => piece.x + faces[piece.face].widthOfTextAtSize(piece.text, piece.size))) + 2;
  const bottom = A4.height - Math.max(...pieces.map((piece) => piece.y + 0.3 * piece.size));
  const top = A4.height - Math.min(...pieces.map((piece) => piece.y - piece.size));
  const bounds = [0, 0, right - left, top - bottom];
  const text = pieces.flatMap((piece): PDFOperator[] => [
    beginText(),
    setFontAndSize(piece.face, piece.size),
    moveText(piece.x - left, A4.height - piece.y - bottom),
    showText(faces[piece.face].encodeText(piece.text)),
    endText(),
  ]);
  const fonts = Object.fromEntries(Object.entries(faces).map(([name, font]) => [name, font.ref]));
  const inner = context.register(context.formXObject(text, { BBox: context.obj(bounds), Resources: context.obj({ Font: fonts }) }));
  const outer = context.register(
    context.formXObject([pushGraphicsState(), drawObject('n2'), popGraphicsState()], { BBox: context.obj(bounds), Resources: context.obj({ XObject: { n2: inner } }) }),
  );
  const name = PDFHexString.fromText(`Signature ${String(left)} ${String(top)}`);
  const annotation = context.obj({ Type: 'Annot', Subtype: 'Widget', FT: 'Sig', F: 132, Rect: [left, bottom, right, top], AP: { N: outer } });
  annotation.set(PDFName.of('T'), name);
  annotation.set(PDFName.of('P'), page.ref);
  page.node.addAnnot(context.register(annotation));
}

const vietnamese = 'àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ';
const tcvn3 = 'µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ';
const vniWords: Readonly<Record<string, string>> = {
  à: 'aø', ả: 'aû', ã: 'aõ', á: 'aù', ạ: 'aï', ă: 'aê', ằ: 'aè', ẳ: 'aú', ẵ: 'aü', ắ: 'aé', ặ: 'aë', â: 'aâ', ầ: 'aà', ẩ: 'aå', ẫ: 'aã', ấ: 'aá', ậ: 'aä', đ: 'ñ',
  è: 'eø', ẻ: 'eû', ẽ: 'eõ', é: 'eù', ẹ: 'eï', ê: 'eâ', ề: 'eà', ể: 'eå', ễ: 'eã', ế: 'eá', ệ: 'eä', ì: 'ì', ỉ: 'æ', ĩ: 'ó', í: 'í', ị: 'ò',
  ò: 'oø', ỏ: 'oû', õ: 'oõ', ó: 'où', ọ: 'oï', ô: 'oâ', ồ: 'oà', ổ: 'oå', ỗ: 'oã', ố: 'oá', ộ: 'oä', ơ: 'ô', ờ: 'ôø', ở: 'ôû', ỡ: 'ôõ', ớ: 'ôù', ợ: 'ôï',
  ù: 'uø', ủ: 'uû', ũ: 'uõ', ú: 'uù', ụ: 'uï', ư: 'ö', ừ: 'öø', ử: 'öû', ữ: 'öõ', ứ: 'öù', ự: 'öï', ỳ: 'yø', ỷ: 'yû', ỹ: 'yõ', ý: 'yù', ỵ: 'î',
};

/** The letters that a file made with an old font holds; capitals of TCVN3 are small letters in a font of capitals. */
function encoded(text: string, letters: Layout['letters']): string {
  if (letters === 'unicode') return text;
  return [...text.normalize('NFC')]
    .map((letter) => {
      const small = letter.toLowerCase();
      if (letters === 'tcvn3') return vietnamese.includes(small) ? (letter === 'Đ' ? '§' : (tcvn3[vietnamese.indexOf(small)] ?? letter)) : letter;
      const told = vniWords[small];
      return told === undefined ? letter : letter === small ? told : told.toUpperCase();
    })
    .join('');
}
