export { createDesk, type Desk } from './desk.ts';
export type { DeskDeps, FindToken } from './ports.ts';
