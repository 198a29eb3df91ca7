import { drawFeet, drawLetterhead, formWriter, printedWords, shownDay, writtenDay } from './form-parts.ts';
import { createSheet, mm, paper, type DocumentFonts } from './sheet.ts';

export type SlipAssignment = {
  readonly name: string;
  readonly lead: boolean;
  /** yyyy-MM-dd; null for none */
  readonly deadline: string | null;
};

export type SlipOpinion = {
  readonly by: string;
  /** yyyy-MM-dd */
  readonly day: string;
  readonly text: string;
  readonly assignments: readonly SlipAssignment[];
};

export type HandlingSlip = {
  readonly parentName: string;
  readonly officeName: string;
  readonly place: string;
  /** yyyy-MM-dd, the day of printing */
  readonly day: string;
  readonly arrivalNumber: string;
  /** yyyy-MM-dd */
  readonly arrivedOn: string;
  /** kind; number and symbol; date; issuer; subject */
  readonly about: {
    readonly typeName: string;
    readonly code: string;
    readonly issuedDate: string | null;
    readonly issuerName: string;
    readonly subject: string;
  };
  /** of the leader, of the head of the unit, proposals of who handles it; empty: lines to write on */
  readonly leader: readonly SlipOpinion[];
  readonly unit: readonly SlipOpinion[];
  readonly handler: readonly SlipOpinion[];
  /** instant, and who prints */
  readonly at: string;
  readonly by: string;
};

const margins = { left: paper.left, right: paper.right, top: paper.top + 12, bottom: paper.bottom + 4 * mm };

/** Phiếu giải quyết văn bản đến, the form of NĐ 30/2020 annex IV.VII; what is not decided yet is left to be written by hand. */
export async function handlingSlip(slip: HandlingSlip, fonts: DocumentFonts): Promise<Uint8Array> {
  const title = 'PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN';
  const sheet = await createSheet(fonts, { title: `Phiếu giải quyết văn bản đến số ${slip.arrivalNumber}`, author: slip.officeName, at: new Date(slip.at) });
  sheet.addPage();
  const below = drawLetterhead(sheet, slip, margins);
  const place = slip.place === '' ? '' : `${slip.place}, `;
  sheet.centred(`${place}${writtenDay(slip.day)}`, sheet.width * 0.68, below + 12, 'italic', 13);

  const write = formWriter(sheet, { ...margins, top: below + 46 });
  const centre = margins.left + (sheet.width - margins.left - margins.right) / 2;
  write.centredBlock([title], centre, sheet.width, 'bold', 14);
  const { typeName, code, issuedDate, issuerName, subject } = slip.about;
  const identity = [typeName, code === '' ? '' : `số ${code}`, issuedDate === null ? '' : writtenDay(issuedDate), issuerName === '' ? '' : `của ${issuerName}`]
    .filter((part) => part !== '')
    .join(' ');
  write.centredBlock([identity, subject], centre, sheet.width - margins.left - margins.right - 20 * mm, 'regular', 13);
  write.down(6);
  write.centredBlock([`Số đến: ${slip.arrivalNumber} · Ngày đến: ${shownDay(slip.arrivedOn)}`], centre, sheet.width, 'italic', 12);
  write.down(14);

  section('1. Ý kiến của lãnh đạo cơ quan, tổ chức', slip.leader, 7);
  section('2. Ý kiến của lãnh đạo đơn vị', slip.unit, 5);
  section('3. Ý kiến đề xuất của người giải quyết', slip.handler, 5);
  drawFeet(sheet, printedWords(slip.at, slip.by), margins);
  return sheet.save();

  function section(head: string, opinions: readonly SlipOpinion[], empty: number): void {
    write.paragraph([{ text: head, face: 'bold' }], 13);
    write.down(3);
    if (opinions.length === 0) write.dots(empty);
    for (const one of opinions) {
      if (one.text !== '') write.paragraph([{ text: one.text, face: 'regular' }], 13, 10 * mm);
      for (const lead of [true, false]) {
        const named = one.assignments.filter((assignment) => assignment.lead === lead);
        if (named.length === 0) continue;
        const words = named.map(({ name, deadline }) => (deadline === null ? name : `${name} (hạn ${shownDay(deadline)})`)).join('; ');
        write.paragraph([{ text: lead ? '- Chủ trì:' : '- Phối hợp:', face: 'italic' }, { text: `${words}.`, face: 'regular' }], 13, 10 * mm);
      }
      write.paragraph([{ text: `${one.by}, ngày ${shownDay(one.day)}`, face: 'italic' }], 12, 10 * mm);
      write.down(5);
    }
    write.down(12);
  }
}
