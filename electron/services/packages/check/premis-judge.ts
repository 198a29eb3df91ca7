import { placeOf, type XmlElement } from '../read/xml.ts';
import type { Findings } from './findings.ts';
import { select, textOf } from './mets-select.ts';
import { short } from './needs.ts';
import { isBase64, premisSignatures, type PremisSignature } from './premis-signatures.ts';

const premisNamespace = 'http://www.loc.gov/premis/v3';

type Told = { readonly file: string; readonly at: string; readonly line: number; /** what the object is called, the surest first */ readonly names: readonly string[] };

/** What a PREMIS file says of an object's bytes, to be compared when all files have been read. */
export type PremisFixity = Told & { readonly digest: string; readonly signatures: readonly (Pick<Told, 'at' | 'line'> & { /** Base64 */ readonly value: string; readonly signer: string })[] };

/**
 * Judges a file of `metadata/preservation` (PREMIS 3.0); answers the digests and signatures in it. `isCircular`: objects, events and agents
 * must all be in each file (TT 05/2025/TT-BNV, Phụ lục I.II.3); PREMIS itself is content with one of them, or with rights.
 */
export function judgePremis(found: Findings, path: string, root: XmlElement, isCircular: boolean): readonly PremisFixity[] {
  const place = { file: path, line: root.line, at: `/${root.name}` };
  if (root.name !== 'premis' || root.uri !== premisNamespace) {
    found.add('premis.root', place, { found: short(`{${root.uri}}${root.name}`), wanted: premisNamespace });
    return [];
  }
  const objects = select(root, 'object');
  const isEmpty = ['object', 'event', 'agent', 'rights'].every((name) => select(root, name).length === 0);
  if (isEmpty || (isCircular && objects.length === 0) || objects.some((object) => valueOf(object, 'objectIdentifier/objectIdentifierValue') === '')) found.add('premis.object', place, { wanted: 'object/objectIdentifier' });
  const events = select(root, 'event');
  const whole = events.every((event) => ['eventIdentifier/eventIdentifierValue', 'eventType', 'eventDateTime'].every((name) => valueOf(event, name) !== ''));
  if ((isCircular && events.length === 0) || !whole) found.add('premis.event', place, { wanted: 'event/eventIdentifier, eventType, eventDateTime' });
  const agents = select(root, 'agent');
  if ((isCircular && agents.length === 0) || agents.some((agent) => valueOf(agent, 'agentIdentifier/agentIdentifierValue') === '')) found.add('premis.agent', place, { wanted: 'agent/agentIdentifier' });
  return objects.flatMap((object) => {
    const signatures = premisSignatures(object).filter((one) => judgeSignatureForm(found, path, one)).map(({ element, value, signer }) => ({ at: placeOf(element), line: element.line, value, signer }));
    return select(object, 'objectCharacteristics/fixity')
      .filter((fixity) => /^SHA-?256$/i.test(valueOf(fixity, 'messageDigestAlgorithm')))
      .map((fixity) => ({ file: path, at: placeOf(fixity), line: fixity.line, names: namesOf(object), digest: valueOf(fixity, 'messageDigest').toLowerCase(), signatures }));
  });
}

/** What PREMIS wants of a signature that is told of (rows 20 to 24 of the table); whether its value can be compared with the file. */
function judgeSignatureForm(found: Findings, path: string, { element, encoding, method, value, rules, certificate }: PremisSignature): boolean {
  const place = { file: path, line: element.line, at: placeOf(element) };
  const missing = Object.entries({ signatureEncoding: encoding, signatureMethod: method, signatureValue: value, signatureValidationRules: rules }).flatMap(([name, text]) => (text === '' ? [name] : []));
  if (missing.length > 0) found.add('premis.signature', place, { wanted: missing.join(', ') });
  if (encoding.toLowerCase() !== 'base64' || value === '') return false;
  const broken = [isBase64(value) ? '' : 'signatureValue', certificate === '' || isBase64(certificate) ? '' : 'X509Certificate'].filter((name) => name !== '');
  if (broken.length > 0) found.add('premis.signature', place, { wanted: `${broken.join(', ')} (Base64)` });
  return isBase64(value);
}

/** Places, IDs and names that may tell which file an object stands for. */
function namesOf(object: XmlElement): readonly string[] {
  return ['storage/contentLocation/contentLocationValue', 'objectIdentifier/objectIdentifierValue', 'originalName'].flatMap((path) => select(object, path).map(textOf)).filter((name) => name !== '');
}

function valueOf(element: XmlElement, path: string): string {
  return textOf(select(element, path)[0]);
}
