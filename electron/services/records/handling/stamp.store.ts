import { one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';

/** Where a person moved the mark of a file to, in millimetres; undefined when nobody did. */
export function findStampPlace(db: ReadDb, file: string): { readonly x: number; readonly y: number } | undefined {
  return one(db, sql`SELECT x, y FROM stamp_place WHERE file = ${file}`);
}

/** Notes where the mark was moved to; false when there is no such file. */
export function putStampPlace(db: WriteDb, file: string, x: number, y: number): boolean {
  if (one(db, sql`SELECT 1 FROM incoming_file WHERE id = ${file}`) === undefined) return false;
  run(db, sql`INSERT INTO stamp_place (file, x, y) VALUES (${file}, ${x}, ${y}) ON CONFLICT (file) DO UPDATE SET x = excluded.x, y = excluded.y`);
  return true;
}

/** A file to be printed with what its arrival mark says; undefined when there is no such file or it was destroyed. */
export function fileToStamp(
  db: ReadDb,
  file: string,
):
  | {
      readonly document: string;
      readonly name: string;
      readonly sha256: string;
      readonly arrivalNumber: number | null;
      readonly arrivalSuffix: string;
      readonly registeredAt: string | null;
      readonly arrivedAt: string;
      readonly urgency: number;
      readonly holders: string;
    }
  | undefined {
  return one(
    db,
    sql`SELECT d.id AS document, f.name, f.sha256, d.arrival_number AS arrivalNumber, d.arrival_suffix AS arrivalSuffix,
          d.registered_at AS registeredAt, d.arrived_at AS arrivedAt, d.urgency, d.holders
        FROM incoming_file AS f JOIN incoming_document AS d ON d.id = f.document
        WHERE f.id = ${file} AND f.destroyed_at IS NULL`,
  );
}
