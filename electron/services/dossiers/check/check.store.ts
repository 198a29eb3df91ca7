import { all, sql, type ReadDb } from '../../../store/index.ts';

/** A member as far as its being complete goes. */
export type CheckedMember = {
  readonly id: string;
  readonly ordinal: number;
  readonly kind: 'incoming' | 'outgoing' | 'file';
  readonly document: string | null;
  readonly codeNumber: string;
  readonly codeNotation: string;
  readonly issuedDate: string | null;
  readonly subject: string;
  readonly standing: string;
  /** an answer is asked for by a day */
  readonly wantsAnswer: number;
  readonly answered: number;
  /** how the work on it ended: `answered`, `filed`, `no-answer`; null while it has not */
  readonly result: string | null;
  readonly imported: number;
};

/** All members of a dossier in their order. */
export function checkedMembers(db: ReadDb, dossier: string): CheckedMember[] {
  return all<CheckedMember>(
    db,
    sql`SELECT m.id, row_number() OVER (ORDER BY m.ordinal) AS ordinal, m.kind, COALESCE(m.incoming, m.outgoing) AS document,
          COALESCE(i.code_number, o.code_number, m.code_number) AS codeNumber, COALESCE(i.code_notation, o.code_notation, m.code_notation) AS codeNotation,
          CASE m.kind WHEN 'incoming' THEN i.issued_date WHEN 'outgoing' THEN o.issued_date ELSE m.issued_date END AS issuedDate,
          COALESCE(i.subject, o.subject, m.subject) AS subject, COALESCE(i.standing, o.state, '') AS standing,
          COALESCE(i.due_date, o.due_date) IS NOT NULL AS wantsAnswer,
          EXISTS (SELECT 1 FROM outgoing_answer WHERE incoming = m.incoming) OR EXISTS (SELECT 1 FROM incoming_answer WHERE outgoing = m.outgoing) AS answered,
          i.result, EXISTS (SELECT 1 FROM imported_entry WHERE document = COALESCE(m.incoming, m.outgoing)) AS imported
        FROM dossier_member AS m LEFT JOIN incoming_document AS i ON i.id = m.incoming LEFT JOIN outgoing_document AS o ON o.id = m.outgoing
        WHERE m.dossier = ${dossier} AND m.ordinal IS NOT NULL ORDER BY m.ordinal`,
  );
}

/** A document of the same matter that is not in the dossier, and the member that it belongs to. */
export type MissingOne = { readonly member: string; readonly other: string; readonly code: string };

/** Answers to documents of the dossier, and what they answer, that are not in it. */
export function missingOfThreads(db: ReadDb, dossier: string): MissingOne[] {
  return all<MissingOne>(
    db,
    sql`WITH pair (member, other) AS (
          SELECT m.id, a.outgoing FROM dossier_member AS m JOIN outgoing_answer AS a ON a.incoming = m.incoming WHERE m.dossier = ${dossier} AND m.ordinal IS NOT NULL
          UNION SELECT m.id, a.incoming FROM dossier_member AS m JOIN outgoing_answer AS a ON a.outgoing = m.outgoing WHERE m.dossier = ${dossier} AND m.ordinal IS NOT NULL
          UNION SELECT m.id, a.incoming FROM dossier_member AS m JOIN incoming_answer AS a ON a.outgoing = m.outgoing WHERE m.dossier = ${dossier} AND m.ordinal IS NOT NULL
          UNION SELECT m.id, a.outgoing FROM dossier_member AS m JOIN incoming_answer AS a ON a.incoming = m.incoming WHERE m.dossier = ${dossier} AND m.ordinal IS NOT NULL)
        SELECT member, other, (SELECT code_number || '/' || code_notation FROM incoming_document WHERE id = other
            UNION ALL SELECT code_number || '/' || code_notation FROM outgoing_document WHERE id = other) AS code FROM pair
        WHERE other NOT IN (SELECT COALESCE(incoming, outgoing) FROM dossier_member WHERE dossier = ${dossier} AND ordinal IS NOT NULL AND kind <> 'file')
        ORDER BY member, other`,
  );
}
