import type { SigningMissing } from '#contract';
import { all, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';

/** Notes what the signatures of a draft or register row lack of the wanted level; null: nothing any more. */
export function noteLack(db: WriteDb, subject: string, missing: SigningMissing | null, at: string): void {
  if (missing === null) run(db, sql`DELETE FROM signature_lack WHERE subject = ${subject}`);
  else {
    run(
      db,
      sql`INSERT INTO signature_lack (subject, why, detail, noted_at) VALUES (${subject}, ${missing.why}, ${missing.detail}, ${at})
          ON CONFLICT (subject) DO UPDATE SET why = excluded.why, detail = excluded.detail, noted_at = excluded.noted_at`,
    );
  }
}

/** Drafts and register rows whose signatures lack something, oldest first. */
export function lackingSubjects(db: ReadDb): string[] {
  return all<{ subject: string }>(db, sql`SELECT subject FROM signature_lack ORDER BY noted_at, subject`).map(({ subject }) => subject);
}
