import { fail, ok, type CodeOf, type Contract, type DossierSuggestion, type InputOf, type Outcome } from '#contract';
import { one, sql, type ReadDb } from '../../../store/index.ts';
import { actorOf } from '../../people/index.ts';
import { currentAsker, type Asker } from '../access/readers.store.ts';
import { knownDocument } from '../members/members.store.ts';
import { phrasesIn } from './phrases.ts';
import { lastChoice, namedCode, openWithCode, openWithThread, targetOfLine, threadOf, workersOn, type Candidate } from './suggest.store.ts';
import { countOf, linesWith } from './traits.store.ts';
import { issuerKindTrait, issuerTrait, kindTrait, membersTrait, pairsOf, tellingWords, titleWordTrait, wordTrait, type TraitFacts } from './traits.ts';

type Method = Contract['dossiers']['suggest'];
type Reason = DossierSuggestion['reasons'][number];

/** Lines that are looked at for one trait: what more have tells too little to be worth the time. */
const mostLines = 400;
/** Lines whose dossiers are looked up, the best first. */
const lookedUp = 40;
const most = 10;

/** How much each kind of likeness counts; found on the generated year of tests/unit/dossiers/suggest.test.ts. */
const weight = { thread: 100, code: 200, both: 3, issuer: 1.2, kind: 0.4, word: 1, pair: 1.5, title: 2, maker: 2 } as const;

type Question = TraitFacts & { readonly document: string | null; readonly year: number; readonly thread: readonly string[]; readonly code: { readonly catalog: number; readonly notation: string } | undefined };
type Shares = Map<string, number>;

/**
 * Where a document may belong, best first: what is in its thread, which code it names, and how like it is to what was put
 * where before. A trait counts the more the fewer lines have it and the more of a line's documents do. Only rows of the
 * document's own traits are read, so that it stays fast whatever the registers hold; the same question has the same answer.
 */
export function suggest(db: ReadDb, input: InputOf<Method>): Outcome<DossierSuggestion[], CodeOf<Method>> {
  const question = questionOf(db, input);
  return question === undefined ? fail('not-found') : ok(suggestions(db, question, currentAsker(db)));
}

function questionOf(db: ReadDb, input: InputOf<Method>): Question | undefined {
  if (!('document' in input)) {
    const thread = input.repliesTo === null ? [] : [input.repliesTo, ...threadOf(db, input.repliesTo)];
    const code = input.fileNotation === '' ? undefined : { catalog: input.catalog, notation: input.fileNotation };
    return { issuerName: input.issuerName, typeName: input.typeName, subject: input.subject, document: null, year: input.catalog, thread, code };
  }
  const known = knownDocument(db, input.document);
  return known && { ...known, document: known.id, thread: threadOf(db, known.id), code: namedCode(db, known.id) };
}

function suggestions(db: ReadDb, question: Question, asker: Asker): DossierSuggestion[] {
  const { scores, words, titles } = likeness(db, question);
  const best = [...scores].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, lookedUp);
  const found = new Map<string, { readonly candidate: Candidate; score: number; readonly reasons: Reason[] }>();
  const take = (candidate: Candidate, score: number, reason: Reason | null): void => {
    const key = candidate.dossier ?? candidate.entry ?? '';
    const known = found.get(key) ?? { candidate, score: 0, reasons: [] };
    found.set(key, known);
    known.score += score;
    if (reason !== null) known.reasons.push(reason);
  };
  const named = question.code && openWithCode(db, question.code.catalog, question.code.notation, asker);
  if (named !== undefined) take(named, weight.code, { code: 'file-code', params: { notation: named.notation } });
  if (question.thread.length > 0) {
    for (const { code, ...candidate } of openWithThread(db, question.thread, asker)) take(candidate, weight.thread, { code: 'thread', params: { code } });
  }
  for (const [line, score] of best) {
    const candidate = targetOfLine(db, line, question.year, asker);
    if (candidate !== undefined) take(candidate, score, null);
  }
  const workers = question.document === null ? new Set<string>() : workersOn(db, question.document);
  for (const one of found.values()) {
    const { candidate, reasons } = one;
    reasons.push(...likenessReasons(db, question, candidate, words, titles));
    if ([candidate.unit, candidate.person].some((id) => id !== null && workers.has(id))) {
      one.score += weight.maker;
      reasons.push({ code: 'maker', params: { maker: candidate.maker } });
    }
  }
  return [...found.values()]
    .filter(({ reasons }) => reasons.length > 0)
    .toSorted((a, b) => b.score - a.score || (a.candidate.notation < b.candidate.notation ? -1 : 1))
    .slice(0, most)
    .map(({ candidate: { dossier, entry, catalog, notation, title }, score, reasons }, index) => {
      const choice = index < withChoice ? chosenBefore(db, question, dossier) : [];
      const first = reasons.findIndex(({ code }) => code !== 'file-code' && code !== 'thread');
      const all = reasons.toSpliced(first === -1 ? reasons.length : first, 0, ...choice);
      return { dossier, entry: dossier === null ? entry : null, catalog, notation, title, score: Math.round(score * 100), reasons: all };
    });
}

