import { createHash } from 'node:crypto';
import { PDFHexString, PDFName, PDFString, type PDFDocument } from 'pdf-lib';
import type { SheetFacts } from './paper.ts';
import { srgbProfile } from './srgb-profile.ts';

/**
 * Makes a drawn document PDF/A-2b (ISO 19005-2): what it says of itself as XMP in plain text (6.6), a profile for its colours (6.2.2) and
 * an identifier (6.1.3). Fonts are embedded by the drawing; nothing else that the part forbids is drawn. Two runs with the same
 * facts give the same bytes.
 */
export function makeArchival(pdf: PDFDocument, { title, author, at }: SheetFacts): void {
  const { context, catalog } = pdf;
  const profile = context.flateStream(srgbProfile(), { N: 3, Alternate: 'DeviceRGB' });
  const intent = context.obj({ Type: 'OutputIntent', S: 'GTS_PDFA1', OutputConditionIdentifier: PDFString.of('sRGB IEC61966-2.1'), Info: PDFString.of('sRGB IEC61966-2.1'), DestOutputProfile: context.register(profile) });
  catalog.set(PDFName.of('OutputIntents'), context.obj([context.register(intent)]));
  // Not compressed: readers that do not take PDF apart find the declaration in it (6.6.2.1).
  const metadata = context.stream(Buffer.from(xmpOf({ title, author, at }), 'utf8'), { Type: 'Metadata', Subtype: 'XML' });
  catalog.set(PDFName.of('Metadata'), context.register(metadata));
  const id = PDFHexString.of(createHash('sha256').update(`${title}\n${author}\n${at.toISOString()}`).digest('hex').slice(0, 32));
  context.trailerInfo.ID = context.obj([id, id]);
}

/** The same facts as in the information dictionary, or a validator finds them contradicting each other (6.6.3). */
function xmpOf({ title, author, at }: SheetFacts): string {
  const day = `${at.toISOString().slice(0, 19)}Z`;
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${escaped(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>vi-VN</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${day}</xmp:CreateDate>
<xmp:ModifyDate>${day}</xmp:ModifyDate>
<xmp:CreatorTool>Trạm Văn thư</xmp:CreatorTool>
<pdf:Producer>Trạm Văn thư</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
