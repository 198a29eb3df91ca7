import { all, sql, type ReadDb } from '../../../store/index.ts';
import { documentHeads, outgoingHeads, recallFacts, registrationFacts } from '../../records/index.ts';
import type { Owed, OwedSource } from './owed.ts';

/** What the exchange itself owes for documents that came: notices of receipt and entries in the register. */
export const owedForArrivals: OwedSource = {
  facts: (db, doneSince) => {
    const documents = registrationFacts(db, doneSince);
    const registrations = documents.map(
      ({ id, arrivedAt, urgency, registeredAt }): Owed => ({
        kind: 'registration',
        subjectId: id,
        since: arrivedAt,
        urgency,
        doneAt: registeredAt,
        open: { section: 'incoming', id },
      }),
    );
    const unreported = withoutNotice(db, documents.map(({ id }) => id));
    const missing = documents
      .filter(({ id }) => unreported.has(id))
      .map(({ id, arrivedAt }) => receipt(id, arrivedAt, null, { section: 'incoming', id }));
    return [...receiptFacts(db, doneSince), ...missing, ...registrations];
  },
  heads: incomingHeads,
};

/** The answers that senders wait for who asked to take a document back. */
export const owedForRecalls: OwedSource = {
  facts: (db, doneSince) =>
    recallFacts(db, doneSince).map(
      ({ incoming, askedAt, urgency, decidedAt }): Owed => ({
        kind: 'recall-answer',
        subjectId: incoming,
        since: askedAt,
        urgency,
        doneAt: decidedAt,
        open: { section: 'incoming', id: incoming },
      }),
    ),
  heads: incomingHeads,
};

/** Issued documents that were given to the outbox and must leave; done when the axis has all of its messages. */
export const owedForSending: OwedSource = {
  facts(db, doneSince) {
    type Row = { id: string; issued_at: string; urgency: number; waiting: number; sent_at: string | null; row: string | null };
    return all<Row>(
      db,
      sql`SELECT d.id, d.issued_at, d.urgency, SUM(r.sent_at IS NULL) AS waiting, MAX(r.sent_at) AS sent_at,
            (SELECT MIN(o.id) FROM outbox AS o WHERE o.outgoing = d.id AND o.state IN ('waiting', 'sending', 'attention')) AS row
          FROM outgoing_document AS d JOIN recipient AS r ON r.document = d.id AND r.cancelled_at IS NULL
          WHERE d.issued_at >= ${doneSince} OR EXISTS (
            SELECT 1 FROM recipient AS x WHERE x.document = d.id AND x.sent_at IS NULL AND x.cancelled_at IS NULL)
          GROUP BY d.id`,
    ).map(
      (row): Owed => ({
        kind: 'sending',
        subjectId: row.id,
        since: row.issued_at,
        urgency: row.urgency,
        doneAt: row.waiting > 0 ? null : row.sent_at,
        open: row.row === null ? { section: 'outgoing', id: row.id } : { section: 'outbox', id: row.row },
      }),
    );
  },
  heads: (db, ids) =>
    new Map([...outgoingHeads(db, ids)].map(([id, { about, subject }]) => [id, { about, title: subject, party: '' }])),
};

function incomingHeads(db: ReadDb, ids: readonly string[]): ReturnType<OwedSource['heads']> {
  return new Map(
    [...documentHeads(db, ids)].map(([id, { about, subject, issuerName }]) => [id, { about, title: subject, party: issuerName }]),
  );
}

/** Statuses 01 that are not through yet, and those delivered since an instant. */
function receiptFacts(db: ReadDb, doneSince: string): Owed[] {
  type Row = { id: string; document: string; created_at: string; delivered_at: string | null };
  return all<Row>(
    db,
    sql`SELECT id, incoming AS document, created_at, delivered_at FROM outbox
        WHERE state IN ('waiting', 'sending', 'attention') AND status_code = '01'
        UNION ALL
        SELECT id, incoming AS document, created_at, delivered_at FROM outbox
        WHERE status_code = '01' AND delivered_at IS NOT NULL AND delivered_at >= ${doneSince}`,
  ).map((row) => receipt(row.document, row.created_at, row.delivered_at, { section: 'outbox', id: row.id }));
}

/** Those of some documents of the axis for which no status 01 was ever written. None, unless something went wrong. */
function withoutNotice(db: ReadDb, documents: readonly string[]): ReadonlySet<string> {
  const rows = all<{ id: string }>(
    db,
    sql`SELECT wanted.value AS id FROM json_each(${JSON.stringify(documents)}) AS wanted
        JOIN incoming_document AS d ON d.id = wanted.value AND d.source = 'axis'
        WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.incoming = wanted.value AND status_code = '01')`,
  );
  return new Set(rows.map(({ id }) => id));
}

function receipt(subjectId: string, since: string, doneAt: string | null, open: Owed['open']): Owed {
  // Every arrival is answered the same day, so urgency makes no difference here.
  return { kind: 'receipt-notice', subjectId, since, urgency: 0, doneAt, open };
}
