import { all, one, sql, type ReadDb } from '../../store/index.ts';
import { newFormOf } from './directory/codes.ts';

/**
 * Whether two codes name the same agency: equal, `G12` beside its old form `000.00.00.G12`, which real messages still use
 * (axis.md §3.10), or two codes that the directory knows as a pair. Case and surrounding blanks do not matter; dots do.
 */
export function sameAgency(db: ReadDb, a: string, b: string): boolean {
  const [one, other] = [newForm(a), newForm(b)];
  if (one === '' || other === '') return false;
  return one === other || mainCode(db, one) === mainCode(db, other);
}

/** What all codes of one agency have in common, to compare many at once; '' for no code, which equals none. */
export function agencyKey(db: ReadDb, code: string): string {
  return mainCode(db, newForm(code));
}

/** Every code under which an agency may write, the given one first. */
export function codesOfAgency(db: ReadDb, code: string): string[] {
  const given = newForm(code);
  const main = mainCode(db, given);
  const others = all<{ alias: string }>(db, sql`SELECT alias FROM agency_alias_now WHERE code = ${main}`);
  const oldForm = /^[A-Z]\d\d$/.test(main) ? [`000.00.00.${main}`] : [];
  return [...new Set([code, given, main, ...oldForm, ...others.map((row) => row.alias)])];
}

function mainCode(db: ReadDb, code: string): string {
  return one<{ code: string }>(db, sql`SELECT code FROM agency_alias_now WHERE alias = ${code}`)?.code ?? code;
}

function newForm(code: string): string {
  const plain = code.trim().toUpperCase();
  return newFormOf(plain) ?? plain;
}
