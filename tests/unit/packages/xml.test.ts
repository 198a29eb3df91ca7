import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { readXml, type XmlElement } from '../../../electron/services/packages/read/xml.ts';
import { circularPackage } from '../../fakes/packages/circular-package.ts';

const limits = { xmlElements: 100_000, xmlDepth: 64 };
const read = (text: string): ReturnType<typeof readXml> => readXml(Buffer.from(text), limits);

type Plain = { readonly name: string; readonly uri: string; readonly attributes: readonly (readonly [string, string])[]; readonly text: string; readonly nth: number; readonly children: Plain[] };

const pairsOf = (list: readonly string[]): (readonly [string, string])[] => list.flatMap((key, index) => (index % 2 === 0 ? [[key, list[index + 1] ?? ''] as const] : []));

/** The tree by our reader, without what points back. */
function plain({ name, uri, attributes, text, nth, children }: XmlElement): Plain {
  return { name, uri, attributes: pairsOf(attributes.pairs).toSorted(), text, nth, children: children.map(plain) };
}

/** The tree by saxes, which shares no code with ours; undefined for what it refuses, or what we refuse by rule (DOCTYPE). */
function bySaxes(text: string): Plain | undefined {
  const parser = new SaxesParser({ xmlns: true });
  const open: { -readonly [K in keyof Plain]: Plain[K] }[] = [];
  let root: Plain | undefined;
  let isBad = false;
  const bad = (): void => {
    isBad = true;
  };
  parser.on('error', bad);
  parser.on('doctype', bad);
  parser.on('opentag', ({ local, uri, attributes }) => {
    const above = open.at(-1);
    const one: Plain = {
      name: local,
      uri,
      attributes: Object.values(attributes).filter((attribute) => attribute.uri !== 'http://www.w3.org/2000/xmlns/').map((attribute): readonly [string, string] => [attribute.uri === '' ? attribute.local : `${attribute.uri} ${attribute.local}`, attribute.value]).toSorted(),
      text: '',
      nth: (above?.children.filter(({ name }) => name === local).length ?? 0) + 1,
      children: [],
    };
    above?.children.push(one);
    root ??= one;
    open.push(one);
  });
  const more = (piece: string): void => {
    const one = open.at(-1);
    if (one !== undefined) one.text += piece;
  };
  parser.on('text', more);
  parser.on('cdata', more);
  parser.on('closetag', () => open.pop());
  // What stands behind the target of an instruction without a blank it takes for data; xmllint does not (§2.6).
  if (/<\?[\w.-]+\?(?!>)/.test(text)) return undefined;
  try {
    parser.write(text).close();
  } catch {
    return undefined;
  }
  return isBad ? undefined : root;
}

function agree(text: string): void {
  const ours = read(text);
  // Of encodings saxes knows nothing.
  if (!ours.ok && ours.fault.why === 'not-utf8') return;
  expect(ours.ok ? plain(ours.root) : undefined, JSON.stringify(text)).toEqual(bySaxes(text));
}

const made = circularPackage();
const mets = made.files.get('METS.xml')?.toString('utf8') ?? '';
const ead = made.files.get('metadata/descriptive/EAD.xml')?.toString('utf8') ?? '';

