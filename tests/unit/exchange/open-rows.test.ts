import { expect, test } from 'vitest';
import { findReplayable } from '../../../electron/services/exchange/inbox.store.ts';
import {
  countOutbox,
  deliveredBeside,
  dueRows,
  hasInterrupted,
  hasStranded,
  isItsTurn,
  nextDue,
  recoverInterrupted,
  undeliveredBeside,
  wakeStranded,
  wakeUnreachable,
  type OutboxRow,
} from '../../../electron/services/exchange/outbox.store.ts';
import type { ReadDb, WriteDb } from '../../../electron/store/index.ts';
import { stepsOver } from '../store/helpers.ts';

const now = '2026-11-23T01:00:00.000Z';

const doubtful = { content: { kind: 'status' }, item: { id: 'x', incoming: 'd' } } as OutboxRow;

const questions: [string, (db: ReadDb) => unknown][] = [
  ['hasInterrupted', hasInterrupted],
  ['hasStranded', (db) => hasStranded(db, now)],
  ['dueRows', (db) => dueRows(db, now, 50)],
  ['nextDue', nextDue],
  ['isItsTurn', (db) => isItsTurn(db, 'x')],
  ['countOutbox', countOutbox],
  ['undeliveredBeside', (db) => undeliveredBeside(db, doubtful)],
  ['deliveredBeside', (db) => deliveredBeside(db, doubtful, { since: '', before: now }, { after: null, limit: 500 })],
];
const changes: [string, (db: WriteDb) => unknown][] = [
  ['recoverInterrupted', (db) => recoverInterrupted(db, now)],
  ['wakeUnreachable', (db) => wakeUnreachable(db, now)],
  ['wakeStranded', (db) => wakeStranded(db, now, now)],
];

test.each([...questions, ...changes])('%s reads what is open, not every row that was ever sent', (_name, work) => {
  const steps = stepsOver('outbox', work);
  expect(steps).not.toEqual([]);
  expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
});

test('kept messages that may be filed are found without reading every message that ever came', () => {
  expect(stepsOver('inbox_message', findReplayable)).toEqual([expect.stringContaining('inbox_message_apart')]);
});
