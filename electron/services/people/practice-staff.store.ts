import type { Role } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { changeOne, one, sql, type WriteDb } from '../../store/index.ts';
import { currentOffice } from '../settings/index.ts';

export type StaffOutline = {
  readonly parentName: string;
  readonly abbreviation: string;
  readonly place: string;
  readonly collective: string;
  readonly headPosition: string;
  readonly units: readonly { readonly name: string; readonly abbreviation: string }[];
  readonly persons: readonly {
    readonly name: string;
    readonly position: string;
    readonly standing: 'head' | 'deputy' | 'staff';
    /** name of one of the units; '' for the office itself */
    readonly unit: string;
    readonly roles: readonly Role[];
  }[];
};

/** Gives an office that has neither units nor persons those that one practises with. Nothing happens to any other. */
export function outfitOffice(db: WriteDb, outline: StaffOutline): void {
  const office = currentOffice(db);
  if (one(db, sql`SELECT 1 FROM unit UNION ALL SELECT 1 FROM person LIMIT 1`) !== undefined) return;
  changeOne(
    db,
    sql`UPDATE office SET parent_name = ${outline.parentName}, abbreviation = ${outline.abbreviation}, place = ${outline.place},
          collective = ${outline.collective}, head_position = ${outline.headPosition} WHERE id = ${office}`,
  );
  const units = new Map(outline.units.map(({ name }) => [name, newId()]));
  outline.units.forEach(({ name, abbreviation }, ordinal) => {
    changeOne(
      db,
      sql`INSERT INTO unit (id, office, name, abbreviation, ordinal) VALUES (${units.get(name) ?? ''}, ${office}, ${name}, ${abbreviation}, ${ordinal})`,
    );
  });
  outline.persons.forEach(({ name, position, standing, unit, roles }, ordinal) => {
    const id = newId();
    changeOne(
      db,
      sql`INSERT INTO person (id, name, position, standing, unit, ordinal)
          VALUES (${id}, ${name}, ${position}, ${standing}, ${units.get(unit) ?? null}, ${ordinal})`,
    );
    for (const role of roles) changeOne(db, sql`INSERT INTO person_role (person, role) VALUES (${id}, ${role})`);
  });
}
