import { driverOf, type WriteDb } from '../db.ts';
import { auditAndSettings } from './0010-audit-and-settings.ts';
import { incomingRegister } from './0020-incoming-register.ts';
import { exchangeBoxes } from './0030-exchange-boxes.ts';
import { workingCalendar } from './0040-working-calendar.ts';
import { directory } from './0050-directory.ts';
import { outgoingAndChanges } from './0060-outgoing-and-changes.ts';
import { inboxTries } from './0070-inbox-tries.ts';
import { officeAndSeries } from './0080-office-and-series.ts';
import { numberBook } from './0090-number-book.ts';
import { people } from './0100-people.ts';
import { handling } from './0110-handling.ts';
import { fileText } from './0120-file-text.ts';
import { draftsAndOutgoing } from './0130-drafts-and-outgoing.ts';
import { search } from './0140-search.ts';
import { printedFiles } from './0150-printed-files.ts';
import { importedRegisters } from './0160-imported-registers.ts';
import { filesByContent } from './0170-files-by-content.ts';
import { presentedTo } from './0180-presented-to.ts';
import { keptCounts } from './0190-kept-counts.ts';
import { trustEvidence } from './0210-trust-evidence.ts';
import { signingPictures } from './0220-signing-pictures.ts';
import { signatureLack } from './0240-signature-lack.ts';
import { verdicts } from './0250-verdicts.ts';
import { verificationDesk } from './0260-verification-desk.ts';
import { dossiers } from './0270-dossiers.ts';
import { keeping } from './0280-keeping.ts';
import { fixity } from './0285-fixity.ts';
import { handOver } from './0290-hand-over.ts';
import { receipts } from './0295-receipts.ts';
import { places } from './0300-places.ts';
import { spans } from './0305-spans.ts';
import { backup } from './0310-backup.ts';
import { recoverySheet } from './0315-recovery-sheet.ts';
import { takingOver } from './0320-taking-over.ts';
import { archived } from './0325-archived.ts';
import { ownFileVerdicts } from './0330-own-file-verdicts.ts';
import { messageFiles } from './0340-message-files.ts';
import { numbersSetBack } from './0345-numbers-set-back.ts';
import { quickLists } from './0355-quick-lists.ts';
import { documentCopies } from './0360-document-copies.ts';
import { certifications } from './0365-certifications.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  auditAndSettings,
  incomingRegister,
  exchangeBoxes,
  workingCalendar,
  directory,
  outgoingAndChanges,
  inboxTries,
  officeAndSeries,
  numberBook,
  people,
  handling,
  fileText,
  draftsAndOutgoing,
  search,
  printedFiles,
  importedRegisters,
  filesByContent,
  presentedTo,
  keptCounts,
  trustEvidence,
  signingPictures,
  signatureLack,
  verdicts,
  verificationDesk,
  dossiers,
  keeping,
  fixity,
  handOver,
  receipts,
  places,
  spans,
  backup,
  recoverySheet,
  takingOver,
  archived,
  ownFileVerdicts,
  messageFiles,
  numbersSetBack,
  quickLists,
  documentCopies,
  certifications,
];

/** The newest form of the database that this program knows. */
export const latestVersion = versionAfterChecks(migrations);

/**
 * Brings a database from version `from` to `to`. The caller holds the transaction and has put off foreign keys, as a table
 * that others refer to can only be built anew without them (SQLite, ALTER TABLE §7); they are checked here at the end.
 */
export function migrate(db: WriteDb, from: number, to: number = latestVersion): void {
  const database = driverOf(db);
  for (const step of migrations) {
    if (step.version > from && step.version <= to) step.up(db);
  }
  const [broken] = database.pragma('foreign_key_check') as { table: string; parent: string }[];
  if (broken !== undefined) throw new Error(`the new form would leave ${broken.table} without its ${broken.parent}`);
  database.pragma(`user_version = ${String(to)}`);
}

function versionAfterChecks(list: readonly Migration[]): number {
  let last = 0;
  for (const { version, name } of list) {
    if (version % 5 !== 0 || version <= last) throw new Error(`migration ${name} is out of order`);
    last = version;
  }
  return last;
}
