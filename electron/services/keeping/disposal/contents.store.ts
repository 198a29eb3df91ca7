import type { StaysBecause } from '#contract';
import { all, one, sql, type ReadDb } from '../../../store/index.ts';

/** What a dossier holds: a document of the registers, a file of its own, or the package as which an archive took it over. */
export type Member = { readonly member: string; readonly kind: 'incoming' | 'outgoing' | 'file' | 'package'; readonly document: string; readonly about: string };

/** A stored file that goes with a document, or with what carried it. */
export type Content = { readonly kind: 'file' | 'draft' | 'message' | 'evidence'; readonly name: string; readonly size: number; readonly sha256: string };

/** All members of a dossier; files of its own also when they were taken out of it, as nothing else has them. */
export function membersOf(db: ReadDb, dossier: string): Member[] {
  const members = sql`SELECT m.id AS member, m.kind, COALESCE(m.incoming, m.outgoing, m.id) AS document,
      COALESCE(n.code_number || '/' || n.code_notation, o.code_number || '/' || o.code_notation, m.name) AS about
    FROM dossier_member AS m LEFT JOIN incoming_document AS n ON n.id = m.incoming LEFT JOIN outgoing_document AS o ON o.id = m.outgoing
    WHERE m.dossier = ${dossier} AND m.destroyed_at IS NULL`;
  // Each part for itself: the indexes over members are of those in a dossier, and of those taken out.
  return all<Member>(
    db,
    sql`${members} AND m.ordinal IS NOT NULL
        UNION ALL ${members} AND m.ordinal IS NULL AND m.kind = 'file'
        UNION ALL SELECT id, 'package', id, name FROM received_package WHERE dossier = ${dossier} ORDER BY 1`,
  );
}

/**
 * Why a document stays although its dossier is destroyed; undefined when it goes. `together`: the list whose dossiers go too,
 * for a look ahead; while it is done, the last of them takes the document along.
 */
export function staysBecause(db: ReadDb, { kind, document }: Member, dossier: string, together: string | null): StaysBecause | undefined {
  if (kind === 'file' || kind === 'package') return undefined;
  const column = kind === 'incoming' ? sql`m.incoming` : sql`m.outgoing`;
  const elsewhere = one(
    db,
    sql`SELECT 1 FROM dossier_member AS m JOIN dossier AS d ON d.id = m.dossier
        WHERE ${column} = ${document} AND m.ordinal IS NOT NULL AND m.dossier <> ${dossier} AND d.disposal IS NOT 'destroyed'
          AND NOT EXISTS (SELECT 1 FROM disposal_item AS i WHERE i.dossier = d.id AND i.disposal = ${together ?? ''} AND i.opinion IS NOT 'keep'
            AND i.state IN ('proposed', 'destroying')) LIMIT 1`,
  );
  if (elsewhere !== undefined) return 'other-dossier';
  const waits = one(
    db,
    kind === 'incoming'
      ? sql`SELECT 1 FROM outbox WHERE incoming = ${document} AND state IN ('waiting', 'sending', 'attention') LIMIT 1`
      : sql`SELECT 1 FROM outbox WHERE outgoing = ${document} AND state IN ('waiting', 'sending', 'attention') LIMIT 1`,
  );
  if (waits !== undefined) return 'waits-to-be-sent';
  const unfinished = one(
    db,
    kind === 'incoming'
      ? sql`SELECT 1 FROM incoming_document AS n WHERE n.id = ${document} AND n.closure IS NULL AND (n.stage IN ('presented', 'assigned', 'in-progress')
            OR EXISTS (SELECT 1 FROM change_request AS c WHERE c.incoming = n.id AND c.state = 'open')) LIMIT 1`
      : sql`SELECT 1 FROM outgoing_document WHERE id = ${document} AND state IN ('numbered', 'sealed') LIMIT 1`,
  );
  return unfinished === undefined ? undefined : 'unfinished';
}

/** Every stored file that goes with a document, each once: its files, and the messages, drafts and evidence that hold them; of a package all that came in it and what its AIP is made of. */
export function contentsOf(db: ReadDb, { kind, document, member }: Member): Content[] {
  if (kind === 'file') return all<Content>(db, sql`SELECT 'file' AS kind, name, size, sha256 FROM dossier_member WHERE id = ${member} AND destroyed_at IS NULL`);
  if (kind === 'package') {
    return all<Content>(
      db,
      sql`SELECT 'file' AS kind, path AS name, size, sha256 FROM received_file WHERE package = ${member} AND sha256 IS NOT NULL
          UNION SELECT 'file', path, size, sha256 FROM archived_file WHERE package = ${member}`,
    );
  }
  if (kind === 'incoming') {
    return all<Content>(
      db,
      sql`SELECT 'file' AS kind, name, size, sha256 FROM incoming_file WHERE document = ${document} AND destroyed_at IS NULL
          UNION SELECT 'message', transport_id || '.edxml', size, sha256 FROM inbox_message WHERE document = ${document}
          UNION SELECT 'message', name, size, sha256 FROM intake_file WHERE entered_as = ${document} AND message = 1
          UNION SELECT 'message', f.value ->> '$.name', f.value ->> '$.size', f.value ->> '$.sha256' FROM change_request AS c, json_each(iif(c.content = '', '{}', c.content), '$.files') AS f
            WHERE c.incoming = ${document} AND f.type = 'object'`,
    );
  }
  return all<Content>(
    db,
    sql`SELECT 'file' AS kind, name, size, sha256 FROM outgoing_file WHERE document = ${document} AND destroyed_at IS NULL
        UNION SELECT 'draft', f.name, f.size, f.sha256 FROM draft_file AS f JOIN outgoing_document AS o ON o.draft = f.draft WHERE o.id = ${document}
        UNION SELECT 'message', kind || '.edxml', size, sha256 FROM dispatch WHERE document = ${document}
        UNION SELECT 'evidence', name, size, sha256 FROM evidence_file WHERE document = ${document}`,
  );
}
