import { z } from 'zod';
import { ok, type Outcome } from '#contract';
import type { AxisFailureCode, HttpAnswer, QueueItem, SentItem } from '../ports.ts';
import { failed, id, jsonOf, loose, text, unreadable } from './answers.ts';

const answerShape = z.looseObject({ status: z.string().optional(), ErrorCode: loose.nullish(), ErrorDesc: text });

const queueItemShape = z.object({
  docId: id,
  serviceType: text,
  messageType: text,
  from: text,
  to: text,
  status: text,
  status_desc: text,
  created_time: text,
  updated_time: text,
});

const sentItemShape = z.object({
  serviceType: text,
  messageType: text,
  senderDocId: id,
  receiverDocId: text,
  fromCode: text,
  toCode: text,
  title: text,
  notation: text,
  sentTime: text,
  receivedTime: text,
  sendStatus: text,
  sendStatusDesc: text,
  receiveStatus: text,
  receiveStatusDesc: text,
});

/**
 * The JSON of an answer that says OK. `axis-refused` with the axis' own words when it says otherwise (axis.md §1.4,
 * §1.6); `axis-answer-unreadable` for HTML, an empty body, an HTTP error without an answer in JSON.
 */
export function okAnswer(answer: HttpAnswer): Outcome<Readonly<Record<string, unknown>>, AxisFailureCode> {
  const parsed = answerShape.safeParse(jsonOf(answer.body));
  if (!parsed.success) return unreadable(`HTTP ${answer.status}`, answer);
  const { status, ErrorCode, ErrorDesc: errorDesc } = parsed.data;
  const says = status?.trim().toUpperCase();
  const errorCode = (ErrorCode ?? '').trim();
  const fine = /^0+$/.test(errorCode);
  if (says === 'FAIL' || (errorCode !== '' && !fine)) {
    // An OK beside a code of trouble leaves open what was done.
    return failed('axis-refused', { errorCode, errorDesc: errorDesc.slice(0, 500), outcomeUnknown: says === 'OK' ? 1 : 0 });
  }
  if (answer.status < 200 || answer.status > 299) return unreadable(`HTTP ${answer.status}`, answer);
  if (says !== 'OK' && !fine) return unreadable('status', answer);
  return ok(parsed.data);
}

/** Rows of a list answer. No `data`, or one row without its id, makes the whole list unreadable (axis.md §1.4). */
export function queueOf(answer: HttpAnswer): Outcome<readonly QueueItem[], AxisFailureCode> {
  const rows = rowsOf(answer, queueItemShape);
  if (!rows.ok) return rows;
  return ok(
    rows.value.map(({ status_desc: statusDesc, created_time: createdTime, updated_time: updatedTime, ...item }) => ({
      ...item,
      statusDesc,
      createdTime,
      updatedTime,
    })),
  );
}

/** Rows of `/getSentEdocList`. */
export function sentOf(answer: HttpAnswer): Outcome<readonly SentItem[], AxisFailureCode> {
  return rowsOf(answer, sentItemShape);
}

/** `DocId` of `/sendEdoc`. An OK without it leaves open what was done. */
export function docIdOf(answer: HttpAnswer): Outcome<{ readonly docId: string }, AxisFailureCode> {
  const said = okAnswer(answer);
  if (!said.ok) return said;
  const docId = id.safeParse(said.value['DocId']);
  return docId.success ? ok({ docId: docId.data }) : unreadable('DocId', answer);
}

function rowsOf<Row extends z.ZodType>(answer: HttpAnswer, row: Row): Outcome<z.output<Row>[], AxisFailureCode> {
  const said = okAnswer(answer);
  if (!said.ok) return said;
  const rows = z.array(row).safeParse(said.value['data']);
  if (rows.success) return ok(rows.data);
  return unreadable(['data', ...(rows.error.issues[0]?.path ?? [])].join('.'), answer);
}
