import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { queueStatusWith } from '../../electron/services/exchange/index.ts';
import { recordArrival } from '../../electron/services/records/index.ts';
import { newId } from '../../electron/foundation/ids.ts';
import { asWriteDb } from '../../electron/store/db.ts';
import { openStore } from '../../electron/store/index.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { ownAgency } from '../fakes/station/messages.ts';
import { byTurns, figure, type Figure } from './figures.ts';
import { arrival } from './profile.ts';

/**
 * Transactions per second that write a register row with its audit and outbox rows, against bare better-sqlite3 doing
 * the same three inserts with the same pragmas and encryption.
 */
export function insertFigure(folder: string, transactions = 2000): Figure {
  mkdirSync(folder, { recursive: true });
  const ours = oursIn(join(folder, 'ours'));
  const bare = bareIn(join(folder, 'bare.db'));
  const taken = byTurns(ours.insert, bare.insert, transactions);
  ours.close();
  bare.close();
  const value = transactions / (taken.ours / 1000);
  const referenceValue = transactions / (taken.peer / 1000);
  return figure({
    name: 'register row + audit + outbox, one transaction each',
    value,
    unit: 'tx/s',
    reference: 'bare better-sqlite3, the same three inserts (tx/s)',
    referenceValue,
    target: '≥ 0.5 × bare',
    met: value >= 0.5 * referenceValue,
  });
}

type Subject = { readonly insert: (n: number) => void; readonly close: () => void };

function oursIn(folder: string): Subject {
  const opened = openStore({ folder, key: randomBytes(32), programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  const store = opened.value;
  const queueStatus = queueStatusWith(() => undefined);
  return {
    insert: (n) => {
      store.write((db) => recordArrival(db, arrival(n), queueStatus, ownAgency.name));
    },
    close: store.close,
  };
}

function bareIn(path: string): Subject {
  const database = new Database(path);
  database.pragma("cipher = 'sqlcipher'");
  database.pragma('legacy = 4');
  database.pragma(`key = "x'${randomBytes(32).toString('hex')}'"`);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  migrate(asWriteDb(database), 0);
  const document = database.prepare(`
    INSERT INTO incoming_document (id, state, arrived_at, document_id, issuer_organ_id, issuer_name, addressed_organ_id,
      code_number, code_notation, issued_date, place, type_name, subject, urgency, due_date, signer_name,
      signer_position, signer_competence, to_places, page_amount)
    VALUES (?, 'arrived', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const audit = database.prepare("INSERT INTO audit_entry VALUES (?, ?, 'station', 'document.arrived', 'incoming-document', ?, ?, ?, ?)");
  const outbox = database.prepare("INSERT INTO outbox (id, state, payload, incoming, status_code, occasion, created_at) VALUES (?, 'waiting', ?, ?, '01', ?, ?)");
  const hash = '0'.repeat(64);
  const insert = database.transaction((n: number) => {
    const row = arrival(n);
    const id = newId();
    document.run(
      id, row.arrivedAt, row.documentId, row.issuer.organId, row.issuer.name, row.addressedOrganId, row.codeNumber,
      row.codeNotation, row.issuedDate, row.place, row.typeName, row.subject, row.urgency, row.dueDate, row.signer.name,
      row.signer.position, row.signer.competence, '[]', row.pageAmount,
    );
    audit.run(n + 1, row.arrivedAt, id, JSON.stringify({ documentId: row.documentId, issuer: row.issuer.organId }), hash, hash);
    outbox.run(newId(), JSON.stringify({ to: row.issuer, about: row.documentId }), id, newId(), row.arrivedAt);
  });
  return { insert: insert.immediate, close: () => void database.close() };
}
