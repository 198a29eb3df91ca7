export { createSearch, type SearchService } from './search.ts';
export { exportFileOf } from './saved.store.ts';
export { indexAnew } from './indexer.ts';
export { unmarked, wordsOf } from './words.ts';
