export { recordArrival, type Arrival, type ArrivedFile } from './record-arrival.ts';
export type { ChangeContent } from './change-request.store.ts';
export { askChange, replaceIncoming } from './close-incoming.ts';
export { countIncoming, fileOf, findIncoming, getIncoming, linkAnswer } from './incoming.store.ts';
export {
  announceReplacement,
  changeOutgoing,
  countOutgoing,
  findOutgoing,
  forerunnersOf,
  freezeOutgoing,
  getOutgoing,
  putOutgoingFiles,
  withdrawReplacement,
} from './outgoing.store.ts';
export { numbersHandlers } from './numbers/handlers.ts';
export { balancedLines, createSheet, mm, paper, plainLines, type DocumentFonts, type Line, type Run, type Sheet } from './print/sheet.ts';
export { firstDamaged } from './record-outgoing.ts';
export { closeSeriesOf } from './close-series.store.ts';
export { documentHeads, outgoingHeads, recallFacts, registrationFacts } from './registration-facts.store.ts';
export { getPrinted } from './printing/printed.store.ts';
export { printingHandlers } from './printing/handlers.ts';
export { recordsHandlers } from './handlers.ts';
export type { QueueStatus, StatusReport } from './ports.ts';
export { createIntake } from './intake/handlers.ts';
export { waitingFile } from './intake/intake.store.ts';
export { textMaker } from './text/file-text.ts';
