import { dossierColumns, type DossierColumn, type DossierSheet, type DossierTableKind } from '#contract';
import { folded } from '../../../foundation/pasted-table.ts';
import { cleaned, firstRows, letterOf, type TableRow, type TableSheet } from '../../legacy/index.ts';

/** Rows that are looked at to know a sheet, and how many of them are shown. */
const looked = 60;
const shown = 12;

/**
 * Names of columns: fields of NĐ 30/2020 annex VI, TT 02/2019/TT-BNV and TT 05/2025/TT-BNV (records-rules 3.6), and what offices
 * write. Folded; the first that fits holds.
 */
const names: readonly (readonly [DossierColumn, RegExp])[] = [
  ['fileCode', /^(filecode|arcfilecode|ma ho so)$/],
  ['catalog', /^(filecatalog|nam( hinh thanh)?( ho so)?)$/],
  ['notation', /^(filenotation|so( va|,)? ky hieu ho so|so ho so|hop so.*|ho so so)$/],
  ['title', /^(title|tieu de( ho so)?|ten ho so)$/],
  ['retention', /^(maintenance|thoi han( bao quan| luu tru)?|thbq)$/],
  ['basis', /^(can cu.*|co so phap ly)$/],
  ['useMode', /^(rights|mode|che do su dung|quyen truy cap|muc do tiep can)$/],
  ['language', /^(language|ngon ngu)$/],
  ['startDate', /^(startdate|(thoi gian|ngay) bat dau|tu ngay)$/],
  ['endDate', /^(enddate|(thoi gian|ngay) ket thuc|den ngay)$/],
  ['unit', /^(don vi( lap| chu tri)?( ho so)?|phong( ban)?)$/],
  ['person', /^(creator|nguoi lap( ho so)?)$/],
  ['keyword', /^(keyword|tu khoa)$/],
  ['infoSign', /^(inforsign|ky hieu thong tin)$/],
  ['condition', /^(format|tinh trang( vat ly)?)$/],
  ['paperCode', /^(paperfilecode|ma ho so giay)$/],
  ['paperSheets', /^(sheetnumber|numberofpaper|so to( giay)?)$/],
  ['codeNumber', /^(codenumber|so van ban|so)$/],
  ['codeNotation', /^(codenotation|ky hieu( van ban)?)$/],
  ['code', /^(so( va|,)? ky hieu( van ban)?|so\/ky hieu)$/],
  ['issuedDate', /^(issueddate|ngay( thang)?( nam)?( van ban| ban hanh)?)$/],
  ['issuerName', /^(organname|tac gia( van ban)?|co quan ban hanh|noi ban hanh)$/],
  ['subject', /^(subject|trich yeu.*|(ten loai va )?trich yeu noi dung( van ban)?|noi dung)$/],
  ['description', /^(description|ghi chu|mo ta)$/],
];

/** The field that a column's name stands for in one kind of table. */
function fieldOf(kind: DossierTableKind, head: string): DossierColumn {
  const words = folded(cleaned(head)).replaceAll(/[\s.:()]+/g, ' ').trim();
  const field = names.find(([name, pattern]) => dossierColumns[kind].includes(name) && pattern.test(words))?.[0];
  // Tables of dossiers say "Số, ký hiệu" alone.
  return field ?? (kind === 'dossiers' && /^(so( va|,)? ky hieu|so\/ky hieu)$/.test(words) ? 'notation' : 'ignore');
}

const headOf = (row: TableRow | undefined, index: number): string => cleaned(row?.cells[index]?.text ?? '');
const telling = (kind: DossierTableKind, row: TableRow): number => new Set(row.cells.map((cell) => fieldOf(kind, cell?.text ?? '')).filter((field) => field !== 'ignore')).size;

/** What a sheet looks like: the row that names most columns, of which kind its rows are, and what each column holds. */
export async function lookAtDossierSheet(sheet: TableSheet): Promise<DossierSheet> {
  const rows = await firstRows(sheet, looked);
  const score = (row: TableRow): number => Math.max(telling('dossiers', row), telling('documents', row));
  const header = rows.toSorted((a, b) => score(b) - score(a) || a.line - b.line)[0];
  const named = header !== undefined && score(header) >= 2 ? header : undefined;
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, index) => ({ index, letter: letterOf(index), head: headOf(named, index), dossiers: fieldOf('dossiers', headOf(named, index)), documents: fieldOf('documents', headOf(named, index)) }));
  return {
    name: sheet.name,
    hidden: sheet.hidden,
    header: named?.line ?? null,
    kind: named !== undefined && telling('documents', named) > telling('dossiers', named) ? 'documents' : 'dossiers',
    columns: columns.map((column, at) => ({ ...column, dossiers: once('dossiers', at), documents: once('documents', at) })),
    first: rows.slice(0, shown).map((row) => ({ row: row.line, cells: Array.from(row.cells, (cell) => cell?.text ?? '') })),
  };

  /** Of two columns with one field the first has it. */
  function once(kind: DossierTableKind, at: number): DossierColumn {
    const field = columns[at]?.[kind] ?? 'ignore';
    return columns.findIndex((column) => column[kind] === field) === at ? field : 'ignore';
  }
}

/** Columns that a table lacks: without a code nothing can be told apart. */
export function missingColumns(kind: DossierTableKind, fields: readonly DossierColumn[]): readonly DossierColumn[] {
  const has = (...some: readonly DossierColumn[]): boolean => some.some((field) => fields.includes(field));
  const missing: DossierColumn[] = [];
  if (!has('fileCode', 'notation')) missing.push('notation');
  if (kind === 'dossiers' && !has('title')) missing.push('title');
  if (kind === 'dossiers' && !has('retention')) missing.push('retention');
  if (kind === 'documents' && !has('code', 'codeNumber')) missing.push('code');
  return missing;
}
