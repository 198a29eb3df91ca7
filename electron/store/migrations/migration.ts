import type { WriteDb } from '../db.ts';

/** One step of the database's form. Versions go up in tens, or fives between them, so that two branches can meet. */
export type Migration = {
  readonly version: number;
  readonly name: string;
  /** Runs inside the one transaction of all missing steps. */
  readonly up: (db: WriteDb) => void;
};
