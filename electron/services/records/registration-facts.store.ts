import { all, sql, type ReadDb } from '../../store/index.ts';

export type RegistrationFact = {
  readonly id: string;
  readonly arrivedAt: string;
  readonly urgency: number;
  /** null while it is not in the register */
  readonly registeredAt: string | null;
};

/** Documents that wait for their entry in the register, and those entered since an instant. */
export function registrationFacts(db: ReadDb, doneSince: string): RegistrationFact[] {
  type Row = { id: string; arrived_at: string; urgency: number; registered_at: string | null };
  return all<Row>(
    db,
    sql`SELECT id, arrived_at, urgency, registered_at FROM incoming_document
        WHERE standing = 'arrived'
        UNION ALL
        SELECT id, arrived_at, urgency, registered_at FROM incoming_document WHERE registered_at >= ${doneSince}`,
  ).map((row) => ({ id: row.id, arrivedAt: row.arrived_at, urgency: row.urgency, registeredAt: row.registered_at }));
}

/** Requests of senders to take a document back: those that wait, and those decided since an instant. */
export function recallFacts(
  db: ReadDb,
  doneSince: string,
): { readonly incoming: string; readonly askedAt: string; readonly urgency: number; readonly decidedAt: string | null }[] {
  return all<{ incoming: string; askedAt: string; urgency: number; decidedAt: string | null }>(
    db,
    sql`SELECT c.incoming, c.asked_at AS askedAt, d.urgency, c.decided_at AS decidedAt FROM change_request AS c
        JOIN incoming_document AS d ON d.id = c.incoming
        WHERE c.kind = 'recall' AND (c.state = 'open' OR c.decided_at >= ${doneSince})`,
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
