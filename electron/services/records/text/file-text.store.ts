import { all, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import type { TextState } from './pdf-text.ts';

/** What is known of the text of a stored file. */
export type FileText = {
  readonly state: TextState | 'lost';
  readonly pages: number;
  /** a form feed after each page */
  readonly text: string;
};

/** The next files that wait to be read; none when all are. */
export function nextWaiting(db: ReadDb, limit: number): { readonly sha256: string; readonly size: number }[] {
  return all<{ sha256: string; size: number }>(db, sql`SELECT sha256, size FROM file_text WHERE state = 'waiting' LIMIT ${limit}`);
}

/** Notes what was read. Nothing happens when the row has gone meanwhile, as the file was destroyed. */
export function noteText(db: WriteDb, sha256: string, read: FileText, at: string): void {
  run(
    db,
    sql`UPDATE file_text SET state = ${read.state}, pages = ${read.pages}, text = ${read.text}, read_at = ${at}
        WHERE sha256 = ${sha256} AND state = 'waiting'`,
  );
}

/** The text of a stored file by its hash; undefined when it is no PDF or was not read yet. */
export function textOf(db: ReadDb, sha256: string): FileText | undefined {
  return one<FileText>(db, sql`SELECT state, pages, text FROM file_text WHERE sha256 = ${sha256} AND state <> 'waiting'`);
}
