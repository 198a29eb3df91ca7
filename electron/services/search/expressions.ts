import type { Asked, Term } from './parse.ts';
import { unmarked } from './words.ts';

/** What typed words may stand for (vocabulary.store.ts); never empty. */
export type Spell = {
  /** spellings with accents, the commonest first */
  readonly spellings: (word: string, open: boolean) => readonly string[];
  /** for a word without accents: itself, and when it may go on, the words that begin so, all without accents */
  readonly beginnings: (word: string, open: boolean) => readonly string[];
};

/** Columns to look in. */
export type Scope = {
  readonly exact: string;
  /** those that hold the same words without accents; null where there are none and every spelling must be written out */
  readonly plain: string | null;
};

export const subjectScope: Scope = { exact: 'subject arrival', plain: 'plain arrival' };
export const fieldScope: Scope = { exact: 'subject arrival issuer holder field', plain: 'plain others arrival' };
export const bodyScope: Scope = { exact: 'subject arrival issuer holder field body', plain: null };
/** The scope of the subject where there are no columns without accents. */
export const bodySubjectScope: Scope = { exact: 'subject arrival', plain: null };

/** Phrases written out for one row of words; beyond, neighbours are asked for in pairs. */
const mostPhrases = 24;
/** Spellings of a word that are paired with those of its neighbour. */
const mostPaired = 20;

// Words consist of letters and digits only (words.ts), so quotes around them are all the care that MATCH needs.
const phrase = (words: readonly string[]): string => `"${words.join(' ')}"`;
const anyOf = (parts: readonly string[]): string => (parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' OR ')})`);
const allOf = (parts: readonly string[]): string => (parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' AND ')})`);
const within = (columns: string, part: string): string => `{${columns}} : ${part.startsWith('(') ? part : `(${part})`}`;

/** Words in a row, each in any of its spellings. `start`: at the beginning of the column. */
function row(spellings: readonly (readonly string[])[], start = false): string {
  const sign = start ? '^ ' : '';
  const count = spellings.reduce((product, list) => product * list.length, 1);
  const choices = spellings.filter((list) => list.length > 1).length;
  if (choices <= 1 || count <= mostPhrases) {
    let rows: string[][] = [[]];
    for (const list of spellings.length === 1 ? spellings : spellings.map((some) => some.slice(0, mostPhrases))) rows = rows.flatMap((begun) => list.map((word) => [...begun, word]));
    return anyOf(rows.map((words) => sign + phrase(words)));
  }
  const pairs: string[] = [];
  for (let at = 1; at < spellings.length; at += 1) {
    const before = (spellings[at - 1] ?? []).slice(0, mostPaired);
    const after = (spellings[at] ?? []).slice(0, mostPaired);
    const first = start && at === 1 ? sign : '';
    pairs.push(anyOf(before.flatMap((one) => after.map((next) => first + phrase([one, next])))));
  }
  return allOf(pairs);
}

const isPlain = (words: readonly string[]): boolean => words.every((word) => unmarked(word) === word);

/** A word's spellings, the last of a term also as the beginning of longer words. */
function written(words: readonly string[], open: boolean, spell: Spell['spellings']): (readonly string[])[] {
  return words.map((word, at) => spell(word, open && at === words.length - 1));
}

function termIn(term: Term, spell: Spell, scope: Scope): string {
  const plain = scope.plain !== null && isPlain(term.words);
  const columns = plain ? (scope.plain ?? '') : scope.exact;
  const found = within(columns, row(written(term.words, term.open, plain ? spell.beginnings : spell.spellings)));
  return term.also === null ? found : anyOf([found, within(scope.exact, phrase(term.also))]);
}

/** Everything that was asked for, in a scope; null when nothing was. */
export function everything(asked: Asked, spell: Spell, scope: Scope): string | null {
  return asked.all.length === 0 ? null : allOf(asked.all.map((terms) => anyOf(terms.map((term) => termIn(term, spell, scope)))));
}

/** What must not be met; null when nothing is left out. */
export function leftOut(asked: Asked, spell: Spell, scope: Scope): string | null {
  return asked.none.length === 0 ? null : anyOf(asked.none.map((term) => termIn(term, spell, scope)));
}

/**
 * What was typed taken as a document's number: each number at the beginning of its code, or as its arrival number, and the
 * other words anywhere. `open`: the last may go on. Null when nothing that was typed begins with a number.
 */
export function asNumber(asked: Asked, spell: Spell, open: boolean): string | null {
  const numbers = asked.all.flat().filter(({ numbered }) => numbered);
  if (numbers.length === 0 || (open && !numbers.some((term) => term.open))) return null;
  return allOf(
    asked.all.map((terms) =>
      anyOf(
        terms.map((term) => {
          if (!term.numbered) return termIn(term, spell, fieldScope);
          // Nobody minds whether QĐ was typed as qd.
          const words = written(term.words.map(unmarked), open && term.open, spell.beginnings);
          const code = within('plain', row(words, true));
          return term.words.length > 1 ? code : anyOf([code, within('arrival', row(words))]);
        }),
      ),
    ),
  );
}
