import type { CapturedSignature, CapturedVerdict } from '../model.ts';
import type { XmlElement } from '../read/xml.ts';
import type { signatureProperties } from '../write/premis-signature.ts';
import { select, textOf } from './mets-select.ts';

/** A `signatureInformation` as it stands in PREMIS, by whomever it was written: '' is what it does not say. */
export type PremisSignature = {
  readonly element: XmlElement;
  readonly encoding: string;
  readonly signer: string;
  readonly method: string;
  /** without white space, as lines are broken in many ways */
  readonly value: string;
  readonly rules: string;
  /** by the name before the colon */
  readonly properties: ReadonlyMap<string, string>;
  /** Base64 without white space */
  readonly certificate: string;
};

const valueOf = (element: XmlElement, path: string): string => textOf(select(element, path)[0]);
const packed = (text: string): string => text.replaceAll(/\s+/g, '');

/** The signatures that a PREMIS object tells of. Those that are told by an extension alone are left out. */
export function premisSignatures(object: XmlElement): readonly PremisSignature[] {
  return select(object, 'signatureInformation/signature').map((element) => ({
    element,
    encoding: valueOf(element, 'signatureEncoding'),
    signer: valueOf(element, 'signer'),
    method: valueOf(element, 'signatureMethod'),
    value: packed(valueOf(element, 'signatureValue')),
    rules: valueOf(element, 'signatureValidationRules'),
    properties: new Map(select(element, 'signatureProperties').map(textOf).flatMap((text) => (text.includes(':') ? [[text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1).trim()] as const] : []))),
    certificate: certificateOf(element),
  }));
}

/** Of the first `KeyInfo`, which is of XML Signature and not of PREMIS. */
function certificateOf(signature: XmlElement): string {
  const key = select(signature, 'keyInformation')[0]?.children.find(({ name }) => name === 'KeyInfo');
  return key === undefined ? '' : packed(valueOf(key, 'X509Data/X509Certificate'));
}

export const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);

/** Of the Library of Congress' list of events. */
const validation = 'digital signature validation';

/**
 * What a PREMIS file tells of verdicts, by the SHA-256 of the files: those that have an event of a validation. What another program wrote is
 * taken as far as it goes; an outcome in other words is "indeterminate".
 */
export function verdictsIn(root: XmlElement): ReadonlyMap<string, CapturedVerdict> {
  const digests = new Map<string, { readonly object: XmlElement; readonly digest: string }>();
  for (const object of select(root, 'object')) {
    const fixity = select(object, 'objectCharacteristics/fixity').find((one) => /^SHA-?256$/i.test(valueOf(one, 'messageDigestAlgorithm')));
    if (fixity === undefined) continue;
    for (const id of select(object, 'objectIdentifier/objectIdentifierValue').map(textOf)) digests.set(id, { object, digest: valueOf(fixity, 'messageDigest').toLowerCase() });
  }
  const found = new Map<string, CapturedVerdict>();
  for (const event of select(root, 'event')) {
    if (valueOf(event, 'eventType').toLowerCase() !== validation) continue;
    const at = Date.parse(valueOf(event, 'eventDateTime'));
    for (const id of select(event, 'linkingObjectIdentifier/linkingObjectIdentifierValue').map(textOf)) {
      const known = digests.get(id);
      if (known === undefined || Number.isNaN(at)) continue;
      const signatures = premisSignatures(known.object);
      const anchors = signatures.map(({ rules }) => /danh mục gốc tin cậy ([^;]+)/.exec(rules)?.[1] ?? '').find((one) => one !== '') ?? '';
      found.set(known.digest, { judgedAt: new Date(at).toISOString(), indication: indicationOf(valueOf(event, 'eventOutcomeInformation/eventOutcome')), anchors, signatures: signatures.map(signatureBack) });
    }
  }
  return found;
}

function indicationOf(text: string): CapturedSignature['indication'] {
  return text === 'passed' || text === 'failed' ? text : 'indeterminate';
}

function signatureBack({ encoding, signer, method, value, properties, certificate }: PremisSignature): CapturedSignature {
  const property = (name: (typeof signatureProperties)[number]): string => properties.get(name) ?? '';
  const isReadable = encoding.toLowerCase() === 'base64' && isBase64(value);
  return {
    signer: properties.get('name') ?? signer,
    organisation: property('organisation'),
    signedAt: property('signedAt'),
    indication: indicationOf(property('indication')),
    subIndication: property('subIndication'),
    reasons: property('reasons').split(' ').filter((code) => code !== ''),
    level: property('level'),
    ...(isReadable ? { written: { subject: signer, method, value, certificate: isBase64(certificate) ? certificate : '' } } : {}),
  };
}
