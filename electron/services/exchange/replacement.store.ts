import { z } from 'zod';
import { Deviation } from '#contract';
import { spellingsOf } from '../../foundation/spellings.ts';
import { all, sql, type ReadDb } from '../../store/index.ts';

/**
 * The note of a replacement whose forerunner has not come: `value` is that one's DocumentId, `limit` why it was replaced.
 */
export const notHere = 'replaces-not-here';

/**
 * Replacements that came before the document which they name, oldest first, with who handed them in and why. `senders`
 * are the codes of one agency.
 */
export function replacementsAwaiting(
  db: ReadDb,
  senders: readonly string[],
  documentId: string,
): { readonly document: string; readonly sender: string; readonly handedBy: string; readonly reason: string }[] {
  // The first line of conditions is that of the index over senders.
  return all<{ document: string; sender: string; handed_by: string; reason: string }>(
    db,
    sql`SELECT m.document, m.sender, m.handed_by, json_extract(d.value, '$.limit') AS reason
        FROM inbox_message AS m, json_each(m.deviations) AS d
        WHERE m.state = 'stored' AND m.message_type = 'edoc' AND m.business_type IN ('0', '3')
          AND m.business_type = '3' AND m.sender IN (SELECT value FROM json_each(${JSON.stringify(senders)}))
          AND json_extract(d.value, '$.rule') = ${notHere} AND json_extract(d.value, '$.value') IN (SELECT value FROM json_each(${JSON.stringify(spellingsOf(documentId))}))
        ORDER BY m.id`,
  ).map((row) => ({ document: row.document, sender: row.sender, handedBy: row.handed_by, reason: row.reason }));
}

/** Who sent the message that brought a received document, and how it deviated when it came. */
export function deviationsWhenItCame(db: ReadDb, document: string): { readonly sender: string; readonly deviations: readonly Deviation[] } {
  const [row] = all<{ sender: string; deviations: string }>(
    db,
    sql`SELECT sender, deviations FROM inbox_message WHERE document = ${document} AND state = 'stored' ORDER BY id LIMIT 1`,
  );
  return { sender: row?.sender ?? '', deviations: z.array(Deviation).parse(JSON.parse(row?.deviations ?? '[]')) };
}
