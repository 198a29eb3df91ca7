import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ok } from '#contract';
import { noteDelivered, noteFailed, noteSending } from '../../../electron/services/exchange/outbox-notes.store.ts';
import { findRow, queueDispatch, type OutboxRow } from '../../../electron/services/exchange/outbox.store.ts';
import type { AxisTransport, SentItem } from '../../../electron/services/exchange/ports.ts';
import { insertDispatch } from '../../../electron/services/exchange/recipients.store.ts';
import { sentLookUp } from '../../../electron/services/exchange/sent-look-up.ts';
import { run, sql, type Store } from '../../../electron/store/index.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const at = '2026-11-22T01:00:00.000Z';
const clock = { now: () => new Date('2026-11-22T02:00:00.000Z') };
const unused = (): never => {
  throw new Error('not asked for');
};

/** A document of ours with a row for each message about it. */
function document(store: Store, number: string): string {
  const id = randomUUID();
  store.write((db) =>
    run(
      db,
      sql`INSERT INTO outgoing_document (id, state, office, document_id, code_number, code_notation, issued_date, place, type_name,
            subject, urgency, signer_name, signer_position, signer_competence, to_places, paper, issued_at, issued_by)
          VALUES (${id}, 'issued', (SELECT id FROM office), ${number}, ${number}, 'UBND-VP', '2026-11-22', '', 'Công văn', '', 0, '', '', '', '[]', 0, ${at}, '')`,
    ),
  );
  return id;
}

function message(store: Store, outgoing: string, to: readonly string[], kind: 'new' | 'update' = 'new'): OutboxRow {
  const dispatch = randomUUID();
  const id = store.write((db) => {
    const receivers = to.map((organId) => ({ organId, name: organId }));
    insertDispatch(db, outgoing, { id: dispatch, kind, reason: '', createdAt: at, createdBy: '', sender: 'H29.99', receivers, sha256: '0'.repeat(64), size: 1 });
    const row = queueDispatch(db, { dispatch, outgoing, urgency: 0, at });
    noteSending(db, row, at);
    return row;
  });
  return rowIn(store, id);
}

function rowIn(store: Store, id: string): OutboxRow {
  const row = findRow(store.read, id);
  if (row === undefined) throw new Error('no row');
  return row;
}

function delivered(store: Store, row: OutboxRow, axisDocId: string): void {
  store.write((db) => {
    noteDelivered(db, row, { axisDocId, at, actor: 'station', note: '' });
  });
}

function inDoubt(store: Store, row: OutboxRow): OutboxRow {
  store.write((db) => {
    noteFailed(db, row, { state: 'waiting', nextTryAt: at, failure: 'time-out', detail: '', doubtSince: at, counts: true }, at);
  });
  return rowIn(store, row.item.id);
}

const line = (senderDocId: string, toCode: string, notation: string): SentItem => ({
  serviceType: 'eDoc',
  messageType: 'edoc',
  senderDocId,
  receiverDocId: '',
  fromCode: 'H29.99',
  toCode,
  title: '',
  notation,
  sentTime: '2026/11/22 08:00:01',
  receivedTime: '',
  sendStatus: '',
  sendStatusDesc: '',
  receiveStatus: '',
  receiveStatusDesc: '',
});

function lookedUp(store: Store, row: OutboxRow, lines: readonly SentItem[]): ReturnType<ReturnType<typeof sentLookUp>> {
  const axis: AxisTransport = {
    connections: 1,
    list: unused,
    fetch: unused,
    acknowledge: unused,
    send: unused,
    sentList: () => Promise.resolve(ok(lines)),
    agencies: unused,
    agenciesQd20: unused,
    unitChanges: unused,
  };
  return sentLookUp(store.read, clock, axis, new Map())(row);
}

test('a delivery whose id the list does not know accounts for a line of each of its receivers', async () => {
  const store = storeIn(scratchFolder());
  const ours = document(store, '1');
  delivered(store, message(store, ours, ['G09', 'H37']), 'of-the-answer');
  const update = inDoubt(store, message(store, ours, ['G09', 'H37'], 'update'));
  const lines = [line('x1', 'G09', '1/UBND-VP'), line('x2', 'H37', '1/UBND-VP')];
  expect(await lookedUp(store, update, lines)).toEqual({ ok: true, value: null });
  // One more line to one of them is the update's.
  expect(await lookedUp(store, update, [...lines, line('x3', 'H37', '1/UBND-VP')])).toEqual({ ok: true, value: 'x3' });
});

