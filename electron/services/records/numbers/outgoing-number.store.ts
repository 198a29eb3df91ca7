import type { SignerAuthority } from '#contract';
import type { Result } from '../../../foundation/outcome.ts';
import { newId } from '../../../foundation/ids.ts';
import { changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { currentOffice } from '../../settings/index.ts';

export type NumberedAs = {
  /** yyyy-MM-dd, its year is the series' */
  readonly day: string;
  readonly typeName: string;
  /** id of the drafting unit */
  readonly unit: string | null;
  /** council or board with a running order of its own; null: the office */
  readonly body: string | null;
  readonly signerAuthority: SignerAuthority;
};

export type TakenOutgoing = {
  readonly series: string;
  readonly number: number;
  readonly suffix: string;
  /** as printed: a leading zero below 10 (NĐ 30/2020 annex I II.3.a) */
  readonly codeNumber: string;
  readonly codeNotation: string;
};

/** Abbreviations of NĐ 30/2020 annex III part I; a kind without one (công văn, thư công) is not here. */
const abbreviations: Readonly<Record<string, string>> = {
  'nghị quyết': 'NQ', 'quyết định': 'QĐ', 'chỉ thị': 'CT', 'quy chế': 'QC', 'quy định': 'QyĐ', 'thông cáo': 'TC',
  'thông báo': 'TB', 'hướng dẫn': 'HD', 'chương trình': 'CTr', 'kế hoạch': 'KH', 'phương án': 'PA', 'đề án': 'ĐA',
  'dự án': 'DA', 'báo cáo': 'BC', 'biên bản': 'BB', 'tờ trình': 'TTr', 'hợp đồng': 'HĐ', 'công điện': 'CĐ',
  'bản ghi nhớ': 'BGN', 'bản thỏa thuận': 'BTT', 'giấy ủy quyền': 'GUQ', 'giấy uỷ quyền': 'GUQ', 'giấy mời': 'GM',
  'giấy giới thiệu': 'GGT', 'giấy nghỉ phép': 'GNP', 'phiếu gửi': 'PG', 'phiếu chuyển': 'PC', 'phiếu báo': 'PB',
};

/** Symbol of a document: `QĐ-UBND` for a kind with an abbreviation, `UBND-VP` for a letter (NĐ 30/2020 annex I II.3.b). */
export function outgoingNotation(db: ReadDb, as: NumberedAs): string {
  const office = currentOffice(db);
  const names = one<{ abbreviation: string; name: string }>(db, sql`SELECT abbreviation, name FROM office WHERE id = ${office}`);
  const unit = as.unit === null ? '' : (one<{ abbreviation: string }>(db, sql`SELECT abbreviation FROM unit WHERE id = ${as.unit}`)?.abbreviation ?? '');
  const own = as.body === null ? (names?.abbreviation ?? '') || initialsOf(names?.name ?? '') : initialsOf(as.body);
  const kind = abbreviations[as.typeName.trim().toLowerCase().normalize('NFC')];
  return (kind === undefined ? [own, unit || 'VP'] : [kind, own]).filter((part) => part !== '').join('-');
}

/** First letters in capitals, for an office whose abbreviation nobody has set. */
function initialsOf(name: string): string {
  return name.split(/\s+/).map((word) => word.charAt(0).toUpperCase()).join('').slice(0, 20);
}

/**
 * Takes the next number for a document of ours, in the caller's transaction: if the register row is not written, the number
 * is not taken either. A number that stands in the register already, written down by hand, is passed over.
 */
export function takeOutgoingNumber(db: WriteDb, as: NumberedAs): Result<TakenOutgoing, { readonly code: 'series-closed' | 'agency-missing' }> {
  const office = currentOffice(db);
  const year = Number(as.day.slice(0, 4));
  const codeNotation = outgoingNotation(db, as);
  if (codeNotation === '') return { ok: false, failure: { code: 'agency-missing' } };
  const scope = as.body ?? '';
  run(
    db,
    sql`INSERT INTO number_series (id, office, register, scope, year, last) VALUES (${newId()}, ${office}, 'outgoing', ${scope}, ${year}, 0)
        ON CONFLICT (office, register, scope, year) DO NOTHING`,
  );
  const series = one<{ id: string; last: number; closed_at: string | null }>(
    db,
    sql`SELECT id, last, closed_at FROM number_series
        WHERE office = ${office} AND register = 'outgoing' AND scope = ${scope} AND year = ${year}`,
  );
  if (series === undefined) throw new Error('the series that was just opened is gone');
  if (series.closed_at !== null) return { ok: false, failure: { code: 'series-closed' } };
  let number = series.last + 1;
  while (isTaken(db, String(year), number, codeNotation)) number += 1;
  changeOne(db, sql`UPDATE number_series SET last = ${number} WHERE id = ${series.id}`);
  return { ok: true, value: { series: series.id, number, suffix: '', codeNumber: printed(number), codeNotation } };
}

function isTaken(db: ReadDb, year: string, number: number, notation: string): boolean {
  return (
    one(
      db,
      sql`SELECT 1 FROM outgoing_document WHERE substr(issued_date, 1, 4) = ${year}
            AND code_number IN (${String(number)}, ${printed(number)}) AND code_notation = ${notation}`,
    ) !== undefined
  );
}

function printed(number: number): string {
  return number < 10 ? `0${String(number)}` : String(number);
}
