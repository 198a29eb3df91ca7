import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

/** As in migration 0270. */
const frozen = `
  CREATE TRIGGER dossier_member_frozen BEFORE UPDATE OF dossier, ordinal, kind, incoming, outgoing, name, media_type, size, sha256,
      type_name, code_number, code_notation, issued_date, issuer_name, subject, page_amount, sheet, note, origin, autograph,
      added_at, added_by, removed_at, removed_by, removed_reason ON dossier_member
    WHEN (SELECT state FROM dossier WHERE id = OLD.dossier) <> 'open' OR OLD.removed_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'the dossier is closed'); END;`;

/**
 * Places of members were 1 to n, so that one more in the middle wrote all behind it anew. Now they only tell the order, with
 * room between two for others; which one somebody is, is counted. Places of closed dossiers are spread as well: their order stays.
 */
export const places: Migration = {
  version: 300,
  name: 'places',
  up(db) {
    driverOf(db).exec(`
      DROP TRIGGER dossier_member_frozen;
      UPDATE dossier_member SET ordinal = ordinal * 1048576 WHERE ordinal IS NOT NULL;
      ${frozen}
    `);
  },
};
