import type { Retention } from '#contract';

export type RetentionRow = {
  readonly retention_kind: 'permanent' | 'years';
  readonly retention_years: number | null;
  readonly retention_basis: string;
  readonly schedule_row: string | null;
};

/** A row's columns as the contract says them. */
export function retentionOf(row: RetentionRow): Retention {
  return { kind: row.retention_kind, years: row.retention_years, basis: row.retention_basis, scheduleRow: row.schedule_row };
}

/** As printed in the column Thời hạn bảo quản: `Vĩnh viễn`, `20 năm`. */
export function shownRetention({ kind, years }: Pick<Retention, 'kind' | 'years'>): string {
  return kind === 'permanent' ? 'Vĩnh viễn' : `${String(years)} năm`;
}

/** What is permanent has no years, whatever a caller gave beside it; a term without years does not come through the contract. */
export function settledRetention(retention: Retention): Retention {
  return retention.kind === 'permanent' ? { ...retention, years: null } : retention;
}

/**
 * Reads what people type in the column: `Vĩnh viễn`, `VV`, `20 năm`, `20`, `Đến khi văn bản hết hiệu lực` (not a number of
 * years: undefined, a person decides).
 */
export function readRetention(text: string): { readonly kind: 'permanent' | 'years'; readonly years: number | null } | undefined {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
  if (/^(vinh vien|vv)\.?$/.test(plain)) return { kind: 'permanent', years: null };
  const years = /^0*([1-9]\d{0,2})(?:\s*(?:nam|n))?\.?$/.exec(plain)?.[1];
  return years === undefined ? undefined : { kind: 'years', years: Number(years) };
}
