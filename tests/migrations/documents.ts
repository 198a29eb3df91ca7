import { changeOne, sql, type WriteDb } from '../../electron/store/index.ts';

/** A register row as it stood at version 20. */
export function insertDocument(
  db: WriteDb,
  id: string,
  row: { readonly state: string; readonly number: number | null; readonly year: number | null },
): void {
  changeOne(
    db,
    sql`INSERT INTO incoming_document (id, state, arrived_at, arrival_number, arrival_year, document_id,
          issuer_organ_id, issuer_name, addressed_organ_id, code_number, code_notation, place, type_name, subject,
          urgency, signer_name, signer_position, signer_competence, to_places)
        VALUES (${id}, ${row.state}, 'a', ${row.number}, ${row.year}, 'doc', 'G09', 'Bộ Nội vụ', 'H26', '1', 'BNV', '',
          'Công văn', 's', 0, '', '', '', '[]')`,
  );
}
