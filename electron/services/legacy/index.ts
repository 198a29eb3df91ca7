export { legacyFileOf } from './imports.store.ts';
export { createLegacy } from './legacy.ts';
export { openTable } from './read/open-table.ts';
export { TableRefused } from './read/refused.ts';
export { cleaned, letterOf, type TableRow, type TableSheet } from './read/table.ts';
export { firstRows } from './walk.ts';
export { readCode, readDay } from './values.ts';
