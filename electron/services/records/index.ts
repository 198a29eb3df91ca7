export { recordArrival, type Arrival, type ArrivedFile } from './record-arrival.ts';
export { countIncoming, fileOf, getIncoming } from './incoming.store.ts';
export { documentHeads, registrationFacts } from './registration-facts.store.ts';
export { recordsHandlers } from './handlers.ts';
export type { QueueStatus, StatusReport } from './ports.ts';
