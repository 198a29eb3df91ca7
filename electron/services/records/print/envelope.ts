import { createSheet, mm, type DocumentFonts } from './sheet.ts';

/** Sizes that offices use, in millimetres; the decree fixes the content of the envelope only. */
export const envelopeSizes = {
  C4: { width: 324, height: 229 },
  C5: { width: 229, height: 162 },
  DL: { width: 220, height: 110 },
} as const;
export type EnvelopeSize = keyof typeof envelopeSizes;

export type Envelope = {
  readonly officeName: string;
  readonly address: string;
  readonly phone: string;
  readonly fax: string;
  readonly email: string;
  readonly website: string;
  /** numbers and symbols of the documents inside */
  readonly codes: readonly string[];
  /** urgency stamp in words; '' for none */
  readonly urgency: string;
  readonly to: readonly { readonly name: string; readonly address: string }[];
};

/** Envelopes (bì văn bản), one page for each addressee, the form of NĐ 30/2020 annex IV.II. */
export async function envelopes(letter: Envelope, size: EnvelopeSize, at: string, fonts: DocumentFonts): Promise<Uint8Array> {
  const page = { width: envelopeSizes[size].width * mm, height: envelopeSizes[size].height * mm };
  const sheet = await createSheet(fonts, { title: `Bì văn bản ${letter.codes.join(', ')}`, author: letter.officeName, at: new Date(at) }, page);
  const left = 14 * mm;
  for (const to of letter.to) {
    sheet.addPage();
    let y = 15 * mm;
    const put = (text: string, face: 'regular' | 'bold' | 'italic', points: number, x: number, width: number): void => {
      for (const line of sheet.wrap([{ text, face }], points, width)) {
        sheet.line(line, x, y, points);
        y += points * 1.35;
      }
    };
    const half = sheet.width * 0.62;
    put(letter.officeName.toLocaleUpperCase('vi'), 'bold', 13, left, half);
    if (letter.address !== '') put(`Địa chỉ: ${letter.address}`, 'regular', 11, left, half);
    const pairs = (one: readonly (readonly [string, string])[]): string =>
      one.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`).join('   ');
    for (const line of [pairs([['Điện thoại', letter.phone], ['Fax', letter.fax]]), pairs([['E-mail', letter.email], ['Website', letter.website]])]) {
      if (line !== '') put(line, 'regular', 11, left, half);
    }
    y += 5 * mm;
    put(`Số/ký hiệu văn bản: ${letter.codes.join('; ')}`, 'regular', 12, left, half);
    if (letter.urgency !== '') {
      const words = letter.urgency.toLocaleUpperCase('vi');
      const wide = sheet.widthOf(words, 'bold', 13) + 8 * mm;
      sheet.frame(sheet.width - wide - 14 * mm, 12 * mm, wide, 9 * mm, 'red');
      sheet.text(words, sheet.width - wide - 10 * mm, 12 * mm + 6.4 * mm, 'bold', 13, 'red');
    }
    y = Math.max(y + 6 * mm, sheet.height * 0.58);
    const x = sheet.width * 0.42;
    const room = sheet.width - x - 14 * mm;
    put('Kính gửi:', 'regular', 13, x, room);
    put(to.name, 'bold', 14, x, room);
    if (to.address !== '') put(to.address, 'regular', 12, x, room);
  }
  return sheet.save();
}
