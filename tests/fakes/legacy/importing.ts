import type { Contract, InputOf, LegacyField, LegacyFile, LegacyImport, LegacyPreview, LegacyQuestion, OutputOf, StoredFile } from '#contract';
import type { Core } from '../../../electron/hosts/compose.ts';
import { stored } from '../station/drafts.ts';

export type Must = <D extends keyof Contract, M extends keyof Contract[D] & string>(domain: D, method: M, input: InputOf<Contract[D][M]>) => Promise<OutputOf<Contract[D][M]>>;

/** Calls that must succeed, as the window makes them. */
export function mustOf(core: Core): Must {
  return async (domain, method, input) => {
    const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
    if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)}`);
    return outcome.value as never;
  };
}

/** Hands a file in and looks at it. */
export async function lookedAt(core: Core, name: string, bytes: Uint8Array): Promise<{ file: StoredFile; look: LegacyFile }> {
  const file = await stored(core, name, bytes);
  return { file, look: await mustOf(core)('legacy', 'look', { file }) };
}

/** The question as the program itself would ask it of the first sheet, with what a clerk puts right in it. */
export async function questionOf(core: Core, name: string, bytes: Uint8Array, more: Partial<LegacyQuestion> = {}): Promise<LegacyQuestion> {
  const { file, look } = await lookedAt(core, name, bytes);
  const sheet = look.sheets.find((one) => one.name === (more.sheet ?? one.name));
  if (sheet?.header == null || sheet.register === null) throw new Error('no header was found');
  const register = more.register ?? sheet.register;
  const columns = sheet.columns.map(({ index, ...column }) => ({ index, field: column[register] }));
  return { file, sheet: sheet.name, header: sheet.header, columns, register, year: sheet.year ?? 2026, book: '', perKind: false, ...more };
}

/** Fields by the letters of their columns, as they were recognised. */
export function mapping(look: LegacyFile, register: 'incoming' | 'outgoing'): Record<string, LegacyField> {
  return Object.fromEntries((look.sheets[0]?.columns ?? []).map((column) => [column.letter, column[register]]));
}

/** Previews and imports; answers both. */
export async function imported(core: Core, question: LegacyQuestion): Promise<{ preview: LegacyPreview; done: LegacyImport }> {
  const preview = await mustOf(core)('legacy', 'preview', question);
  return { preview, done: await mustOf(core)('legacy', 'run', question) };
}

export const arrivalHeads = ['Ngày đến', 'Số đến', 'Tác giả', 'Số, ký hiệu văn bản', 'Ngày tháng văn bản', 'Tên loại và trích yếu nội dung văn bản', 'Đơn vị hoặc người nhận', 'Ngày chuyển', 'Ký nhận', 'Ghi chú'];
export const issueHeads = ['Số, ký hiệu văn bản', 'Ngày tháng văn bản', 'Tên loại và trích yếu nội dung văn bản', 'Người ký', 'Nơi nhận văn bản', 'Đơn vị, người nhận bản lưu', 'Số lượng bản', 'Ngày chuyển', 'Ký nhận', 'Ghi chú'];

/** Entry `number` of a register of received documents of 2024. */
export function arrival(number: number, more: Readonly<Partial<Record<number, string>>> = {}): string[] {
  const cells = [`${String((number % 28) + 1).padStart(2, '0')}/03/2024`, String(number), 'Sở Nội vụ', `${String(100 + number)}/SNV-VP`, '01/03/2024', `Báo cáo số ${String(number)} về công tác văn thư`, 'Văn phòng', '', '', ''];
  return cells.map((cell, index) => more[index] ?? cell);
}
