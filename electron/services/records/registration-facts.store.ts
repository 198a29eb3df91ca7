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
    sql`SELECT id, arrived_at, urgency, registered_at FROM incoming_document WHERE state = 'arrived'
        UNION ALL
        SELECT id, arrived_at, urgency, registered_at FROM incoming_document WHERE registered_at >= ${doneSince}`,
  ).map((row) => ({ id: row.id, arrivedAt: row.arrived_at, urgency: row.urgency, registeredAt: row.registered_at }));
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
