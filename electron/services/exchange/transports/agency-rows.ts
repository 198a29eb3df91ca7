import { z } from 'zod';
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
import { id, loose, noAnswer, text, unreadable } from './answers.ts';
import { jsonRows } from './json-rows.ts';

/** Java writers give a yes as `true`, `1`, `"1"` or `"true"`. */
const yes = loose.nullish().transform((value) => value == null || value === '' ? null : /^(true|1|y|yes)$/i.test(value));

const common = z.object({ id: text, pid: text, code: id, name: text, mail: text });

const agencyShape = z
  .object({ ...common.shape, oldCode: text })
  .transform(({ pid, ...row }): AgencyRow => ({ ...row, parentId: pid }));

const pairShape = z
  .object({ code: id, name: text, code102: text })
  .transform(({ code102, ...row }): CodePair => ({ ...row, oldCode: code102 }));

const changeShape = z
  .object({ ...common.shape, centerCode: text, version: text, deleted: yes, modifyDate: text, isAgency: yes })
  .transform(
    ({ pid, centerCode, deleted, isAgency, ...row }): UnitChange => ({
      ...row,
      parentId: pid,
      centreCode: centerCode,
      deleted: deleted === true,
      isAgency: isAgency !== false,
    }),
  );

/** The three lists of the directory: what a row is, and whether a list without rows can be true. */
export const directoryLists = {
  agencies: { shape: agencyShape, mayBeEmpty: false },
  pairs: { shape: pairShape, mayBeEmpty: false },
  changes: { shape: changeShape, mayBeEmpty: true },
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
  list: { readonly shape: z.ZodType<Row>; readonly mayBeEmpty: boolean },
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
      const row = rowOf(rowText, list.shape);
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

function rowOf<Row>(rowText: string, shape: z.ZodType<Row>): Row | undefined {
  let json: unknown;
  try {
    json = JSON.parse(rowText);
  } catch {
    return undefined;
  }
  const parsed = shape.safeParse(json);
  return parsed.success ? parsed.data : undefined;
}
