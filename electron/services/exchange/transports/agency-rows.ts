import { ok, type Outcome } from '#contract';
import { giveBack } from '../../../foundation/give-back.ts';
import type {
  AgencyRow,
  AxisFailureCode,
  CodePair,
  DirectoryFailureCode,
  HttpAnswer,
  HttpFailureCode,
  HttpStreamAnswer,
  UnitChange,
} from '../ports.ts';
import { noAnswer, unreadable } from './answers.ts';
import { parseExact } from './exact-json.ts';
import { jsonRows } from './json-rows.ts';

type RowJson = Readonly<Record<string, unknown>>;
/** Makes a row of its JSON; undefined when it is none. */
type RowReader<Row> = (json: RowJson) => Row | undefined;

// Read by hand: zod keeps notes of every object that it parses in weak maps, which live until the next full collection
// of the heap; over a list of 125 000 rows that came to 150 MiB.

/** The text of a field, '' when absent; Java writers give numbers or texts for the same one. Undefined for a structure. */
function textOf(json: RowJson, field: string): string | undefined {
  const value = Object.hasOwn(json, field) ? json[field] : null;
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Every field as a text; undefined when one is none, or when there is no code. */
function textsOf<Field extends string>(json: RowJson, fields: readonly Field[]): Record<Field, string> | undefined {
  const texts: Partial<Record<string, string>> = {};
  for (const field of fields) {
    const text = textOf(json, field);
    if (text === undefined) return undefined;
    texts[field] = text;
  }
  return texts['code'] === '' ? undefined : (texts as Record<Field, string>);
}

/** Java writers give a yes as `true`, `1`, `"1"` or `"true"`. */
const isYes = (text: string): boolean => /^(true|1|y|yes)$/i.test(text);

const agencyFields = ['id', 'pid', 'code', 'name', 'mail', 'oldCode'] as const;
const pairFields = ['code', 'name', 'code102'] as const;
const changeFields = [
  ...(['id', 'pid', 'code', 'name', 'mail'] as const),
  ...(['centerCode', 'version', 'deleted', 'modifyDate', 'isAgency'] as const),
] as const;

const agencyOf: RowReader<AgencyRow> = (json) => {
  const row = textsOf(json, agencyFields);
  if (row === undefined) return undefined;
  return { id: row.id, parentId: row.pid, code: row.code, name: row.name, mail: row.mail, oldCode: row.oldCode };
};

const pairOf: RowReader<CodePair> = (json) => {
  const row = textsOf(json, pairFields);
  return row === undefined ? undefined : { code: row.code, name: row.name, oldCode: row.code102 };
};

const changeOf: RowReader<UnitChange> = (json) => {
  const row = textsOf(json, changeFields);
  if (row === undefined) return undefined;
  const { pid, centerCode, deleted, isAgency, ...same } = row;
  return {
    ...same,
    parentId: pid,
    centreCode: centerCode,
    deleted: isYes(deleted),
    isAgency: isAgency === '' || isYes(isAgency),
  };
};

/** The three lists of the directory: how a row is read, and whether a list without rows can be true. */
export const directoryLists = {
  agencies: { read: agencyOf, mayBeEmpty: false },
  pairs: { read: pairOf, mayBeEmpty: false },
  changes: { read: changeOf, mayBeEmpty: true },
} as const;

/** What may stand beside the rows, and how long one of them may be. */
const otherBytes = 256 * 1024;
/** Rows handed on at a time. */
const batch = 250;

/**
 * Reads a list answer row by row. `judge` says of the JSON around the rows whether the axis said yes. One row that is
 * none (without a code, say) makes the whole list unreadable, as an empty one is where there must be rows.
 */
export async function takeRows<Row>(
  asked: Outcome<HttpStreamAnswer, HttpFailureCode>,
  list: { readonly read: RowReader<Row>; readonly mayBeEmpty: boolean },
  judge: (answer: HttpAnswer) => Outcome<unknown, AxisFailureCode>,
  take: (rows: readonly Row[]) => Promise<void>,
): Promise<Outcome<number, DirectoryFailureCode>> {
  if (!asked.ok) return noAnswer(asked.failure);
  const { status, headers, body } = asked.value;
  const reader = jsonRows(otherBytes);
  let held: Row[] = [];
  let count = 0;
  for await (const piece of body) {
    if (!piece.ok) return noAnswer(piece.failure);
    const texts = reader.push(piece.value);
    giveBack(piece.value);
    for (const rowText of texts) {
      const row = rowOf(rowText, list.read);
      if (row === undefined) return unreadable(`data.${String(count)}`, asked.value);
      held.push(row);
      count += 1;
      if (held.length === batch) {
        await take(held);
        held = [];
      }
    }
    if (reader.hopeless()) return unreadable('JSON', asked.value);
  }
  const { json, data } = reader.end();
  const said = judge({ status, headers, body: json });
  if (!said.ok) return said;
  if (data !== 'whole' || (count === 0 && !list.mayBeEmpty)) return unreadable('data', asked.value);
  if (held.length > 0) await take(held);
  return ok(count);
}

function rowOf<Row>(rowText: string, read: RowReader<Row>): Row | undefined {
  let json: unknown;
  try {
    json = parseExact(rowText);
  } catch {
    return undefined;
  }
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? read(json as RowJson) : undefined;
}
