import type { Result } from '../../../foundation/outcome.ts';
import { catalogOf, dictionaryOf, entryOf, nameIn, objectOf, openPdf, pagesOf, streamData, viewOf, type Found, type PdfBytes, type PdfDictionary, type PdfFault, type PdfObject, type PdfView } from '../../../foundation/pdf/index.ts';
import { declarationIn } from './scan.ts';

/**
 * Conditions of ISO 19005 that can be judged without reading what is drawn. That none is broken does not make a file PDF/A: colours,
 * transparency, the inside of fonts and much else are not looked at.
 */
export const pdfAConditions = [
  /** it cannot be read strictly */
  'readable',
  /** the XMP of the catalog says part and conformance, and such a pair there is (ISO 19005-1 6.7.11, -2 6.6.4, -4 6.7.3) */
  'declaration',
  /** no Encrypt in the trailer (-1 6.1.3, -2 6.1.3) */
  'not-encrypted',
  /** an ID in the trailer (-1 6.1.3, -2 6.1.3); PDF 2.0 wants one anyway */
  'file-id',
  /** every font that pages name has its program in the file, also where only hidden text is set in it, which may be without (-1 6.3.4, -2 6.2.11.4) */
  'fonts-embedded',
  /** an output intent of PDF/A has its profile in the file; there need not be one (-1 6.2.2, -2 6.2.3) */
  'output-intent',
  /** no stream or picture lies in another file (-1 6.1.7 and 6.2.6, -2 6.1.7.1 and 6.2.9.2) */
  'nothing-external',
  /** no files inside in part 1 (-1 6.1.11) */
  'no-files-inside',
  /** no script, nothing started on opening (-1 6.6.1, -2 6.5.1) */
  'no-scripts',
  /** no XFA form (-2 6.4.2) */
  'no-xfa',
] as const;
export type PdfACondition = (typeof pdfAConditions)[number];

export type PdfAFacts = {
  /** as the XMP of the catalog declares, '' where it declares none */
  readonly part: string;
  readonly conformance: string;
  /** conditions that do not hold; the rest was judged and holds, unless `readable` is among them */
  readonly broken: readonly PdfACondition[];
};

const conformances: Readonly<Record<string, readonly string[]>> = { '1': ['A', 'B'], '2': ['A', 'B', 'U'], '3': ['A', 'B', 'U'], '4': ['', 'E', 'F'] };

/** Judges the conditions for a PDF that says that it is PDF/A. Throws only what `bytes` throws. */
export function pdfAFacts(bytes: PdfBytes): PdfAFacts {
  const opened = openPdf(bytes);
  if (!opened.ok) return { part: '', conformance: '', broken: ['readable'] };
  const view = viewOf(opened.value);
  const broken = new Set<PdfACondition>();
  const known = <T>(answer: Result<T, PdfFault>): T | undefined => {
    if (answer.ok) return answer.value;
    broken.add('readable');
    return undefined;
  };
  const look: Look = { view, known };
  const catalog = known(catalogOf(view));
  if (opened.value.isEncrypted) broken.add('not-encrypted');
  if (!view.newest.trailer.entries.has('ID')) broken.add('file-id');
  const { part, conformance } = catalog === undefined ? { part: '', conformance: '' } : declaredIn(look, catalog);
  if (conformances[part]?.includes(conformance) !== true) broken.add('declaration');
  if (catalog === undefined || opened.value.isEncrypted) return { part, conformance, broken: [...broken] };
  judgeResources(look, broken);
  judgeCatalog(look, catalog, part, broken);
  return { part, conformance, broken: [...broken] };
}

type Look = { readonly view: PdfView; readonly known: <T>(answer: Result<T, PdfFault>) => T | undefined };

function declaredIn({ known, view }: Look, catalog: Found<PdfDictionary>): { readonly part: string; readonly conformance: string } {
  const metadata = catalog.value.entries.get('Metadata');
  const data = metadata?.kind === 'reference' ? known(streamData(view, metadata.number)) : undefined;
  return declarationIn(Buffer.from(data ?? []));
}