test('a line that tells the notation alone is not taken for a document that another delivery explains', async () => {
  const store = storeIn(scratchFolder());
  delivered(store, message(store, document(store, '1'), ['G09']), 'of-the-answer');
  const row = inDoubt(store, message(store, document(store, '2'), ['G09']));
  expect(await lookedUp(store, row, [line('x1', 'G09', 'UBND-VP')])).toEqual({ ok: true, value: null });
});

test('of two documents in doubt that one line fits alike none is declared delivered, and none sent again', async () => {
  const store = storeIn(scratchFolder());
  const [one, two] = ['1', '2'].map((number) => inDoubt(store, message(store, document(store, number), ['G09'])));
  if (one === undefined || two === undefined) throw new Error('two rows');
  const lines = [line('x1', 'G09', 'UBND-VP')];
  for (const row of [one, two]) {
    expect(await lookedUp(store, row, lines)).toMatchObject({ ok: false, failure: { code: 'axis-answer-unreadable', params: { errorCode: 'several-fit' } } });
  }
  // Two lines are one for each; the number in full leaves no doubt.
  expect(await lookedUp(store, one, [...lines, line('x2', 'G09', 'UBND-VP')])).toMatchObject({ ok: true });
  expect(await lookedUp(store, one, [line('x1', 'G09', '2/UBND-VP')])).toEqual({ ok: true, value: null });
  expect(await lookedUp(store, two, [line('x1', 'G09', '2/UBND-VP')])).toEqual({ ok: true, value: 'x1' });
});

test('a line without an id shows all the same that the message got through', async () => {
  const store = storeIn(scratchFolder());
  const row = inDoubt(store, message(store, document(store, '1'), ['G09']));
  expect(await lookedUp(store, row, [line('', 'G09', '1/UBND-VP')])).toEqual({ ok: true, value: '' });
  const other = inDoubt(store, message(store, document(store, '3'), ['G09']));
  expect(await lookedUp(store, other, [line('', 'G09', '1/UBND-VP')])).toEqual({ ok: true, value: null });
});

test('lines without a time are compared with every delivery there ever was, however many turns that takes', async () => {
  const store = storeIn(scratchFolder());
  const earlier = message(store, document(store, '1'), ['G09']);
  delivered(store, earlier, 'of-the-answer');
  const row = inDoubt(store, message(store, document(store, '2'), ['G09']));
  store.write((db) => {
    // The one that explains the line is the oldest; the others say what they say about other offices' documents.
    run(db, sql`UPDATE outbox SET delivered_at = '2020-01-01T00:00:00.000Z' WHERE id = ${earlier.item.id}`);
    run(
      db,
      sql`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
          INSERT INTO dispatch (id, document, kind, reason, created_at, created_by, sender, receivers, sha256, size)
          SELECT 'p' || i, (SELECT outgoing FROM outbox WHERE id = ${earlier.item.id}), 'new', '', ${at}, '', 'H29.99', '[{"organId":"H01","name":""}]', '', 1 FROM n`,
    );
    run(
      db,
      sql`INSERT INTO outbox (id, state, payload, outgoing, dispatch, status_code, occasion, created_at, delivered_at)
          SELECT 'o' || id, 'delivered', '', document, id, '', '', ${at}, ${at} FROM dispatch WHERE id LIKE 'p%' AND length(id) < 6`,
    );
  });
  const untimed = { ...line('x1', 'G09', 'UBND-VP'), sentTime: '' };
  let turns = 0;
  let counting = true;
  const count = (): void => {
    turns += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  expect(await lookedUp(store, row, [untimed])).toEqual({ ok: true, value: null });
  counting = false;
  expect(turns, 'others were served in between').toBeGreaterThan(1);
  // With its time the line is of after the restore, when the old one was long gone.
  expect(await lookedUp(store, row, [line('x1', 'G09', 'UBND-VP')])).toEqual({ ok: true, value: 'x1' });
});

test('an id of the list is its delivery\'s, however often it is listed, unless it names another document', async () => {
  const store = storeIn(scratchFolder());
  const ours = document(store, '1');
  delivered(store, message(store, ours, ['G09']), 'x1');
  const update = inDoubt(store, message(store, ours, ['G09'], 'update'));
  const twice = [line('x1', 'G09', '1/UBND-VP'), line('x1', 'G09', '1/UBND-VP')];
  expect(await lookedUp(store, update, twice)).toEqual({ ok: true, value: null });
  const other = inDoubt(store, message(store, document(store, '2'), ['G09']));
  expect(await lookedUp(store, other, [...twice, line('x1', 'G09', '2/UBND-VP')])).toEqual({ ok: true, value: 'x1' });
});
