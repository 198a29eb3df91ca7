import { dossierKinds } from './dossier-kinds.ts';
import { exchangeKinds } from './exchange-kinds.ts';
import { handoverKinds } from './handover-kinds.ts';
import { keepingKinds } from './keeping-kinds.ts';
import type { Kind } from './kind.ts';
import { officeKinds } from './office-kinds.ts';
import { recordsKinds } from './records-kinds.ts';

/** Where the records of a kind lie in the export. */
export const pathOfKind = (kind: string): string => `documents/${kind}.jsonl`;

/** Every kind of records, in the order of their paths: so the manifest names them. */
export const allKinds: readonly Kind[] = [...officeKinds, ...recordsKinds, ...dossierKinds, ...keepingKinds, ...handoverKinds, ...exchangeKinds].toSorted((a, b) =>
  pathOfKind(a.kind) < pathOfKind(b.kind) ? -1 : 1,
);

/**
 * Tables that no export holds, each with the reason. A table is in a kind or here: a test holds this against the database's
 * own form, so that none is forgotten.
 */
export const leftOutTables: Readonly<Record<string, string>> = {
  arrival_untold: 'found again from the register and the outbox',
  audit_head: 'the end of the audit log; it is the last of its entries',
  backup_run: 'backups that this machine made; the audit log names each',
  dossier_count: 'counted from the dossiers',
  dossier_span: 'counted from the members of dossiers when it is asked for',
  dossier_word: 'the words of dossiers are indexed again as they come in',
  dossier_word_config: 'of the index of words of dossiers',
  dossier_word_data: 'of the index of words of dossiers',
  dossier_word_docsize: 'of the index of words of dossiers',
  dossier_word_idx: 'of the index of words of dossiers',
  dossier_word_row: 'numbers of the index of words of dossiers',
  file_text: 'the text of stored files; it is read from them again',
  fixity_bad: 'stored files of this machine that were found bad; the export names what could not be read',
  fixity_run: 'checks of the files on this machine',
  former_password: 'passwords that may not come again: as secret as those in use',
  incoming_count: 'counted from the register',
  kept_count: 'counted from the registers',
  outgoing_count: 'counted from the register',
  search_body: 'the search index is made anew from the registers',
  search_body_config: 'of the search index',
  search_body_data: 'of the search index',
  search_body_docsize: 'of the search index',
  search_body_idx: 'of the search index',
  search_dirty: 'what the search index has not taken in yet',
  search_doc: 'of the search index',
  search_field: 'the search index is made anew from the registers',
  search_field_config: 'of the search index',
  search_field_data: 'of the search index',
  search_field_docsize: 'of the search index',
  search_field_idx: 'of the search index',
  search_state: 'how far the search index is',
  search_word: 'the words of the search index',
  signature_lack: 'a list of work: the files themselves tell what their signatures lack',
  trust_answer: 'what authorities answered, for use again; they are asked anew',
  trust_issuer: 'certificates of authorities; they are found again on tokens and at their addresses',
  verification: 'which files wait to be verified; they are put into the queue again',
};
