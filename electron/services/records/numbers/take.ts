import { fail, ok, type Outcome, type SignerAuthority } from '#contract';
import type { ReadDb, WriteDb } from '../../../store/index.ts';
import { numberTaken } from '../outgoing.store.ts';
import { officeNames, raiseSeries, seriesOf, unitAbbreviation } from './outgoing-series.store.ts';

/** A document that is to be numbered. Days are `yyyy-MM-dd` in Vietnam. */
export type NumberRequest = {
  /** issue date; its year is the series' */
  readonly day: string;
  /** instant at which the number is taken */
  readonly at: string;
  readonly typeName: string;
  /** id or name of the drafting unit */
  readonly unit: string | null;
  /** council or board with a running order of its own; null: the office */
  readonly body: string | null;
  readonly signerAuthority: SignerAuthority;
};

export type OutgoingNumber = {
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

/** The symbol of a document: `QĐ-UBND` for a kind with an abbreviation, `UBND-VP` for a letter (annex I II.3.b). */
export function placeOf(db: ReadDb, request: NumberRequest): Outcome<{ readonly codeNotation: string }, 'agency-missing'> {
  const office = officeNames(db);
  const own = request.body === null ? office.abbreviation || initialsOf(office.name) : initialsOf(request.body);
  if (own === '') return fail('agency-missing');
  const kind = abbreviations[request.typeName.trim().toLowerCase().normalize('NFC')];
  const unit = request.unit === null ? '' : unitAbbreviation(db, request.unit);
  return ok({ codeNotation: kind === undefined ? `${own}-${unit || 'VP'}` : `${kind}-${own}` });
}

/** First letters in capitals, for an office whose abbreviation nobody has set. */
function initialsOf(name: string): string {
  const letters = name.normalize('NFD').replace(/\p{M}/gu, '').split(/\s+/).map((word) => word.charAt(0));
  return letters.join('').toUpperCase().slice(0, 20);
}

/**
 * Takes the next number for a document of ours, in the caller's transaction: if the register row is not written, the number
 * is not taken either. One that stands in the register already, written down by hand, is passed over.
 */
export function takeOutgoingNumber(db: WriteDb, request: NumberRequest): Outcome<OutgoingNumber, 'agency-missing' | 'series-closed'> {
  const place = placeOf(db, request);
  if (!place.ok) return place;
  const { codeNotation } = place.value;
  const year = request.day.slice(0, 4);
  const series = seriesOf(db, request.body ?? '', Number(year));
  if (series.closed) return fail('series-closed');
  let number = series.last + 1;
  while (numberTaken(db, year, String(number), codeNotation)) number += 1;
  raiseSeries(db, series.id, number);
  const codeNumber = number < 10 ? `0${String(number)}` : String(number);
  return ok({ series: series.id, number, suffix: '', codeNumber, codeNotation });
}
