import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { appendAudit, chainChecker, exportLog, readLogLine, verifyChain, verifyChainByTurns } from '../../../electron/services/audit/index.ts';
import { driverOf } from '../../../electron/store/db.ts';
import type { Store } from '../../../electron/store/index.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

function storeWithLog(entries: number): Store {
  const store = storeIn(scratchFolder());
  for (let n = 1; n <= entries; n += 1) {
    store.write((db) => {
      appendAudit(db, {
        at: '2026-11-22T01:00:00.000Z',
        actor: 'Nguyễn Thị Văn Thư',
        action: 'document.registered',
        subjectKind: 'incoming-document',
        subjectId: `d${String(n)}`,
        detail: { arrivalNumber: n, trích: 'yếu', nested: { b: 1, a: [true, null] } },
      });
    });
  }
  return store;
}

/** Goes around the triggers, as somebody with the key and a tool would. */
function tamper(store: Store, statement: string): void {
  const database: Database.Database = driverOf(store.read);
  database.exec('DROP TRIGGER audit_entry_no_update; DROP TRIGGER audit_entry_no_delete');
  database.exec(statement);
}

test('an untouched log is whole', () => {
  const store = storeWithLog(20);
  expect(verifyChain(store.read)).toMatchObject({ entries: 20, brokenAt: null });
});

test('an empty log is whole', () => {
  expect(verifyChain(storeIn(scratchFolder()).read)).toEqual({ entries: 0, head: '0'.repeat(64), brokenAt: null });
});

test.each([
  ['a changed actor', "UPDATE audit_entry SET actor = 'ai đó' WHERE seq = 7", 7],
  ['a changed detail', "UPDATE audit_entry SET detail = '{}' WHERE seq = 7", 7],
  ['a changed time', "UPDATE audit_entry SET at = '2025-01-01T00:00:00.000Z' WHERE seq = 1", 1],
  ['an entry taken out', 'DELETE FROM audit_entry WHERE seq = 7', 7],
  ['the end cut off', 'DELETE FROM audit_entry WHERE seq > 15', 16],
  ['everything taken out', 'DELETE FROM audit_entry', 1],
  ['two entries exchanged', "UPDATE audit_entry SET seq = 100 WHERE seq = 3; UPDATE audit_entry SET seq = 3 WHERE seq = 4; UPDATE audit_entry SET seq = 4 WHERE seq = 100", 3],
  ['a hash made to fit its own entry', "UPDATE audit_entry SET hash = previous_hash WHERE seq = 9", 9],
])('%s is found at its place', (_, statement, place) => {
  const store = storeWithLog(20);
  tamper(store, statement);
  expect(verifyChain(store.read).brokenAt).toBe(place);
});

test('an exported log is checked without the profile; each changed line is found', () => {
  const lines = [...exportLog(storeWithLog(5).read)];
  const check = (texts: readonly string[]): number | null => {
    const checker = chainChecker();
    for (const text of texts) {
      const entry = readLogLine(text);
      if (entry === undefined) return -1;
      if (!checker.feed(entry)) break;
    }
    return checker.verdict().brokenAt;
  };
  expect(check(lines)).toBeNull();
  expect(check([...lines.slice(0, 2), ...lines.slice(3)])).toBe(3);
  expect(check(lines.map((line, index) => (index === 3 ? line.replace('Văn Thư', 'Lãnh Đạo') : line)))).toBe(4);
  expect(check(['not json'])).toBe(-1);
});

test('the hash is what the README says, computed by hand', () => {
  const [line] = [...exportLog(storeWithLog(1).read)];
  const entry = JSON.parse(line ?? '') as { hash: string };
  const body =
    '{"action":"document.registered","actor":"Nguyễn Thị Văn Thư","at":"2026-11-22T01:00:00.000Z",' +
    '"detail":{"arrivalNumber":1,"nested":{"a":[true,null],"b":1},"trích":"yếu"},' +
    '"seq":1,"subjectId":"d1","subjectKind":"incoming-document"}';
  expect(entry.hash).toBe(createHash('sha256').update(`${'0'.repeat(64)}\n${body}`).digest('hex'));
});

test('a long log is checked piece by piece, with what is written meanwhile, and to the same end', async () => {
  const store = storeWithLog(0);
  const write = (count: number): void => {
    store.write((db) => {
      for (let n = 0; n < count; n += 1) appendAudit(db, { at: '2026-11-22T01:00:00.000Z', actor: 'A', action: 'x', subjectKind: 'y', subjectId: 'z', detail: {} });
    });
  };
  expect(await verifyChainByTurns(store.read)).toEqual(verifyChain(store.read));
  write(1000);
  const checking = verifyChainByTurns(store.read);
  write(7);
  expect(await checking).toMatchObject({ entries: 1007, brokenAt: null });
  tamper(store, "UPDATE audit_entry SET actor = 'B' WHERE seq = 700");
  expect(await verifyChainByTurns(store.read)).toEqual({ ...verifyChain(store.read), brokenAt: 700 });
});
