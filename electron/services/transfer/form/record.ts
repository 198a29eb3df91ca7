import { canonicalJson, type Json } from '../../../foundation/canonical-json.ts';
import type { SqlValue, TableColumn } from '../../../store/index.ts';
import { UnfitRecord, type Element, type Kind, type Moment, type Row } from './kind.ts';

/** Makes the lines of one kind: a row as `columns` (the kind's, in their order) to its line, undefined when it is not exported. */
export function lineMaker(kind: Kind, moment: Moment): (values: readonly SqlValue[]) => string | undefined {
  const { elements, exported } = kind;
  // As RFC 8785 sorts them: names are ASCII.
  const parts = elements
    .map((element, at) => ({ element, at, start: `${JSON.stringify(element.name)}:` }))
    .sort((a, b) => (a.element.name < b.element.name ? -1 : 1));
  const lineOf = (values: readonly SqlValue[]): string =>
    `{${parts.map(({ element, at, start }) => start + written(element, values[at] ?? null)).join(',')}}\n`;
  if (exported === undefined) return lineOf;
  return (values) => {
    const row = exported(Object.fromEntries(elements.map(({ column }, at) => [column, values[at] ?? null])), moment);
    return row === undefined ? undefined : lineOf(elements.map(({ column }) => row[column] ?? null));
  };
}

function written({ form, name }: Element, value: SqlValue): string {
  if (form === 'plain' || value === null) {
    if (typeof value === 'object' && value !== null) throw new Error(`${name} holds bytes`);
    return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  }
  if (form === 'flag') return value === 0 ? 'false' : 'true';
  if (form === 'json?' && value === '') return 'null';
  return canonicalJson(JSON.parse(String(value)) as Json);
}

/**
 * Reads lines of one kind back: to the values of `columns`, which are the kind's elements and after them what no export holds.
 * Throws UnfitRecord.
 */
export function lineReader(kind: Kind, table: readonly TableColumn[]): { readonly columns: readonly string[]; readonly read: (line: string) => SqlValue[] } {
  const { elements } = kind;
  const facts = new Map(table.map((column) => [column.name, column]));
  const names = new Set(elements.map(({ name }) => name));
  const leftOut = Object.entries(kind.leftOut);
  const read = (line: string): SqlValue[] => {
    const record = parsed(line);
    for (const name of Object.keys(record)) if (!names.has(name)) throw new UnfitRecord(`unknown element ${name}`);
    const values = elements.map((element) => storedValue(element, facts.get(element.column), record));
    if (kind.stored === undefined) return [...values, ...leftOut.map(([, { fill }]) => fill())];
    const row: Row = kind.stored(Object.fromEntries(elements.map(({ column }, at) => [column, values[at] ?? null])));
    return [...elements.map(({ column }) => row[column] ?? null), ...leftOut.map(([, { fill }]) => fill())];
  };
  return { columns: [...elements.map(({ column }) => column), ...leftOut.map(([column]) => column)], read };
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UnfitRecord('no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnfitRecord('no object');
  return value as Readonly<Record<string, unknown>>;
}

function storedValue({ name, form }: Element, column: TableColumn | undefined, record: Readonly<Record<string, unknown>>): SqlValue {
  if (!Object.hasOwn(record, name)) throw new UnfitRecord(`no ${name}`);
  const value = record[name];
  if (form === 'json?' && value === null) return '';
  if (form === 'json' || form === 'json?') return canonicalJson(value as Json);
  if (value === null && column?.nullable === true) return null;
  if (form === 'flag' && typeof value === 'boolean') return value ? 1 : 0;
  if (form === 'plain' && fits(value, column?.type)) return value as SqlValue;
  throw new UnfitRecord(`${name} has another form`);
}

function fits(value: unknown, type: TableColumn['type'] | undefined): boolean {
  if (type === 'TEXT') return typeof value === 'string';
  if (type === 'INTEGER') return Number.isSafeInteger(value);
  return type === 'REAL' && Number.isFinite(value);
}
