import type { LegacyImport, LegacyQuestion } from '#contract';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { instantOf } from '../../foundation/clock.ts';
import type { WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { actorOf } from '../people/index.ts';
import { makeRoom, removeImported, writeArrivals, writeIssues, type ImportMoment, type OldArrival, type OldIssue } from '../records/index.ts';
import { beginImport, getImport, noteImport, noteUndone } from './imports.store.ts';
import type { TableRow } from './read/table.ts';
import { Stopped, surveyed, walkOver, type Walk, type WalkDeps } from './walk.ts';

/** Rows of one transaction: some ten milliseconds. */
const rowsAtOnce = 100;

/**
 * Takes the good rows of a sheet over. First all rows are gone through, so that there is room for their numbers before the first
 * is written; then they are judged again and written some at a time. What breaks off in the middle is completed by the same
 * import again: rows that are here are known, and their numbers stay taken meanwhile.
 */
export async function runImport(deps: WalkDeps, question: LegacyQuestion, phase: (name: 'checking' | 'writing') => void): Promise<LegacyImport> {
  phase('checking');
  const { room } = await surveyed(await walkOver(deps, question), deps.store.read);
  phase('writing');
  const walk = await walkOver(deps, question);
  const begun = deps.store.write((db) => {
    const at = instantOf(deps.clock);
    const by = actorOf(db).name;
    const id = beginImport(db, question, at, by);
    const moment: ImportMoment = { import: id, at, by, reason: `Không có trong sổ cũ đã nhập (${question.file.name})` };
    for (const { scope, last } of room.values()) makeRoom(db, walk.shelf, scope, last, moment);
    noteAct(db, 'register.import-began', question, { at, by, id });
    return moment;
  });
  const counts = { rows: 0, added: 0, known: 0, bad: 0, otherYear: 0 };
  try {
    for await (const slice of walk.slices()) {
      for (let at = 0; at < slice.length; at += rowsAtOnce) {
        deps.store.write((db) => {
          takeRows(db, walk, slice.slice(at, at + rowsAtOnce), begun, counts);
          noteImport(db, begun.import, counts, null);
        });
        await nextTurn();
      }
    }
  } catch (error) {
    if (error instanceof Stopped) {
      deps.store.write((db) => {
        noteAct(db, 'register.import-stopped', question, { at: instantOf(deps.clock), by: begun.by, id: begun.import, ...counts });
      });
    }
    throw error;
  }
  return deps.store.write((db) => {
    const at = instantOf(deps.clock);
    noteImport(db, begun.import, counts, at);
    noteAct(db, 'register.imported', question, { at, by: begun.by, id: begun.import, ...counts });
    return found(db, begun.import);
  });
}

type Counts = { rows: number; added: number; known: number; bad: number; otherYear: number };

function takeRows(db: WriteDb, walk: Walk, rows: readonly TableRow[], moment: ImportMoment, counts: Counts): void {
  const arrivals: OldArrival[] = [];
  const issues: OldIssue[] = [];
  for (const row of rows) {
    const verdict = walk.judge.judge(db, row);
    if (verdict.kind === 'good') {
      if ('arrival' in verdict) arrivals.push(verdict.arrival);
      else issues.push(verdict.issue);
    }
    counts.rows += 1;
    if (verdict.kind === 'known') counts.known += 1;
    if (verdict.kind === 'bad') counts.bad += 1;
    if (verdict.kind === 'other-year') counts.otherYear += 1;
  }
  for (const { scope, number } of [...arrivals, ...issues]) {
    // Between the two walks somebody may have given numbers, so that a row falls elsewhere than was foreseen.
    const series = walk.shelf.seriesOf(db, scope.scope);
    if (series === undefined || series.last < number) makeRoom(db, walk.shelf, scope, number, moment);
  }
  writeArrivals(db, walk.shelf, arrivals, moment);
  writeIssues(db, walk.shelf, issues, moment);
  counts.added += arrivals.length + issues.length;
}

type Act = { readonly at: string; readonly by: string; readonly id: string } & Readonly<Record<string, string | number>>;

function noteAct(db: WriteDb, action: string, { file, sheet, register, year }: Pick<LegacyQuestion, 'file' | 'sheet' | 'register' | 'year'>, { at, by, id, ...counts }: Act): void {
  appendAudit(db, {
    at,
    actor: by,
    action,
    subjectKind: 'register-import',
    subjectId: id,
    detail: { file: file.name, sha256: file.sha256, sheet, register, year, ...counts },
  });
}

/** Takes an import out again, some rows at a time; what breaks off is completed by doing it again. */
export async function undoImport(deps: Pick<WalkDeps, 'store' | 'clock' | 'onProgress'>, known: LegacyImport): Promise<LegacyImport> {
  let rows = 0;
  for (;;) {
    const took = deps.store.write((db) => removeImported(db, known.id, rowsAtOnce));
    rows += took;
    deps.onProgress({ rows, percent: known.added === 0 ? 100 : Math.min(100, Math.floor((100 * rows) / known.added)) });
    if (took < rowsAtOnce) break;
    await nextTurn();
  }
  return deps.store.write((db) => {
    const at = instantOf(deps.clock);
    const by = actorOf(db).name;
    noteUndone(db, known.id, at, by);
    noteAct(db, 'register.import-undone', known, { at, by, id: known.id, removed: rows });
    return found(db, known.id);
  });
}

function found(db: WriteDb, id: string): LegacyImport {
  const made = getImport(db, id);
  if (made === undefined) throw new Error('an import that was just written is gone');
  return made;
}
