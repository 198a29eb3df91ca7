import { randomUUID } from 'node:crypto';
import type { BatchFields } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import type { ReadDb } from '../../../store/index.ts';
import { dossierForPackage, getDossier, type PackagedDossier } from '../../dossiers/index.ts';
import type { PackageContent } from '../../packages/index.ts';
import type { HandoverDeps } from '../ports.ts';

/** What a term says that the circular has no code for: it stands in the note, from where the other side reads it. */
const termNote = (years: number): string => `Thời hạn bảo quản: ${String(years)} năm.`;
const otherTerm = '07';

export type Captured = { readonly dossier: PackagedDossier; readonly content: PackageContent };

/**
 * A dossier as the package SIP_hoso wants it (TT 05/2025/TT-BNV art. 17.1.b), with what is known of its signatures at this
 * moment. Undefined when there is no such dossier.
 */
export function captured(deps: HandoverDeps, db: ReadDb, dossier: string, batch: BatchFields, ordinal: number): Captured | undefined {
  const found = dossierForPackage(db, deps.clock, dossier, deps.actWords);
  if (found === undefined) return undefined;
  const content: PackageContent = {
    form: 'SIP_hoso',
    uuid: randomUUID().toUpperCase(),
    createdAt: instantOf(deps.clock),
    recordStatus: 'NEW',
    software: deps.software,
    sender: found.sender,
    archive: { name: batch.archive.name, code: batch.archive.code },
    agreement: batch.agreement,
    batchOrdinal: ordinal,
    head: headOf(db, found),
    documents: found.documents,
    events: [],
    withoutFile: found.withoutFile.map(({ docCode, subject, destroyed }) => ({ docCode, subject, destroyed })),
  };
  return { dossier: found, content };
}

/** The dossier's fields; a term without a code stands in the note. */
export function headOf(db: ReadDb, { id, head }: PackagedDossier): PackagedDossier['head'] {
  const years = getDossier(db, id)?.retention.years ?? null;
  const note = head.maintenance === otherTerm && years !== null ? termNote(years) : '';
  return { ...head, description: [note, head.description].filter((part) => part !== '').join(' ') };
}
