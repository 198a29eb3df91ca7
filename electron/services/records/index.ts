export { insertArrival, recordArrival, type Arrival, type ArrivedFile } from './record-arrival.ts';
export type { ChangeContent } from './change-request.store.ts';
export { askChange, replaceIncoming } from './close-incoming.ts';
export { handlingFacts } from './handling/board.store.ts';
export { readSoonDays } from './handling/deadline-rules.store.ts';
export { dueFrame } from './handling/due.ts';
export { handlingHandlers } from './handling/handlers.ts';
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
export { printCopies, type PrintCopies } from './print/print-copy.ts';
export { numbersHandlers } from './numbers/handlers.ts';
export { tablePdf } from './print/table-pdf.ts';
export { drawTable, type TableColumn } from './print/table.ts';
export { csvOf, xlsxOf } from './print/spreadsheet.ts';
export { docxOf } from './print/word-table.ts';
export { balancedLines, createSheet, mm, paper, plainLines, type DocumentFonts, type Line, type Run, type Sheet } from './print/sheet.ts';
export { firstDamaged } from './record-outgoing.ts';
export { numbersBegun } from './numbers/series.store.ts';
export { hasSymbolParts } from './numbers/abbreviations.store.ts';
export { closeOffice } from './numbers/year.store.ts';
export { documentHeads, outgoingHeads, recallFacts, registrationFacts, untoldArrivals } from './registration-facts.store.ts';
export { keepPrinted, printFacts, type PrintFacts } from './printing/make.ts';
export { drawFeet, drawLetterhead, drawSigners, formWriter, printedWords, shownDay, shownTime, writtenDay, type FormWriter } from './print/form-parts.ts';
export { getPrinted } from './printing/printed.store.ts';
export { printingHandlers } from './printing/handlers.ts';
export { recordsHandlers } from './handlers.ts';
export type { AskVerdict, QueueStatus, StatusReport } from './ports.ts';
export { draftingHandlers } from './drafting/handlers.ts';
export { completeHere, documentToSeal, draftToSign, sealHere, signDraftHere, toComplete, type MadeSignature, type Replaced, type ToSign } from './drafting/sign-here.ts';
export { countLife } from './drafting/life-list.store.ts';
export { draftHeads, issuingFacts, noteSent } from './numbered.store.ts';
export type { DocumentConverter, SendPlanned } from './ports.ts';
export { intakeHandlers } from './intake/handlers.ts';
export { findDuplicates } from './intake/duplicates.store.ts';
export { discardWaiting, enterMessage, partsOf, putMessage, sameWaitingMessage, waitingFile, waitingMessage, wasDestroyed } from './intake/intake.store.ts';
export { textMaker } from './text/file-text.ts';
export { holderOfCode, holderOfNumber, sameReceived, shelfFor, type Holder, type Shelf } from './imported/place.store.ts';
export { makeRoom, removeImported, writeArrivals, writeIssues, type ImportMoment, type OldArrival, type OldIssue } from './imported/write.store.ts';

export { decoderFor } from './text/legacy-letters.ts';
export { kinds as arrivingKinds } from './suggest/kinds.ts';
export type { Scope } from './numbers/rules.store.ts';