describe('the reader of XML says what a general one says', () => {
  test.each([
    '<a/>', '<a></a>', '<a b="1" c=\'2\'/>', '<a\n b = "1"\t/>', '<a>x<b/>y</a>', '<a><![CDATA[<x>&]]></a>', '<a>&lt;&amp;&#65;&#x1F600;&quot;</a>', '<a b="&#10;x\ty\nz"/>',
    '<?xml version="1.0"?><a/>', "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<!-- x --><a/><?p i?>\n", '<a>\r\nb\rc</a>', '<p:a xmlns:p="u" p:b="1" b="2"/>', '<a xmlns="u"><b xmlns=""/></a>',
    '<a xml:lang="vi"/>', '<ấ độ="1">Quyết định</ấ>', '<a><b/><b/><c/><b/></a>', '\ufeff<a/>', '<a xmlns:p="u"><p:b xmlns:p="w" p:c="1"/><p:d/></a>', '<a>]] ></a>', '<a><!-- a - b --></a>', '<a><?x?></a>', '<a><?x a?b?></a>',
  ])('well-formed: %j', (text) => {
    expect(read(text).ok).toBe(true);
    agree(text);
  });

  test.each([
    '', ' ', 'x', '<a>', '</a>', '<a></b>', '<a/><b/>', '<a/>x', 'x<a/>', '<a b/>', '<a b=1/>', '<a b="1"c="2"/>', '<a b="1" b="2"/>', '<a b="<"/>', '<a>]]></a>', '<a>&nbsp;</a>', '<a>&lt</a>', '<a>&</a>', '<a>&#0;</a>', '<a>&#xD800;</a>', '<a>&#xFFFE;</a>', '<a b="&x;"/>',
    '<a>\u0001</a>', '<a>\uffff</a>', '<1a/>', '<-a/>', '<a:/>', '<:a/>', '<a:b:c xmlns:a="u"/>', '<p:a/>', '<a p:b="1"/>', '<a xmlns:p=""/>', '<a xmlns:xml="u"/>', '<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>', '<a xmlns:xmlns="u"/>', '<xmlns:a/>', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>', '<a xmlns="u" xmlns="u"/>',
    '<a><!-- a -- b --></a>', '<a><!-- a --->b</a>', '<a><!--', '<a><![CDATA[x</a>', '<![CDATA[x]]><a/>', '<a><?xml version="1.0"?></a>', ' <?xml version="1.0"?><a/>', '<?xml version="2.0"?><a/>', '<?xml encoding="UTF-8"?><a/>', '<?xml version="1.0" standalone="maybe"?><a/>', '<a><?XML x?></a>', '<a><? x?></a>', '<a><?x', '<a><!x></a>', '< a/>', '<a / >', '</a >', '<a></ a>', '<!DOCTYPE a><a/>', '<?xml version="1.0" encoding="UTF-16"?><a/>',
  ])('refused: %j', (text) => {
    const ours = read(text);
    expect(ours.ok).toBe(false);
    agree(text);
  });

  test('of whatever is done to a METS and to a field file', () => {
    const marks = ['<', '>', '/', '&', ';', '"', "'", '=', ':', '!', '?', '-', ']', '[', ' ', '\n', 'a', 'x', '#', '0', '<a', '</', '/>', ']]>', '<!--', '-->', '<?', '?>', '&#', '&lt;', 'xmlns:a="u"', ' b="1"', '\u0000', 'ế', '<![CDATA['];
    const short = mets.slice(0, 700) + mets.slice(mets.indexOf('<structMap'));
    const edit = fc.record({ at: fc.nat(), cut: fc.nat(6), put: fc.constantFrom('', ...marks) });
    fc.assert(
      fc.property(fc.constantFrom(short, ead, '<a b="1">x<p:c xmlns:p="u">&lt;</p:c><!-- y --></a>'), fc.array(edit, { maxLength: 3 }), (base, edits) => {
        let text = base;
        for (const { at, cut, put } of edits) {
          const from = at % (text.length + 1);
          text = text.slice(0, from) + put + text.slice(from + cut);
        }
        agree(text);
      }),
      { numRuns: 4_000 },
    );
  });

  test('of what is put together of the parts of a language', () => {
    const part = fc.constantFrom('<a>', '</a>', '<b/>', '<a b="1">', '<p:a xmlns:p="u">', '</p:a>', 'x', ' ', '\n', '&amp;', '&#65;', '&x;', '<!-- c -->', '<?p i?>', '<![CDATA[d]]>', ']]>', '"', '<', '>', '<?xml version="1.0"?>');
    fc.assert(fc.property(fc.array(part, { maxLength: 8 }), (parts) => { agree(parts.join('')); }), { numRuns: 4_000 });
  });
});

test('lines are counted to the end of the tag, and to where a fault is', () => {
  const made = read('<?xml version="1.0"?>\n<a>\n  <b\n   c="1">\n</b></a>');
  expect(made.ok && [made.root.line, made.root.children[0]?.line]).toEqual([2, 4]);
  expect(read('<a>\n<b>\n</c></a>')).toMatchObject({ ok: false, fault: { why: 'not-xml', line: 3 } });
});
