import { expect, test } from 'vitest';
import { driverOf } from '../../../electron/store/db.ts';
import { all, changeOne, one, run, sql, type Store } from '../../../electron/store/index.ts';
import { followTables } from '../../../electron/store/migrations/0140-search.ts';
import { inserter, madeDocuments, type MadeDocument } from '../../bench/documents.ts';
import { hitsFor, question, searchOver, withTexts } from '../../fakes/search/service.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

function stationWith(count: number): { readonly store: Store; readonly made: readonly MadeDocument[] } {
  const store = storeIn(scratchFolder());
  withTexts(store);
  const made = [...madeDocuments({ count, seed: 5, textShare: 0.5, textWords: 60 })];
  store.write((db) => {
    const insert = inserter(db);
    for (const one of made) insert(one);
  });
  return { store, made };
}

const incomingOf = (made: readonly MadeDocument[]): MadeDocument => made.find((one) => one.register === 'incoming' && one.text !== null) as MadeDocument;

test('a change is noted in its transaction and found by the very next search; what is undone leaves nothing', () => {
  const { store, made } = stationWith(60);
  const search = searchOver(store);
  const { id } = incomingOf(made);
  expect(hitsFor(search, 'xylophon')).toEqual([]);
  store.write((db) => {
    changeOne(db, sql`UPDATE incoming_document SET subject = 'V/v xylophon' WHERE id = ${id}`);
    expect(one(db, sql`SELECT register FROM search_dirty WHERE id = ${id}`)).toEqual({ register: 'incoming' });
  });
  expect(hitsFor(search, 'xylophon').map((hit) => hit.id)).toEqual([id]);
  // The other documents are where they were.
  expect(hitsFor(search, question(''), 200)).toHaveLength(60);
  expect(() =>
    store.write((db) => {
      changeOne(db, sql`UPDATE incoming_document SET subject = 'V/v fagott' WHERE id = ${id}`);
      throw new Error('undone');
    }),
  ).toThrow('undone');
  expect(all(store.read, sql`SELECT * FROM search_dirty`)).toEqual([]);
  expect(hitsFor(search, 'fagott')).toEqual([]);
  expect(hitsFor(search, 'xylophon')).toHaveLength(1);
});

test('a statement that replaces or ignores cannot keep a change from being noted', () => {
  const { store, made } = stationWith(10);
  const { id } = incomingOf(made);
  store.write((db) => run(db, sql`UPDATE OR REPLACE incoming_document SET subject = 'một' WHERE id = ${id}`));
  store.write((db) => run(db, sql`UPDATE OR IGNORE incoming_document SET subject = 'hai' WHERE id = ${id}`));
  expect(hitsFor(searchOver(store), '"hai"').map((hit) => hit.id)).toContain(id);
});

test('a text layer is found once it is read, and goes with a recalled document', () => {
  const { store, made } = stationWith(40);
  const search = searchOver(store);
  const { id } = made.find((one) => one.register === 'incoming' && one.text === null) as MadeDocument;
  const { sha256 } = one<{ sha256: string }>(store.read, sql`SELECT sha256 FROM incoming_file WHERE document = ${id}`) ?? { sha256: '' };
  expect(hitsFor(search, 'kontrapunkt')).toEqual([]);
  store.write((db) => {
    changeOne(db, sql`INSERT INTO file_text (sha256, state, size, text, read_at) VALUES (${sha256}, 'read', 1, 'về kontrapunkt', '2026-01-01')`);
  });
  expect(hitsFor(search, 'kontrapunkt').map((hit) => [hit.id, hit.found[0]?.place])).toEqual([[id, 'text']]);
  store.write((db) => {
    changeOne(db, sql`UPDATE incoming_document SET closure = 'recalled', closed_at = 'z' WHERE id = ${id}`);
    run(db, sql`UPDATE incoming_file SET destroyed_at = 'z' WHERE document = ${id}`);
  });
  expect(hitsFor(search, 'kontrapunkt')).toEqual([]);
  expect(hitsFor(search, question('', { standings: ['recalled'] })).map((hit) => hit.id)).toEqual([id]);
  expect(one(store.read, sql`SELECT COUNT(*) AS n FROM search_body WHERE search_body MATCH 'kontrapunkt'`)).toEqual({ n: 0 });
});

