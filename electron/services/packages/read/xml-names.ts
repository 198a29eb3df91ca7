import { XmlStop } from './xml-text.ts';

const xmlUri = 'http://www.w3.org/XML/1998/namespace';
const xmlnsUri = 'http://www.w3.org/2000/xmlns/';

type Name = { readonly local: string; readonly uri: string };

/** What prefixes mean at a place (Namespaces in XML 1.0). Names are looked up once: a METS has the same few ten thousand times. */
export type Scope = {
  readonly uris: ReadonlyMap<string, string>;
  readonly element: (name: string, at: number) => Name;
  /** the key of an attribute in `XmlElement.attributes`; undefined for a declaration */
  readonly key: (name: string, at: number) => string | undefined;
};

export function rootScope(): Scope {
  return scopeOf(new Map([['xml', xmlUri], ['xmlns', xmlnsUri], ['', '']]));
}

function scopeOf(uris: ReadonlyMap<string, string>): Scope {
  const elements = new Map<string, Name>();
  const keys = new Map<string, string | undefined>();
  const uriOf = (prefix: string, at: number): string => {
    const uri = uris.get(prefix);
    if (uri === undefined) throw new XmlStop('not-xml', at, `unbound namespace prefix: ${prefix}`);
    return uri;
  };
  return {
    uris,
    element: (name, at) => {
      const known = elements.get(name);
      if (known !== undefined) return known;
      const colon = name.indexOf(':');
      const prefix = colon === -1 ? '' : name.slice(0, colon);
      if (prefix === 'xmlns') throw new XmlStop('not-xml', at, name);
      const one = { local: name.slice(colon + 1), uri: uriOf(prefix, at) };
      elements.set(name, one);
      return one;
    },
    key: (name, at) => {
      if (keys.has(name)) return keys.get(name);
      const colon = name.indexOf(':');
      const prefix = colon === -1 ? '' : name.slice(0, colon);
      const key = name === 'xmlns' || prefix === 'xmlns' ? undefined : colon === -1 ? name : `${uriOf(prefix, at)} ${name.slice(colon + 1)}`;
      keys.set(name, key);
      return key;
    },
  };
}

/** The scope inside an element: the one around it, with what its attributes declare (names and values in turns). */
export function namespaces(around: Scope, written: readonly string[], at: number): Scope {
  let uris: Map<string, string> | undefined;
  const declared = new Set<string>();
  for (let index = 0; index < written.length; index += 2) {
    const name = written[index] ?? '';
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    const prefix = name === 'xmlns' ? '' : name.slice(6);
    const uri = (written[index + 1] ?? '').trim();
    // §3 and §5: xml is what it is, nobody else is that, xmlns cannot be declared, and only the default can be taken back.
    const isRight = prefix === 'xmlns' ? false : prefix === 'xml' ? uri === xmlUri : uri !== xmlUri && uri !== xmlnsUri && (uri !== '' || prefix === '');
    if (!isRight || declared.has(prefix)) throw new XmlStop('not-xml', at, `namespace: ${name}`);
    declared.add(prefix);
    uris ??= new Map(around.uris);
    uris.set(prefix, uri);
  }
  return uris === undefined ? around : scopeOf(uris);
}

/** The attributes of an element; a handful, of which there are hundreds of thousands: a list is a third of a Map. */
export type Attributes = {
  /** by local name for attributes of no namespace, by `uri name` for the others */
  readonly get: (key: string) => string | undefined;
  /** keys and values in turns */
  readonly pairs: readonly string[];
};

class AttributeList implements Attributes {
  readonly pairs: readonly string[];
  constructor(pairs: readonly string[]) {
    this.pairs = pairs;
  }
  get(key: string): string | undefined {
    const { pairs } = this;
    for (let index = 0; index < pairs.length; index += 2) if (pairs[index] === key) return pairs[index + 1];
    return undefined;
  }
}

export const noAttributes: Attributes = new AttributeList([]);

/** Attributes by their keys, without the declarations, which say nothing by themselves. Each stands once. */
export function attributesOf(scope: Scope, written: readonly string[], at: number): Attributes {
  const pairs: string[] = [];
  const found = new AttributeList(pairs);
  for (let index = 0; index < written.length; index += 2) {
    const key = scope.key(written[index] ?? '', at);
    if (key === undefined) continue;
    if (found.get(key) !== undefined) throw new XmlStop('not-xml', at, `duplicate attribute: ${written[index] ?? ''}`);
    pairs.push(key, written[index + 1] ?? '');
  }
  return found;
}
