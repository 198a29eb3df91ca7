import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const presentedTo: Migration = {
  version: 180,
  name: 'presented-to',
  up(db) {
    driverOf(db).exec(`
      -- What waits for one leader. The query says the same words.
      CREATE INDEX incoming_document_presented ON incoming_document (leader, id) WHERE standing = 'presented';
    `);
  },
};
