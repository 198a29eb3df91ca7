import type { AbbreviationKind, Abbreviations, DocumentKind } from '#contract';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { folded, issuedKinds } from './kinds.ts';

type OwnRow = { id: string; category: AbbreviationKind; name: string; abbreviation: string };

/** Every abbreviation from which symbols of an office are made. */
export function readAbbreviations(db: ReadDb, office: string): Abbreviations {
  const head = one<{ name: string; abbreviation: string }>(db, sql`SELECT name, abbreviation FROM office WHERE id = ${office}`);
  return {
    office: head?.abbreviation ?? '',
    officeName: head?.name ?? '',
    kinds: kindsOf(db, office),
    units: unitsOf(db, office),
    own: ownRows(db, office),
  };
}

/** All kinds of documents: those of the law and those that the office added. */
export function kindsOf(db: ReadDb, office: string): DocumentKind[] {
  const own = all<OwnRow>(
    db,
    sql`SELECT id, category, name, abbreviation FROM abbreviation
        WHERE office = ${office} AND category IN ('kind', 'legal-kind') AND ended_at IS NULL ORDER BY category, name`,
  );
  return [
    ...issuedKinds,
    ...own.map(
      ({ id, category, name, abbreviation }): DocumentKind => ({
        code: id,
        name,
        abbreviation,
        group: category === 'kind' ? 'administrative' : 'legal',
        numbered: true,
        source: '',
        confidence: 'office',
      }),
    ),
  ];
}

/** The kind that a document names; the office's own goes before one of the law with the same name. */
export function kindNamed(db: ReadDb, office: string, typeName: string): DocumentKind | undefined {
  const wanted = folded(typeName);
  return kindsOf(db, office).findLast((kind) => folded(kind.name) === wanted);
}

/**
 * Whether the symbol of a kind names the unit that drafted the document, or the field that it is about, in place of the
 * kind: only a công văn's does (NĐ 30/2020 annex I II.3.b), and without it there is no symbol.
 */
export function namesUnit(kind: DocumentKind): boolean {
  return kind.numbered && kind.abbreviation === '';
}

/** What a unit or a field is called in symbols; undefined when there is none of this id, name or abbreviation. */
export function partNamed(db: ReadDb, office: string, words: string): { name: string; abbreviation: string } | undefined {
  return named([...unitsOf(db, office), ...ownRows(db, office).filter(({ category }) => category === 'field')], words);
}

/** Whether there is any unit or field that the symbol of a công văn can name. */
export function hasSymbolParts(db: ReadDb, office: string): boolean {
  return unitsOf(db, office).some(({ abbreviation }) => abbreviation !== '') || ownRows(db, office).some(({ category }) => category === 'field');
}

/** A council, board or team, or a State post, of this id, name or abbreviation. */
export function ownNamed(db: ReadDb, office: string, category: 'body' | 'title', words: string): OwnRow | undefined {
  return named(
    ownRows(db, office).filter((row) => row.category === category),
    words,
  );
}

function named<T extends { id: string; name: string; abbreviation: string }>(rows: readonly T[], words: string): T | undefined {
  const wanted = folded(words);
  return rows.find(({ id }) => id === words) ?? rows.find(({ name, abbreviation }) => folded(name) === wanted || abbreviation === words.trim());
}

function unitsOf(db: ReadDb, office: string): Abbreviations['units'] {
  return all(db, sql`SELECT id, name, abbreviation FROM unit WHERE office = ${office} AND valid_to IS NULL ORDER BY ordinal, name`);
}

function ownRows(db: ReadDb, office: string): OwnRow[] {
  return all(
    db,
    sql`SELECT id, category, name, abbreviation FROM abbreviation
        WHERE office = ${office} AND ended_at IS NULL ORDER BY category, name`,
  );
}

/** Writes a row of the office's table, or how the office or a unit is abbreviated; false when there is none of this id. */
export function putAbbreviation(
  db: WriteDb,
  office: string,
  row: {
    readonly category: 'office' | 'unit' | AbbreviationKind;
    readonly id: string;
    readonly isNew: boolean;
    readonly name: string;
    readonly abbreviation: string;
  },
): boolean {
  const { category, id, name, abbreviation } = row;
  if (category === 'office') return run(db, sql`UPDATE office SET abbreviation = ${abbreviation} WHERE id = ${office}`) === 1;
  if (category === 'unit') return run(db, sql`UPDATE unit SET abbreviation = ${abbreviation} WHERE id = ${id} AND office = ${office}`) === 1;
  if (row.isNew) {
    changeOne(
      db,
      sql`INSERT INTO abbreviation (id, office, category, name, abbreviation)
          VALUES (${id}, ${office}, ${category}, ${name}, ${abbreviation})`,
    );
    return true;
  }
  return (
    run(
      db,
      sql`UPDATE abbreviation SET name = ${name}, abbreviation = ${abbreviation}
          WHERE id = ${id} AND office = ${office} AND category = ${category} AND ended_at IS NULL`,
    ) === 1
  );
}

/** Ends a row of the office's table; what has it keeps it. Answers what it said, undefined when there is none. */
export function endAbbreviation(db: WriteDb, office: string, id: string, at: string): OwnRow | undefined {
  const row = ownRows(db, office).find((own) => own.id === id);
  if (row !== undefined) changeOne(db, sql`UPDATE abbreviation SET ended_at = ${at} WHERE id = ${id}`);
  return row;
}

/** Who has these letters already: two issuers, or two kinds, with the same ones would make the same symbols. */
export function holderOf(
  db: ReadDb,
  office: string,
  row: { readonly category: string; readonly id: string | null; readonly abbreviation: string },
): string | undefined {
  const { units, own, kinds, office: letters, officeName } = readAbbreviations(db, office);
  const others = own.filter(({ id, category }) => id !== row.id && sameRank(category, row.category));
  const rows: readonly { readonly name: string; readonly abbreviation: string }[] = [
    ...others,
    ...(row.category === 'unit' || row.category === 'field' ? units.filter(({ id }) => id !== row.id) : []),
    ...(sameRank('body', row.category) && row.category !== 'office' ? [{ name: officeName, abbreviation: letters }] : []),
    ...(row.category === 'kind' || row.category === 'legal-kind'
      ? kinds.filter(({ code, group }) => code !== row.id && (group === 'legal') === (row.category === 'legal-kind'))
      : []),
  ];
  return rows.find(({ abbreviation }) => abbreviation === row.abbreviation)?.name;
}

/** Whether letters of the two stand in the same place of a symbol. */
function sameRank(one: string, other: string): boolean {
  const rank = (category: string): string =>
    category === 'body' || category === 'title' || category === 'office' ? 'issuer' : category === 'unit' ? 'field' : category;
  return rank(one) === rank(other);
}
