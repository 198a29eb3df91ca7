export { legacyFileOf } from './imports.store.ts';
export { createLegacy } from './legacy.ts';
