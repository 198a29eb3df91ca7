import { all, changeOne, one, sql, type ReadDb, type Sql, type WriteDb } from '../../store/index.ts';

/** A message that is kept apart and names a recalled document as its own. */
export type ApartCopy = {
  readonly id: string;
  readonly document: string;
  readonly issuer: string;
  readonly sender: string;
  readonly handedBy: string;
  readonly reason: string;
  readonly sha256: string;
};

/**
 * Messages kept apart that bear the id of a recalled document and came before that was decided: what comes under the id
 * afterwards may be the right version, and is for a person. Whose they are is for the caller to judge.
 */
export function apartCopies(db: ReadDb): ApartCopy[] {
  return all<ApartCopy>(
    db,
    sql`SELECT m.id, d.id AS document, d.issuer_organ_id AS issuer, m.sender, m.handed_by AS handedBy, m.reason, m.sha256
        FROM inbox_message AS m JOIN incoming_document AS d ON d.document_id = m.sender_document_id
        WHERE m.state IN ('quarantined', 'kept') AND m.message_type = 'edoc' AND m.sender_document_id <> ''
          AND m.reason <> 'not-a-party' AND d.closure = 'recalled' AND m.received_at <= d.closed_at
        ORDER BY m.id`,
  );
}

/** Counts a message kept apart as a copy of a recalled document: it leaves the list, and its bytes are destroyed. */
export function countAsCopy(db: WriteDb, { id, document }: ApartCopy): void {
  changeOne(db, sql`UPDATE inbox_message SET state = 'duplicate', document = ${document} WHERE id = ${id} AND state IN ('quarantined', 'kept')`);
}

/** The messages that brought recalled documents, copies of them or requests about them. */
export function messagesOfRecalled(db: ReadDb): string[] {
  return all<{ sha256: string }>(
    db,
    sql`SELECT DISTINCT m.sha256 FROM inbox_message AS m JOIN incoming_document AS d ON d.id = m.document WHERE d.closure = 'recalled'`,
  ).map((row) => row.sha256);
}

/** The files of recalled documents, messages that brought them as files, files of updates of them, those that a person put away before entering them, and copies and their texts that were thrown away or deleted. */
export function filesOfRecalled(db: ReadDb): string[] {
  return all<{ sha256: string }>(
    db,
    sql`SELECT sha256 FROM incoming_file WHERE destroyed_at IS NOT NULL
        UNION SELECT sha256 FROM intake_file WHERE discarded_at IS NOT NULL
        UNION SELECT sha256 FROM document_copy_file WHERE state IN ('discarded', 'removed')
        UNION SELECT sha256 FROM certification WHERE state = 'discarded'
        UNION SELECT i.sha256 FROM intake_file AS i JOIN incoming_document AS d ON d.id = i.entered_as WHERE i.message = 1 AND d.closure = 'recalled'
        UNION SELECT json_extract(f.value, '$.sha256') FROM change_request AS c JOIN incoming_document AS d ON d.id = c.incoming,
            json_each(iif(c.content = '', '{}', c.content), '$.files') AS f
          WHERE d.closure = 'recalled' AND f.type = 'object'`,
  ).map((row) => row.sha256);
}

/** Of file `f` of a received package: its dossier is being destroyed, or was. The first condition is the index's. */
const goneWithDossier = sql`SELECT 1 FROM received_package AS p JOIN disposal_item AS i ON i.dossier = p.dossier
  WHERE p.id = f.package AND i.state IN ('proposed', 'destroying', 'destroyed') AND i.state <> 'proposed'`;

/** What stands with this very content. */
function uses(sha256: string): Sql {
  return sql`SELECT 1 FROM incoming_file WHERE sha256 = ${sha256} AND destroyed_at IS NULL
      UNION ALL SELECT 1 FROM outgoing_file WHERE sha256 = ${sha256} AND destroyed_at IS NULL
      UNION ALL SELECT 1 FROM intake_file AS i LEFT JOIN incoming_document AS d ON d.id = i.entered_as WHERE i.sha256 = ${sha256} AND i.discarded_at IS NULL
        AND (i.entered_as IS NULL OR i.message = 1 AND d.closure IS NOT 'recalled' AND NOT EXISTS (SELECT 1 FROM disposed_document WHERE document = d.id))
      UNION ALL SELECT 1 FROM draft_file AS f WHERE f.sha256 = ${sha256}
        AND NOT EXISTS (SELECT 1 FROM outgoing_document AS o JOIN disposed_document AS x ON x.document = o.id WHERE o.draft = f.draft)
      UNION ALL SELECT 1 FROM printed_file WHERE sha256 = ${sha256}
      UNION ALL SELECT 1 FROM document_copy_file WHERE sha256 = ${sha256} AND state IN ('waiting', 'ready')
      UNION ALL SELECT 1 FROM certification WHERE sha256 = ${sha256} AND state <> 'discarded'
      UNION ALL SELECT 1 FROM search_export WHERE sha256 = ${sha256}
      UNION ALL SELECT 1 FROM register_import WHERE sha256 = ${sha256}
      UNION ALL SELECT 1 FROM import_leftover WHERE sha256 = ${sha256}
      UNION ALL SELECT 1 FROM signing_picture WHERE sha256 = ${sha256}
      UNION ALL SELECT 1 FROM signer_evidence WHERE sha256 = ${sha256}
      UNION ALL SELECT 1 FROM archived_file AS f WHERE f.sha256 = ${sha256} AND NOT EXISTS (${goneWithDossier})
      UNION ALL SELECT 1 FROM received_file AS f WHERE f.sha256 = ${sha256} AND NOT EXISTS (${goneWithDossier})
      UNION ALL SELECT 1 FROM dispatch WHERE sha256 = ${sha256} AND document NOT IN (SELECT document FROM disposed_document)
      UNION ALL SELECT 1 FROM evidence_file WHERE sha256 = ${sha256} AND document NOT IN (SELECT document FROM disposed_document)
      UNION ALL SELECT 1 FROM dossier_member WHERE sha256 = ${sha256} AND destroyed_at IS NULL
      UNION ALL SELECT 1 FROM retention_schedule WHERE sha256 = ${sha256}
      UNION ALL SELECT 1 FROM disposal_step WHERE sha256 = ${sha256}
      UNION ALL SELECT 1 FROM inbox_message AS m LEFT JOIN incoming_document AS d ON d.id = m.document
        WHERE m.sha256 = ${sha256} AND (d.closure IS NULL OR d.closure <> 'recalled') AND NOT EXISTS (SELECT 1 FROM disposed_document WHERE document = d.id)
      UNION ALL SELECT 1 FROM change_request AS c JOIN incoming_document AS d ON d.id = c.incoming,
          json_each(iif(c.content = '', '{}', c.content), '$.files') AS f
        WHERE c.state = 'open' AND d.closure IS NOT 'recalled' AND f.type = 'object'
          AND json_extract(f.value, '$.sha256') = ${sha256}
      LIMIT 1`;
}

/** The text of the question, for the test that holds it against the database's form: every table that names files is in it. */
export const usesText = uses('').text;

/** Whether something that stands has this very content. */
export function isInUse(db: ReadDb, sha256: string): boolean {
  return one(db, uses(sha256)) !== undefined;
}
