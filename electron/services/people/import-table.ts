import type { ImportProblem, Person, Role, Unit } from '#contract';
import type { z } from 'zod';
import { cellsOf, folded, linesOf, separatorOf } from '../../foundation/pasted-table.ts';

export type ImportRow = {
  /** counted from 1 */
  readonly line: number;
  readonly name: string;
  readonly position: string;
  readonly unit: string;
  readonly roles: Role[];
  readonly problem: z.infer<typeof ImportProblem> | null;
  /** the word that was not understood */
  readonly about: string;
};

/** Roles in the words of the window, folded. */
const roleWords: Readonly<Record<string, Role>> = {
  'van thu': 'clerk',
  clerk: 'clerk',
  'lanh dao': 'leader',
  leader: 'leader',
  'luu tru': 'archivist',
  archivist: 'archivist',
  'quan tri': 'administrator',
  administrator: 'administrator',
  'nguoi xu ly': 'officer',
  'chuyen vien': 'officer',
  officer: 'officer',
};
const nameWords = ['ho ten', 'ho va ten', 'ten', 'name', 'full name'];
const longestName = 50;

/**
 * Reads a pasted table of persons: name; position; unit; roles, the roles parted by commas or `+`. A first line of column
 * names is passed over. Each line comes back with what is wrong with it, so that the good ones can be taken.
 */
export function readPeopleTable(
  text: string,
  known: { readonly persons: readonly Pick<Person, 'name' | 'unit'>[]; readonly units: readonly Unit[]; readonly addUnits: boolean },
): ImportRow[] {
  const lines = linesOf(text);
  // Roles may be parted by commas, so a comma parts cells only where nothing else does.
  const separator = separatorOf(lines.find((line) => line.trim() !== '') ?? '');
  const unitIds = new Map(known.units.map(({ id, name }) => [folded(name), id]));
  const unitNames = new Map(known.units.map(({ id, name }) => [id, folded(name)]));
  const taken = new Set(known.persons.map(({ name, unit }) => keyOf(name, unitNames.get(unit ?? '') ?? '')));
  const inTable = new Set<string>();
  const rows: ImportRow[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [name = '', position = '', unit = '', ...rest] = cellsOf(line, separator).map((cell) => cell.trim().replace(/\s+/g, ' ').normalize('NFC'));
    if (rows.length === 0 && nameWords.includes(folded(name))) continue;
    const { roles, unknown } = rolesIn(rest.join(','));
    const key = keyOf(name, folded(unit));
    const problem =
      name === ''
        ? 'no-name'
        : name.length > longestName
          ? 'name-too-long'
          : unit !== '' && !known.addUnits && !unitIds.has(folded(unit))
            ? 'unit-unknown'
            : unknown !== undefined
              ? 'role-unknown'
              : taken.has(key)
                ? 'known-already'
                : inTable.has(key)
                  ? 'twice-in-table'
                  : null;
    if (problem === null) inTable.add(key);
    const about = problem === 'role-unknown' ? (unknown ?? '') : problem === 'unit-unknown' ? unit : '';
    rows.push({ line: index + 1, name, position, unit, roles, problem, about });
  }
  return rows;
}

function rolesIn(cell: string): { roles: Role[]; unknown: string | undefined } {
  const words = cell.split(/[,+/]/).map((word) => word.trim()).filter((word) => word !== '');
  const roles = words.map((word) => roleWords[folded(word)]);
  return { roles: [...new Set(roles.filter((role) => role !== undefined))], unknown: words[roles.indexOf(undefined)] };
}

function keyOf(name: string, unit: string): string {
  return `${name.normalize('NFC').toLocaleLowerCase('vi')}\n${unit}`;
}
