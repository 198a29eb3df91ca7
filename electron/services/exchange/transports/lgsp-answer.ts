import { z } from 'zod';
import { ok, type Outcome } from '#contract';
import type { AxisFailureCode, HttpAnswer, QueueItem, SentItem } from '../ports.ts';
import { failed, id, jsonOf, loose, text, unreadable, type AxisFailed } from './answers.ts';

/** An object of the answer, its names in small letters without underscores: brokers disagree about both. */
type Fields = Readonly<Record<string, unknown>>;

type Said = { readonly top: Fields; readonly inner: Fields; readonly data: unknown };
type Verdict = 'yes' | 'no' | 'contradiction' | 'silent';

const goodSuccess: ReadonlySet<string> = new Set(['true', '1', 'ok', 'success']);
const goodCodes: ReadonlySet<string> = new Set(['0', '00', '200', '201', 'ok', 'success']);

const queueItemShape = z.object({
  docid: id,
  servicetype: text,
  messagetype: text,
  from: text,
  to: text,
  status: text,
  statusdesc: text,
  createdtime: text,
  updatedtime: text,
});

/** Without these three a message in doubt could never be found, and "not found" would send it a second time. */
const sentItemShape = z.object({
  senderdocid: id,
  tocode: id,
  notation: loose,
  servicetype: text,
  messagetype: text,
  receiverdocid: text,
  fromcode: text,
  title: text,
  senttime: text,
  receivedtime: text,
  sendstatus: text,
  sendstatusdesc: text,
  receivestatus: text,
  receivestatusdesc: text,
});

/**
 * What a provincial broker says, when it says yes (axis.md §1.8 [S]: `{code|success, message, data{status, errorCode,
 * errorDesc, docId}, errorDetail[]}`, of which two forms were seen). The axis' own word in `data` weighs more than the
 * broker's around it. Failures:
 * - `axis-refused`: one of both says no, in the axis' own words where it has any (§1.6: 10–23)
 * - `axis-answer-unreadable`: no JSON, no word on success, one that contradicts itself, or a broken broker (5xx)
 */
export function lgspOk(answer: HttpAnswer): Outcome<Said, AxisFailureCode> {
  const json = jsonOf(answer.body);
  if (!isObject(json)) return unreadable(`HTTP ${answer.status}`, answer);
  const top = fieldsOf(json);
  const inner = fieldsOf(top['data']);
  const detail = detailOf(top);
  const innerCode = word(inner['errorcode']) || word(top['errorcode']);
  const axis = axisVerdict(innerCode, word(inner['status']) || word(top['status']));
  const broker = brokerVerdict(top);
  const desc = word(inner['errordesc']) || word(top['errordesc']) || detail.words || word(top['message']);
  if (axis === 'no') return refused(innerCode, desc);
  if (axis === 'contradiction' || broker === 'contradiction') return unreadable('contradiction', answer);
  if (broker === 'no') {
    if (axis === 'yes') return unreadable('contradiction', answer);
    const code = detail.code || word(top['code']);
    // The broker broke down over the call; what the axis made of it is not said.
    if (answer.status >= 500 || /^5\d\d$/.test(code)) return unreadable(`HTTP ${answer.status} ${code}`, answer);
    return refused(code, desc);
  }
  if (answer.status < 200 || answer.status > 299) return unreadable(`HTTP ${answer.status}`, answer);
  if (axis === 'silent' && broker === 'silent') return unreadable('success', answer);
  return ok({ top, inner, data: top['data'] });
}

/** Whether the bearer token is not accepted (any more), said by HTTP or by the wrapper. Nothing was done then. */
export function lgspUnauthorised(answer: HttpAnswer): boolean {
  if (answer.status === 401) return true;
  // A whole message need not be read twice to see that it is none of this.
  if (answer.body.length > 65_536) return false;
  const said = lgspOk(answer);
  return !said.ok && said.failure.code === 'axis-refused' && said.failure.params?.['errorCode'] === '401';
}

/**
 * Token of a login. Its place is not documented, so the usual ones are looked at. A login that fails leaves nothing in
 * doubt: the call it was for has not been made.
 */
export function lgspTokenOf(answer: HttpAnswer): Outcome<string, AxisFailureCode> {
  const said = lgspOk(answer);
  if (!said.ok && said.failure.code === 'axis-refused') return said;
  if ([400, 401, 403].includes(answer.status)) return refused(`${answer.status}`, 'login');
  const top = fieldsOf(jsonOf(answer.body));
  const inner = fieldsOf(top['data']);
  const places = [inner['token'], inner['accesstoken'], top['token'], top['accesstoken'], top['data']];
  const token = places.find((place) => typeof place === 'string' && /^[\x21-\x7e]+$/.test(place));
  const carried = answer.status >= 200 && answer.status <= 299;
  if (carried && typeof token === 'string') return ok(token);
  return failed('axis-answer-unreadable', { errorCode: `${answer.status}`, errorDesc: 'login', outcomeUnknown: 0 });
}

