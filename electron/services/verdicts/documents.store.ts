import type { DeskDecision, DeskSource, FileRef, VerdictAlarm } from '#contract';
import { all, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';

/** A document, or a file of a dossier's own by its member's id, as far as the verdict on it goes. */
export type DeskDocument = {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing' | 'dossier';
  readonly source: DeskSource;
  /** entered in the register, or past it; ended ones are nobody's concern any more */
  readonly standing: 'arrived' | 'registered' | 'ended';
  /** who should have signed: the sender, or this office */
  readonly issuer: string;
  readonly code: string;
  readonly subject: string;
  /** yyyy-MM-dd */
  readonly issuedDate: string | null;
};

type IncomingRow = Omit<DeskDocument, 'direction' | 'standing'> & { readonly state: string };

/** A received document, one of ours, or a file of a dossier's own; undefined when there is none. */
export function deskDocument(db: ReadDb, id: string): DeskDocument | undefined {
  const received = one<IncomingRow>(
    db,
    sql`SELECT id, source, standing AS state, issuer_name AS issuer, code_number || '/' || code_notation AS code, subject, issued_date AS issuedDate
        FROM incoming_document WHERE id = ${id}`,
  );
  if (received !== undefined) {
    const { state, ...facts } = received;
    const ended = state === 'refused' || state === 'recalled' || state === 'replaced';
    return { ...facts, direction: 'incoming', standing: state === 'arrived' ? 'arrived' : ended ? 'ended' : 'registered' };
  }
  const ours = one<Pick<DeskDocument, 'id' | 'issuer' | 'code' | 'subject' | 'issuedDate'>>(
    db,
    sql`SELECT d.id, (SELECT name FROM office WHERE valid_to IS NULL ORDER BY valid_from DESC LIMIT 1) AS issuer,
          d.code_number || '/' || d.code_notation AS code, d.subject, d.issued_date AS issuedDate
        FROM outgoing_document AS d WHERE d.id = ${id}`,
  );
  if (ours !== undefined) return { ...ours, direction: 'outgoing', source: 'file', standing: 'ended' };
  // Nobody registers such a file by its verdict: whoever closes the dossier is told.
  const own = one<Pick<DeskDocument, 'id' | 'issuer' | 'code' | 'subject' | 'issuedDate'>>(
    db,
    sql`SELECT id, issuer_name AS issuer, trim(code_number || '/' || code_notation, '/') AS code, subject, issued_date AS issuedDate FROM dossier_member WHERE id = ${id} AND kind = 'file' AND destroyed_at IS NULL`,
  );
  return own && { ...own, direction: 'dossier', source: 'file', standing: 'ended' };
}

/** The files of a document that stand, in their order. */
export function filesOf(db: ReadDb, { id, direction }: Pick<DeskDocument, 'id' | 'direction'>): FileRef[] {
  const columns = sql`id, name, media_type AS mediaType, size, sha256`;
  if (direction === 'dossier') return all<FileRef>(db, sql`SELECT ${columns} FROM dossier_member WHERE id = ${id} AND kind = 'file' AND destroyed_at IS NULL`);
  return direction === 'incoming'
    ? all<FileRef>(db, sql`SELECT ${columns} FROM incoming_file WHERE document = ${id} AND superseded_at IS NULL AND destroyed_at IS NULL ORDER BY ordinal`)
    : all<FileRef>(db, sql`SELECT ${columns} FROM outgoing_file WHERE document = ${id} AND superseded_at IS NULL AND destroyed_at IS NULL ORDER BY ordinal`);
}

/**
 * Which documents have this very file, or are it in a dossier, by their ids: those of the registers first, as it is known who should have
 * signed them, and the newest first; `size` in bytes.
 */
export function documentsWith(db: ReadDb, sha256: string): readonly { readonly document: string; readonly size: number }[] {
  return all(
    db,
    sql`SELECT document, size, 0 AS own FROM incoming_file WHERE sha256 = ${sha256} AND superseded_at IS NULL AND destroyed_at IS NULL
        UNION SELECT document, size, 0 FROM outgoing_file WHERE sha256 = ${sha256} AND superseded_at IS NULL AND destroyed_at IS NULL
        UNION SELECT id, size, 1 FROM dossier_member WHERE sha256 = ${sha256} AND ordinal IS NOT NULL AND destroyed_at IS NULL ORDER BY own, document DESC LIMIT 50`,
  );
}

/** Whether a file was ever put into the queue, and whether it waits there. */
export function queueStateOf(db: ReadDb, sha256: string): 'waiting' | 'done' | undefined {
  return one<{ state: 'waiting' | 'done' }>(db, sql`SELECT state FROM verification WHERE sha256 = ${sha256}`)?.state;
}

/** When the next file of the queue is worth another look; null when none is. */
export function nextRenewal(db: ReadDb): string | null {
  return one<{ at: string | null }>(db, sql`SELECT MIN(renew_at) AS at FROM verification WHERE renew_at IS NOT NULL`)?.at ?? null;
}

/** The alarm on a document, open or settled; null when there never was one. */
export function alarmOf(db: ReadDb, document: string): VerdictAlarm | null {
  return (
    one<VerdictAlarm>(
      db,
      sql`SELECT decision, why, raised_at AS raisedAt, settled_at AS settledAt, settled_by AS settledBy, reason FROM verdict_alarm WHERE document = ${document}`,
    ) ?? null
  );
}

/** Raises an alarm, or raises it anew when another reason has come. */
export function raiseAlarm(db: WriteDb, document: string, { decision, why }: DeskDecision, at: string): void {
  run(
    db,
    sql`INSERT INTO verdict_alarm (document, decision, why, raised_at) VALUES (${document}, ${decision}, ${why}, ${at})
        ON CONFLICT (document) DO UPDATE SET decision = excluded.decision, why = excluded.why, raised_at = excluded.raised_at,
          settled_at = NULL, settled_by = '', reason = ''`,
  );
}

/** Notes who has seen to it, and how. */
export function settleAlarm(db: WriteDb, document: string, { at, name, reason }: { readonly at: string; readonly name: string; readonly reason: string }): void {
  run(db, sql`UPDATE verdict_alarm SET settled_at = ${at}, settled_by = ${name}, reason = ${reason} WHERE document = ${document}`);
}

/** A better result has come: nothing speaks against the document any more. What somebody said of it stays. */
export function withdrawAlarm(db: WriteDb, document: string): void {
  run(db, sql`DELETE FROM verdict_alarm WHERE document = ${document} AND settled_at IS NULL`);
}
