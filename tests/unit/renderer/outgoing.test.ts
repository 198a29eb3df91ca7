import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DraftFields } from '#contract';

// The window's sources belong to another project of the compiler, so its pure parts are loaded by name and given their
// types here.
async function load<T>(path: string): Promise<T> {
  return (await import(new URL(`../../../renderer/features/outgoing/${path}`, import.meta.url).href)) as T;
}

type Piece = { text: string; left: number; right: number; base: number; size: number; font: string };
type PageFacts = { width: number; height: number; pieces: readonly Piece[] };
type Lines = Pick<DraftFields, 'toPlaces' | 'recipients' | 'paperRecipients'>;
const { formHints, hintCodes } = await load<{
  formHints: (pages: readonly PageFacts[], expected: object) => { code: string; clause: string }[];
  hintCodes: readonly string[];
}>('hints/form-hints.ts');
const { linesApart, linesInStep } = await load<{
  linesApart: (fields: Lines) => { unprinted: string[]; unsent: string[] };
  linesInStep: (lines: readonly string[], before: Lines['recipients'], after: Lines['recipients']) => string[];
}>('form/recipient-lines.ts');
const vi = JSON.parse(readFileSync(new URL('../../../resources/locales/vi.json', import.meta.url), 'utf8')) as Record<string, string>;

describe('hints on the form', () => {
  const expected = { agency: 'Ủy ban nhân dân phường Luyện Tập', subject: 'phối hợp rà soát', signerName: 'Trần Văn Ký', signerPosition: 'CHỦ TỊCH' };
  const piece = (text: string, left: number, base: number, more: Partial<Piece> = {}): Piece => ({
    text,
    left,
    right: left + 20,
    base,
    size: 14,
    font: 'ABCDEF+Tinos-Regular',
    ...more,
  });
  const parts = [
    piece('CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM', 100, 27, { size: 12, right: 190 }),
    piece('Độc lập - Tự do - Hạnh phúc', 110, 32, { size: 13 }),
    piece('ỦY BAN NHÂN DÂN', 35, 27, { size: 12 }),
    piece('PHƯỜNG LUYỆN TẬP', 35, 32, { size: 12 }),
    piece('Số:', 40, 42, { size: 13 }),
    piece('/UBND-VP', 50, 42, { size: 13 }),
    piece('Luyện Tập, ngày 22 tháng 11 năm 2026', 110, 42, { size: 13 }),
    piece('V/v phối hợp', 35, 48, { size: 12 }),
    piece('rà soát', 35, 52, { size: 12 }),
    piece('Kính đề nghị quý cơ quan phối hợp thực hiện, và còn nhiều chữ nữa để là cỡ chữ chính của trang.', 30, 80, { right: 190 }),
    piece('CHỦ TỊCH', 130, 150),
    piece('Trần Văn Ký', 130, 180),
    piece('Nơi nhận:', 30, 150, { size: 12 }),
    piece('Điện thoại: 0123', 30, 290, { size: 11 }),
  ];
  const page = (pieces: readonly Piece[], size: Partial<PageFacts> = {}): PageFacts => ({ width: 210, height: 297, pieces, ...size });
  const codes = (pages: PageFacts[]): string[] => formHints(pages, expected).map((hint) => hint.code);

  test('a document in good form has none, also with the accents placed the older way and a line of contact at the foot', () => {
    expect(formHints([page(parts)], expected)).toEqual([]);
  });

  test.each([
    ['page-size', [page(parts, { width: 216, height: 279 })]],
    ['margin-left', [page([...parts, piece('x', 22, 100)])]],
    ['margin-right', [page([...parts, piece('x', 190, 100, { right: 203 })])]],
    ['margin-top', [page([...parts, piece('x', 35, 12)])]],
    ['margin-bottom', [page([...parts, piece('x', 35, 285)])]],
    ['font', [page([...parts, piece('x', 35, 100, { font: 'QWERTY+Arial' })])]],
    ['nation', [page(parts.slice(1))]],
    ['motto', [page(parts.filter((one) => !one.text.startsWith('Độc lập')))]],
    ['number', [page(parts.filter((one) => one.text !== 'Số:'))]],
    ['number-filled', [page([...parts, piece('15', 46, 42)])]],
    ['date', [page(parts.filter((one) => !one.text.includes('tháng')))]],
    ['signer', [page(parts.filter((one) => one.text !== 'Trần Văn Ký'))]],
    ['position', [page(parts.filter((one) => one.text !== 'CHỦ TỊCH'))]],
    ['recipients', [page(parts.filter((one) => one.text !== 'Nơi nhận:'))]],
    ['subject', [page(parts.filter((one) => one.text !== 'rà soát'))]],
    ['body-size', [page(parts.map((one) => (one.base === 80 ? { ...one, size: 11 } : one)))]],
    ['agency', [page(parts.filter((one) => one.text !== 'PHƯỜNG LUYỆN TẬP'))]],
  ] as const)('%s, and nothing else', (code, pages) => {
    expect(codes([...pages])).toEqual([code]);
  });

  test('a scan is judged by its size alone; each hint has words and names its clause', () => {
    expect(codes([page([])])).toEqual(['no-text']);
    for (const code of hintCodes) expect(vi[`hint.${code}`], code).toBeTruthy();
    expect(formHints([page([])], expected)[0]?.clause).toMatch(/^I/);
  });
});

describe('printed lines and recipients', () => {
  const interior = { organId: 'H29.01', name: 'Sở Nội vụ' };
  const finance = { organId: 'H29.02', name: 'Sở Tài chính' };

  test('a recipient brings its line before the file copy, and takes it along; lines by hand stay', () => {
    const lines = ['Như trên;', 'TT. Đảng ủy (để b/c);', 'Lưu: VT.'];
    const added = linesInStep(lines, [], [interior, finance]);
    expect(added).toEqual(['Như trên;', 'TT. Đảng ủy (để b/c);', 'Sở Nội vụ;', 'Sở Tài chính;', 'Lưu: VT.']);
    expect(linesInStep(added, [interior, finance], [finance])).toEqual(['Như trên;', 'TT. Đảng ủy (để b/c);', 'Sở Tài chính;', 'Lưu: VT.']);
    expect(linesInStep(['- Sở nội vụ ;'], [], [interior]), 'it is there already').toEqual(['- Sở nội vụ ;']);
  });

  test('what is sent and not printed, and printed and not sent, is told', () => {
    const none = { paperRecipients: [] };
    expect(linesApart({ ...none, toPlaces: ['Sở Tài chính;', 'Lưu: VT.'], recipients: [interior] })).toEqual({ unprinted: ['Sở Nội vụ'], unsent: ['Sở Tài chính;'] });
    expect(linesApart({ ...none, toPlaces: ['Như trên;', 'Lưu: VT.'], recipients: [interior] })).toEqual({ unprinted: [], unsent: [] });
    expect(linesApart({ toPlaces: ['Hội A;'], recipients: [], paperRecipients: [{ name: 'Hội A', copies: 1 }] })).toEqual({ unprinted: [], unsent: [] });
  });
});
