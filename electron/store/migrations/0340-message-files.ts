import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const messageFiles: Migration = {
  version: 340,
  name: 'message-files',
  up(db) {
    driverOf(db).exec(`
      -- 1: an edXML message that came as a file. It is kept with the document that it was entered as, like a message of the axis.
      ALTER TABLE intake_file ADD COLUMN message INTEGER NOT NULL DEFAULT 0 CHECK (message IN (0, 1));
      -- The message that carries this file, and the file's place in it, from 0.
      ALTER TABLE intake_file ADD COLUMN part_of TEXT REFERENCES intake_file (id);
      ALTER TABLE intake_file ADD COLUMN ordinal INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX intake_file_parts ON intake_file (part_of, ordinal) WHERE part_of IS NOT NULL;
      CREATE INDEX intake_file_messages ON intake_file (entered_as) WHERE message = 1 AND entered_as IS NOT NULL;
    `);
  },
};
