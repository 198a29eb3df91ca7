import type { RecipientGroup } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { agencyOf, resolve } from './agency.store.ts';
import { fold } from './words.ts';

/** The open groups in the order of their names, each with its members as they are now. */
export function listGroups(db: ReadDb): RecipientGroup[] {
  return all<{ id: string }>(db, sql`SELECT id FROM recipient_group WHERE closed_at IS NULL ORDER BY folded`).flatMap(
    ({ id }) => groupOf(db, id) ?? [],
  );
}

/** One open group; undefined when there is none. */
export function groupOf(db: ReadDb, id: string): RecipientGroup | undefined {
  const group = one<{ name: string }>(db, sql`SELECT name FROM recipient_group WHERE id = ${id} AND closed_at IS NULL`);
  if (group === undefined) return undefined;
  const members = codesOf(db, id).flatMap((code) => {
    const row = resolve(db, code);
    return row === undefined ? [] : [agencyOf(db, row)];
  });
  return { id, name: group.name, members };
}

/** The codes of a group, open or closed, in their order. */
export function codesOf(db: ReadDb, id: string): string[] {
  return all<{ code: string }>(
    db,
    sql`SELECT code FROM recipient_group_member WHERE recipient_group = ${id} ORDER BY ordinal`,
  ).map(({ code }) => code);
}

/** The open group of this name, however it is written; undefined when there is none. */
export function groupNamed(db: ReadDb, name: string): string | undefined {
  return one<{ id: string }>(
    db,
    sql`SELECT id FROM recipient_group WHERE folded = ${sortName(name)} AND closed_at IS NULL`,
  )?.id;
}

/** Writes a group and its members; answers its id. The caller made sure of name and codes, and writes the audit entry. */
export function putGroup(
  db: WriteDb,
  group: { readonly id: string | null; readonly name: string; readonly codes: readonly string[]; readonly at: string },
): string {
  const id = group.id ?? newId();
  if (group.id === null) {
    changeOne(
      db,
      sql`INSERT INTO recipient_group (id, name, folded, created_at, changed_at)
          VALUES (${id}, ${group.name}, ${sortName(group.name)}, ${group.at}, ${group.at})`,
    );
  } else {
    changeOne(
      db,
      sql`UPDATE recipient_group SET name = ${group.name}, folded = ${sortName(group.name)}, changed_at = ${group.at}
          WHERE id = ${id} AND closed_at IS NULL`,
    );
    // What the members were before stands in the audit log.
    run(db, sql`DELETE FROM recipient_group_member WHERE recipient_group = ${id}`);
  }
  group.codes.forEach((code, at) => {
    changeOne(
      db,
      sql`INSERT INTO recipient_group_member (recipient_group, ordinal, code) VALUES (${id}, ${at + 1}, ${code})`,
    );
  });
  return id;
}

/** Closes a group; it stays with its members. */
export function closeGroup(db: WriteDb, id: string, at: string): void {
  changeOne(db, sql`UPDATE recipient_group SET closed_at = ${at} WHERE id = ${id} AND closed_at IS NULL`);
}

/** With its marks behind the folded form, so that `Bản` and `Bạn` stay two names that sort side by side. */
function sortName(name: string): string {
  return `${fold(name)} ${name.normalize('NFC').toLowerCase()}`;
}
