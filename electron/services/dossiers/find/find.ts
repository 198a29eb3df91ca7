import type { Contract, DossierHit, DossierState, InputOf, OutputOf } from '#contract';
import { all, sql, type ReadDb } from '../../../store/index.ts';
import { markerOf, markText, mayBecome, parse, unmarked, wordsOf, type Asked, type Marker, type Spell, type Term } from '../../search/index.ts';
import { readableBy, type Asker } from '../access/readers.store.ts';
import { makerOf, type MakerRow } from '../makers.store.ts';

type Method = Contract['dossiers']['find'];
type Row = MakerRow & {
  readonly row: number;
  readonly id: string;
  readonly state: DossierState;
  readonly catalog: number;
  readonly notation: string;
  readonly title: string;
  readonly members: number;
  readonly access: 'office' | 'named';
};

const columns = sql`d.id, d.state, d.catalog, d.notation, d.title, d.unit, d.unit_name, d.person, d.person_name, d.member_total AS members, d.access`;
/** Dossiers that have the words but for their accents are looked at some at a time, and no more than `mostLooked`. */
const lookedAtOnce = 250;
const mostLooked = 2000;

/**
 * Dossiers by code and title. The index of words knows no accents and has maker and headings as well, so that each that it
 * finds is looked at: with accents it must have them, words in quotes must stand in a row, and what is left out must be absent.
 */
export function findDossiers(db: ReadDb, { text, limit }: InputOf<Method>, asker: Asker): OutputOf<Method> {
  const asked = parse(text);
  if (asked.all.length === 0) return { items: [], more: false };
  const found = withCode(db, text, limit + 1, asker).map((row) => hitOf(row, [{ text: row.notation, hit: true }], [{ text: row.title, hit: false }]));
  const match = expressionOf(asked);
  for (let [below, looked] = [Number.MAX_SAFE_INTEGER, 0]; match !== null && found.length <= limit && looked < mostLooked; looked += lookedAtOnce) {
    const rows = withWords(db, match, below, asker);
    const judge = judgeOf(asked, rows);
    for (const row of rows) {
      const hit = found.length > limit || found.some(({ id }) => id === row.id) ? undefined : judge(row);
      if (hit !== undefined) found.push(hit);
    }
    if (rows.length < lookedAtOnce) break;
    below = rows.at(-1)?.row ?? 0;
  }
  return { items: found.slice(0, limit), more: found.length > limit };
}

function hitOf(row: Row, notation: DossierHit['notation'], title: DossierHit['title']): DossierHit {
  const { id, state, catalog, members, access } = row;
  return { id, state, catalog, notation, title, maker: makerOf(row), members, access };
}

/** Dossiers whose code begins as typed, as the office writes it or with the body's code and the year before it; the newest year first. */
function withCode(db: ReadDb, text: string, limit: number, asker: Asker): Row[] {
  const typed = text.trim();
  if (!/^[\p{L}\p{N}.-]+$/u.test(typed)) return [];
  const whole = /^(?:.+\.)?(\d{4})\.(.+)$/u.exec(typed);
  const years = all<{ catalog: number }>(db, sql`SELECT DISTINCT catalog FROM dossier_count WHERE n > 0 ORDER BY catalog DESC`).map(({ catalog }) => catalog);
  const offices = all<{ id: string }>(db, sql`SELECT id FROM office`).map(({ id }) => id);
  const codes = [...new Set([typed, typed.toLocaleUpperCase('vi')])];
  const beginnings = codes.flatMap((code) => [{ code, year: null }, ...(whole === null ? [] : [{ code: code.slice(-(whole[2] ?? '').length), year: Number(whole[1]) }])]);
  const rows: Row[] = [];
  for (const catalog of years) {
    for (const office of offices) {
      for (const { code, year } of beginnings) {
        if (rows.length >= limit) return rows;
        if (year !== null && year !== catalog) continue;
        rows.push(
          ...all<Row>(
            db,
            sql`SELECT 0 AS row, ${columns} FROM dossier AS d WHERE d.office = ${office} AND d.catalog = ${catalog} AND d.notation >= ${code} AND d.notation < ${`${code}\u{10ffff}`}
                AND ${readableBy(asker)} ORDER BY d.notation LIMIT ${limit}`,
          ),
        );
      }
    }
  }
  return rows;
}

function withWords(db: ReadDb, match: string, below: number, asker: Asker): Row[] {
  return all<Row>(
    db,
    sql`SELECT w.rowid AS row, ${columns} FROM dossier_word AS w CROSS JOIN dossier_word_row AS r ON r.row = w.rowid CROSS JOIN dossier AS d ON d.id = r.dossier
        WHERE dossier_word MATCH ${match} AND w.rowid < ${BigInt(below)} AND ${readableBy(asker)} ORDER BY w.rowid DESC LIMIT ${lookedAtOnce}`,
  );
}

/** Every word without its accents, the last of an open term as a beginning; null when nothing of it is a word. */
function expressionOf(asked: Asked): string | null {
  const wordsIn = ({ words, open }: Term): string => `(${words.map((word, at) => `"${unmarked(word)}"${open && at === words.length - 1 ? '*' : ''}`).join(' AND ')})`;
  return asked.all.length === 0 ? null : asked.all.map((terms) => `(${terms.map(wordsIn).join(' OR ')})`).join(' AND ');
}

/** Judges rows by what their own words are: a beginning goes on as one of them, fewer accents become those that there are. */
function judgeOf(asked: Asked, rows: readonly Row[]): (row: Row) => DossierHit | undefined {
  const known = new Set(rows.flatMap(({ notation, title }) => [...wordsOf(notation), ...wordsOf(title)]));
  const spell: Spell = { spellings: (word, open) => [word, ...spellingsOf(word, open, known)], beginnings: (word) => [word] };
  // Numbers of dossiers are words as others.
  const plainly = (terms: readonly Term[]): Term[] => terms.map((term) => ({ ...term, numbered: false }));
  const groups = asked.all.map((terms) => markerOf({ all: [plainly(terms)], none: [] }, spell));
  const leftOut = asked.none.map((term) => markerOf({ all: [plainly([term])], none: [] }, spell));
  const whole = markerOf({ all: asked.all.map(plainly), none: [] }, spell);
  const has = ({ notation, title }: Row, marker: Marker): boolean => markText(notation, marker).which.size > 0 || markText(title, marker).which.size > 0;
  return (row) => {
    if (!groups.every((marker) => has(row, marker)) || leftOut.some((marker) => has(row, marker))) return undefined;
    return hitOf(row, markText(row.notation, whole).parts, markText(row.title, whole).parts);
  };
}

function spellingsOf(typed: string, open: boolean, known: ReadonlySet<string>): string[] {
  const plain = unmarked(typed);
  const begins = (word: string, whole: string): boolean => (open ? word.startsWith(whole) : word === whole);
  if (plain === typed) return [...known].filter((word) => begins(unmarked(word), plain));
  const exact = [...known].filter((word) => begins(word, typed));
  // Tones are left out where nothing has the word just so.
  return exact.length > 0 ? exact : [...known].filter((word) => (open || word.length === typed.length) && mayBecome(typed, word.slice(0, typed.length)));
}
