import { all, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';

type OwnDocument = { readonly id: string; readonly code: string; readonly subject: string };

/** Notes that one of our documents answers a received one; once is enough. */
export function linkReply(db: WriteDb, incoming: string, outgoing: string): void {
  run(db, sql`INSERT INTO outgoing_answer (outgoing, incoming) VALUES (${outgoing}, ${incoming}) ON CONFLICT DO NOTHING`);
}

/** Our documents that answer a received one, oldest first. */
export function repliesTo(db: ReadDb, incoming: string): OwnDocument[] {
  return all<OwnDocument>(
    db,
    sql`SELECT o.id, o.code_number || '/' || o.code_notation AS code, o.subject FROM outgoing_answer AS a
        JOIN outgoing_document AS o ON o.id = a.outgoing WHERE a.incoming = ${incoming} ORDER BY o.id`,
  );
}

/** Received documents that one of ours answers, oldest first. */
export function answeredBy(db: ReadDb, outgoing: string): { readonly id: string; readonly code: string; readonly arrivalNumber: number | null }[] {
  return all(
    db,
    sql`SELECT d.id, d.code_number || '/' || d.code_notation AS code, d.arrival_number AS arrivalNumber FROM outgoing_answer AS a
        JOIN incoming_document AS d ON d.id = a.incoming WHERE a.outgoing = ${outgoing} ORDER BY d.id`,
  );
}

/** Number and symbol of a document of ours; undefined when there is none. */
export function codeOfOurs(db: ReadDb, outgoing: string): string | undefined {
  return one<{ code: string }>(db, sql`SELECT code_number || '/' || code_notation AS code FROM outgoing_document WHERE id = ${outgoing}`)?.code;
}

/** How many of our newest documents are looked through for an answer. */
const lookedAt = 2000;
const offered = 20;

/**
 * Our documents that could answer a received one: those that say so first, then the newest whose number, symbol or subject has the
 * text; only recent ones are looked through.
 */
export function possibleReplies(db: ReadDb, incoming: string, text: string): (OwnDocument & { readonly linked: boolean })[] {
  const linked = repliesTo(db, incoming).map((own) => ({ ...own, linked: true }));
  const like = `%${text.toLowerCase().replaceAll(/[%_\\]/g, '\\$&')}%`;
  const others = all<OwnDocument>(
    db,
    sql`SELECT id, code, subject FROM (
          SELECT id, code_number || '/' || code_notation AS code, subject FROM outgoing_document ORDER BY id DESC LIMIT ${lookedAt})
        WHERE lower(code || ' ' || subject) LIKE ${like} ESCAPE '\\' ORDER BY id DESC LIMIT ${offered}`,
  );
  return [...linked, ...others.filter(({ id }) => linked.every((one) => one.id !== id)).map((own) => ({ ...own, linked: false }))];
}
