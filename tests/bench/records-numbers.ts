import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../electron/foundation/ids.ts';
import { queueStatusWith } from '../../electron/services/exchange/index.ts';
import { recordArrival, recordsHandlers } from '../../electron/services/records/index.ts';
import { asWriteDb } from '../../electron/store/db.ts';
import { openStore } from '../../electron/store/index.ts';
import { transaction } from '../../electron/store/transaction.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { ownAgency } from '../fakes/station/messages.ts';
import { byTurns, figure, type Figure } from './figures.ts';
import { arrival } from './profile.ts';

const at = '2026-11-22T01:00:00.000Z';
const nobody = (): undefined => undefined;

/** What giving numbers costs. */
export function numbers(): Promise<readonly Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  try {
    return Promise.resolve([registerFigure(scratch)]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Milliseconds to register one incoming document (number, book, register row, audit, status), against bare better-sqlite3
 * writing the same rows with the same pragmas and encryption.
 */
export function registerFigure(folder: string, documents = 2000): Figure {
  const ours = oursIn(join(folder, 'ours'), documents);
  const bare = bareIn(join(folder, 'bare.db'), documents);
  const taken = byTurns(ours.register, bare.register, documents);
  ours.close();
  bare.close();
  const value = taken.ours / documents;
  const referenceValue = taken.peer / documents;
  return figure({
    name: 'registering one document, its number proven unique',
    value,
    unit: 'ms',
    reference: 'bare better-sqlite3, the same rows (ms)',
    referenceValue,
    target: '≤ 2 × bare',
    met: value <= 2 * referenceValue,
  });
}

type Subject = { readonly register: (n: number) => unknown; readonly close: () => void };

function oursIn(folder: string, documents: number): Subject {
  const opened = openStore({ folder, key: randomBytes(32), programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  const store = opened.value;
  const queueStatus = queueStatusWith(nobody);
  const ids = store.write((db) => Array.from({ length: documents }, (_, n) => recordArrival(db, arrival(n + 1), queueStatus, ownAgency.name)));
  const clock = { now: () => new Date(at) };
  const { registerIncoming } = recordsHandlers({ store, clock, queueStatus, changed: nobody, outgoingChanged: nobody, recalled: nobody });
  return { register: (n) => registerIncoming({ id: ids[n] ?? '' }), close: store.close };
}

function bareIn(path: string, documents: number): Subject {
  const database = new Database(path);
  database.pragma("cipher = 'sqlcipher'");
  database.pragma('legacy = 4');
  database.pragma(`key = "x'${randomBytes(32).toString('hex')}'"`);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  migrate(asWriteDb(database), 0);
  const office = database.prepare('SELECT id FROM office').pluck().get() as string;
  const queueStatus = queueStatusWith(nobody);
  const ids = transaction(database, (db) => Array.from({ length: documents }, (_, n) => recordArrival(db, arrival(n + 1), queueStatus, ownAgency.name)));
  const series = newId();
  database.prepare("INSERT INTO number_series (id, office, register, year, last) VALUES (?, ?, 'incoming', 2026, 0)").run(series, office);
  const raise = database.prepare('UPDATE number_series SET last = ? WHERE id = ?');
  const entry = database.prepare("INSERT INTO number_entry (series, number, state, day) VALUES (?, ?, 'taken', '2026-11-22')");
  const row = database.prepare(`
    UPDATE incoming_document SET state = 'registered', arrival_series = ?, arrival_number = ?, arrival_year = 2026, registered_at = ?,
      registered_by = 'A' WHERE id = ?`);
  const audit = database.prepare("INSERT INTO audit_entry VALUES (?, ?, 'A', 'document.registered', 'incoming-document', ?, ?, ?, ?)");
  const head = database.prepare('UPDATE audit_head SET seq = ?, hash = ?');
  const outbox = database.prepare(
    "INSERT INTO outbox (id, state, payload, incoming, status_code, occasion, created_at) VALUES (?, 'waiting', ?, ?, '03', '', ?)",
  );
  const hash = '0'.repeat(64);
  const register = database.transaction((n: number) => {
    const id = ids[n] ?? '';
    raise.run(n + 1, series);
    entry.run(series, n + 1);
    row.run(series, n + 1, at, id);
    audit.run(documents + n + 1, at, id, JSON.stringify({ arrivalNumber: n + 1, arrivalYear: 2026 }), hash, hash);
    head.run(documents + n + 1, hash);
    outbox.run(newId(), JSON.stringify({ statusCode: '03', document: id, about: arrival(n + 1).documentId }), id, at);
  });
  return { register: register.immediate, close: () => void database.close() };
}
