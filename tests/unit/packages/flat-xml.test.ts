import { expect, test } from 'vitest';
import { flatTrees, readFlatXml } from '../../../electron/services/packages/read/flat-xml.ts';
import { readXml } from '../../../electron/services/packages/read/xml.ts';

const limits = { xmlElements: 1000, xmlDepth: 64 };
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

test.each([
  ['of a package', '<?xml version="1.0" encoding="UTF-8"?>\n<simpledc>\n  <docCode>G09.01</docCode>\n  <subject>Về việc “bổ nhiệm” &amp; &lt;khen&gt;</subject>\n  <keyword/>\n</simpledc>\n'],
  ['with a field twice, not one after the other, over several lines', '<simpledc>\n<a>1</a>\n\n<b>x\ny</b><a>2</a>\n<b><![CDATA[<c>]]></b></simpledc>'],
  ['with text between its fields', '<simpledc>words <a/> and <!-- not this --> more</simpledc>'],
  ['in a namespace', '<s:simpledc xmlns:s="urn:fields of old"><s:a>1</s:a></s:simpledc>'],
  ['without a field', '<simpledc> </simpledc>'],
])('a file of fields %s is the same tree by way of another thread', (_, text) => {
  const flat = readFlatXml(bytes(text));
  if (flat === undefined) throw new Error('not flat');
  const read = readXml(bytes(text), limits);
  if (!read.ok) throw new Error(read.fault.why);
  expect(flatTrees()(structuredClone(flat))).toEqual(read.root);
  expect(flat.elements).toBe(read.elements);
});

test.each([
  ['fields below fields', '<simpledc><a><b/></a></simpledc>'],
  ['an attribute', '<simpledc><a kind="x">1</a></simpledc>'],
  ['an attribute of the root', '<simpledc kind="x"><a>1</a></simpledc>'],
  ['a field of another namespace', '<simpledc><a xmlns="urn:x">1</a></simpledc>'],
  ['what XML 1.1 allows and divides here', '<?xml version="1.1"?><simpledc><a>1&#1;2</a></simpledc>'],
  ['a DOCTYPE', '<!DOCTYPE simpledc><simpledc><a>1</a></simpledc>'],
  ['no XML', '<simpledc><a>1</simpledc>'],
  ['more fields than any table has', `<simpledc>${'<a/>'.repeat(200)}</simpledc>`],
])('with %s it is read where it is judged', (_, text) => {
  expect(readFlatXml(bytes(text))).toBeUndefined();
});

test('trees of one shape share nothing that is said', () => {
  const treeOf = flatTrees();
  const [one, two] = ['Một', 'Hai'].map((word) => readFlatXml(bytes(`<simpledc><title>${word}</title></simpledc>`))).map((flat) => (flat === undefined ? undefined : treeOf(flat)));
  expect([one?.children[0]?.text, two?.children[0]?.text]).toEqual(['Một', 'Hai']);
  expect(two?.children[0]?.parent).toBe(two);
});
