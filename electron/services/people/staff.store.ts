import { Role, type Person, type Standing, type Unit } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';

type UnitRow = {
  id: string;
  office: string;
  name: string;
  abbreviation: string;
  head_position: string;
  valid_from: string | null;
  valid_to: string | null;
};
type PersonRow = {
  id: string;
  name: string;
  position: string;
  standing: Standing;
  unit: string | null;
  valid_from: string | null;
  valid_to: string | null;
};

/** A person without what concerns signing in. */
export type KnownPerson = Omit<Person, 'account'>;
export type UnitFields = Pick<Unit, 'name' | 'abbreviation' | 'headPosition' | 'validFrom'>;
export type PersonFields = Pick<Person, 'name' | 'position' | 'standing' | 'unit' | 'roles' | 'validFrom'>;

/** Units in their order; without `ended`, those of the present office that have not ended. */
export function listUnits(db: ReadDb, office: string, ended: boolean): Unit[] {
  const all_ = ended ? 1 : 0;
  return all<UnitRow>(
    db,
    sql`SELECT * FROM unit WHERE ${all_} = 1 OR (office = ${office} AND valid_to IS NULL) ORDER BY valid_to IS NOT NULL, ordinal, id`,
  ).map((row) => unitOfRow(db, row));
}

/** One unit; undefined when there is none of this id. */
export function unitOf(db: ReadDb, id: string): Unit | undefined {
  const row = one<UnitRow>(db, sql`SELECT * FROM unit WHERE id = ${id}`);
  return row === undefined ? undefined : unitOfRow(db, row);
}

/** Persons in their order; without `ended`, those that have not ended. */
export function listPersons(db: ReadDb, ended: boolean): KnownPerson[] {
  const all_ = ended ? 1 : 0;
  return all<PersonRow>(
    db,
    sql`SELECT * FROM person WHERE ${all_} = 1 OR valid_to IS NULL ORDER BY valid_to IS NOT NULL, ordinal, id`,
  ).map((row) => personOfRow(db, row));
}

/** One person; undefined when there is none of this id. */
export function personOf(db: ReadDb, id: string): KnownPerson | undefined {
  const row = one<PersonRow>(db, sql`SELECT * FROM person WHERE id = ${id}`);
  return row === undefined ? undefined : personOfRow(db, row);
}

/** Ids of persons of this name who have not ended. */
export function personsNamed(db: ReadDb, name: string): string[] {
  return all<{ id: string }>(db, sql`SELECT id FROM person WHERE name = ${name} AND valid_to IS NULL ORDER BY ordinal, id`).map(({ id }) => id);
}

/** Roles that persons in office have, and whether an administrator among them can sign in. */
export function staffing(db: ReadDb): { readonly roles: Role[]; readonly administratorSignsIn: boolean } {
  const held = all<{ role: string; signs_in: number }>(
    db,
    sql`SELECT r.role, MAX(a.person IS NOT NULL) AS signs_in FROM person_role AS r JOIN person AS p ON p.id = r.person
        LEFT JOIN account AS a ON a.person = p.id WHERE p.valid_to IS NULL GROUP BY r.role`,
  );
  return {
    roles: Role.options.filter((role) => held.some((one) => one.role === role)),
    administratorSignsIn: held.some(({ role, signs_in }) => role === 'administrator' && signs_in === 1),
  };
}

/** Writes a unit; a new one comes last. Answers its id. */
export function putUnit(db: WriteDb, id: string | null, office: string, unit: UnitFields): string {
  const known = id ?? newId();
  run(
    db,
    sql`INSERT INTO unit (id, office, name, abbreviation, head_position, valid_from, ordinal)
        VALUES (${known}, ${office}, ${unit.name}, ${unit.abbreviation}, ${unit.headPosition}, ${unit.validFrom},
          (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM unit))
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, abbreviation = excluded.abbreviation,
          head_position = excluded.head_position, valid_from = excluded.valid_from`,
  );
  return known;
}

