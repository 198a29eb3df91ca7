export { createSearch, type SearchService } from './search.ts';
export { exportFileOf } from './saved.store.ts';
export { indexAnew } from './indexer.ts';
export type { Spell } from './expressions.ts';
export { mark as markText, markerOf, type Marker } from './marks.ts';
export { parse, type Asked, type Term } from './parse.ts';
export { mayBecome, unmarked, wordsOf } from './words.ts';
