import { printedDay } from './practice-days.ts';
import { balancedLines, createSheet, mm, paper, plainLines, type DocumentFonts, type Line, type Run, type Sheet } from '../../records/index.ts';

export type Paragraph = {
  readonly text: string;
  /** bold words before the text, e.g. `Điều 1.` */
  readonly lead?: string;
  /** default `plain`; `basis` = italic, `resolve` = the centred bold `QUYẾT ĐỊNH:` */
  readonly style?: 'plain' | 'basis' | 'resolve';
};

/** What stands in an administrative document (NĐ 30/2020 art. 8, Annex I). Texts are printed as given. */
export type DecreeForm = {
  /** cơ quan chủ quản; '' when there is none */
  readonly superior: string;
  readonly agency: string;
  /** printed with a leading zero below 10; '' leaves room for it */
  readonly number: string;
  readonly notation: string;
  readonly place: string;
  /** `yyyy-MM-dd` */
  readonly date: string;
  /** tên loại, e.g. `Quyết định`; '' makes an official letter (công văn) with its V/v line */
  readonly kind: string;
  /** trích yếu; for a letter without `V/v` */
  readonly subject: string;
  /** Kính gửi; empty for kinds that have none */
  readonly addressees: readonly string[];
  /** words before the addressees; default `Kính gửi:` */
  readonly salutation?: string;
  /** 0 none, 1 khẩn, 2 thượng khẩn, 3 and 4 hoả tốc: the red stamp */
  readonly urgency: 0 | 1 | 2 | 3 | 4;
  readonly body: readonly Paragraph[];
  /** lines under Nơi nhận, the filing line (Lưu) last */
  readonly recipients: readonly string[];
  readonly signer: {
    /** quyền hạn ký, one line each, e.g. `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH` */
    readonly authority: readonly string[];
    readonly position: string;
    readonly fullName: string;
  };
};

