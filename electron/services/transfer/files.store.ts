import { all, sql, type ReadDb, type Sql } from '../../store/index.ts';

/** A stored file that records name. */
export type NamedFile = {
  readonly sha256: string;
  /** bytes, as the records say */
  readonly size: number;
  /** 0: it may have been destroyed, by a recall or as a person put it away */
  readonly needed: 0 | 1;
};

const pageRows = 500;

/** Of file `f` of a received package: its dossier is being destroyed, or was. The first condition is the index's. */
const goneWithDossier = sql`SELECT 1 FROM received_package AS p JOIN disposal_item AS i ON i.dossier = p.dossier
  WHERE p.id = f.package AND i.state IN ('proposed', 'destroying', 'destroyed') AND i.state <> 'proposed'`;

/** Each branch gives its first in the order of hashes, by an index: nothing is sorted, however many there are. */
function page(after: string): Sql {
  const each = sql`GROUP BY 1 ORDER BY 1 LIMIT ${pageRows}`;
  // The bytes of what was recalled and of what a person put away are destroyed while its record stays (QĐ 28/2018 art. 9.2).
  return sql`
    SELECT sha256, MAX(size) AS size, MAX(needed) AS needed FROM (
      SELECT * FROM (SELECT sha256, MAX(size) AS size, MAX(destroyed_at IS NULL) AS needed FROM incoming_file WHERE sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), MAX(destroyed_at IS NULL) FROM outgoing_file WHERE sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT f.sha256, MAX(f.size), MAX(NOT EXISTS (SELECT 1 FROM outgoing_document AS o JOIN disposed_document AS x ON x.document = o.id WHERE o.draft = f.draft))
        FROM draft_file AS f WHERE f.sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT i.sha256, MAX(i.size), MAX(i.discarded_at IS NULL AND (i.entered_as IS NULL
          OR i.message = 1 AND d.closure IS NOT 'recalled' AND NOT EXISTS (SELECT 1 FROM disposed_document WHERE document = d.id)))
        FROM intake_file AS i LEFT JOIN incoming_document AS d ON d.id = i.entered_as WHERE i.sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), MAX(document NOT IN (SELECT document FROM disposed_document)) FROM dispatch WHERE sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), MAX(document NOT IN (SELECT document FROM disposed_document)) FROM evidence_file WHERE sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), MAX(destroyed_at IS NULL) FROM dossier_member WHERE sha256 IS NOT NULL AND sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), 1 FROM retention_schedule WHERE sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), 1 FROM disposal_step WHERE sha256 IS NOT NULL AND sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), 1 FROM printed_file WHERE sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), MAX(state IN ('waiting', 'ready')) FROM document_copy_file WHERE sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), MAX(state <> 'discarded') FROM certification WHERE sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), 1 FROM search_export WHERE sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), 1 FROM register_import WHERE sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), 1 FROM import_leftover WHERE sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), 1 FROM signing_picture WHERE sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT sha256, MAX(size), 1 FROM signer_evidence WHERE sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT f.sha256, MAX(f.size), MAX(NOT EXISTS (${goneWithDossier})) FROM archived_file AS f WHERE f.sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (SELECT f.sha256, MAX(f.size), MAX(NOT EXISTS (${goneWithDossier})) FROM received_file AS f WHERE f.sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (
        SELECT m.sha256, MAX(m.size), MAX(d.closure IS NOT 'recalled' AND NOT EXISTS (SELECT 1 FROM disposed_document WHERE document = d.id)) FROM inbox_message AS m LEFT JOIN incoming_document AS d ON d.id = m.document
        WHERE m.sha256 > ${after} ${each})
      UNION ALL SELECT * FROM (
        SELECT f.value ->> '$.sha256', MAX(f.value ->> '$.size'), MAX(c.state = 'open' AND d.closure IS NOT 'recalled')
        FROM change_request AS c JOIN incoming_document AS d ON d.id = c.incoming, json_each(c.content, '$.files') AS f
        WHERE c.content <> '' AND f.type = 'object' AND f.value ->> '$.sha256' > ${after} ${each})
    ) GROUP BY sha256 ORDER BY sha256 LIMIT ${pageRows}`;
}

/** The text of the statement, for the test that holds it against the database's form: every table that names files is in it. */
export const namedFilesText = page('').text;

/** The stored files that records name, each once, in the order of their hashes, from behind one: a page after another, in bounded memory. */
export function* namedFiles(db: ReadDb, behind = ''): Generator<readonly NamedFile[]> {
  for (let after = behind; ; ) {
    const files = all<NamedFile>(db, page(after));
    if (files.length > 0) yield files;
    if (files.length < pageRows) return;
    after = files.at(-1)?.sha256 ?? after;
  }
}
