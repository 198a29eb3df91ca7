export { createDesk, type Desk } from './desk.ts';
export type { DeskPapers, FindToken } from './ports.ts';
