import type { DossierFields, Retention } from '#contract';
import { codeOf, type CodeList } from '../../packages/index.ts';

/** Other spellings that are in use. */
const spellings: Readonly<Record<string, string>> = { 'giấy uỷ quyền': 'giấy ủy quyền', 'bản thoả thuận': 'bản thỏa thuận', 'bản vẽ': 'bản vẽ kỹ thuật' };

function plain(text: string): string {
  const small = text.normalize('NFC').trim().toLocaleLowerCase('vi');
  return spellings[small] ?? small;
}

/** The code of a word in one of the lists; that of `Khác` where the list does not have it. */
function codeIn(list: CodeList, word: string): string {
  return codeOf(list, plain(word)) ?? codeOf(list, 'khác') ?? '';
}

/** Code of a kind of documents; 32 (khác) for one that the list does not have, legal-normative ones among them. */
export function typeCode(name: string): string {
  return codeIn('typeName', name);
}

/** Code of `maintenance`; 07 (khác) for years that the list does not have. */
export function maintenanceCode({ kind, years }: Pick<Retention, 'kind' | 'years'>): string {
  return codeIn('maintenance', kind === 'permanent' ? 'vĩnh viễn' : `${String(years ?? 0)} năm`);
}

/** Code of `mode`. */
export function modeCode(useMode: DossierFields['useMode']): string {
  return codeIn('mode', useMode === 'public' ? 'công khai' : 'sử dụng có điều kiện');
}

/** What programs write for a language instead of its name. */
const tongues: Readonly<Record<string, string>> = { '': 'tiếng việt', vi: 'tiếng việt', en: 'tiếng anh', fr: 'tiếng pháp', ru: 'tiếng nga', zh: 'tiếng trung' };

/** Codes of `language` by what documents say of themselves; Vietnamese where they say nothing. */
export function languageCodes(language: string): readonly string[] {
  if (/^\d\d(;\d\d)*$/.test(language)) return language.split(';');
  const said = plain(language);
  const name = tongues[said] ?? said;
  return [codeOf('language', name) ?? codeOf('language', `tiếng ${name}`) ?? codeIn('language', name)];
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
