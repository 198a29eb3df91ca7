import { attempt } from '../asn1/fault.ts';
import { childrenOf, context, elementAt, fieldsOf, inside, tags, type Element } from '../asn1/read.ts';
import type { SignedData } from './read-signed-data.ts';

/** Evidence that a signature carries inside: lists of revoked certificates and OCSP answers, each as DER, not yet checked. */
export type RevocationArchive = { readonly crls: readonly Uint8Array[]; readonly ocsps: readonly Uint8Array[] };

/** adbe-revocationInfoArchival, a signed attribute of Adobe's (ISO 32000-1 12.8.3.3.2). */
const archival = '1.2.840.113583.1.1.8';
const mostMembers = 100;

/** The evidence in the CMS: that of its crls field and of Adobe's attribute. What is broken there counts as absent: it can only help. */
export function readRevocationArchive({ crls, signer }: SignedData): RevocationArchive {
  const values = signer.signed?.values.get(archival) ?? [];
  const read = values.map((value) => attempt('RevocationInfoArchival', () => archiveOf(elementAt(value, 0))));
  const archives = read.flatMap((one) => (one.ok ? [one.value] : []));
  return {
    crls: [...crls, ...archives.flatMap((one) => one.crls)].slice(0, mostMembers),
    ocsps: archives.flatMap((one) => one.ocsps).slice(0, mostMembers),
  };
}

function archiveOf(element: Element): RevocationArchive {
  const fields = fieldsOf(element);
  const crls = fields.optional(context(0));
  const ocsps = fields.optional(context(1));
  return { crls: members(crls), ocsps: members(ocsps) };
}

function members(list: Element | undefined): readonly Uint8Array[] {
  return list === undefined ? [] : childrenOf(inside(list, tags.sequence)).map(({ raw }) => raw);
}
