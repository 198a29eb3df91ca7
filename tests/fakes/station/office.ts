import { newId } from '../../../electron/foundation/ids.ts';
import { usualDeskPolicy } from '../../../electron/services/verification/index.ts';
import { currentOffice, saveSetting } from '../../../electron/services/settings/index.ts';
import { changeOne, sql, type WriteDb } from '../../../electron/store/index.ts';

/** An office whose partners do not sign yet: it takes in what has no signature without a question. */
export function takesUnsigned(db: WriteDb, at: string): void {
  const policy = { ...usualDeskPolicy, none: 'accept' } as const;
  saveSetting(db, 'desk-policy', { axis: policy, file: policy, paper: policy }, at);
}

/** What symbols are built from: the office's own letters, and a unit that drafts. */
export function withAbbreviations(db: WriteDb, abbreviation: string): void {
  const office = currentOffice(db);
  changeOne(db, sql`UPDATE office SET abbreviation = ${abbreviation} WHERE id = ${office}`);
  changeOne(db, sql`INSERT INTO unit (id, office, name, abbreviation) VALUES (${newId()}, ${office}, 'Văn phòng', 'VP')`);
}
