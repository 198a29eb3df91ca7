import { fail, ok, type Outcome } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import type { ReadDb, WriteDb } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { nameText } from '../certificate/names.ts';
import { readCertificate, unarmoured, type Certificate } from '../certificate/read-certificate.ts';
import { anchorsOf, type Anchors, type AnchorTable, type Pin } from '../path/anchors.ts';
import { anchorInForce, endAnchor, insertAnchor, listAnchors, type AddedAnchor } from './anchors.store.ts';

/** Who does it, when and why. */
export type AnchorAct = { readonly at: Date; readonly by: string; readonly reason: string };

/**
 * Where paths may end in this profile: at the roots of the program, and at what its administrators added. What was added
 * in a practice profile counts in practice profiles only, wherever the row has got to.
 */
export function anchorsHere(db: ReadDb, shipped: AnchorTable, practice: boolean): Anchors {
  const added = addedHere(db, practice).filter(({ withdrawnAt }) => withdrawnAt === null);
  return new Map([
    ...added.map((anchor) => [anchor.fingerprint, pinOf(anchor)] as const),
    // The program's own word on a certificate goes before an administrator's.
    ...anchorsOf(shipped),
  ]);
}

/** What was added here, in force or withdrawn. */
export function addedHere(db: ReadDb, practice: boolean): AddedAnchor[] {
  return listAnchors(db).filter(({ origin }) => origin === (practice ? 'practice' : 'office'));
}

function pinOf({ fingerprint, der, reason }: AddedAnchor): Pin {
  const read = readCertificate(der);
  const name = read.ok ? nameText(read.value.subject) : fingerprint;
  return { name, sha256: fingerprint, role: 'root', hierarchy: 'added', validFrom: null, validTo: null, source: reason, confidence: 'M' };
}

/** A certificate as people hand it over: PEM with words around it, or the Base64 of its DER. */
export function certificateIn(text: string): Outcome<Certificate, 'certificate-unreadable'> {
  const bytes = text.includes('-----BEGIN') ? unarmoured(Buffer.from(text, 'latin1')) : Buffer.from(text.trim(), 'base64');
  const read = bytes === undefined ? undefined : readCertificate(bytes);
  return read?.ok === true ? ok(read.value) : fail('certificate-unreadable', { field: 'certificate' });
}

/** Makes a certificate an anchor, with its audit entry, in the caller's transaction. `typed`: the hash as it was published elsewhere. */
export function addAnchor(
  db: WriteDb,
  shipped: AnchorTable,
  practice: boolean,
  { certificate, typed }: { readonly certificate: Certificate; readonly typed: string },
  { at, by, reason }: AnchorAct,
): Outcome<string, 'anchor-hash-differs' | 'anchor-not-authority' | 'anchor-known' | 'anchor-expired'> {
  if (typed.replaceAll(/[\s:]/g, '').toLowerCase() !== certificate.sha256) return fail('anchor-hash-differs', { field: 'sha256' });
  if (!certificate.extensions.authority) return fail('anchor-not-authority', { field: 'certificate' });
  if (certificate.notAfter < at) return fail('anchor-expired', { field: 'certificate', to: certificate.notAfter.toISOString() });
  if (anchorsHere(db, shipped, practice).has(certificate.sha256)) return fail('anchor-known', { field: 'certificate' });
  const id = newId();
  const origin = practice ? 'practice' : 'office';
  insertAnchor(db, { id, fingerprint: certificate.sha256, origin, der: certificate.der, reason, addedAt: at.toISOString(), addedBy: by });
  const detail = { sha256: certificate.sha256, subject: nameText(certificate.subject), origin, reason };
  appendAudit(db, { at: at.toISOString(), actor: by, action: 'trust.anchor-added', subjectKind: 'trust-anchor', subjectId: id, detail });
  return ok(id);
}

/** Ends the trust in an added anchor, with its audit entry, in the caller's transaction. */
export function withdrawAnchor(db: WriteDb, id: string, { at, by, reason }: AnchorAct): Outcome<null, 'not-found'> {
  const sha256 = anchorInForce(db, id);
  if (sha256 === undefined) return fail('not-found');
  endAnchor(db, id, { at: at.toISOString(), by, reason });
  appendAudit(db, { at: at.toISOString(), actor: by, action: 'trust.anchor-withdrawn', subjectKind: 'trust-anchor', subjectId: id, detail: { sha256, reason } });
  return ok(null);
}
