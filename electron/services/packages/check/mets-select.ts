import type { XmlElement } from '../read/xml.ts';

export const metsNamespace = 'http://www.loc.gov/METS/';

/** Prefixes as the rules write them. The CSIP and SIP namespaces are also met in lower case; both are taken. */
const namespaces: Readonly<Record<string, string>> = {
  xlink: 'http://www.w3.org/1999/xlink',
  csip: 'https://DILCIS.eu/XML/METS/CSIPExtensionMETS',
  sip: 'https://DILCIS.eu/XML/METS/SIPExtensionMETS',
};

/** The value of an attribute, `ID` or `xlink:href`; undefined when it is not there. */
export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  if (element === undefined) return undefined;
  const colon = name.indexOf(':');
  if (colon === -1) return element.attributes.get(name);
  const uri = namespaces[name.slice(0, colon)] ?? '';
  const local = name.slice(colon + 1);
  const found = element.attributes.get(`${uri} ${local}`);
  if (found !== undefined || name.startsWith('xlink:')) return found;
  return element.attributes.get(`${uri.toLowerCase()} ${local}`);
}

type Step = { readonly name: string; readonly tests: readonly ((element: XmlElement) => boolean)[] };

const parsed = new Map<string, readonly Step[]>();

/**
 * Elements below `from` by a path of child names; a step may ask for attributes: `agent[@ROLE=CREATOR][@TYPE=OTHER]`,
 * `fileGrp[@USE^=Schemas]` (begins with). `.` is `from` itself. A child of another namespace than its parent is none of METS.
 */
export function select(from: XmlElement, path: string): readonly XmlElement[] {
  if (path === '.') return [from];
  let found: readonly XmlElement[] = [from];
  for (const { name, tests } of stepsOf(path)) {
    found = found.flatMap((element) => element.children.filter((child) => child.name === name && child.uri === element.uri && tests.every((test) => test(child))));
  }
  return found;
}

function stepsOf(path: string): readonly Step[] {
  const known = parsed.get(path);
  if (known !== undefined) return known;
  // A value may hold slashes; a step ends at one outside of brackets.
  const steps = path.split(/\/(?![^[]*\])/).map(stepOf);
  parsed.set(path, steps);
  return steps;
}

function stepOf(step: string): Step {
  const match = /^(\w+)((?:\[@[\w:]+\^?=[^\]]*\])*)$/.exec(step);
  if (match === null) throw new Error(`no step of a path: ${step}`);
  const [, name = '', asked = ''] = match;
  const tests = [...asked.matchAll(/\[@([\w:]+)(\^?=)([^\]]*)\]/g)].map(([, attributeName = '', how, value = '']) => (element: XmlElement): boolean => {
    const has = attribute(element, attributeName);
    return has !== undefined && (how === '=' ? has === value : has.startsWith(value));
  });
  return { name, tests };
}

/** Text of an element without what white space a pretty printer put around it. */
export function textOf(element: XmlElement | undefined): string {
  return element?.text.trim() ?? '';
}