/** Rows of the list of what waits. One row without its id makes the whole list unreadable. */
export function lgspQueueOf(answer: HttpAnswer): Outcome<readonly QueueItem[], AxisFailureCode> {
  const rows = rowsOf(answer, queueItemShape);
  if (!rows.ok) return rows;
  return ok(
    rows.value.map((row) => ({
      docId: row.docid,
      serviceType: row.servicetype,
      messageType: row.messagetype,
      from: row.from,
      to: row.to,
      status: row.status,
      statusDesc: row.statusdesc,
      createdTime: row.createdtime,
      updatedTime: row.updatedtime,
    })),
  );
}

/** Rows of the list of what was sent. */
export function lgspSentOf(answer: HttpAnswer): Outcome<readonly SentItem[], AxisFailureCode> {
  const rows = rowsOf(answer, sentItemShape);
  if (!rows.ok) return rows;
  return ok(
    rows.value.map((row) => ({
      serviceType: row.servicetype,
      messageType: row.messagetype,
      senderDocId: row.senderdocid,
      receiverDocId: row.receiverdocid,
      fromCode: row.fromcode,
      toCode: row.tocode,
      title: row.title,
      notation: row.notation,
      sentTime: row.senttime,
      receivedTime: row.receivedtime,
      sendStatus: row.sendstatus,
      sendStatusDesc: row.sendstatusdesc,
      receiveStatus: row.receivestatus,
      receiveStatusDesc: row.receivestatusdesc,
    })),
  );
}

/** The axis' id of what was sent. A yes without it leaves open what was done. */
export function lgspDocIdOf(answer: HttpAnswer): Outcome<{ readonly docId: string }, AxisFailureCode> {
  const said = lgspOk(answer);
  if (!said.ok) return said;
  const docId = word(said.value.inner['docid']) || word(said.value.top['docid']);
  return docId === '' ? unreadable('docId', answer) : ok({ docId });
}

/** Base64 text of a message: `data` itself, or `data` within it. */
export function lgspDataOf(answer: HttpAnswer): Outcome<string, AxisFailureCode> {
  const said = lgspOk(answer);
  if (!said.ok) return said;
  const { data, inner } = said.value;
  const content = typeof data === 'string' ? data : inner['data'];
  return typeof content === 'string' && content !== '' ? ok(content) : unreadable('data', answer);
}

function rowsOf<Row extends z.ZodType>(answer: HttpAnswer, row: Row): Outcome<z.output<Row>[], AxisFailureCode> {
  const said = lgspOk(answer);
  if (!said.ok) return said;
  const { data, inner } = said.value;
  const list: unknown = Array.isArray(data) ? data : inner['data'];
  const rows = z.array(z.preprocess(fieldsOf, row)).safeParse(list);
  if (rows.success) return ok(rows.data);
  return unreadable(['data', ...(rows.error.issues[0]?.path ?? [])].join('.'), answer);
}

function axisVerdict(errorCode: string, status: string): Verdict {
  const says = status.toUpperCase();
  if (errorCode !== '' && !/^0+$/.test(errorCode)) return 'no';
  if (says === 'FAIL') return errorCode === '' ? 'no' : 'contradiction';
  return errorCode !== '' || says === 'OK' ? 'yes' : 'silent';
}

function brokerVerdict(top: Fields): Verdict {
  const success = word(top['success']).toLowerCase();
  const code = word(top['code']).toLowerCase();
  if (success === '' && code === '') return 'silent';
  const yes = [...(success === '' ? [] : [goodSuccess.has(success)]), ...(code === '' ? [] : [goodCodes.has(code)])];
  if (yes.every(Boolean)) return 'yes';
  return yes.some(Boolean) ? 'contradiction' : 'no';
}

/** What `errorDetail` says; its rows are texts or objects. */
function detailOf(top: Fields): { readonly code: string; readonly words: string } {
  const rows: readonly unknown[] = Array.isArray(top['errordetail']) ? top['errordetail'] : [];
  const read = rows.map((row): Fields => ({ plain: word(row), ...fieldsOf(row) }));
  const code = read.map((row) => word(row['errorcode']) || word(row['code'])).find((one) => one !== '');
  const words = read.map((row) => word(row['plain']) || word(row['errordesc']) || word(row['message']));
  return { code: code ?? '', words: words.filter((one) => one !== '').join('; ') };
}

function refused(errorCode: string, errorDesc: string): AxisFailed {
  return failed('axis-refused', { errorCode, errorDesc: errorDesc.slice(0, 500), outcomeUnknown: 0 });
}

function fieldsOf(value: unknown): Fields {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name.toLowerCase().replaceAll('_', ''), one]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim() : '';
}
