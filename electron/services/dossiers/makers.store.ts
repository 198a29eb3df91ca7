import type { DossierMaker } from '#contract';
import { one, sql, type ReadDb } from '../../store/index.ts';

export type MakerRow = { readonly unit: string | null; readonly unit_name: string; readonly person: string | null; readonly person_name: string };

/** A row's columns as the contract says them. */
export function makerOf(row: MakerRow): DossierMaker {
  return { unit: row.unit, unitName: row.unit_name, person: row.person, personName: row.person_name };
}

/** The maker with the names of today for the ids that are known; undefined when an id is of nobody. */
export function settledMaker(db: ReadDb, maker: DossierMaker): DossierMaker | undefined {
  const unit = maker.unit === null ? undefined : one<{ name: string }>(db, sql`SELECT name FROM unit WHERE id = ${maker.unit}`);
  const person = maker.person === null ? undefined : one<{ name: string }>(db, sql`SELECT name FROM person WHERE id = ${maker.person}`);
  if ((maker.unit !== null && unit === undefined) || (maker.person !== null && person === undefined)) return undefined;
  return { ...maker, unitName: unit?.name ?? maker.unitName, personName: person?.name ?? maker.personName };
}
