import type { DisposalDetail, DisposalItem } from '#contract';
import { all, one, sql, type ReadDb } from '../../../../store/index.ts';
import { listItems } from '../disposal.store.ts';

/** A dossier of the list as it is printed. */
export type PrintedItem = DisposalItem & {
  /** mã hồ sơ: code of the agency, year, number and symbol (NĐ 30/2020 annex VI part III 1) */
  readonly fileCode: string;
  readonly startedOn: string | null;
  /** files whose trace is written */
  readonly files: number;
};

const page = 500;

/** Every dossier of a list. */
export function printedItems(db: ReadDb, disposal: string): PrintedItem[] {
  const items: PrintedItem[] = [];
  for (let after: string | null = null; ; ) {
    const next = listItems(db, disposal, after, page);
    for (const item of next) items.push(withCode(db, item));
    const last = next.at(-1);
    if (next.length < page || last === undefined) return items;
    after = last.id;
  }
}

function withCode(db: ReadDb, item: DisposalItem): PrintedItem {
  const row = one<{ fileCode: string; startedOn: string | null; files: number }>(
    db,
    sql`SELECT ltrim(o.organ_id || '.' || d.catalog || '.' || d.notation, '.') AS fileCode, d.start_date AS startedOn,
          (SELECT COUNT(*) FROM destroyed_file WHERE item = ${item.id}) AS files
        FROM dossier AS d JOIN office AS o ON o.id = d.office WHERE d.id = ${item.dossier}`,
  );
  return { ...item, fileCode: row?.fileCode ?? item.code, startedOn: row?.startedOn ?? null, files: row?.files ?? 0 };
}

export type PrintedFile = { readonly about: string; readonly name: string; readonly size: number; readonly sha256: string; readonly stays: number };

/** The trace of a list, in the order in which it was written. */
export function printedFiles(db: ReadDb, disposal: string): PrintedFile[] {
  return all<PrintedFile>(db, sql`SELECT about, name, size, content AS sha256, stays FROM destroyed_file WHERE disposal = ${disposal} ORDER BY id`);
}

/** Whose list it is, and everything that stands on its papers. */
export type DisposalPaper = { readonly disposal: DisposalDetail; readonly items: readonly PrintedItem[]; readonly files: readonly PrintedFile[] };

/** When the last dossier of a list was destroyed, and when the first. */
export function destroyedBetween(db: ReadDb, disposal: string): { readonly from: string; readonly to: string } {
  const row = one<{ from: string | null; to: string | null }>(db, sql`SELECT MIN(destroyed_at) AS "from", MAX(gone_at) AS "to" FROM destroyed_file WHERE disposal = ${disposal}`);
  return { from: row?.from ?? '', to: row?.to ?? '' };
}
