import type { Result } from '../outcome.ts';
import { isSameEntry, type XrefEntry } from './entries.ts';
import { asked, type PdfFile } from './file.ts';
import type { PdfFault } from './faults.ts';
import { entryIn, lookUp, numbersOf, type Reading } from './revisions.ts';

/** What one revision did to the objects of those before it; numbers ascending. */
export type RevisionChanges = {
  readonly added: readonly number[];
  readonly changed: readonly number[];
  readonly freed: readonly number[];
  /**
   * objects that no entry of this revision names and that are others all the same, because the object stream that
   * holds them was written anew; no ordinary program does this
   */
  readonly changedUnnamed: readonly number[];
};

/** Compares where the objects of revision `index` lead to with where they led before; entries that repeat older ones are no change. */
export function revisionChanges(file: PdfFile, index: number, reading: Reading = 'full'): Result<RevisionChanges, PdfFault> {
  return asked(file, () => changesIn(file, index, reading));
}

/** For this folder: `revisionChanges` that stops by throwing. */
export function changesIn(file: PdfFile, index: number, reading: Reading): RevisionChanges {
  const revision = file.revisions[index];
  if (revision === undefined) throw new Error(`no revision ${String(index)}`);
  const older = file.revisions.slice(0, index);
  const added: number[] = [];
  const changed: number[] = [];
  const freed: number[] = [];
  for (const number of numbersOf(revision, reading)) {
    file.reader.budget.spend(16 + older.length, revision.from);
    const now = entryIn(revision, number, reading);
    const before = lookUp(older, number, reading)?.entry;
    const wasThere = before !== undefined && before.kind !== 'free';
    if (now === undefined || (before !== undefined && isSameEntry(before, now))) continue;
    if (now.kind !== 'free') (wasThere ? changed : added).push(number);
    else if (wasThere) freed.push(number);
  }
  const written = new Set([...changed, ...freed]);
  const changedUnnamed = written.size === 0 ? [] : membersOf(file, index, reading, written);
  return { added, changed, freed, changedUnnamed };
}

/** Objects that lay in one of the streams `written` before revision `index`, and that it does not name. */
function membersOf(file: PdfFile, index: number, reading: Reading, written: ReadonlySet<number>): readonly number[] {
  const revision = file.revisions[index];
  const older = file.revisions.slice(0, index);
  const members = new Set<number>();
  for (const one of older) {
    for (const { entries, hidden } of one.sections) {
      for (const part of hidden === undefined ? [entries] : [entries, hidden.entries]) {
        file.reader.budget.spend(part.count, one.from);
        for (let n = 0; n < part.count; n += 1) {
          if (part.kinds[n] === 2 && written.has(part.firsts[n] ?? 0)) members.add(part.numbers[n] ?? 0);
        }
      }
    }
  }
  const isStillIn = (entry: XrefEntry | undefined): boolean => entry?.kind === 'in-stream' && written.has(entry.stream);
  return [...members]
    .filter((number) => revision !== undefined && entryIn(revision, number, reading) === undefined)
    .filter((number) => isStillIn(lookUp(older, number, reading)?.entry))
    .sort((a, b) => a - b);
}
