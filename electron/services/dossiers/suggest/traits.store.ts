import { all, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { titleTraits } from './traits.ts';

/** Counts `by` more (or fewer) of each trait for a line; what comes to nothing goes. */
export function countTraits(db: WriteDb, line: string, traits: readonly string[], by: 1 | -1): void {
  for (const trait of traits) {
    if (by === 1) run(db, sql`INSERT INTO dossier_trait (trait, line, n) VALUES (${trait}, ${line}, 1) ON CONFLICT (trait, line) DO UPDATE SET n = n + 1`);
    else {
      run(db, sql`DELETE FROM dossier_trait WHERE trait = ${trait} AND line = ${line} AND n = 1`);
      run(db, sql`UPDATE dossier_trait SET n = n - 1 WHERE trait = ${trait} AND line = ${line}`);
    }
  }
}

/** A line is called otherwise than before; '' for nothing. */
export function noteTitle(db: WriteDb, line: string, before: string, now: string): void {
  if (before === now) return;
  countTraits(db, line, titleTraits(before), -1);
  countTraits(db, line, titleTraits(now), 1);
}

/** The lines that have a trait, most often first; at most `limit`. */
export function linesWith(db: ReadDb, trait: string, limit: number): readonly { readonly line: string; readonly n: number }[] {
  return all(db, sql`SELECT line, n FROM dossier_trait WHERE trait = ${trait} ORDER BY n DESC, line LIMIT ${limit}`);
}

/** How often a line has a trait; 0 for never. */
export function countOf(db: ReadDb, trait: string, line: string): number {
  return one<{ n: number }>(db, sql`SELECT n FROM dossier_trait WHERE trait = ${trait} AND line = ${line}`)?.n ?? 0;
}
