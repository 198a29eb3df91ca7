import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchorsOf, readAnchorTable, readCertificate, unarmoured, type Anchors, type Certificate } from '../services/trust/index.ts';
import { issuedAnchors } from './issued-anchors.ts';

/** Whom a verification believes, and which certificates it has at hand. */
export type TrustFiles = { readonly anchors: Anchors; readonly edition: string; readonly certificates: readonly Certificate[] };

/** The pinned roots of the program. */
export function issuedTrust(): TrustFiles {
  const table = readAnchorTable(issuedAnchors);
  return { anchors: anchorsOf(table), edition: table.edition, certificates: [] };
}

/**
 * Adds the certificates of a folder (`.crt`, `.cer`, `.der`, `.pem`) that somebody names: a root there, its own issuer, is
 * believed because that person says so; all others only help to build paths. Throws what the file system throws.
 */
export function withFolder(trust: TrustFiles, folder: string): TrustFiles {
  const names = readdirSync(folder).filter((name) => /\.(crt|cer|der|pem)$/i.test(name));
  const certificates = names.toSorted().flatMap((name) => {
    const der = unarmoured(readFileSync(join(folder, name)));
    const read = der === undefined ? undefined : readCertificate(der);
    return read?.ok === true ? [read.value] : [];
  });
  const roots = certificates.filter(({ subject, issuer }) => subject.key === issuer.key);
  const pinned = roots.map(({ sha256, subject }) => [sha256, { name: subject.parts.at(-1)?.value ?? sha256, sha256, role: 'root', hierarchy: 'national', validFrom: null, validTo: null, source: folder, confidence: 'S' }] as const);
  return { anchors: new Map([...pinned, ...trust.anchors]), edition: `${trust.edition} + ${String(roots.length)}`, certificates: [...trust.certificates, ...certificates] };
}
