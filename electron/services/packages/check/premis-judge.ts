import { placeOf, type XmlElement } from '../read/xml.ts';
import type { Findings } from './findings.ts';
import { select, textOf } from './mets-select.ts';
import { short } from './needs.ts';

const premisNamespace = 'http://www.loc.gov/premis/v3';

/** Digests that a PREMIS file names, to be compared when all files have been read. */
export type PremisFixity = { readonly file: string; readonly at: string; readonly line: number; /** what the object is called, the surest first */ readonly names: readonly string[]; readonly digest: string };

/** Judges a file of `metadata/preservation` (PREMIS 3.0; TT 05/2025/TT-BNV, Phụ lục I.II.3); answers the digests in it. */
export function judgePremis(found: Findings, path: string, root: XmlElement): readonly PremisFixity[] {
  const place = { file: path, line: root.line, at: `/${root.name}` };
  if (root.name !== 'premis' || root.uri !== premisNamespace) {
    found.add('premis.root', place, { found: short(`{${root.uri}}${root.name}`), wanted: premisNamespace });
    return [];
  }
  const objects = select(root, 'object');
  if (objects.length === 0 || objects.some((object) => valueOf(object, 'objectIdentifier/objectIdentifierValue') === '')) found.add('premis.object', place, { wanted: 'object/objectIdentifier' });
  const events = select(root, 'event');
  const whole = events.every((event) => ['eventIdentifier/eventIdentifierValue', 'eventType', 'eventDateTime'].every((name) => valueOf(event, name) !== ''));
  if (events.length === 0 || !whole) found.add('premis.event', place, { wanted: 'event/eventIdentifier, eventType, eventDateTime' });
  const agents = select(root, 'agent');
  if (agents.length === 0 || agents.some((agent) => valueOf(agent, 'agentIdentifier/agentIdentifierValue') === '')) found.add('premis.agent', place, { wanted: 'agent/agentIdentifier' });
  return objects.flatMap((object) =>
    select(object, 'objectCharacteristics/fixity')
      .filter((fixity) => /^SHA-?256$/i.test(valueOf(fixity, 'messageDigestAlgorithm')))
      .map((fixity) => ({ file: path, at: placeOf(fixity), line: fixity.line, names: namesOf(object), digest: valueOf(fixity, 'messageDigest').toLowerCase() })),
  );
}

/** Places, IDs and names that may tell which file an object stands for. */
function namesOf(object: XmlElement): readonly string[] {
  return ['storage/contentLocation/contentLocationValue', 'objectIdentifier/objectIdentifierValue', 'originalName'].flatMap((path) => select(object, path).map(textOf)).filter((name) => name !== '');
}

function valueOf(element: XmlElement, path: string): string {
  return textOf(select(element, path)[0]);
}
