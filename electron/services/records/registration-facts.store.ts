import { all, sql, type ReadDb } from '../../store/index.ts';

export type RegistrationFact = {
  readonly id: string;
  readonly arrivedAt: string;
  readonly urgency: number;
  /** null while it is not in the register */
  readonly registeredAt: string | null;
};

/**
 * Documents that wait for their entry in the register, and of those entered since an instant the ones that may have been
 * entered too late: not within the day after their arrival, or, urgent ones, not within the least that "at once" can give.
 */
export function registrationFacts(db: ReadDb, doneSince: string): RegistrationFact[] {
  type Row = { id: string; arrived_at: string; urgency: number; registered_at: string | null };
  return all<Row>(
    db,
    // The second part says the words of its index.
    sql`SELECT id, arrived_at, urgency, registered_at FROM incoming_document
        WHERE standing = 'arrived'
        UNION ALL
        SELECT id, arrived_at, urgency, registered_at FROM incoming_document INDEXED BY incoming_document_entered_late
        WHERE registered_at IS NOT NULL
          AND (date(registered_at, '+7 hours') > date(arrived_at, '+7 hours', '+1 day')
            OR (urgency > 0 AND unixepoch(registered_at) - unixepoch(arrived_at) >= 300))
          AND registered_at >= ${doneSince}`,
  ).map((row) => ({ id: row.id, arrivedAt: row.arrived_at, urgency: row.urgency, registeredAt: row.registered_at }));
}

/**
 * Documents of the axis that wait for their entry, or were entered since an instant, and whose sender was never told that they
 * came. None, unless something went wrong.
 */
export function untoldArrivals(db: ReadDb, since: string): { readonly id: string; readonly arrivedAt: string }[] {
  return all<{ id: string; arrivedAt: string }>(
    db,
    sql`SELECT d.id, d.arrived_at AS arrivedAt FROM arrival_untold AS u CROSS JOIN incoming_document AS d ON d.id = u.document
        WHERE d.standing = 'arrived' OR d.registered_at >= ${since}`,
  );
}

/** Requests of senders to take a document back: those that wait, and those decided since an instant. */
export function recallFacts(
  db: ReadDb,
  doneSince: string,
): { readonly incoming: string; readonly askedAt: string; readonly urgency: number; readonly decidedAt: string | null }[] {
  // Each part for itself: over an OR SQLite reads every request there ever was.
  return all<{ incoming: string; askedAt: string; urgency: number; decidedAt: string | null }>(
    db,
    sql`SELECT c.incoming, c.asked_at AS askedAt, d.urgency, c.decided_at AS decidedAt FROM change_request AS c
        JOIN incoming_document AS d ON d.id = c.incoming
        WHERE c.kind = 'recall' AND c.state = 'open'
        UNION ALL
        SELECT c.incoming, c.asked_at, d.urgency, c.decided_at FROM change_request AS c
        JOIN incoming_document AS d ON d.id = c.incoming
        WHERE c.kind = 'recall' AND c.state <> 'open' AND c.decided_at >= ${doneSince}`,
  );
}

export type DocumentHead = {
  /** number and notation, e.g. `7816/VPCP-TTĐT` */
  readonly about: string;
  readonly subject: string;
  readonly issuerName: string;
};

/** How documents are called in a list of something else, by their ids. */
export function documentHeads(db: ReadDb, ids: readonly string[]): ReadonlyMap<string, DocumentHead> {
  type Row = { id: string; code_number: string; code_notation: string; subject: string; issuer_name: string };
  const rows = all<Row>(
    db,
    sql`SELECT id, code_number, code_notation, subject, issuer_name FROM incoming_document
        WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        about: [row.code_number, row.code_notation].filter((part) => part !== '').join('/'),
        subject: row.subject,
        issuerName: row.issuer_name,
      },
    ]),
  );
}

/** How our own documents are called in such a list. */
export function outgoingHeads(
  db: ReadDb,
  ids: readonly string[],
): ReadonlyMap<string, Pick<DocumentHead, 'about' | 'subject'>> {
  const rows = all<{ id: string; about: string; subject: string }>(
    db,
    sql`SELECT id, code_number || '/' || code_notation AS about, subject FROM outgoing_document
        WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  );
  return new Map(rows.map(({ id, about, subject }) => [id, { about, subject }]));
}
