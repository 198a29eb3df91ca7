import type { DraftDetail, DraftFields, DraftFile } from '#contract';
import type { ReadDb } from '../../../store/index.ts';
import { currentOffice } from '../../settings/index.ts';
import { kindNamed, namesUnit } from '../numbers/abbreviations.store.ts';
import { documentHeads, outgoingHeads } from '../registration-facts.store.ts';
import { documentsOfDraft } from '../numbered.store.ts';
import { actsOf, contentOf, draftRow } from './draft.store.ts';
import { actsIn } from './life.ts';

/** A draft with everything that is shown of it; undefined when there is none. */
export function draftDetail(db: ReadDb, id: string): DraftDetail | undefined {
  const row = draftRow(db, id);
  if (row === undefined) return undefined;
  const { fields, files } = contentOf(db, id, row.version);
  const ours = [fields.corrects, fields.replaces].filter((one) => one !== null);
  const heads = outgoingHeads(db, ours);
  const named = (document: string | null): DraftDetail['corrects'] => {
    const head = document === null ? undefined : heads.get(document);
    return document === null || head === undefined ? null : { id: document, code: head.about, subject: head.subject };
  };
  return {
    id,
    state: row.state,
    version: row.version,
    fields,
    files: [...files],
    createdAt: row.created_at,
    createdBy: row.created_by,
    changedAt: row.changed_at,
    changedBy: row.changed_by,
    returnedReason: row.returned_reason,
    signedAt: row.signed_at,
    acts: actsOf(db, id),
    may: actsIn(row.state),
    missing: missingIn(db, fields, files),
    repliesTo: repliedTo(db, fields.repliesTo),
    corrects: named(fields.corrects),
    replaces: named(fields.replaces),
    documents: documentsOfDraft(db, id),
  };
}

/** How a received document is called that a draft answers. */
function repliedTo(db: ReadDb, incoming: string | null): DraftDetail['repliesTo'] {
  const head = incoming === null ? undefined : documentHeads(db, [incoming]).get(incoming);
  return incoming === null || head === undefined ? null : { id: incoming, code: head.about, subject: head.subject };
}

/** What must be there before a draft is handed over to be checked: what the register and the message cannot be without. */
export function missingIn(db: ReadDb, fields: DraftFields, files: readonly Pick<DraftFile, 'role'>[]): string[] {
  const needed = ['typeName', 'subject', 'place', 'signerName', 'signerPosition'] as const;
  const missing: string[] = needed.filter((name) => fields[name] === '');
  const kind = kindNamed(db, currentOffice(db), fields.typeName);
  if (kind !== undefined && namesUnit(kind) && fields.unit === null && fields.unitName === '') missing.push('unitName');
  if (fields.toPlaces.length === 0 && fields.recipients.length === 0 && fields.paperRecipients.length === 0) missing.push('toPlaces');
  if (!files.some((file) => file.role === 'main')) missing.push('main');
  return missing;
}
