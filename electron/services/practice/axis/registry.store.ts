import { all, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';

/** An agency that was registered or deleted through the wire. `deleted` is 0 or 1. */
export type RegisteredAgency = {
  readonly seq: number;
  readonly code: string;
  readonly systemId: string;
  readonly name: string;
  readonly mail: string;
  readonly parentCode: string;
  readonly deleted: number;
};

/** A change of the directory. `modifiedTime` in wire form. */
export type UnitDelta = {
  readonly version: number;
  readonly code: string;
  readonly name: string;
  readonly mail: string;
  readonly parentCode: string;
  readonly centerCode: string;
  readonly deleted: number;
  readonly modifiedTime: string;
};

const columns = sql`seq, code, system_id AS systemId, name, mail, parent_code AS parentCode, deleted`;

export function registeredAgencies(db: ReadDb): RegisteredAgency[] {
  return all<RegisteredAgency>(db, sql`SELECT ${columns} FROM agency ORDER BY seq`);
}

export function registeredAgency(db: ReadDb, code: string): RegisteredAgency | undefined {
  return one<RegisteredAgency>(db, sql`SELECT ${columns} FROM agency WHERE code = ${code}`);
}

export function saveAgency(db: WriteDb, agency: Omit<RegisteredAgency, 'seq'>): void {
  run(
    db,
    sql`INSERT INTO agency (code, system_id, name, mail, parent_code, deleted)
      VALUES (${agency.code}, ${agency.systemId}, ${agency.name}, ${agency.mail}, ${agency.parentCode}, ${agency.deleted})
      ON CONFLICT (code) DO UPDATE SET system_id = excluded.system_id, name = excluded.name, mail = excluded.mail,
        parent_code = excluded.parent_code, deleted = excluded.deleted`,
  );
}

export function addDelta(db: WriteDb, delta: Omit<UnitDelta, 'version'>): void {
  run(
    db,
    sql`INSERT INTO unit_delta (code, name, mail, parent_code, center_code, deleted, modified_time)
      VALUES (${delta.code}, ${delta.name}, ${delta.mail}, ${delta.parentCode}, ${delta.centerCode}, ${delta.deleted}, ${delta.modifiedTime})`,
  );
}

/** All changes, oldest first. */
export function unitDeltas(db: ReadDb): UnitDelta[] {
  return all<UnitDelta>(
    db,
    sql`SELECT version, code, name, mail, parent_code AS parentCode, center_code AS centerCode, deleted,
      modified_time AS modifiedTime FROM unit_delta ORDER BY version`,
  );
}
