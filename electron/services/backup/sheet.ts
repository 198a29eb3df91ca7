import { createSheet, drawFeet, drawLetterhead, formWriter, mm, paper, printedWords, shownTime, type DocumentFonts, type PrintFacts } from '../records/index.ts';

const margins = { left: paper.left, right: paper.right, top: paper.top + 12, bottom: paper.bottom + 4 * mm };

/**
 * Phiếu khôi phục, for the safe: which backups it opens, where they lie, and what to do. The passphrase is written onto it by
 * hand; the station has never stored it.
 */
export async function recoverySheet(sheetOf: { readonly code: string; readonly setAt: string; readonly setBy: string; readonly folder: string; readonly version: string }, facts: PrintFacts, fonts: DocumentFonts): Promise<Uint8Array> {
  const sheet = await createSheet(fonts, { title: `Phiếu khôi phục dữ liệu ${sheetOf.code}`, author: facts.officeName, at: new Date(facts.at) });
  sheet.addPage();
  const below = drawLetterhead(sheet, facts, margins);
  const wide = sheet.width - margins.left - margins.right;
  const centre = margins.left + wide / 2;
  const write = formWriter(sheet, margins);
  write.down(below + 22 - margins.top);
  write.centredBlock(['PHIẾU KHÔI PHỤC DỮ LIỆU'], centre, wide, 'bold', 15);
  write.centredBlock(['Trạm Văn thư: cất trong két, không để cùng bản sao lưu'], centre, wide, 'italic', 13);
  write.down(10);
  write.centredBlock([`Mã phiếu: ${sheetOf.code}`], centre, wide, 'bold', 18);
  write.down(10);
  const line = (text: string, face: 'regular' | 'bold' | 'italic' = 'regular'): void => {
    write.paragraph([{ text, face }], 12);
    write.down(3);
  };
  line(`Mật khẩu khôi phục được đặt lúc ${shownTime(sheetOf.setAt)}, người đặt: ${sheetOf.setBy}. Mỗi bản sao lưu ghi mã phiếu mở được nó.`);
  line(`Thư mục sao lưu khi in phiếu: ${sheetOf.folder === '' ? 'chưa chọn' : sheetOf.folder}`);
  write.down(6);
  line('Mật khẩu khôi phục (viết tay, chữ in, phân biệt chữ hoa và chữ thường):', 'bold');
  write.down(10);
  write.dots(3);
  write.down(2);
  line('Mất mật khẩu này thì không ai mở được bản sao lưu, kể cả nhà cung cấp. Chương trình không lưu mật khẩu ở bất cứ đâu.', 'italic');
  write.down(6);
  line('Khi máy hỏng hoặc mất, khôi phục bằng cửa sổ chương trình:', 'bold');
  const steps = [
    'Ngắt máy cũ khỏi mạng và không dùng nữa: hai máy cùng làm việc sẽ cấp trùng số và nhận trùng văn bản.',
    `Cài Trạm Văn thư (phiên bản ${sheetOf.version} hoặc mới hơn) trên máy mới, cắm ổ đĩa hoặc nối tới thư mục sao lưu.`,
    'Mở chương trình. Ở trang đầu, mục “Chuyển từ máy cũ”, bấm “Khôi phục từ bản sao lưu”. Máy đã bắt đầu thiết lập thì vào Thiết lập › Sao lưu, mục “Chuyển từ máy cũ”.',
    'Chọn thư mục sao lưu, bấm “Tìm bản sao lưu”, chọn bản có đúng mã phiếu ở trên, nhập mật khẩu, bấm “Khôi phục bản này”.',
    'Chờ chương trình kiểm tra hết mọi tệp; chỉ khi tất cả còn nguyên vẹn thì dữ liệu mới được dùng.',
    'Đối chiếu số đến, số đi cuối cùng với sổ giấy, con dấu đến và Hộp gửi; sửa số bắt đầu nếu sau bản sao lưu đã cấp thêm số.',
    'Xác nhận “Máy này thay máy cũ”. Từ lúc đó trạm mới nhận và gửi. Văn bản đã nhận sau bản sao lưu phải xin nơi gửi gửi lại.',
  ];
  steps.forEach((text, at) => {
    write.paragraph([{ text: `${String(at + 1)}. ${text}`, face: 'regular' }], 11.5);
    write.down(2);
  });
  write.down(6);
  line('Hoặc bằng lệnh: tvt restore --from THƯ_MỤC --recovery-env BIẾN --profile THƯ_MỤC_MỚI', 'italic');
  write.down(10);
  // Room for two names by hand, on the same sheet: a second one would not go into the safe.
  write.keep(60);
  const y = write.y();
  const half = wide / 2;
  for (const [at, words] of [
    [0, 'Người viết mật khẩu'],
    [1, 'Người giữ phiếu'],
  ] as const) {
    sheet.centred(words, margins.left + half * at + half / 2, y, 'bold', 12);
    sheet.centred('(ký, ghi rõ họ tên, ngày)', margins.left + half * at + half / 2, y + 14, 'italic', 11);
  }
  drawFeet(sheet, printedWords(facts.at, facts.by), margins);
  return sheet.save();
}
