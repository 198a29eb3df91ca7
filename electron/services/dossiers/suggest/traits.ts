import { unmarked, wordsOf } from '../../search/index.ts';

/** What of a document is compared with what was put into dossiers before. */
export type TraitFacts = { readonly issuerName: string; readonly typeName: string; readonly subject: string };

/** How many documents of a line were counted. */
export const membersTrait = 'members';

/** Words that stand in nearly every subject and tell nothing. */
const idle = new Set(['về', 'việc', 'của', 'và', 'các', 'cho', 'trong', 'theo', 'tại', 'đến', 'ngày', 'số', 'với', 'được', 'trên', 'từ', 'năm', 'tháng', 'hồ', 'sơ', 'v']);

/** Whether a word stands in nearly every subject. */
export const isIdle = (word: string): boolean => idle.has(word);

const folded = (text: string): string => wordsOf(text).map(unmarked).join(' ');

/** The words of a subject or title that tell something, each once, in their order; numbers tell nothing of a matter. */
export function tellingWords(text: string): string[] {
  return [...new Set(wordsOf(text).filter((word) => word.length > 1 && !/^\d/.test(word) && !isIdle(word)))];
}

export const issuerTrait = (name: string): string => `issuer:${folded(name)}`;
export const kindTrait = (name: string): string => `kind:${folded(name)}`;
export const issuerKindTrait = ({ issuerName, typeName }: TraitFacts): string => `both:${folded(issuerName)}|${folded(typeName)}`;
export const wordTrait = (word: string): string => `word:${word}`;
/** Two words that follow each other tell more than each alone. */
export const pairsOf = (words: readonly string[]): string[] => words.slice(1).map((word, index) => `pair:${words[index] ?? ''} ${word}`);
export const titleWordTrait = (word: string): string => `title:${word}`;

/** All that is counted when a document is put into a dossier. */
export function documentTraits(facts: TraitFacts): string[] {
  const words = tellingWords(facts.subject);
  const named = facts.issuerName === '' ? [] : [issuerTrait(facts.issuerName), ...(facts.typeName === '' ? [] : [issuerKindTrait(facts)])];
  return [membersTrait, ...named, ...(facts.typeName === '' ? [] : [kindTrait(facts.typeName)]), ...words.map(wordTrait), ...pairsOf(words)];
}

/** All that is counted of the title of an entry or dossier. */
export function titleTraits(title: string): string[] {
  return tellingWords(title).map(titleWordTrait);
}