/** A value or what it refers to, as a dictionary; the dictionary of a stream for a stream. */
function dictionaryAt({ view, known }: Look, holder: Found['holder'], value: PdfObject | undefined): Found<PdfDictionary> | undefined {
  const one = value?.kind === 'reference' ? known(objectOf(view, value.number)) : value && { value, holder };
  const dictionary = dictionaryOf(one?.value);
  return one === undefined || dictionary === undefined ? undefined : { value: dictionary, holder: one.holder };
}

function under(look: Look, parent: Found<PdfDictionary>, key: string): Found<PdfDictionary> | undefined {
  return dictionaryAt(look, parent.holder, parent.value.entries.get(key));
}

function itemsUnder(look: Look, parent: Found<PdfDictionary>, key: string): readonly Found<PdfDictionary>[] {
  const list = look.known(entryOf(look.view, parent, key));
  if (list?.value.kind !== 'array') return [];
  return list.value.items.flatMap((item) => dictionaryAt(look, list.holder, item) ?? []);
}

/** Fonts and pictures of all pages, and of the forms that are drawn on them. */
function judgeResources(look: Look, broken: Set<PdfACondition>): void {
  const seen = new Set<number>();
  const waiting = (look.known(pagesOf(look.view)) ?? []).flatMap(({ inherited }) => {
    const resources = inherited.get('Resources');
    return resources === undefined ? [] : (dictionaryAt(look, resources.holder, resources.value) ?? []);
  });
  const each = (resources: Found<PdfDictionary>, key: string, use: (one: Found<PdfDictionary>) => void): void => {
    const group = under(look, resources, key);
    for (const value of group?.value.entries.values() ?? []) {
      if (value.kind === 'reference') {
        if (seen.has(value.number)) continue;
        seen.add(value.number);
      }
      const one = group && dictionaryAt(look, group.holder, value);
      if (one !== undefined) use(one);
    }
  };
  for (let resources = waiting.pop(); resources !== undefined; resources = waiting.pop()) {
    each(resources, 'Font', (font) => {
      if (!isEmbedded(look, font)) broken.add('fonts-embedded');
    });
    each(resources, 'XObject', (drawn) => {
      const { entries } = drawn.value;
      if (entries.has('F') || entries.has('Ref') || entries.has('OPI')) broken.add('nothing-external');
      const inner = under(look, drawn, 'Resources');
      if (inner !== undefined) waiting.push(inner);
    });
  }
}

function isEmbedded(look: Look, font: Found<PdfDictionary>): boolean {
  const kind = nameIn(font.value, 'Subtype');
  // Its letters are drawings in the file.
  if (kind === 'Type3') return true;
  const [own = font] = kind === 'Type0' ? itemsUnder(look, font, 'DescendantFonts') : [];
  const descriptor = under(look, own, 'FontDescriptor');
  return ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor?.value.entries.has(key) === true);
}

function judgeCatalog(look: Look, catalog: Found<PdfDictionary>, part: string, broken: Set<PdfACondition>): void {
  const intents = itemsUnder(look, catalog, 'OutputIntents').filter(({ value }) => nameIn(value, 'S')?.startsWith('GTS_PDFA') === true);
  if (intents.some(({ value }) => !value.entries.has('DestOutputProfile'))) broken.add('output-intent');
  const names = under(look, catalog, 'Names');
  if (part === '1' && names?.value.entries.has('EmbeddedFiles') === true) broken.add('no-files-inside');
  const opening = under(look, catalog, 'OpenAction');
  const starts = nameIn(opening?.value ?? catalog.value, 'S') ?? '';
  if (names?.value.entries.has('JavaScript') === true || catalog.value.entries.has('AA') || ['JavaScript', 'Launch', 'ImportData', 'ResetForm', 'Movie', 'Sound'].includes(starts)) broken.add('no-scripts');
  if (under(look, catalog, 'AcroForm')?.value.entries.has('XFA') === true) broken.add('no-xfa');
}
