import { SearchQuestion, type FileRef, type SavedSearch } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { all, changeOne, one, sql, type ReadDb, type WriteDb } from '../../store/index.ts';

type Row = { id: string; name: string; question: string; saved_at: string; saved_by: string };

function savedOf(row: Row): SavedSearch[] {
  // A question of a former version may ask for what is no longer there; its name is not worth a failure.
  const question = SearchQuestion.safeParse(JSON.parse(row.question));
  return question.success ? [{ id: row.id, name: row.name, question: question.data, savedAt: row.saved_at, savedBy: row.saved_by }] : [];
}

/** The searches that an office keeps, by name. */
export function listSaved(db: ReadDb, office: string): SavedSearch[] {
  const rows = all<Row>(
    db,
    sql`SELECT id, name, question, saved_at, saved_by FROM saved_search WHERE office = ${office} AND closed_at IS NULL`,
  );
  return rows.flatMap(savedOf).sort((a, b) => a.name.localeCompare(b.name, 'vi'));
}

/** One search that is kept; undefined when there is none. */
export function savedById(db: ReadDb, id: string): { readonly name: string } | undefined {
  return one<{ name: string }>(db, sql`SELECT name FROM saved_search WHERE id = ${id} AND closed_at IS NULL`);
}

/** The search of this name; undefined when there is none. */
export function savedNamed(db: ReadDb, office: string, name: string): string | undefined {
  return one<{ id: string }>(db, sql`SELECT id FROM saved_search WHERE office = ${office} AND name = ${name} AND closed_at IS NULL`)?.id;
}

/** Keeps a search, new when its id is null. */
export function putSaved(
  db: WriteDb,
  office: string,
  saved: Omit<SavedSearch, 'id'> & { readonly id: string | null },
): SavedSearch {
  const id = saved.id ?? newId();
  const question = JSON.stringify(saved.question);
  changeOne(
    db,
    saved.id === null
      ? sql`INSERT INTO saved_search (id, office, name, question, saved_at, saved_by)
            VALUES (${id}, ${office}, ${saved.name}, ${question}, ${saved.savedAt}, ${saved.savedBy})`
      : sql`UPDATE saved_search SET name = ${saved.name}, question = ${question}, saved_at = ${saved.savedAt}, saved_by = ${saved.savedBy}
            WHERE id = ${id}`,
  );
  return { ...saved, id };
}

/** Puts a search away. */
export function closeSaved(db: WriteDb, id: string, at: string): void {
  changeOne(db, sql`UPDATE saved_search SET closed_at = ${at} WHERE id = ${id} AND closed_at IS NULL`);
}

/** Writes down a result list that is in the blob store. */
export function insertExport(db: WriteDb, file: Omit<FileRef, 'id'>, at: string): FileRef {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO search_export (id, made_at, name, media_type, size, sha256)
        VALUES (${id}, ${at}, ${file.name}, ${file.mediaType}, ${file.size}, ${file.sha256})`,
  );
  return { id, ...file };
}

/** A result list by its id; undefined when there is none. */
export function exportFileOf(db: ReadDb, id: string): FileRef | undefined {
  return one<FileRef>(db, sql`SELECT id, name, media_type AS mediaType, size, sha256 FROM search_export WHERE id = ${id}`);
}
