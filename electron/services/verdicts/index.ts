export { createDesk, type Desk } from './handlers.ts';
export type { Looked } from './ports.ts';
export { clearScratch } from './stored-bytes.ts';
