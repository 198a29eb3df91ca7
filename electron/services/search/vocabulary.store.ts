import { all, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { mayBecome, unmarked } from './words.ts';

/** Spellings that one typed word stands for at most; the commonest are taken. */
const mostSpellings = 64;
const mostBeginnings = 96;

/** What typed words may stand for, remembered until a new word comes. */
export type Vocabulary = {
  /**
   * The words that a typed word stands for, the commonest first: with accents it is that word alone; without, each word
   * that differs from it by accents only; `open`, also the words that begin so. Never empty.
   */
  readonly spellings: (db: ReadDb, typed: string, open: boolean) => readonly string[];
  /** The same for a word without accents, with all accents left away. */
  readonly beginnings: (db: ReadDb, typed: string, open: boolean) => readonly string[];
  /** Notes the words of a document in its transaction; `weight` is how many documents it stands for in the counts. */
  readonly note: (db: WriteDb, words: ReadonlySet<string>, weight: number) => void;
  /** Forgets what was noted in a transaction that came to nothing. */
  readonly forget: () => void;
};

/** Words of texts that were scanned badly are endless; longer ones and long numbers are found when typed in full only. */
function isKept(word: string): boolean {
  return /^\d+$/.test(word) ? word.length <= 5 : word.length <= 10;
}

const mostKnown = 300_000;

/** A fresh memory over the table of known words. */
export function vocabulary(): Vocabulary {
  const known = new Set<string>();
  const answers = new Map<string, readonly string[]>();

  function remembered(key: string, find: () => readonly string[]): readonly string[] {
    const before = answers.get(key);
    if (before !== undefined) return before;
    const found = find();
    if (answers.size > 2000) answers.clear();
    answers.set(key, found);
    return found;
  }

  function add(db: WriteDb, word: string, weight: number): void {
    const isNew = !known.has(word);
    if (!isNew && weight === 0) return;
    run(
      db,
      sql`INSERT INTO search_word (word, plain, docs) VALUES (${word}, ${unmarked(word)}, ${weight})
          ON CONFLICT (word) DO UPDATE SET docs = docs + excluded.docs`,
    );
    if (!isNew) return;
    if (known.size >= mostKnown) known.clear();
    known.add(word);
    answers.clear();
  }

  return {
    note: (db, words, weight) => {
      for (const word of words) if (isKept(word)) add(db, word, weight);
    },
    forget: () => {
      known.clear();
      answers.clear();
    },
    spellings: (db, typed, open) => remembered(open ? `${typed}*` : typed, () => spellingsIn(db, typed, open)),
    beginnings: (db, typed, open) => (open ? remembered(`${typed}-`, () => beginningsIn(db, typed)) : [typed]),
  };
}

function beginningsIn(db: ReadDb, plain: string): readonly string[] {
  const rows = all<{ plain: string }>(
    db,
    sql`SELECT plain FROM search_word WHERE plain > ${plain} AND plain < ${`${plain}\u{10ffff}`}
        GROUP BY plain ORDER BY SUM(docs) DESC LIMIT ${mostBeginnings}`,
  );
  return [plain, ...rows.map((row) => row.plain)];
}

type Known = { word: string; docs: number };

function spellingsIn(db: ReadDb, typed: string, open: boolean): readonly string[] {
  const plain = unmarked(typed);
  const isPlain = plain === typed;
  const known = open
    ? all<Known>(
        db,
        sql`SELECT word, docs FROM search_word WHERE plain >= ${plain} AND plain < ${`${plain}\u{10ffff}`}
            ORDER BY plain = ${plain} DESC, docs DESC LIMIT ${isPlain ? mostBeginnings : 1000}`,
      )
    : all<Known>(db, sql`SELECT word, docs FROM search_word WHERE plain = ${plain} ORDER BY docs DESC LIMIT ${mostSpellings}`);
  const fitting = isPlain ? known : asMarked(typed, known);
  return [...new Set([typed, ...fitting.map(({ word }) => word)])].slice(0, mostBeginnings);
}

/**
 * A word that is the commoner by so much is what is meant by one with fewer marks: `quyêt` by who types no tones, though
 * some text has that, too. `năm` is common itself, and never stands for `nắm`.
 */
const commoner = 10;

/** Of the known words, those that a word with marks stands for. */
function asMarked(typed: string, known: readonly Known[]): readonly Known[] {
  const exact = known.filter(({ word }) => word.startsWith(typed));
  const often = exact.reduce((most, { docs }) => Math.max(most, docs), 0);
  const meant = known.filter(
    ({ word, docs }) => !word.startsWith(typed) && docs > commoner * often && mayBecome(typed, word.slice(0, typed.length)),
  );
  return [...exact, ...meant];
}
