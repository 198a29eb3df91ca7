import { all, changeOne, one, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';

/** A certificate that somebody of this office made an anchor. */
export type AddedAnchor = {
  readonly id: string;
  /** SHA-256 of the certificate */
  readonly fingerprint: string;
  readonly origin: 'office' | 'practice';
  readonly der: Uint8Array;
  readonly reason: string;
  readonly addedAt: string;
  readonly addedBy: string;
  readonly withdrawnAt: string | null;
  readonly withdrawnBy: string;
  readonly withdrawnReason: string;
};

type Row = {
  id: string;
  fingerprint: string;
  origin: AddedAnchor['origin'];
  der: string;
  reason: string;
  added_at: string;
  added_by: string;
  withdrawn_at: string | null;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
};

/** All that were ever added, the newest first. */
export function listAnchors(db: ReadDb): AddedAnchor[] {
  return all<Row>(db, sql`SELECT * FROM trust_anchor ORDER BY withdrawn_at IS NOT NULL, added_at DESC, id DESC`).map((row) => ({
    id: row.id,
    fingerprint: row.fingerprint,
    origin: row.origin,
    der: Buffer.from(row.der, 'base64'),
    reason: row.reason,
    addedAt: row.added_at,
    addedBy: row.added_by,
    withdrawnAt: row.withdrawn_at,
    withdrawnBy: row.withdrawn_by ?? '',
    withdrawnReason: row.withdrawn_reason ?? '',
  }));
}

/** Writes a new one. */
export function insertAnchor(db: WriteDb, anchor: Pick<AddedAnchor, 'id' | 'fingerprint' | 'origin' | 'der' | 'reason' | 'addedAt' | 'addedBy'>): void {
  changeOne(
    db,
    sql`INSERT INTO trust_anchor (id, fingerprint, origin, der, reason, added_at, added_by)
        VALUES (${anchor.id}, ${anchor.fingerprint}, ${anchor.origin}, ${Buffer.from(anchor.der).toString('base64')}, ${anchor.reason}, ${anchor.addedAt}, ${anchor.addedBy})`,
  );
}

/** The hash of one that is in force; undefined when there is none of this id. */
export function anchorInForce(db: ReadDb, id: string): string | undefined {
  return one<{ fingerprint: string }>(db, sql`SELECT fingerprint FROM trust_anchor WHERE id = ${id} AND withdrawn_at IS NULL`)?.fingerprint;
}

/** Withdraws one that is in force. */
export function endAnchor(db: WriteDb, id: string, { at, by, reason }: { readonly at: string; readonly by: string; readonly reason: string }): void {
  changeOne(db, sql`UPDATE trust_anchor SET withdrawn_at = ${at}, withdrawn_by = ${by}, withdrawn_reason = ${reason} WHERE id = ${id} AND withdrawn_at IS NULL`);
}
