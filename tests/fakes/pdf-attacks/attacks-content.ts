import { annotation, type Attack } from './attack.ts';
import { at, letterText, picture, stream } from './letter.ts';
import { bodyOf, changed, edited, fresh, type Scene } from './scene.ts';

const forged = letterText.replace('1000000', '9000000');

const isa = 'Incremental saving';
const pageOf = (scene: Scene, from: string | RegExp, to: string): Record<number, string> => ({ [at.page]: edited(scene.bytes, at.page, from, to) });
const catalogOf = (scene: Scene, more: string): Record<number, string> => ({ [at.catalog]: edited(scene.bytes, at.catalog, /\/Pages 2 0 R/, `/Pages 2 0 R${more}`) });

/** Content, resources, pages, annotations and what the catalog names. */
export const contentAttacks: readonly Attack[] = [
  { name: 'content stream written anew', class: isa, expected: 'forbidden', row: 'content-changed', forge: (s) => changed(s, { [at.content]: stream('', forged) }) },
  { name: 'content stream emptied', class: isa, expected: 'forbidden', row: 'content-changed', forge: (s) => changed(s, { [at.content]: stream('', '') }) },
  { name: 'page leads to another content stream', class: isa, expected: 'forbidden', row: 'content-changed', forge: (s) => changed(s, { ...pageOf(s, 'Contents 4 0 R', `Contents ${String(fresh)} 0 R`), [fresh]: stream('', forged) }) },
  { name: 'content stream appended', class: isa, expected: 'forbidden', row: 'content-changed', forge: (s) => changed(s, { ...pageOf(s, 'Contents 4 0 R', `Contents [4 0 R ${String(fresh)} 0 R]`), [fresh]: stream('', 'BT /F1 12 Tf 72 580 Td (them) Tj ET') }) },
  { name: 'content of the second page', class: isa, expected: 'forbidden', row: 'content-changed', forge: (s) => changed(s, { [at.content2]: stream('', 'BT /F1 12 Tf 72 740 Td (Trang ba) Tj ET') }) },
  { name: 'font of the page written anew', class: 'Shadow: replace', expected: 'forbidden', row: 'resources-changed', forge: (s) => changed(s, { [at.font]: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[49/nine]>>>>' }) },
  { name: 'resources lead to another font', class: 'Shadow: replace', expected: 'forbidden', row: 'resources-changed', forge: (s) => changed(s, { ...pageOf(s, /\/F1 5 0 R/, `/F1 ${String(fresh)} 0 R`), [fresh]: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[49/nine]>>>>' }) },
  { name: 'resources lead to another picture', class: 'Shadow: replace', expected: 'forbidden', row: 'resources-changed', forge: (s) => changed(s, { ...pageOf(s, /\/Ov 11 0 R/, `/Ov ${String(at.hiddenPicture)} 0 R`) }) },
  { name: 'overlay emptied', class: 'Shadow: hide', expected: 'forbidden', row: 'resources-changed', forge: (s) => changed(s, { [at.overlay]: picture(595, 842, '') }) },
  { name: 'overlay freed', class: 'Shadow: hide', expected: 'forbidden', row: 'object-removed', forge: (s) => changed(s, {}, { freed: [at.overlay] }) },
  { name: 'content freed', class: 'Shadow: hide', expected: 'forbidden', row: 'object-removed', forge: (s) => changed(s, {}, { freed: [at.content] }) },
  { name: 'layer switched off', class: 'Shadow: hide', expected: 'forbidden', row: 'layers-changed', forge: (s) => changed(s, { [at.catalog]: edited(s.bytes, at.catalog, '/ON', '/OFF') }) },
  { name: 'layer object changed', class: 'Shadow: hide', expected: 'forbidden', row: 'layers-changed', forge: (s) => changed(s, { [at.layer]: '<</Type/OCG/Name(Lop)/Usage<</View<</ViewState/OFF>>>>>>' }) },
  { name: 'page added', class: 'Pages added or removed', expected: 'forbidden', row: 'pages-added', forge: (s) => changed(s, { [at.pages]: '<</Type/Pages/Kids[3 0 R 6 0 R 200 0 R]/Count 3/MediaBox[0 0 595 842]>>', [fresh]: '<</Type/Page/Parent 2 0 R/Contents 25 0 R>>' }) },
  { name: 'page put first', class: 'Pages added or removed', expected: 'forbidden', row: 'pages-added', forge: (s) => changed(s, { [at.pages]: '<</Type/Pages/Kids[200 0 R 3 0 R 6 0 R]/Count 3/MediaBox[0 0 595 842]>>', [fresh]: '<</Type/Page/Parent 2 0 R/Contents 25 0 R>>' }) },
  { name: 'page added below a new node', class: 'Pages added or removed', expected: 'forbidden', row: 'pages-added', forge: (s) => changed(s, { [at.pages]: '<</Type/Pages/Kids[3 0 R 6 0 R 201 0 R]/Count 3/MediaBox[0 0 595 842]>>', [fresh]: '<</Type/Page/Parent 201 0 R/Contents 25 0 R>>', 201: '<</Type/Pages/Parent 2 0 R/Kids[200 0 R]/Count 1>>' }) },
  { name: 'page removed', class: 'Pages added or removed', expected: 'forbidden', row: 'pages-removed', forge: (s) => changed(s, { [at.pages]: '<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>' }) },
  { name: 'pages in another order', class: 'Pages added or removed', expected: 'forbidden', row: 'pages-exchanged', forge: (s) => changed(s, { [at.pages]: '<</Type/Pages/Kids[6 0 R 3 0 R]/Count 2/MediaBox[0 0 595 842]>>' }) },
  { name: 'page exchanged for a prepared one', class: 'Shadow: hide-and-replace', expected: 'forbidden', row: 'pages-exchanged', forge: (s) => changed(s, { [at.pages]: '<</Type/Pages/Kids[27 0 R 6 0 R]/Count 2/MediaBox[0 0 595 842]>>' }) },
  { name: 'page overwritten by another', class: 'Shadow: hide-and-replace', expected: 'forbidden', row: 'content-changed', forge: (s) => changed(s, { [at.page]: bodyOf(s.bytes, at.hiddenPage) }) },
  { name: 'count of pages wrong', class: 'Pages added or removed', expected: 'broken', forge: (s) => changed(s, { [at.pages]: '<</Type/Pages/Kids[3 0 R 6 0 R]/Count 3/MediaBox[0 0 595 842]>>' }) },
  { name: 'page rotated', class: isa, expected: 'forbidden', row: 'page-rotated', forge: (s) => changed(s, pageOf(s, '/Type', '/Rotate 180/Type')) },
  { name: 'page cropped', class: isa, expected: 'forbidden', row: 'page-box-changed', forge: (s) => changed(s, pageOf(s, '/Type', '/CropBox[0 620 595 842]/Type')) },
  { name: 'page measured otherwise', class: isa, expected: 'forbidden', row: 'page-box-changed', forge: (s) => changed(s, pageOf(s, '/Type', '/MediaBox[0 0 300 842]/Type')) },
  { name: 'box of all pages changed', class: isa, expected: 'forbidden', row: 'page-tree-changed', forge: (s) => changed(s, { [at.pages]: '<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2/MediaBox[0 0 595 400]>>' }) },
  { name: 'resources of all pages added', class: 'Shadow: replace', expected: 'forbidden', row: 'page-tree-changed', forge: (s) => changed(s, { [at.pages]: '<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2/MediaBox[0 0 595 842]/Resources<</Font<</F1 16 0 R>>>>>>' }) },
  { name: 'action of a page', class: isa, expected: 'forbidden', row: 'action-added', forge: (s) => changed(s, pageOf(s, '/Type', '/AA<</O<</S/JavaScript/JS(1)>>>>/Type')) },
  { name: 'unknown entry of a page', class: isa, expected: 'forbidden', row: 'page-changed', forge: (s) => changed(s, pageOf(s, '/Type', '/Trx true/Type')) },

  ...(['FreeText', 'Stamp', 'Square', 'Link', 'Redact', 'Widget'] as const).map((kind): Attack => ({
    name: `annotation ${kind} over the sum`,
    class: 'Annotation over content',
    expected: annotation,
    row: 'annotation-added',
    forge: (s) => changed(s, { ...appended(s, `<</Type/Annot/Subtype/${kind}/Rect[72 590 300 620]/AP<</N 201 0 R>>>>`), 201: picture(228, 30, '1 g 0 0 228 30 re f') }),
  })),
  { name: 'annotation that the signed revision hid', class: 'Annotation over content', expected: 'forbidden', row: 'existing-object-shown', forge: (s) => changed(s, pageOf(s, `${String(s.field)} 0 R`, `${String(s.field)} 0 R 24 0 R`)) },
  { name: 'annotation that the signed revision hid, put below the others', class: 'Annotation over content', expected: 'forbidden', row: 'existing-object-shown', forge: (s) => changed(s, pageOf(s, '17 0 R', '24 0 R 17 0 R')) },
  { name: 'annotation inside the page', class: 'Annotation over content', expected: annotation, row: 'annotation-added', forge: (s) => changed(s, pageOf(s, '22 0 R', '22 0 R <</Type/Annot/Subtype/Square/Rect[72 590 300 620]/IC[1 1 1]>>')) },
  { name: 'annotation moved', class: 'Annotation over content', expected: annotation, row: 'annotation-changed', forge: (s) => changed(s, { [at.link]: edited(s.bytes, at.link, '650', '590') }) },
  { name: 'annotation gets a picture', class: 'Annotation over content', expected: annotation, row: 'annotation-changed', forge: (s) => changed(s, { [at.link]: edited(s.bytes, at.link, '/Border', '/AP<</N 29 0 R>>/Border') }) },
  { name: 'annotation removed', class: 'Annotation over content', expected: annotation, row: 'annotation-changed', forge: (s) => changed(s, pageOf(s, '17 0 R ', '')) },
  { name: 'annotations in another order', class: 'Annotation over content', expected: annotation, row: 'annotation-changed', forge: (s) => changed(s, pageOf(s, '17 0 R 9 0 R', '9 0 R 17 0 R')) },

  { name: 'script when opened', class: isa, expected: 'forbidden', row: 'action-added', forge: (s) => changed(s, catalogOf(s, '/OpenAction<</S/JavaScript/JS(1)>>')) },
  { name: 'actions of the document', class: isa, expected: 'forbidden', row: 'action-added', forge: (s) => changed(s, catalogOf(s, '/AA<</WS<</S/JavaScript/JS(1)>>>>')) },
  { name: 'file attached', class: isa, expected: 'forbidden', row: 'names-changed', forge: (s) => changed(s, { ...catalogOf(s, '/Names<</EmbeddedFiles<</Names[(a)200 0 R]>>>>'), [fresh]: '<</Type/Filespec/F(a.exe)/EF<</F 201 0 R>>>>', 201: stream('/Type/EmbeddedFile', 'MZ') }) },
  { name: 'associated file', class: isa, expected: 'forbidden', row: 'files-attached', forge: (s) => changed(s, catalogOf(s, '/AF[<</Type/Filespec/F(a)>>]')) },
  { name: 'outline changed', class: isa, expected: 'forbidden', row: 'outline-changed', forge: (s) => changed(s, { [at.outlines]: '<</Type/Outlines/Count 1/First 200 0 R/Last 200 0 R>>', [fresh]: '<</Title(Muc)/Parent 21 0 R/Dest[6 0 R/Fit]>>' }) },
  { name: 'outline replaced', class: isa, expected: 'forbidden', row: 'outline-changed', forge: (s) => changed(s, { [at.catalog]: edited(s.bytes, at.catalog, 'Outlines 21', 'Outlines 200'), [fresh]: '<</Type/Outlines/Count 0>>' }) },
  { name: 'page labels', class: isa, expected: 'forbidden', row: 'page-labels-changed', forge: (s) => changed(s, catalogOf(s, '/PageLabels<</Nums[0<</P(A-)>>]>>')) },
  { name: 'structure of the text', class: isa, expected: 'forbidden', row: 'structure-changed', forge: (s) => changed(s, catalogOf(s, '/StructTreeRoot<</Type/StructTreeRoot>>')) },
  { name: 'view when opened', class: isa, expected: 'forbidden', row: 'view-changed', forge: (s) => changed(s, catalogOf(s, '/PageMode/UseOC')) },
  { name: 'unknown entry of the catalog', class: isa, expected: 'forbidden', row: 'undefined-change', forge: (s) => changed(s, catalogOf(s, '/Moi<</A 1>>')) },
  { name: 'title at level 1', class: isa, expected: 'suspicious', levels: [1], row: 'metadata-only', forge: (s) => changed(s, { [at.info]: '<</Title(Quyet dinh)>>' }) },
  { name: 'metadata that hold more than texts', class: isa, expected: 'forbidden', row: 'undefined-change', forge: (s) => changed(s, { [at.info]: '<</Title(Quyet dinh)/Font<</F1 16 0 R>>>>' }) },
];

function appended(scene: Scene, body: string): Record<number, string> {
  const page = edited(scene.bytes, at.page, /\/Annots ?\[([^\]]*)\]/, `/Annots[$1 ${String(fresh)} 0 R]`);
  return { [at.page]: page, [fresh]: body };
}