/** Writes a person and the roles; a new one comes last. Answers the id. */
export function putPerson(db: WriteDb, id: string | null, person: PersonFields): string {
  const known = id ?? newId();
  run(
    db,
    sql`INSERT INTO person (id, name, position, standing, unit, valid_from, ordinal)
        VALUES (${known}, ${person.name}, ${person.position}, ${person.standing}, ${person.unit}, ${person.validFrom},
          (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM person))
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, position = excluded.position,
          standing = excluded.standing, unit = excluded.unit, valid_from = excluded.valid_from`,
  );
  run(db, sql`DELETE FROM person_role WHERE person = ${known}`);
  for (const role of new Set(person.roles)) run(db, sql`INSERT INTO person_role (person, role) VALUES (${known}, ${role})`);
  return known;
}

/** Keeps what a unit was called until a day. */
export function keepUnitPast(db: WriteDb, unit: Unit, until: string): void {
  run(
    db,
    sql`INSERT OR REPLACE INTO unit_past (unit, until, name, abbreviation) VALUES (${unit.id}, ${until}, ${unit.name}, ${unit.abbreviation})`,
  );
}

/** Keeps what a person was until a day. */
export function keepPersonPast(db: WriteDb, person: KnownPerson, until: string): void {
  run(
    db,
    sql`INSERT OR REPLACE INTO person_past (person, until, name, position, standing, unit)
        VALUES (${person.id}, ${until}, ${person.name}, ${person.position}, ${person.standing}, ${person.unit})`,
  );
}

/** Puts units in this order. */
export function orderUnits(db: WriteDb, ids: readonly string[]): void {
  ids.forEach((id, at) => run(db, sql`UPDATE unit SET ordinal = ${at + 1} WHERE id = ${id}`));
}

/** Puts persons in this order. */
export function orderPersons(db: WriteDb, ids: readonly string[]): void {
  ids.forEach((id, at) => run(db, sql`UPDATE person SET ordinal = ${at + 1} WHERE id = ${id}`));
}

/** Ends a unit after a day. */
export function endUnit(db: WriteDb, id: string, lastDay: string): void {
  changeOne(db, sql`UPDATE unit SET valid_to = ${lastDay} WHERE id = ${id}`);
}

/** Ends a person after a day. */
export function endPerson(db: WriteDb, id: string, lastDay: string): void {
  changeOne(db, sql`UPDATE person SET valid_to = ${lastDay} WHERE id = ${id}`);
}

/** Removes a unit that nothing refers to, with its former names. */
export function deleteUnit(db: WriteDb, id: string): void {
  run(db, sql`DELETE FROM unit_past WHERE unit = ${id}`);
  changeOne(db, sql`DELETE FROM unit WHERE id = ${id}`);
}

/** Removes a person whom nothing refers to, with roles and former positions. */
export function deletePerson(db: WriteDb, id: string): void {
  run(db, sql`DELETE FROM person_past WHERE person = ${id}`);
  run(db, sql`DELETE FROM person_role WHERE person = ${id}`);
  changeOne(db, sql`DELETE FROM person WHERE id = ${id}`);
}

function unitOfRow(db: ReadDb, row: UnitRow): Unit {
  return {
    id: row.id,
    office: row.office,
    name: row.name,
    abbreviation: row.abbreviation,
    headPosition: row.head_position,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    past: all(db, sql`SELECT name, abbreviation, until FROM unit_past WHERE unit = ${row.id} ORDER BY until`),
  };
}

function personOfRow(db: ReadDb, row: PersonRow): KnownPerson {
  const roles = all<{ role: string }>(db, sql`SELECT role FROM person_role WHERE person = ${row.id}`).map(({ role }) => role);
  return {
    id: row.id,
    name: row.name,
    position: row.position,
    standing: row.standing,
    unit: row.unit,
    roles: Role.options.filter((role) => roles.includes(role)),
    validFrom: row.valid_from,
    validTo: row.valid_to,
    past: all(
      db,
      sql`SELECT name, position, standing, unit, until FROM person_past WHERE person = ${row.id} ORDER BY until`,
    ),
  };
}
