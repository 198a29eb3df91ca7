export { draftingHandlers } from './handlers.ts';
export { countLife } from './life-list.store.ts';
