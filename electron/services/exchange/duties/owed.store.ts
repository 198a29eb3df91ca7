import { all, sql, type ReadDb } from '../../../store/index.ts';
import { addWorkingDays, readCalendar } from '../../calendar/index.ts';
import { documentHeads, draftHeads, handlingFacts, issuingFacts, outgoingHeads, readSoonDays, recallFacts, registrationFacts, untoldArrivals } from '../../records/index.ts';
import type { Owed, OwedSource } from './owed.ts';

/** What the exchange itself owes for documents that came: notices of receipt and entries in the register. */
export const owedForArrivals: OwedSource = {
  facts: (db, doneSince) => {
    const registrations = registrationFacts(db, doneSince).map(
      ({ id, arrivedAt, urgency, registeredAt }): Owed => ({
        kind: 'registration',
        subjectId: id,
        since: arrivedAt,
        urgency,
        doneAt: registeredAt,
        open: { section: 'incoming', id },
      }),
    );
    const missing = untoldArrivals(db, doneSince).map(({ id, arrivedAt }) => receipt(id, arrivedAt, null, { section: 'incoming', id }));
    return [...receiptFacts(db, doneSince), ...missing, ...registrations];
  },
  heads: incomingHeads,
};

/** The work on registered documents that have a day: directed, by the office's rules, or as the sender asks. */
export const owedForHandling: OwedSource = {
  facts(db, doneSince) {
    const calendar = readCalendar(db);
    const near = -readSoonDays(db);
    const nearFrom = new Map<string, string>();
    return handlingFacts(db, doneSince).map(({ id, since, urgency, due, doneAt }): Owed => {
      const from = nearFrom.get(due) ?? addWorkingDays(calendar, due, near).day;
      nearFrom.set(due, from);
      return { kind: 'handling', subjectId: id, since, urgency, doneAt, set: { day: due, nearFrom: from }, open: { section: 'incoming', id } };
    });
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

/**
 * Issued documents that were given to the outbox and must leave; done when the axis has all of its messages. Of those that have
 * left only what may have done so too late is looked at: given to the outbox, or gone from it, not on the day, or, urgent ones,
 * not within half of the least that "at once" can give.
 */
export const owedForSending: OwedSource = {
  facts(db, doneSince) {
    type Row = { id: string; since: string; urgency: number; waiting: number; sent_at: string | null; row: string | null };
    // Indexes and order are named: whatever else the planner chooses reads the whole register. Their words are said again.
    return all<Row>(
      db,
      sql`WITH wanted AS (
            SELECT document AS id FROM recipient WHERE sent_at IS NULL AND cancelled_at IS NULL
            UNION SELECT id FROM outgoing_document INDEXED BY outgoing_document_given_late WHERE sent_at IS NOT NULL
              AND (date(sent_at, '+7 hours') > date(COALESCE(signed_at, issued_at), '+7 hours')
                OR (urgency > 0 AND unixepoch(sent_at) - unixepoch(COALESCE(signed_at, issued_at)) >= 150))
              AND sent_at >= ${doneSince}
            UNION SELECT document FROM recipient INDEXED BY recipient_left_late WHERE sent_at IS NOT NULL
              AND (date(sent_at, '+7 hours') > date(added_at, '+7 hours') OR unixepoch(sent_at) - unixepoch(added_at) >= 150)
              AND sent_at >= ${doneSince})
          SELECT d.id, COALESCE(d.signed_at, d.issued_at) AS since, d.urgency, SUM(r.sent_at IS NULL) AS waiting,
            MAX(r.sent_at) AS sent_at,
            (SELECT MIN(o.id) FROM outbox AS o WHERE o.outgoing = d.id AND o.state IN ('waiting', 'sending', 'attention')) AS row
          FROM wanted CROSS JOIN outgoing_document AS d ON d.id = wanted.id
          CROSS JOIN recipient AS r ON r.document = d.id AND r.cancelled_at IS NULL
          GROUP BY d.id`,
    ).map(
      (row): Owed => ({
        kind: 'sending',
        subjectId: row.id,
        since: row.since,
        urgency: row.urgency,
        doneAt: row.waiting > 0 ? null : row.sent_at,
        open: row.row === null ? { section: 'outgoing', id: row.id } : { section: 'outbox', id: row.row },
      }),
    );
  },
  heads: outgoingHeadsOf,
};

/**
 * Documents of ours that are signed and wait for number, seal, issue or sending: the day runs from the signature. Once
 * one is given to the outbox, or handed over on paper, it is no longer owed here.
 */
export const owedForIssuing: OwedSource = {
  facts: (db) =>
    issuingFacts(db).map(
      ({ id, signedAt, urgency }): Owed => ({
        kind: 'sending',
        subjectId: id,
        since: signedAt,
        urgency,
        doneAt: null,
        open: { section: 'outgoing', id },
      }),
    ),
  // What has its number is a document of the register.
  heads: (db, ids) => new Map([...[...draftHeads(db, ids)].map(([id, { about, subject }]) => [id, { about, title: subject, party: '' }] as const), ...outgoingHeadsOf(db, ids)]),
};

function outgoingHeadsOf(db: ReadDb, ids: readonly string[]): ReturnType<OwedSource['heads']> {
  return new Map([...outgoingHeads(db, ids)].map(([id, { about, subject }]) => [id, { about, title: subject, party: '' }]));
}

function incomingHeads(db: ReadDb, ids: readonly string[]): ReturnType<OwedSource['heads']> {
  return new Map(
    [...documentHeads(db, ids)].map(([id, { about, subject, issuerName }]) => [id, { about, title: subject, party: issuerName }]),
  );
}

/** Statuses 01 that are not through yet, and those delivered since an instant, but after their day. */
function receiptFacts(db: ReadDb, doneSince: string): Owed[] {
  type Row = { id: string; document: string; created_at: string; delivered_at: string | null };
  return all<Row>(
    db,
    sql`SELECT id, incoming AS document, created_at, delivered_at FROM outbox
        WHERE state IN ('waiting', 'sending', 'attention') AND status_code = '01'
        UNION ALL
        SELECT id, incoming AS document, created_at, delivered_at FROM outbox INDEXED BY outbox_receipt_late
        WHERE status_code = '01' AND delivered_at IS NOT NULL AND date(delivered_at, '+7 hours') > date(created_at, '+7 hours')
          AND delivered_at >= ${doneSince}`,
  ).map((row) => receipt(row.document, row.created_at, row.delivered_at, { section: 'outbox', id: row.id }));
}

function receipt(subjectId: string, since: string, doneAt: string | null, open: Owed['open']): Owed {
  // Every arrival is answered the same day, so urgency makes no difference here.
  return { kind: 'receipt-notice', subjectId, since, urgency: 0, doneAt, open };
}
