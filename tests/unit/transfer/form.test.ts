import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { canonicalJson, type Json } from '../../../electron/foundation/canonical-json.ts';
import { namedFilesText } from '../../../electron/services/transfer/files.store.ts';
import { allKinds, leftOutTables } from '../../../electron/services/transfer/form/all-kinds.ts';
import { UnfitRecord, type Kind } from '../../../electron/services/transfer/form/kind.ts';
import { lineMaker, lineReader } from '../../../electron/services/transfer/form/record.ts';
import { exportedSettings, leftOutSettings } from '../../../electron/services/transfer/form/settings-form.ts';
import { columnsOf, run, sql, tableNames, type ReadDb, type SqlValue, type Store, type TableColumn } from '../../../electron/store/index.ts';
import { driverOf } from '../../../electron/store/db.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));
let store: Store;
let db: ReadDb;

beforeEach(() => {
  store = storeIn(join(scratchFolder(), 'profile'));
  db = store.read;
});

/** Tables that nobody has decided about, or that are decided twice. */
function undecided(): string[] {
  const decided = [...allKinds.map(({ table }) => table), ...Object.keys(leftOutTables)];
  return [...tableNames(db).filter((name) => !decided.includes(name)), ...decided.filter((name, at) => decided.indexOf(name) !== at)];
}

const columnsWithoutPlace = ({ table, elements, leftOut }: Kind): string[] =>
  columnsOf(db, table)
    .filter(({ name, generated }) => !generated && !Object.hasOwn(leftOut, name) && !elements.some(({ column }) => column === name))
    .map(({ name }) => name);

describe('nothing is forgotten', () => {
  test('every table is exported or named as left out with its reason, and a new one is noticed', () => {
    expect(undecided()).toEqual([]);
    expect(Object.keys(leftOutTables).filter((name) => !tableNames(db).includes(name))).toEqual([]);
    for (const [table, why] of Object.entries(leftOutTables)) expect(why.length, table).toBeGreaterThan(10);
    store.write((write) => run(write, sql`CREATE TABLE later (id TEXT PRIMARY KEY) STRICT`));
    expect(undecided()).toEqual(['later']);
  });

  test('every column of an exported table is an element or named as left out, and a new one is noticed', () => {
    for (const kind of allKinds) expect(columnsWithoutPlace(kind), kind.table).toEqual([]);
    store.write((write) => run(write, sql`ALTER TABLE incoming_document ADD COLUMN later TEXT`));
    expect(allKinds.flatMap(columnsWithoutPlace)).toEqual(['later']);
  });

  test('every kind is ordered by its key, so that the order of records is always the same', () => {
    for (const { table, order } of allKinds) {
      const keys = driverOf(db).prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk').all(table) as { name: string }[];
      expect(order, table).toEqual(keys.map(({ name }) => name));
    }
  });

  test('the files of every table that names some are copied', () => {
    for (const { table } of allKinds) {
      if (columnsOf(db, table).some(({ name }) => name === 'sha256')) expect(namedFilesText).toMatch(new RegExp(`FROM ${table}\\b`));
    }
  });

  test('every setting that the program stores is exported or named as left out', () => {
    const names = ['electron/services', 'electron/platform']
      .flatMap((room) => readdirSync(join(project, room), { recursive: true, encoding: 'utf8' }).map((path) => join(project, room, path)))
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/(?:save|read)Setting\(\s*\w+,\s*'([a-z-]+)'/g)].map(([, name = '']) => name));
    expect(names.length).toBeGreaterThan(15);
    expect([...new Set(names)].toSorted()).toEqual([...exportedSettings, ...Object.keys(leftOutSettings)].toSorted());
  });

  test('docs/export-elements describe every kind with its elements, and nothing else', () => {
    const folder = join(project, 'docs/export-elements');
    const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    const described = [...text.matchAll(/^## `([a-z-]+)`$([\s\S]*?)(?=^#|(?![\s\S]))/gm)].map(([, kind = '', body = '']) => ({
      kind,
      elements: [...body.matchAll(/^\| `(\w+)` \| [^|]+ \| [^|]{2,} \|$/gm)].map(([, name = '']) => name),
    }));
    const has = allKinds.map(({ kind, elements }) => ({ kind, elements: elements.map(({ name }) => name).toSorted() }));
    const byKind = (a: { kind: string }, b: { kind: string }): number => (a.kind < b.kind ? -1 : 1);
    expect(described.map((one) => ({ ...one, elements: one.elements.toSorted() })).toSorted(byKind)).toEqual(has.toSorted(byKind));
  });
});

const anyText = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed());

/** A value that the column may hold, in the form that the kind gives it. */
function valueOf(column: TableColumn | undefined, form: string): fc.Arbitrary<SqlValue> {
  if (form === 'flag') return fc.constantFrom(0, 1);
  if (form === 'json') return fc.jsonValue().map((value) => canonicalJson(value as Json));
  if (form === 'json?') return fc.oneof(fc.constant(''), fc.jsonValue().filter((value) => value !== null).map((value) => canonicalJson(value as Json)));
  const plain = { TEXT: anyText, INTEGER: fc.maxSafeInteger(), REAL: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0), BLOB: anyText, '': anyText }[column?.type ?? ''];
  return column?.nullable === true ? fc.oneof(fc.constant(null), plain) : plain;
}

test.each(allKinds.map((kind) => ({ name: kind.kind, kind })))('whatever a record of $name holds is read back as it was', ({ kind }) => {
  const columns = new Map(columnsOf(db, kind.table).map((column) => [column.name, column]));
  // What is exported of these rows is not all of them, or not all of what is in them.
  const { exported: _, stored: __, ...plain } = kind;
  const line = lineMaker(plain, { lastEntry: 0, directory: 0 });
  const reader = lineReader(plain, [...columns.values()]);
  const row = fc.tuple(...kind.elements.map(({ column, form }) => valueOf(columns.get(column), form)));
  fc.assert(
    fc.property(row, (values) => {
      const written = line(values) ?? '';
      expect(written.indexOf('\n')).toBe(written.length - 1);
      expect(canonicalJson(JSON.parse(written) as Json)).toBe(written.slice(0, -1));
      expect(reader.read(Buffer.from(written, 'utf8').toString('utf8')).slice(0, values.length)).toEqual(values);
    }),
    { numRuns: 60 },
  );
});

test('a record with an element too few, too many or of another form is refused', () => {
  const kind = allKinds.find((one) => one.kind === 'assignments');
  if (kind === undefined) throw new Error('no such kind');
  const reader = lineReader(kind, columnsOf(db, kind.table));
  const whole: Record<string, unknown> = Object.fromEntries(kind.elements.map(({ name }) => [name, 'x']));
  expect(reader.read(JSON.stringify(whole))).toHaveLength(kind.elements.length);
  const { due: _, ...fewer } = whole;
  for (const other of [fewer, { ...whole, more: 1 }, { ...whole, id: null }, { ...whole, id: 5 }, [], 'x', null]) {
    expect(() => reader.read(JSON.stringify(other))).toThrow(UnfitRecord);
  }
  expect(() => reader.read('{')).toThrow('no JSON');
});
