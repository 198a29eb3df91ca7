import type { AccessName, AccessRule, Role } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type Sql, type WriteDb } from '../../../store/index.ts';
import { actorOf } from '../../people/index.ts';

/** Who asks for a dossier, as far as the right to read goes. */
export type Asker = { readonly person: string | null; readonly unit: string | null; readonly roles: readonly Role[] };

/** Who is at the desk. Without accounts, and at a terminal with the profile's key, everything may be read. */
export function currentAsker(db: ReadDb): Asker {
  const { person, roles } = actorOf(db);
  const unit = person === null ? null : (one<{ unit: string | null }>(db, sql`SELECT unit FROM person WHERE id = ${person}`)?.unit ?? null);
  return { person, unit, roles };
}

/** Archivists keep what others may not read; whoever is not known by name is not kept out. */
function mayAll({ person, roles }: Asker): boolean {
  return person === null || roles.includes('archivist');
}

/** Whether an asker is among the names of a dossier (member '') or of one of its members. */
function isNamed(asker: Asker, dossier: Sql, member: Sql): Sql {
  return sql`EXISTS (SELECT 1 FROM dossier_access AS a WHERE a.dossier = ${dossier} AND ${member}
    AND (a.person = ${asker.person} OR a.unit = ${asker.unit} OR a.role IN (SELECT value FROM json_each(${JSON.stringify(asker.roles)}))))`;
}

/** A condition on rows of `dossier AS d`: it is there as a whole, and the asker may read it. */
export function readableBy(asker: Asker): Sql {
  return mayAll(asker) ? sql`d.arriving IS NULL` : sql`d.arriving IS NULL AND (d.access = 'office' OR d.person = ${asker.person} OR ${isNamed(asker, sql`d.id`, sql`a.member IS NULL`)})`;
}

/** A condition on rows of `dossier_member AS m` with its `dossier AS d`: the asker may read it, beyond the dossier's place of it. */
export function memberReadableBy(asker: Asker): Sql {
  return mayAll(asker) ? sql`1` : sql`(m.access = 'dossier' OR d.person = ${asker.person} OR ${isNamed(asker, sql`m.dossier`, sql`a.member = m.id`)})`;
}

/** Whether the asker may read a dossier that there is. */
export function mayRead(db: ReadDb, asker: Asker, dossier: string): boolean {
  return one(db, sql`SELECT 1 FROM dossier AS d WHERE d.id = ${dossier} AND ${readableBy(asker)}`) !== undefined;
}

/** Whether the asker may read one member of a dossier. */
export function mayReadMember(db: ReadDb, asker: Asker, member: string): boolean {
  return one(db, sql`SELECT 1 FROM dossier_member AS m JOIN dossier AS d ON d.id = m.dossier WHERE m.id = ${member} AND ${readableBy(asker)} AND ${memberReadableBy(asker)}`) !== undefined;
}

type NameRow = { readonly person: string | null; readonly unit: string | null; readonly role: Role | null };

/** The rule of a dossier, or of one of its members, as it is now. */
export function ruleOf(db: ReadDb, dossier: string, member: string | null): AccessRule {
  const named = member === null ? one<{ access: string }>(db, sql`SELECT access FROM dossier WHERE id = ${dossier}`)?.access === 'named' : one<{ access: string }>(db, sql`SELECT access FROM dossier_member WHERE id = ${member}`)?.access === 'named';
  if (!named) return { named: null };
  const rows = all<NameRow>(db, sql`SELECT person, unit, role FROM dossier_access WHERE dossier = ${dossier} AND member IS ${member} ORDER BY id`);
  return { named: rows.map(({ person, unit, role }): AccessName => (person !== null ? { kind: 'person', id: person } : unit !== null ? { kind: 'unit', id: unit } : { kind: 'role', role: role ?? 'archivist' })) };
}

/** Puts a rule in the place of the one before. */
export function putRule(db: WriteDb, dossier: string, member: string | null, { named }: AccessRule): void {
  run(db, sql`DELETE FROM dossier_access WHERE dossier = ${dossier} AND member IS ${member}`);
  for (const name of named ?? []) {
    changeOne(
      db,
      sql`INSERT INTO dossier_access (id, dossier, member, person, unit, role) VALUES (${newId()}, ${dossier}, ${member},
        ${name.kind === 'person' ? name.id : null}, ${name.kind === 'unit' ? name.id : null}, ${name.kind === 'role' ? name.role : null})`,
    );
  }
  if (member === null) changeOne(db, sql`UPDATE dossier SET access = ${named === null ? 'office' : 'named'} WHERE id = ${dossier}`);
  else changeOne(db, sql`UPDATE dossier_member SET access = ${named === null ? 'dossier' : 'named'} WHERE id = ${member}`);
}

export type Reader = { readonly person: string; readonly name: string; readonly unit: string | null; readonly unitName: string; readonly roles: readonly Role[] };

/** Everybody who is in the office now, in the order of the staff list. */
export function presentStaff(db: ReadDb): Reader[] {
  return all<Omit<Reader, 'roles'> & { roles: string }>(
    db,
    sql`SELECT p.id AS person, p.name, p.unit, COALESCE((SELECT name FROM unit WHERE id = p.unit), '') AS unitName,
          (SELECT json_group_array(role) FROM person_role WHERE person = p.id) AS roles
        FROM person AS p WHERE p.valid_to IS NULL ORDER BY p.ordinal, p.id`,
  ).map((row) => ({ ...row, roles: JSON.parse(row.roles) as Role[] }));
}

/** Those of the staff whom a rule lets read; `maker`: the person who makes the dossier, who may always. */
export function readersUnder(staff: readonly Reader[], { named }: AccessRule, maker: string | null): Reader[] {
  return staff.filter(
    ({ person, unit, roles }) =>
      named === null ||
      person === maker ||
      roles.includes('archivist') ||
      named.some((name) => (name.kind === 'person' ? name.id === person : name.kind === 'unit' ? name.id === unit : roles.includes(name.role))),
  );
}
