export { actorOf, admit, sessionOf } from './session.ts';
export { peopleHandlers } from './handlers.ts';
export type { CloseRegisters } from './ports.ts';