test('directions and who got the work are found once those tables are there', () => {
  const { store, made } = stationWith(20);
  const { id } = incomingOf(made);
  store.write((db) => {
    driverOf(db).exec(`CREATE TABLE direction (id TEXT PRIMARY KEY, document TEXT NOT NULL, text TEXT NOT NULL, leader_name TEXT NOT NULL) STRICT;
      CREATE TABLE assignment (id TEXT PRIMARY KEY, document TEXT NOT NULL, unit_name TEXT NOT NULL, person_name TEXT NOT NULL, ended_note TEXT NOT NULL) STRICT`);
    followTables(db);
  });
  const search = searchOver(store);
  search.finish();
  store.write((db) => {
    run(db, sql`INSERT INTO direction VALUES ('d', ${id}, 'Giao làm ngay quodlibet', 'Lê Văn Tám')`);
    run(db, sql`INSERT INTO assignment VALUES ('a', ${id}, 'Phòng Thí điểm', '', '')`);
  });
  expect(hitsFor(search, 'quodlibet').map((hit) => [hit.id, hit.found[0]?.place])).toEqual([[id, 'handling']]);
  expect(hitsFor(search, question('', { holder: 'thi diem' })).map((hit) => hit.id)).toEqual([id]);
});

test('an index of another version, or one that somebody mistrusts, is made anew and finds the same', () => {
  const { store } = stationWith(300);
  const search = searchOver(store);
  const before = hitsFor(search, 'ke hoach', 200).map(({ id }) => id);
  expect(before.length).toBeGreaterThan(3);
  store.write((db) => {
    run(db, sql`UPDATE search_state SET version = 0`);
    // An index that lost half of its documents.
    run(db, sql`DELETE FROM search_field WHERE rowid IN (SELECT doc FROM search_doc WHERE doc % 2 = 0)`);
  });
  expect(hitsFor(searchOver(store), 'ke hoach', 200).map(({ id }) => id)).toEqual(before);
  expect(search.handlers.rebuild({})).toMatchObject({ ok: true, value: { building: { total: 300 } } });
  expect(hitsFor(search, 'ke hoach', 200).map(({ id }) => id)).toEqual(before);
  expect(search.state()).toEqual({ waiting: 0, building: null });
});

test('while the index is made in the background, what is taken in is found and the rest is said to be missing', async () => {
  const { store } = stationWith(400);
  store.write((db) => run(db, sql`DELETE FROM search_dirty`));
  const search = searchOver(store);
  search.start();
  try {
    const first = search.handlers.find({ question: question('nam'), after: null, limit: 50 });
    if (first instanceof Promise || !first.ok) throw new Error('no');
    expect(first.value.index.building).toMatchObject({ total: 400 });
    for (let tries = 0; tries < 600 && search.state().building !== null; tries += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(search.state()).toEqual({ waiting: 0, building: null });
    expect(hitsFor(search, question(''), 200)).toHaveLength(200);
  } finally {
    await search.stop();
  }
});

test('many documents of one moment each have their place, in the order of their days', () => {
  const { store, made } = stationWith(2);
  const like = made[0] as MadeDocument;
  store.write((db) => {
    const insert = inserter(db);
    for (let n = 0; n < 100; n += 1) insert({ ...like, register: 'outgoing', codeNumber: `x${String(n)}`, text: null, id: `${like.id.slice(0, -4)}a${String(n).padStart(3, '0')}` });
  });
  const found = hitsFor(searchOver(store), question('', {}, 'date'), 200);
  expect(found).toHaveLength(102);
  expect(found.map(({ day }) => day)).toEqual(found.map(({ day }) => day).toSorted().toReversed());
});

test('searches are kept by name, changed and put away, each with an entry in the log', () => {
  const { store } = stationWith(2);
  const { handlers } = searchOver(store);
  const saved = handlers.save({ id: null, name: 'Quá hạn', question: question('', { due: 'overdue' }) });
  if (saved instanceof Promise || !saved.ok) throw new Error('no');
  expect(handlers.save({ id: null, name: 'Quá hạn', question: question('x') })).toMatchObject({ ok: false, failure: { code: 'search-name-taken' } });
  expect(handlers.save({ id: saved.value.id, name: 'Quá hạn rồi', question: question('y') })).toMatchObject({ ok: true, value: { name: 'Quá hạn rồi' } });
  expect(handlers.saved({})).toMatchObject({ ok: true, value: [{ name: 'Quá hạn rồi', question: { text: 'y' } }] });
  expect(handlers.removeSaved({ id: saved.value.id })).toMatchObject({ ok: true });
  expect(handlers.removeSaved({ id: saved.value.id })).toMatchObject({ ok: false, failure: { code: 'not-found' } });
  expect(handlers.saved({})).toEqual({ ok: true, value: [] });
  expect(all(store.read, sql`SELECT action FROM audit_entry ORDER BY seq`).slice(-3)).toEqual([{ action: 'search.saved' }, { action: 'search.saved' }, { action: 'search.removed' }]);
});
