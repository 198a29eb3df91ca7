export { recordArrival, type Arrival, type ArrivedFile } from './record-arrival.ts';
export { registerIncoming, type RegisterDeps } from './register-incoming.ts';
export { countIncoming, fileOf, getIncoming, listIncoming } from './incoming.store.ts';
export { recordsHandlers, type RecordsDeps } from './handlers.ts';
export type { QueueStatus, StatusReport } from './ports.ts';
