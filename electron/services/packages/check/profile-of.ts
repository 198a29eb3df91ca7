import type { FormProfile } from '../profile/forms.ts';
import { formProfiles } from '../profile/forms.ts';
import type { XmlElement } from '../read/xml.ts';
import { attribute, select } from './mets-select.ts';
import type { PackageReport, ProfileName } from './report.ts';

const forms: Readonly<Partial<Record<ProfileName, FormProfile>>> = {
  'tt05-sip-hoso': formProfiles.SIP_hoso,
  'tt05-sip-tailieu': formProfiles.SIP_tailieu,
  'tt05-aip-hoso': formProfiles.AIP_hoso,
  'tt05-aip-tailieu': formProfiles.AIP_tailieu,
  'tt05-dip': formProfiles.DIP,
};

export const profileNames = ['tt05-sip-hoso', 'tt05-sip-tailieu', 'tt05-aip-hoso', 'tt05-aip-tailieu', 'tt05-dip', 'csip-2.1.0', 'csip-2.2.0', 'bagit-1.0', 'tt02-2019'] as const satisfies readonly ProfileName[];

/** The form of TT 05/2025 that a profile stands for; undefined for the others. */
export function formOf(profile: ProfileName): FormProfile | undefined {
  return forms[profile];
}

/** What a package says of itself: its METS and its field file; either may be missing or unreadable. */
export type Signs = { readonly mets: XmlElement | undefined; readonly head: XmlElement | undefined; readonly isBag: boolean; readonly isLegacy: boolean };

/**
 * Which profile a package is of. The field file of the circular (`simpledc`) tells TT 05/2025, whatever address the METS names: the
 * circular's examples name those of E-ARK.
 */
export function profileOf({ mets, head, isBag, isLegacy }: Signs): { readonly profile: ProfileName; readonly from: PackageReport['profileFrom'] } {
  if (isLegacy) return { profile: 'tt02-2019', from: 'fields' };
  const address = attribute(mets, 'PROFILE') ?? '';
  const version = /v2-(1|2)-0/.exec(address)?.[1];
  if (version !== undefined) return { profile: version === '2' ? 'csip-2.2.0' : 'csip-2.1.0', from: 'mets' };
  if (mets === undefined) return isBag ? { profile: 'bagit-1.0', from: 'bagit' } : { profile: 'none', from: 'nothing' };
  const header = select(mets, 'metsHdr')[0];
  const kind = attribute(header, 'csip:OAISPACKAGETYPE') ?? '';
  const fields = new Set(head?.children.map(({ name }) => name));
  // With another name around its fields it is one of the circular still, and tt05.fields-root.
  const isCircular = head?.name === 'simpledc' || (fields.has('title') && (fields.has('fileCode') || fields.has('arcFileCode'))) || (fields.has('requestID') && fields.has('purpose'));
  if (isCircular && fields.size > 0) {
    if (fields.has('requestID') || kind === 'DIP') return { profile: 'tt05-dip', from: 'fields' };
    const loose = fields.has('source') && !fields.has('startDate');
    if (fields.has('arcFileCode') || kind === 'AIP') return { profile: loose ? 'tt05-aip-tailieu' : 'tt05-aip-hoso', from: 'fields' };
    return { profile: loose ? 'tt05-sip-tailieu' : 'tt05-sip-hoso', from: 'fields' };
  }
  if (isBag) return { profile: 'bagit-1.0', from: 'bagit' };
  // CSIP 2.0.4, on which the circular builds, has no version in its address; 2.1.0 is its nearest with the same demands.
  if (/dilcis\.eu/i.test(address)) return { profile: 'csip-2.1.0', from: 'mets' };
  const loose = (attribute(mets, 'TYPE') ?? '').toLowerCase() === 'collection';
  if (kind === 'DIP') return { profile: 'tt05-dip', from: 'mets' };
  if (kind === 'AIP') return { profile: loose ? 'tt05-aip-tailieu' : 'tt05-aip-hoso', from: 'mets' };
  return { profile: loose ? 'tt05-sip-tailieu' : 'tt05-sip-hoso', from: 'mets' };
}
