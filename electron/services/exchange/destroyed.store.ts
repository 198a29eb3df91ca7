import { all, sql, type Store } from '../../store/index.ts';

/**
 * Removes the bytes of files that a recall destroyed, of the messages that carried them or an update of them, and of files
 * that a person put away before entering them, unless something else has the same content. Run after a decision and at every start, as a crash may come between; never while
 * messages are taken in, whose files are on disk before the row that names them.
 */
export async function sweepDestroyed(store: Store): Promise<void> {
  const rows = all<{ sha256: string }>(
    store.read,
    sql`SELECT sha256 FROM incoming_file WHERE destroyed_at IS NOT NULL
        UNION SELECT m.sha256 FROM inbox_message AS m JOIN incoming_document AS d ON d.id = m.document
          WHERE d.closure = 'recalled'
        UNION SELECT sha256 FROM intake_file WHERE discarded_at IS NOT NULL
        UNION SELECT json_extract(f.value, '$.sha256') FROM change_request AS c JOIN incoming_document AS d ON d.id = c.incoming,
            json_each(iif(c.content = '', '{}', c.content), '$.files') AS f
          WHERE d.closure = 'recalled' AND f.type = 'object'`,
  );
  for (const { sha256 } of rows) {
    // What earlier recalls destroyed is gone already, and asking about it anew at each start would take ever longer.
    if (store.blobs.has(sha256) && !inUse(store, sha256)) await store.blobs.remove(sha256);
  }
}

function inUse(store: Store, sha256: string): boolean {
  return (
    all(
      store.read,
      sql`SELECT 1 FROM incoming_file WHERE sha256 = ${sha256} AND destroyed_at IS NULL
          UNION ALL SELECT 1 FROM outgoing_file WHERE sha256 = ${sha256}
          UNION ALL SELECT 1 FROM intake_file WHERE sha256 = ${sha256} AND entered_as IS NULL AND discarded_at IS NULL
          UNION ALL SELECT 1 FROM dispatch WHERE sha256 = ${sha256}
          UNION ALL SELECT 1 FROM evidence_file WHERE sha256 = ${sha256}
          UNION ALL SELECT 1 FROM inbox_message AS m LEFT JOIN incoming_document AS d ON d.id = m.document
            WHERE m.sha256 = ${sha256} AND (d.closure IS NULL OR d.closure <> 'recalled')
          UNION ALL SELECT 1 FROM change_request AS c JOIN incoming_document AS d ON d.id = c.incoming,
              json_each(iif(c.content = '', '{}', c.content), '$.files') AS f
            WHERE c.state = 'open' AND d.closure IS NOT 'recalled' AND f.type = 'object'
              AND json_extract(f.value, '$.sha256') = ${sha256}
          LIMIT 1`,
    ).length > 0
  );
}
