import type { DossierFields, Retention } from '#contract';

/** Codes of `typeName` (TT 05/2025/TT-BNV, field table of EAD_doc), in the order of NĐ 30/2020 annex III part I. */
const kinds: readonly (readonly [string, string])[] = [
  ['01', 'nghị quyết'], ['02', 'quyết định'], ['03', 'chỉ thị'], ['04', 'quy chế'], ['05', 'quy định'], ['06', 'thông cáo'], ['07', 'thông báo'],
  ['08', 'hướng dẫn'], ['09', 'chương trình'], ['10', 'kế hoạch'], ['11', 'phương án'], ['12', 'đề án'], ['13', 'dự án'], ['14', 'báo cáo'],
  ['15', 'tờ trình'], ['16', 'giấy ủy quyền'], ['17', 'phiếu gửi'], ['18', 'phiếu chuyển'], ['19', 'phiếu báo'], ['20', 'biên bản'], ['21', 'hợp đồng'],
  ['22', 'công văn'], ['23', 'công điện'], ['24', 'bản ghi nhớ'], ['25', 'bản thỏa thuận'], ['26', 'giấy mời'], ['27', 'giấy giới thiệu'],
  ['28', 'giấy nghỉ phép'], ['29', 'thư công'], ['30', 'bản đồ'], ['31', 'bản vẽ'],
];

/** Other spellings that are in use. */
const spellings: Readonly<Record<string, string>> = { 'giấy uỷ quyền': '16', 'bản thoả thuận': '25' };

/** Code of a kind of documents; 32 (khác) for one that the list does not have, legal-normative ones among them. */
export function typeCode(name: string): string {
  const plain = name.normalize('NFC').trim().toLocaleLowerCase('vi');
  return kinds.find(([, kind]) => kind === plain)?.[0] ?? spellings[plain] ?? '32';
}

/** Code of `maintenance`: 01 vĩnh viễn, 02 70, 03 50, 04 30, 05 20, 06 10 năm, 07 khác. */
export function maintenanceCode({ kind, years }: Pick<Retention, 'kind' | 'years'>): string {
  if (kind === 'permanent') return '01';
  return ({ 70: '02', 50: '03', 30: '04', 20: '05', 10: '06' } as Readonly<Record<number, string>>)[years ?? 0] ?? '07';
}

/** Code of `mode`: 01 công khai, 02 sử dụng có điều kiện. */
export function modeCode(useMode: DossierFields['useMode']): string {
  return useMode === 'public' ? '01' : '02';
}

/** Codes of `language` by what documents say of themselves; 01 where they say nothing. */
export function languageCodes(language: string): readonly string[] {
  if (/^\d\d(;\d\d)*$/.test(language)) return language.split(';');
  const plain = language.normalize('NFC').trim().toLocaleLowerCase('vi').replace(/^tiếng\s+/u, '');
  return [({ '': '01', việt: '01', vi: '01', anh: '02', en: '02', pháp: '03', nga: '04', trung: '05' } as Readonly<Record<string, string>>)[plain] ?? '11'];
}

/** Mã hồ sơ: code of the body, year, number and symbol, parted by dots (NĐ 30/2020 annex VI; TT 05/2025, fileCode). */
export function fileCode(organId: string, catalog: number, notation: string): string {
  return [organId, String(catalog), notation].filter((part) => part !== '').join('.');
}

/** Code of a document in its dossier: the dossier's and seven digits. */
export function docCode(file: string, ordinal: number): string {
  return `${file}.${String(ordinal).padStart(7, '0')}`;
}

/** An id that is always the same for a document, in at most the 25 characters of `docId`: its UUID with letters as further digits. */
export function docId(uuid: string): string {
  return BigInt(`0x${uuid.replaceAll('-', '')}`).toString(36).toUpperCase();
}
