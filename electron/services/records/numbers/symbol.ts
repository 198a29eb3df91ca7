/** Longest symbol that the field CodeNotation of NĐ 30/2020 annex VI takes. */
export const longestNotation = 30;

/**
 * Day of a document in the words of NĐ 30/2020 annex I II.4.b: days below 10 and months 1 and 2 have a leading 0, the
 * other months have not.
 */
export function dayInWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `ngày ${date} tháng ${Number(month) < 3 ? month : String(Number(month))} năm ${year}`;
}

/** `2026-11-22` as `22/11/2026`, for the sentences of failures. */
export function dayInDigits(day: string): string {
  return day.split('-').toReversed().join('/');
}

/**
 * Symbol (ký hiệu) of a document, NĐ 30/2020 annex I II.3.b: `QĐ-BNV` of a named kind, `BNV-VP` of a công văn,
 * `2018/QĐ-TTg` of a legal-normative one, `SY-UBND` of a copy. Groups are joined by `-` without spaces.
 * @param part of a công văn: the unit that drafted it or the field; '' for none
 * @param year of a legal-normative document, else null
 */
export function notationOf(parts: {
  readonly kind: string;
  readonly issuer: string;
  readonly part: string;
  readonly year: number | null;
}): string {
  const groups = parts.kind === '' ? [parts.issuer, parts.part] : [parts.kind, parts.issuer];
  const symbol = groups.filter((group) => group !== '').join('-');
  return parts.year === null ? symbol : `${String(parts.year)}/${symbol}`;
}