const state = { name: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', motto: 'Độc lập - Tự do - Hạnh phúc' };
const practiceLine = 'VĂN BẢN LUYỆN TẬP - không có giá trị pháp lý';
const stamps = { 1: ['KHẨN', 20], 2: ['THƯỢNG KHẨN', 40], 3: ['HỎA TỐC', 30], 4: ['HỎA TỐC', 30] } as const;

const textWidth = paper.width - paper.left - paper.right;
/** The two columns of the heading; the right one must hold the State's name on one line. */
const leftColumn = { width: 70 * mm, centre: paper.left + 35 * mm };
const rightColumn = { centre: paper.left + 70 * mm + (textWidth - 70 * mm) / 2 };
// Sizes of Annex I move together: 12/13/13 for State name, motto, place; 14 for the body.
const size = { small: 11, twelve: 12, thirteen: 13, body: 14 };
const bodyLeading = 18.5;
const paragraphGap = 6;
const firstLine = 12.7 * mm;
const pageNumberY = 13 * mm;

/** Number as printed: Arabic, a leading zero below 10 (NĐ 30/2020 Annex I.II.3). */
export function printedNumber(number: string): string {
  return /^\d$/.test(number) ? `0${number}` : number;
}

/** Place and date as printed: days below 10 and months 1 and 2 with a leading zero (NĐ 30/2020 Annex I.II.4). */
export function printedDate(place: string, day: string): string {
  return `${place}, ${printedDay(day)}`;
}

/**
 * An administrative document on paper as NĐ 30/2020 Annex I lays it out, marked as practice on every page. One
 * page or as many as the body needs. Text is extractable; the bytes depend on the input only.
 */
export async function decreeForm(form: DecreeForm, fonts: DocumentFonts): Promise<Uint8Array> {
  return (await composeDecreeForm(form, fonts)).bytes;
}

/** The same, with the number of pages (edXML `PageAmount`). */
export async function composeDecreeForm(
  form: DecreeForm,
  fonts: DocumentFonts,
): Promise<{ readonly bytes: Uint8Array; readonly pages: number }> {
  const code = `${printedNumber(form.number)}/${form.notation}`;
  const sheet = await createSheet(fonts, {
    title: form.kind === '' ? `Công văn số ${code}` : `${form.kind} số ${code}`,
    author: form.agency,
    at: new Date(`${form.date}T00:00:00.000Z`),
  });
  openPage(sheet);
  const y = addressees(sheet, form, title(sheet, form, heading(sheet, form)));
  const signatureTop = body(sheet, form, y);
  signature(sheet, form, signatureTop);
  return { bytes: await sheet.save(), pages: sheet.pageCount() };
}

/** State name, agency, number, date; for a letter V/v; the urgency stamp. Answers where the next part may begin. */
function heading(sheet: Sheet, form: DecreeForm): number {
  let right = paper.top + size.thirteen;
  sheet.centred(state.name, rightColumn.centre, right, 'bold', size.twelve);
  right += 16;
  sheet.centred(state.motto, rightColumn.centre, right, 'bold', size.thirteen);
  const half = sheet.widthOf(state.motto, 'bold', size.thirteen) / 2;
  sheet.rule(rightColumn.centre - half, rightColumn.centre + half, right + 5);

  let left = paper.top + size.thirteen;
  for (const line of balancedLines(sheet, form.superior.toUpperCase(), 'regular', size.twelve, leftColumn.width)) {
    sheet.centred(line, leftColumn.centre, left, 'regular', size.twelve);
    left += 15;
  }
  let widest = 0;
  for (const line of balancedLines(sheet, form.agency.toUpperCase(), 'bold', size.twelve, leftColumn.width)) {
    sheet.centred(line, leftColumn.centre, left, 'bold', size.twelve);
    widest = Math.max(widest, sheet.widthOf(line, 'bold', size.twelve));
    left += 15;
  }
  // A third to a half of the line above, here two fifths.
  sheet.rule(leftColumn.centre - widest / 5, leftColumn.centre + widest / 5, left - 9);

  const row = Math.max(left + 13, right + 26);
  const number = form.number === '' ? '        ' : printedNumber(form.number);
  sheet.centred(`Số: ${number}/${form.notation}`, leftColumn.centre, row, 'regular', size.thirteen);
  sheet.centred(printedDate(form.place, form.date), rightColumn.centre, row, 'italic', size.thirteen);

  let below = row;
  if (form.kind === '') {
    below += 6 + size.twelve;
    for (const line of balancedLines(sheet, `V/v ${form.subject}`, 'regular', size.twelve, leftColumn.width)) {
      sheet.centred(line, leftColumn.centre, below, 'regular', size.twelve);
      below += 14;
    }
    below -= 14;
  }
  return stamp(sheet, form.urgency, below);
}

/** The stamp in its frame of prescribed size (mm), left, under what stands there. */
function stamp(sheet: Sheet, urgency: DecreeForm['urgency'], y: number): number {
  if (urgency === 0) return y;
  const [words, width] = stamps[urgency];
  const height = 8 * mm;
  const top = y + 10;
  sheet.frame(leftColumn.centre - (width * mm) / 2, top, width * mm, height, 'red');
  sheet.centred(words, leftColumn.centre, top + height / 2 + 4.6, 'bold', size.thirteen, 'red');
  return top + height;
}

/** Tên loại and trích yếu over the rule of a third to a half of the line; nothing for a letter. */
function title(sheet: Sheet, form: DecreeForm, y: number): number {
  if (form.kind === '') return y;
  const centre = paper.left + textWidth / 2;
  let at = y + 34;
  sheet.centred(form.kind.toUpperCase(), centre, at, 'bold', size.body);
  let widest = 0;
  for (const line of balancedLines(sheet, form.subject, 'bold', size.body, textWidth - 30 * mm)) {
    at += 18;
    widest = sheet.widthOf(line, 'bold', size.body);
    sheet.centred(line, centre, at, 'bold', size.body);
  }
  const half = Math.min(Math.max(widest, 40 * mm), 120 * mm) / 5;
  sheet.rule(centre - half, centre + half, at + 7);
  return at + 9;
}

/** Kính gửi: on one line for one addressee, else a list below (Annex I.II.9). */
function addressees(sheet: Sheet, form: DecreeForm, y: number): number {
  const [first, ...others] = form.addressees;
  if (first === undefined) return y + 6;
  const salutation = form.salutation ?? 'Kính gửi:';
  let at = y + 32;
  const single = `${salutation} ${first}.`;
  if (others.length === 0 && sheet.widthOf(single, 'regular', size.body) <= textWidth - 20 * mm) {
    sheet.centred(single, paper.left + textWidth / 2, at, 'regular', size.body);
    return at + 10;
  }
  const start = paper.left + 22 * mm;
  sheet.text(salutation, start, at, 'regular', size.body);
  // Under long words (a công điện's) the list would have no room beside them.
  const beside = sheet.widthOf(`${salutation} `, 'regular', size.body);
  const items = start + (others.length > 0 ? Math.min(beside, 25 * mm) : beside);
  if (others.length > 0) at += bodyLeading;
  const rows = form.addressees.flatMap((addressee, index) => {
    const text = `${others.length > 0 ? '- ' : ''}${addressee}${index === others.length ? '.' : ';'}`;
    return sheet.wrap([{ text, face: 'regular' }], size.body, paper.width - paper.right - items);
  });
  for (const row of rows) {
    sheet.line(row, items, at, size.body);
    at += bodyLeading;
  }
  return at - bodyLeading + 10;
}

type BodyLine = { readonly line: Line; readonly indent: number; readonly gap: number; readonly centred: boolean };

/** Draws the body over as many pages as it takes; answers where the signature block begins on the last of them. */
function body(sheet: Sheet, form: DecreeForm, y: number): number {
  const lines = form.body.flatMap((paragraph) => bodyLines(sheet, paragraph));
  let at = y + 8;
  paged(lines, at, signatureHeight(sheet, form)).forEach((rows, index) => {
    if (index > 0) {
      openPage(sheet);
      sheet.centred(String(index + 1), paper.width / 2, pageNumberY, 'regular', size.thirteen);
      at = paper.top;
    }
    for (const row of rows) {
      at += row.gap + bodyLeading;
      if (row.centred) sheet.line(row.line, paper.left + (textWidth - row.line.width) / 2, at, size.body);
      else sheet.line(row.line, paper.left, at, size.body, row.line.last ? undefined : textWidth);
    }
  });
  return at;
}

/** Body lines by page. The signature block (`block` points) never stands alone: the last lines go over with it. */
function paged(lines: readonly BodyLine[], y: number, block: number): readonly (readonly BodyLine[])[] {
  const floor = paper.height - paper.bottom;
  const pages: (readonly BodyLine[])[] = [];
  let rest = lines;
  let top = y;
  for (;;) {
    let count = fitting(rest, top, floor);
    const whole = count === rest.length && top + heightOf(rest) + block <= floor;
    if (whole) return [...pages, rest];
    if (count === rest.length) count = Math.max(0, count - 3);
    // A page of its own always takes one line, however little the arithmetic likes it.
    if (count === 0 && top === paper.top) count = 1;
    pages.push(rest.slice(0, count));
    rest = rest.slice(count);
    top = paper.top;
    if (rest.length === 0) return [...pages, rest];
  }
}

function openPage(sheet: Sheet): void {
  sheet.addPage();
  sheet.centred(practiceLine, paper.width / 2, paper.height - 9 * mm, 'regular', 9, 'grey');
}

function bodyLines(sheet: Sheet, paragraph: Paragraph): readonly BodyLine[] {
  const style = paragraph.style ?? 'plain';
  const centred = style === 'resolve';
  const runs: Run[] = paragraph.lead === undefined ? [] : [{ text: paragraph.lead, face: 'bold' }];
  runs.push({ text: paragraph.text, face: centred ? 'bold' : style === 'basis' ? 'italic' : 'regular' });
  const indent = centred ? 0 : firstLine;
  return sheet
    .wrap(runs, size.body, textWidth, indent)
    .map((line, index) => ({ line, indent, gap: index === 0 ? paragraphGap : 0, centred }));
}

function heightOf(lines: readonly BodyLine[]): number {
  return lines.reduce((sum, line) => sum + line.gap + bodyLeading, 0);
}

/** How many of the lines end above `floor` when the first begins below `y`. */
function fitting(lines: readonly BodyLine[], y: number, floor: number): number {
  let at = y;
  let count = 0;
  for (const line of lines) {
    at += line.gap + bodyLeading;
    if (at > floor) break;
    count += 1;
  }
  return count;
}

const blockGap = 28;
const signatureRoom = 78;
const signColumn = { width: 85 * mm, centre: paper.width - paper.right - 42.5 * mm };
const receiverWidth = 72 * mm;

function signatureHeight(sheet: Sheet, form: DecreeForm): number {
  const right = signerLines(sheet, form).length * 17 + signatureRoom;
  const left = receiverLines(sheet, form).length * 13 + 14;
  return blockGap + Math.max(left, right) + 4;
}

function signerLines(sheet: Sheet, form: DecreeForm): readonly string[] {
  const texts = [...form.signer.authority, form.signer.position].filter((text) => text !== '');
  return texts.flatMap((text) => plainLines(sheet, text.toUpperCase(), 'bold', size.body, signColumn.width));
}

function receiverLines(sheet: Sheet, form: DecreeForm): readonly Line[] {
  return form.recipients.flatMap((text, index) => {
    const end = index === form.recipients.length - 1 ? '.' : ';';
    return sheet.wrap([{ text: `- ${text}${end}`, face: 'regular' }], size.small, receiverWidth);
  });
}

function signature(sheet: Sheet, form: DecreeForm, y: number): void {
  const top = y + blockGap;
  let right = top;
  for (const line of signerLines(sheet, form)) {
    sheet.centred(line, signColumn.centre, right, 'bold', size.body);
    right += 17;
  }
  sheet.centred(form.signer.fullName, signColumn.centre, right - 17 + signatureRoom, 'bold', size.body);

  sheet.text('Nơi nhận:', paper.left, top, 'boldItalic', size.twelve);
  let left = top + 1;
  for (const line of receiverLines(sheet, form)) {
    left += 13;
    sheet.line(line, paper.left, left, size.small);
  }
}
