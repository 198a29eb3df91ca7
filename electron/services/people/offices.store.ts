import type { Office } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { currentOffice } from '../settings/index.ts';

type Row = {
  id: string;
  organ_id: string;
  former_organ_id: string;
  name: string;
  parent_name: string;
  abbreviation: string;
  place: string;
  fonds_code: string;
  collective: string;
  head_position: string;
  valid_from: string | null;
  valid_to: string | null;
  predecessor: string | null;
  successor: string | null;
};

export type OfficeFields = Omit<Office, 'id' | 'predecessor'>;

/** All offices: the present one, then those before it, the latest first. */
export function listOffices(db: ReadDb): Office[] {
  return all<Row>(db, sql`SELECT * FROM office ORDER BY valid_to IS NOT NULL, valid_to DESC, valid_from DESC, id DESC`).map(officeOfRow);
}

/** One office; undefined when there is none of this id. */
export function officeOf(db: ReadDb, id: string): Office | undefined {
  const row = one<Row>(db, sql`SELECT * FROM office WHERE id = ${id}`);
  return row === undefined ? undefined : officeOfRow(row);
}

/** This office; there is always one, though it may have no name yet. */
export function presentOffice(db: ReadDb): Office {
  const office = officeOf(db, currentOffice(db));
  if (office === undefined) throw new Error('there is no office that has not ended');
  return office;
}

/** The office of a day, of several that went into one the one that this station was; undefined when none is known of that time. */
export function officeOn(db: ReadDb, day: string): Office | undefined {
  const row = one<Row>(
    db,
    sql`SELECT * FROM office WHERE COALESCE(valid_from, '') <= ${day} AND (valid_to IS NULL OR valid_to >= ${day})
        ORDER BY valid_to IS NOT NULL, EXISTS (SELECT 1 FROM office AS next WHERE next.predecessor = office.id) DESC, valid_from DESC
        LIMIT 1`,
  );
  return row === undefined ? undefined : officeOfRow(row);
}

/** Writes an office; `id` null makes a new one. Answers its id. */
export function putOffice(db: WriteDb, id: string | null, office: OfficeFields, predecessor: string | null): string {
  const known = id ?? newId();
  if (id === null) changeOne(db, sql`INSERT INTO office (id, organ_id, name, predecessor) VALUES (${known}, '', '', ${predecessor})`);
  changeOne(
    db,
    sql`UPDATE office SET organ_id = ${office.organId}, former_organ_id = ${office.formerOrganId}, name = ${office.name},
          parent_name = ${office.parentName}, abbreviation = ${office.abbreviation}, place = ${office.place},
          fonds_code = ${office.fondsCode}, collective = ${office.collective}, head_position = ${office.headPosition},
          valid_from = ${office.validFrom}, valid_to = ${office.validTo}, successor = ${office.successor} WHERE id = ${known}`,
  );
  return known;
}

/** Ends an office after a day. */
export function endOffice(db: WriteDb, id: string, lastDay: string): void {
  changeOne(db, sql`UPDATE office SET valid_to = ${lastDay} WHERE id = ${id}`);
}

/** Says which office took over from one. */
export function setSuccessor(db: WriteDb, id: string, successor: string): void {
  changeOne(db, sql`UPDATE office SET successor = ${successor} WHERE id = ${id}`);
}

/** Ends the units of an office and, if they go on, makes the same ones in its successor and moves the persons there. */
export function moveUnits(db: WriteDb, from: string, to: string, firstDay: string, lastDay: string, keep: boolean): void {
  const open = all<{ id: string; name: string; abbreviation: string; head_position: string; ordinal: number; valid_from: string | null }>(
    db,
    sql`SELECT * FROM unit WHERE office = ${from} AND valid_to IS NULL ORDER BY ordinal, id`,
  );
  for (const unit of open) {
    const next = keep ? newId() : null;
    changeOne(db, sql`UPDATE unit SET valid_to = ${lastDay} WHERE id = ${unit.id}`);
    if (next !== null) {
      changeOne(
        db,
        sql`INSERT INTO unit (id, office, name, abbreviation, head_position, ordinal, valid_from)
            VALUES (${next}, ${to}, ${unit.name}, ${unit.abbreviation}, ${unit.head_position}, ${unit.ordinal}, ${firstDay})`,
      );
    }
    run(
      db,
      sql`INSERT OR IGNORE INTO person_past (person, until, name, position, standing, unit)
          SELECT id, ${lastDay}, name, position, standing, unit FROM person WHERE unit = ${unit.id} AND valid_to IS NULL`,
    );
    run(db, sql`UPDATE person SET unit = ${next} WHERE unit = ${unit.id} AND valid_to IS NULL`);
  }
}

/** Ends what was delegated in an office that ends. */
export function endDelegationsOn(db: WriteDb, lastDay: string, reason: string): void {
  run(
    db,
    sql`UPDATE delegation SET valid_to = MAX(valid_from, ${lastDay}), ended_reason = ${reason}
        WHERE valid_to IS NULL OR valid_to > ${lastDay}`,
  );
}

/** Removes an office that nothing refers to. */
export function deleteOffice(db: WriteDb, id: string): void {
  changeOne(db, sql`DELETE FROM office WHERE id = ${id}`);
}

function officeOfRow(row: Row): Office {
  return {
    id: row.id,
    organId: row.organ_id,
    formerOrganId: row.former_organ_id,
    name: row.name,
    parentName: row.parent_name,
    abbreviation: row.abbreviation,
    place: row.place,
    fondsCode: row.fonds_code,
    collective: row.collective,
    headPosition: row.head_position,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    predecessor: row.predecessor,
    successor: row.successor,
  };
}
