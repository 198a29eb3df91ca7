import type { Deviation } from '#contract';
import type { ReadDb } from '../../store/index.ts';
import { findIncoming, replaceIncoming } from '../records/index.ts';
import { codesOfAgency, sameAgency } from './agency-code.store.ts';
import type { EdxmlDocument } from './edxml/model.ts';
import { handedInBy, isParty, type Filing } from './filing.ts';
import { explanation, partsAtMost } from './strangers-text.ts';
import { deviationsWhenItCame, notHere, replacementsAwaiting } from './replacement.store.ts';

/**
 * What a replacement (axis.md §2.3, type 3) says of documents that it cannot strike: one that has not come, and one that
 * somebody else issued.
 */
export function forerunnerNotes(db: ReadDb, document: EdxmlDocument): Deviation[] {
  const { documentId, from } = document.header;
  return document.business.replacements
    .filter((one) => one.documentId !== '' && one.documentId !== documentId)
    .slice(0, partsAtMost)
    .flatMap((one) => noteOf(db, one.documentId, from.organId, explanation(document.business.bussinessDocReason)));
}

/**
 * The deviations of the message that brought a document, as they stand now: a forerunner that was missing may have come
 * since, and been struck or be somebody else's.
 */
export function deviationsNow(db: ReadDb, document: string): Deviation[] {
  const { sender, deviations } = deviationsWhenItCame(db, document);
  return deviations.flatMap((one) => (one.rule === notHere ? noteOf(db, one.value, sender, one.limit) : [one]));
}

function noteOf(db: ReadDb, documentId: string, sender: string, reason: string): Deviation[] {
  const known = findIncoming(db, { documentId, code: '' });
  const common = { element: 'ReplacementInfo/DocumentId', value: documentId, source: 'axis', sure: 'I' };
  const [anothers] = known;
  if (anothers === undefined) return [{ ...common, rule: notHere, limit: reason }];
  if (known.some((one) => sameAgency(db, one.issuerOrganId, sender))) return [];
  return [{ ...common, rule: 'replaces-anothers', limit: anothers.issuerOrganId }];
}

/** Strikes what a document names as replaced, where the same sender issued it; answers the struck documents. */
export function strikeForerunners(filing: Filing, document: EdxmlDocument, id: string): string[] {
  const { db, at } = filing;
  const struck: string[] = [];
  for (const replaced of document.business.replacements) {
    for (const old of findIncoming(db, { documentId: replaced.documentId, code: '' })) {
      if (old.id === id || !isParty(filing, old.issuerOrganId, document.header.from.organId)) continue;
      replaceIncoming(db, filing.deps.queueStatus, old.id, id, at, explanation(document.business.bussinessDocReason));
      struck.push(old.id);
    }
  }
  return struck;
}

/**
 * Strikes a document that has just come, where a replacement of the same sender came before it and named it; not one that
 * it has `struck` itself, or nothing of the two would be left in force.
 */
export function strikeIfReplaced({ db, at, deps }: Filing, document: EdxmlDocument, id: string, struck: readonly string[]): string[] {
  const { documentId, from } = document.header;
  for (const by of replacementsAwaiting(db, codesOfAgency(db, from.organId), documentId)) {
    if (by.document === id || struck.includes(by.document) || !handedInBy({ db, from: by.handedBy }, by.sender)) continue;
    replaceIncoming(db, deps.queueStatus, id, by.document, at, by.reason);
    return [by.document];
  }
  return [];
}