/** Scores of lines, and which words of the subject each has from documents before and from its title. */
function likeness(db: ReadDb, { issuerName, typeName, subject }: Question): { readonly scores: Shares; readonly words: ReadonlyMap<string, readonly string[]>; readonly titles: ReadonlyMap<string, readonly string[]> } {
  const scores: Shares = new Map();
  const words = new Map<string, string[]>();
  const titles = new Map<string, string[]>();
  const lines = one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM (SELECT 1 FROM dossier_trait WHERE trait = ${membersTrait} LIMIT 100000)`)?.n ?? 0;
  const totals = new Map<string, number>();
  const totalOf = (line: string): number => {
    const known = totals.get(line) ?? countOf(db, membersTrait, line);
    totals.set(line, known);
    return known;
  };
  const count = (trait: string, worth: number, word: string, notes: Map<string, string[]> | null): void => {
    const having = linesWith(db, trait, mostLines);
    // Of a trait that more lines have than are read nobody knows how many do: as good as all of them.
    const rarity = Math.log(1 + (lines + 1) / (having.length === mostLines ? Math.max(lines, mostLines) : having.length));
    for (const { line, n } of having) {
      const share = Math.min(1, n / Math.max(1, totalOf(line)));
      scores.set(line, (scores.get(line) ?? 0) + worth * rarity * (notes === titles ? 1 : 0.3 + 0.7 * share));
      if (notes === null) continue;
      const list = notes.get(line) ?? [];
      notes.set(line, list);
      list.push(word);
    }
  };
  if (issuerName !== '') count(issuerTrait(issuerName), weight.issuer, '', null);
  if (typeName !== '') count(kindTrait(typeName), weight.kind, '', null);
  if (issuerName !== '' && typeName !== '') count(issuerKindTrait({ issuerName, typeName, subject }), weight.both, '', null);
  const telling = tellingWords(subject).slice(0, 40);
  for (const word of telling) {
    count(wordTrait(word), weight.word, word, words);
    count(titleWordTrait(word), weight.title, word, titles);
  }
  for (const pair of pairsOf(telling)) count(pair, weight.pair, '', null);
  return { scores, words, titles };
}

/** Of so many suggestions it is told who chose the dossier before: the others are seldom looked at. */
const withChoice = 3;
/** Phrases that are named in a reason, at most. */
const shownPhrases = 3;
const quoted = (phrases: readonly string[]): string => phrases.slice(0, shownPhrases).map((phrase) => `“${phrase}”`).join(', ');

function likenessReasons(db: ReadDb, { issuerName, typeName, subject }: Question, { line }: Candidate, words: ReadonlyMap<string, readonly string[]>, titles: ReadonlyMap<string, readonly string[]>): Reason[] {
  const reasons: Reason[] = [];
  const both = issuerName === '' || typeName === '' ? 0 : countOf(db, issuerKindTrait({ issuerName, typeName, subject }), line);
  const issuer = issuerName === '' ? 0 : countOf(db, issuerTrait(issuerName), line);
  if (both > 0) reasons.push({ code: 'issuer-kind', params: { count: both, issuer: issuerName, kind: typeName } });
  else if (issuer > 0) reasons.push({ code: 'issuer', params: { count: issuer, issuer: issuerName } });
  const inTitle = phrasesIn(subject, new Set(titles.get(line)));
  if (inTitle.length > 0) reasons.push({ code: 'title-words', params: { words: quoted(inTitle) } });
  const before = phrasesIn(subject, new Set(words.get(line))).filter((phrase) => !inTitle.includes(phrase));
  if (before.length > 0) reasons.push({ code: 'words-before', params: { words: quoted(before) } });
  const kind = both > 0 || typeName === '' ? 0 : countOf(db, kindTrait(typeName), line);
  if (reasons.length === 0 && kind > 0) reasons.push({ code: 'kind', params: { count: kind, kind: typeName } });
  return reasons;
}

/** Who put a document of the same issuer into the dossier before: what was chosen by hand says more than what is counted. */
function chosenBefore(db: ReadDb, { issuerName }: Question, dossier: string | null): Reason[] {
  const by = dossier === null || issuerName === '' ? undefined : lastChoice(db, dossier, issuerName);
  return by === undefined ? [] : [{ code: 'chosen-before', params: { by, mine: by === actorOf(db).name ? 'yes' : 'no', issuer: issuerName } }];
}
