export { createDesk, type Desk } from './desk.ts';
export type { FindToken } from './ports.ts';
