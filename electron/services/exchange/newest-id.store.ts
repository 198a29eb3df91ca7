import { one, sql, type ReadDb } from '../../store/index.ts';

/**
 * The newest id of what is told apart by order: what goes out after what, which request is the latest. '' in a new
 * profile. The clock may have been set back since it was made, so new ids must be made to follow it.
 */
export function newestId(db: ReadDb): string {
  const query = sql`SELECT MAX(id) AS id FROM (
      SELECT MAX(id) AS id FROM outbox UNION ALL SELECT MAX(id) FROM inbox_message
      UNION ALL SELECT MAX(id) FROM incoming_document UNION ALL SELECT MAX(id) FROM outgoing_document
      UNION ALL SELECT MAX(id) FROM dispatch UNION ALL SELECT MAX(id) FROM recipient
      UNION ALL SELECT MAX(id) FROM recipient_status UNION ALL SELECT MAX(id) FROM change_request
      UNION ALL SELECT MAX(id) FROM axis_call)`;
  return one<{ id: string | null }>(db, query)?.id ?? '';
}
