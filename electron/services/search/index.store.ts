import type { IndexState, SearchRegister } from '#contract';
import { one, all, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { bodyOf, entryOf, type Entry } from './entry.store.ts';
import { firstOfDay, lastOfDay, placesPerDay, rowid } from './places.ts';
import type { Vocabulary } from './vocabulary.store.ts';
import { unmarked, wordsOf } from './words.ts';

const dayMs = 86_400_000;

export type DocumentKey = { readonly id: string; readonly register: SearchRegister };

/** One document in `countedShare` is counted in the vocabulary, and stands for so many. */
const countedShare = 16;

type DocRow = { doc: number; has_body: number };

/** Writes documents anew into the index; those that are gone leave it. */
export function indexDocuments(db: WriteDb, vocabulary: Vocabulary, keys: readonly DocumentKey[]): void {
  const placed: { readonly doc: number; readonly entry: Entry }[] = [];
  const taken = new Set<number>();
  for (const { id, register } of keys) {
    const before = one<DocRow>(db, sql`SELECT doc, has_body FROM search_doc WHERE id = ${id}`);
    const entry = entryOf(db, register, id);
    const stays = before !== undefined && entry !== undefined && before.doc >= firstOfDay(entry.day) && before.doc <= lastOfDay(entry.day);
    if (before !== undefined) takeOut(db, before);
    if (entry === undefined) continue;
    const doc = stays ? before.doc : freePlace(db, entry, taken);
    taken.add(doc);
    placed.push({ doc, entry });
  }
  // FTS5 gathers rows in memory as long as they come in their order.
  placed.sort((a, b) => a.doc - b.doc);
  for (const { doc, entry } of placed) putIn(db, vocabulary, doc, entry);
}

function takeOut(db: WriteDb, { doc, has_body }: DocRow): void {
  run(db, sql`DELETE FROM search_field WHERE rowid = ${rowid(doc)}`);
  if (has_body === 1) run(db, sql`DELETE FROM search_body WHERE rowid = ${rowid(doc)}`);
  run(db, sql`DELETE FROM search_doc WHERE doc = ${doc}`);
}

function freePlace(db: ReadDb, { day, at }: Entry, taken: ReadonlySet<number>): number {
  const first = firstOfDay(day);
  const last = lastOfDay(day);
  const inDay = Math.floor(((Date.parse(at) + 7 * 3_600_000) % dayMs) / 100);
  const isFree = (doc: number): boolean => !taken.has(doc) && one(db, sql`SELECT 1 FROM search_doc WHERE doc = ${doc}`) === undefined;
  for (let doc = first + inDay; doc < first + inDay + 16; doc += 1) if (isFree(doc)) return doc;
  // Thousands that came in the same moment: behind the last of the day.
  const top = one<{ top: number | null }>(db, sql`SELECT MAX(doc) AS top FROM search_doc WHERE doc BETWEEN ${first} AND ${last}`)?.top ?? first;
  for (let doc = Math.max(top, ...taken) + 1; doc <= last; doc += 1) if (isFree(doc)) return doc;
  for (let doc = first; doc <= last; doc += 1) if (isFree(doc)) return doc;
  throw new Error(`no more than ${String(placesPerDay)} documents of one day can be searched`);
}

function putIn(db: WriteDb, vocabulary: Vocabulary, doc: number, entry: Entry): void {
  const { code: codeText, subject: subjectText, issuerName, issuerOrganId, texts } = entry;
  const { holder: holderText = '', ...rest } = texts;
  const subject = [...wordsOf(codeText), ...wordsOf(subjectText)];
  const issuer = [...wordsOf(issuerName), ...wordsOf(issuerOrganId)];
  const holder = wordsOf(holderText);
  const days = [entry.day, entry.issuedDate, entry.dueDate].flatMap((day) => (day === null ? [] : day.split('-').reverse()));
  const field = [...Object.values(rest).flatMap(wordsOf), ...wordsOf(days.join(' '))];
  const number = entry.arrivalNumber === null ? '' : String(entry.arrivalNumber);
  const arrival = entry.arrivalSuffix === '' ? number : `${number} ${number}${entry.arrivalSuffix}`;
  const text = bodyOf(db, entry.register, entry.id);
  const facets = facetsOf(entry, text !== null).join(' ');
  run(
    db,
    sql`INSERT INTO search_doc (doc, id, register, has_body, issued, due)
        VALUES (${doc}, ${entry.id}, ${entry.register}, ${text === null ? 0 : 1}, ${entry.issuedDate}, ${entry.openDue})`,
  );
  const others = [...issuer, ...holder, ...field];
  const columns = [subject.join(' '), arrival, issuer.join(' '), holder.join(' '), field.join(' '), facets];
  run(
    db,
    sql`INSERT INTO search_field (rowid, subject, arrival, issuer, holder, field, facet, plain, others)
        VALUES (${rowid(doc)}, ${bound([...columns, subject.map(unmarked).join(' '), others.map(unmarked).join(' ')])})`,
  );
  vocabulary.note(db, new Set([...subject, ...others, ...arrival.split(' ').filter((part) => part !== '')]), doc % countedShare === 0 ? countedShare : 0);
  if (text === null) return;
  const words = wordsOf(text);
  vocabulary.note(db, new Set(words), 0);
  run(
    db,
    sql`INSERT INTO search_body (rowid, subject, arrival, issuer, holder, field, facet, body)
        VALUES (${rowid(doc)}, ${bound([...columns, words.join(' ')])})`,
  );
}

function bound(values: readonly string[]): ReturnType<typeof sql> {
  return values.slice(1).reduce((list, value) => sql`${list}, ${value}`, sql`${values[0] ?? ''}`);
}

/** Words of the column `facet`; the filters ask for these (filters.ts). */
function facetsOf(entry: Entry, hasText: boolean): string[] {
  return [
    `r:${entry.register}`,
    `s:${entry.standing}`,
    `u:${String(entry.urgency)}`,
    kindFacet(entry.typeName),
    hasText ? 'x:1' : 'x:0',
    ...(entry.source === '' ? [] : [`c:${entry.source}`]),
    ...(entry.issuedDate === null ? [] : [`y:${entry.issuedDate.slice(0, 4)}`, `m:${entry.issuedDate.slice(0, 7).replace('-', '_')}`]),
    ...(entry.openDue === null ? [] : ['d:1']),
  ];
}

/** The facet of a kind of document, however its name is written. */
export function kindFacet(name: string): string {
  return `k:${wordsOf(name).join('_')}`;
}

type StateRow = { version: number; building: number; register: SearchRegister; after: string; done: number; total: number };

/** Where the walk over all documents stands. */
export function stateRow(db: ReadDb): StateRow {
  const row = one<StateRow>(db, sql`SELECT version, building, register, after, done, total FROM search_state`);
  if (row === undefined) throw new Error('the index has no state');
  return row;
}

/** How complete the index is. */
export function indexState(db: ReadDb): IndexState {
  const { building, done, total } = stateRow(db);
  const waiting = one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM search_dirty`)?.n ?? 0;
  return { waiting, building: building === 1 ? { done: Math.min(done, total), total } : null };
}

/** Begins the walk over all documents, for an index of this version. */
export function beginWalk(db: WriteDb, version: number, total: number): void {
  run(db, sql`UPDATE search_state SET version = ${version}, building = 1, register = 'incoming', after = '~', done = 0, total = ${total}`);
}

/** Forgets which documents changed, before all are gone through anyway. */
export function cleanAll(db: WriteDb): void {
  run(db, sql`DELETE FROM search_dirty`);
}

/** Notes how far the walk came. */
export function noteWalk(db: WriteDb, at: { readonly building: boolean; readonly register: SearchRegister; readonly after: string; readonly more: number }): void {
  run(
    db,
    sql`UPDATE search_state SET building = ${at.building ? 1 : 0}, register = ${at.register}, after = ${at.after}, done = done + ${at.more}`,
  );
}

/** Merges some of the parts that the index consists of, of which every transaction adds one; `pages` of 4 KiB at most. */
export function mergeSome(db: WriteDb, pages: number): void {
  run(db, sql`INSERT INTO search_field (search_field, rank) VALUES ('merge', ${pages})`);
  run(db, sql`INSERT INTO search_body (search_body, rank) VALUES ('merge', ${pages})`);
}

/** Some of the documents that changed since they were indexed. */
export function dirtyDocuments(db: ReadDb, limit: number): DocumentKey[] {
  return all<DocumentKey>(db, sql`SELECT id, register FROM search_dirty LIMIT ${limit}`);
}

/** Takes a document off the list of those that changed. */
export function clean(db: WriteDb, id: string): void {
  run(db, sql`DELETE FROM search_dirty WHERE id = ${id}`);
}

/**
 * Merges all parts of the index into one, some pages at each call, so that nothing of what left it stays in any of them;
 * `first` at the first call. Answers whether there is more to do (SQLite, FTS5 §6.8: a merge that does nothing changes fewer
 * than two rows).
 */
export function mergeAll(db: WriteDb, pages: number, first: boolean): boolean {
  const changes = (): number => one<{ n: number }>(db, sql`SELECT total_changes() AS n`)?.n ?? 0;
  const before = changes();
  run(db, sql`INSERT INTO search_field (search_field, rank) VALUES ('merge', ${first ? -pages : pages})`);
  const between = changes();
  run(db, sql`INSERT INTO search_body (search_body, rank) VALUES ('merge', ${first ? -pages : pages})`);
  return between - before >= 2 || changes() - between >= 2;
}
