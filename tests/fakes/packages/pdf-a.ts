import { document as plain, make } from '../../unit/foundation/pdf/make.ts';

/** A stream of XMP that declares PDF/A. */
export function xmp(part: string, conformance: string): string {
  const data = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="${part}" pdfaid:conformance="${conformance}"/></rdf:RDF></x:xmpmeta>`;
  return `<</Type/Metadata/Subtype/XML/Length ${String(data.length)}>>\nstream\n${data}\nendstream`;
}
const embedded = '<</Type/Font/Subtype/TrueType/BaseFont/Tinos/FontDescriptor<</Type/FontDescriptor/FontFile2 7 0 R>>>>';
export const id = '/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]';

/** A file for which every condition that is judged holds; parts may be put in the place of its own. */
export function archivalPdf({ catalog = '', metadata = xmp('2', 'B'), font = embedded, trailer = id, more = [] as readonly (readonly [number, string])[] } = {}): Buffer {
  const objects = plain.map(([number, body]): readonly [number, string | Buffer] => {
    if (number === 1) return [1, `<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R${catalog}>>`];
    return number === 5 ? [5, font] : [number, body];
  });
  const changed = new Map<number, string | Buffer>([...objects, [6, metadata], [7, '<</Length 0>>\nstream\n\nendstream'], ...more]);
  return make({ kind: 'table', trailer, objects: [...changed] });
}
