import type { DraftState, LifeCounts, LifeItem, LifeTab, OutgoingState } from '#contract';
import { all, sql, type ReadDb } from '../../../store/index.ts';

type Row = {
  id: string;
  state: DraftState | OutgoingState;
  code: string;
  type_name: string;
  subject: string;
  urgency: number;
  due_date: string | null;
  signer_name: string;
  unit_name: string;
  at: string;
  returned: number;
  sent: number;
  imported: number;
};

const draftTabs: readonly LifeTab[] = ['draft', 'checking', 'signing', 'numbering'];

/** One page of a part of the list, newest first. */
export function listLife(
  db: ReadDb,
  page: { readonly tab: LifeTab; readonly before: string | null; readonly limit: number },
): LifeItem[] {
  const isDraft = draftTabs.includes(page.tab);
  const before = page.before ?? '~';
  const rows = isDraft
    ? all<Row>(
        db,
        sql`SELECT id, state, '' AS code, type_name, subject, urgency, due_date, signer_name, unit_name, changed_at AS at,
              returned_reason <> '' AS returned, 0 AS sent, 0 AS imported
            FROM draft WHERE tab = ${page.tab} AND id < ${before} ORDER BY id DESC LIMIT ${page.limit}`,
      )
    : all<Row>(
        db,
        sql`SELECT id, state, code_number || '/' || code_notation AS code, type_name, subject, urgency, due_date, signer_name,
              unit_name, issued_date || 'T05:00:00.000Z' AS at, 0 AS returned, sent_at IS NOT NULL AS sent,
              EXISTS (SELECT 1 FROM imported_entry AS m WHERE m.document = outgoing_document.id) AS imported
            FROM outgoing_document WHERE tab = ${page.tab} AND id < ${before} ORDER BY id DESC LIMIT ${page.limit}`,
      );
  return rows.map((row) => ({
    id: row.id,
    kind: isDraft ? 'draft' : 'document',
    state: row.state,
    code: row.code,
    typeName: row.type_name,
    subject: row.subject,
    urgency: row.urgency,
    dueDate: row.due_date,
    signerName: row.signer_name,
    unitName: row.unit_name,
    at: row.at,
    returned: row.returned === 1,
    sent: row.sent === 1,
    imported: row.imported === 1,
  }));
}

/** How many documents are in each part. Drafts under way are few; the register's are counted as they change. */
export function countLife(db: ReadDb): LifeCounts {
  const counts: LifeCounts = { draft: 0, checking: 0, signing: 0, numbering: 0, issuing: 0, issued: 0, ended: 0 };
  for (const { tab, n } of all<{ tab: LifeTab; n: number }>(
    db,
    sql`SELECT tab, COUNT(*) AS n FROM draft WHERE tab IS NOT NULL GROUP BY tab`,
  )) {
    counts[tab] = n;
  }
  for (const { state, n } of all<{ state: OutgoingState; n: number }>(db, sql`SELECT state, n FROM outgoing_count`)) {
    counts[tabOf(state)] += n;
  }
  return counts;
}

function tabOf(state: OutgoingState): LifeTab {
  if (state === 'numbered' || state === 'sealed') return 'issuing';
  return state === 'issued' ? 'issued' : 'ended';
}
