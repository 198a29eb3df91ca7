import { newId } from '../../../electron/foundation/ids.ts';
import { currentOffice } from '../../../electron/services/settings/index.ts';
import { changeOne, sql, type WriteDb } from '../../../electron/store/index.ts';

/** What symbols are built from: the office's own letters, and a unit that drafts. */
export function withAbbreviations(db: WriteDb, abbreviation: string): void {
  const office = currentOffice(db);
  changeOne(db, sql`UPDATE office SET abbreviation = ${abbreviation} WHERE id = ${office}`);
  changeOne(db, sql`INSERT INTO unit (id, office, name, abbreviation) VALUES (${newId()}, ${office}, 'Văn phòng', 'VP')`);
}
