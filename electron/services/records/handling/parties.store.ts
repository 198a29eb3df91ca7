import type { Contract, OutputOf } from '#contract';
import { all, one, sql, type ReadDb } from '../../../store/index.ts';
import { currentOffice } from '../../settings/index.ts';

/** Units and persons of the office as of a day, in their order. */
export function partiesOn(db: ReadDb, day: string): OutputOf<Contract['handling']['parties']> {
  const office = currentOffice(db);
  const units = all<{ id: string; name: string }>(
    db,
    sql`SELECT id, name FROM unit WHERE office = ${office} AND COALESCE(valid_from, '') <= ${day} AND COALESCE(valid_to, '9999') > ${day}
        ORDER BY ordinal, name`,
  );
  type Row = { id: string; name: string; position: string; unit: string | null; unitName: string | null; leader: number };
  const persons = all<Row>(
    db,
    sql`SELECT p.id, p.name, p.position, u.id AS unit, u.name AS unitName,
          EXISTS (SELECT 1 FROM person_role AS r WHERE r.person = p.id AND r.role = 'leader') AS leader
        FROM person AS p LEFT JOIN unit AS u ON u.id = p.unit
        WHERE (u.id IS NULL OR u.office = ${office}) AND COALESCE(p.valid_from, '') <= ${day} AND COALESCE(p.valid_to, '9999') > ${day}
        ORDER BY u.ordinal, p.ordinal, p.name`,
  );
  return { units, persons: persons.map((row) => ({ ...row, unitName: row.unitName ?? '', leader: row.leader === 1 })) };
}

/** Name of a unit; undefined when there is none. */
export function unitName(db: ReadDb, unit: string): string | undefined {
  return one<{ name: string }>(db, sql`SELECT name FROM unit WHERE id = ${unit}`)?.name;
}

/** Name of a person and the unit it belongs to; undefined when there is none. */
export function personFacts(db: ReadDb, person: string): { readonly name: string; readonly unit: string | null } | undefined {
  return one(db, sql`SELECT name, unit FROM person WHERE id = ${person}`);
}
