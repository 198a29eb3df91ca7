import { catalogOf, formOf, pagesOf, viewOf, type Found, type PdfDictionary, type PdfFile, type PdfForm, type PdfView, type Reading } from '../../../foundation/pdf/index.ts';
import type { Area } from './content/geometry.ts';
import type { Graph, Referrer } from './graph.ts';
import type { ChangeCode } from './policy.ts';
import { isSame, read, under } from './values.ts';

/** Something that a revision did, before it is asked whether it may. */
export type Finding = {
  readonly code: ChangeCode;
  readonly revision: number;
  readonly object?: number;
  /** 0 is the first */
  readonly page?: number;
  readonly box?: Area;
  /** full name */
  readonly field?: string;
  /** of a filled field: the revision that wrote the newest of the fonts whose own word its picture is */
  readonly fontsFrom?: number;
};

/** A signature that a revision brought; whether it is good, whoever verifies it knows. */
export type AddedSignature = {
  readonly revision: number;
  /** object number of its dictionary */
  readonly dictionary: number;
  readonly field: string;
  readonly object: number;
  readonly isNewField: boolean;
  readonly isTimestamp: boolean;
  /** a field that was there stands on text of the page */
  readonly isOnText: boolean;
  /** where it is seen; `widget` is the annotation's object */
  readonly shown: readonly { readonly page: number; readonly box: Area; readonly widget: number }[];
};

export type Pages = {
  readonly order: readonly number[];
  /** number of a page to its place */
  readonly places: ReadonlyMap<number, number>;
  /** objects that the tree is made of: nodes and lists of kids */
  readonly tree: ReadonlySet<number>;
};

/** One revision compared with the one before it, under one reading. */
export type Step = {
  readonly file: PdfFile;
  readonly reading: Reading;
  readonly graph: Graph;
  readonly index: number;
  readonly before: PdfView;
  readonly after: PdfView;
  readonly catalogBefore: Found<PdfDictionary>;
  readonly catalogAfter: Found<PdfDictionary>;
  readonly added: ReadonlySet<number>;
  readonly findings: Finding[];
  readonly signatures: AddedSignature[];
};

export function newStep(file: PdfFile, reading: Reading, graph: Graph, index: number): Step {
  const before = viewOf(file, index - 1, reading);
  const after = viewOf(file, index, reading);
  return {
    file,
    reading,
    graph,
    index,
    before,
    after,
    catalogBefore: read(catalogOf(before)),
    catalogAfter: read(catalogOf(after)),
    added: graph.changes[index]?.added ?? new Set(),
    findings: [],
    signatures: [],
  };
}

export function note(step: Step, code: ChangeCode, more: Omit<Finding, 'code' | 'revision'> = {}): void {
  step.findings.push({ code, revision: step.index, ...more });
}

/** The number of the form's object; that of the catalog when the form stands in it. */
function formNumber(step: Step): number {
  return under(step.before, step.catalogBefore, 'AcroForm')?.holder.number ?? step.catalogBefore.holder.number;
}

/** Referrers with the path counted from the form where they stand in it, as if it were an object of its own. */
export function fromForm(step: Step, { holder, path }: Referrer): string | undefined {
  if (holder !== formNumber(step)) return undefined;
  if (holder !== step.catalogBefore.holder.number) return path;
  return path.startsWith('AcroForm.') ? path.slice('AcroForm.'.length) : undefined;
}

type PagesMemo = Map<string, Pages>;
const pagesKnown = new WeakMap<PdfFile, PagesMemo>();
const formsKnown = new WeakMap<PdfFile, Map<string, PdfForm | undefined>>();

/** The pages of a revision; those of the one before where nothing of the tree was touched. */
export function pagesIn(file: PdfFile, graph: Graph, reading: Reading, index: number): Pages {
  const memo: PagesMemo = pagesKnown.get(file) ?? new Map<string, Pages>();
  pagesKnown.set(file, memo);
  const key = `${reading} ${String(index)}`;
  const known = memo.get(key);
  if (known !== undefined) return known;
  const earlier = memo.get(`${reading} ${String(index - 1)}`);
  const pages = earlier !== undefined && isUntouched(file, graph, reading, index, earlier) ? earlier : readPages(file, graph, reading, index);
  memo.set(key, pages);
  return pages;
}

function isUntouched(file: PdfFile, graph: Graph, reading: Reading, index: number, { tree }: Pages): boolean {
  const { changed = [], freed = [], changedUnnamed = [] } = graph.changes[index] ?? {};
  if ([...changed, ...freed, ...changedUnnamed].some((number) => tree.has(number))) return false;
  const [before, after] = [index - 1, index].map((one) => read(catalogOf(viewOf(file, one, reading))));
  return before !== undefined && after !== undefined && isSame(entryIn(before), entryIn(after));
}

function entryIn(catalog: Found<PdfDictionary>): Found | undefined {
  const value = catalog.value.entries.get('Pages');
  return value && { value, holder: catalog.holder };
}

function readPages(file: PdfFile, graph: Graph, reading: Reading, index: number): Pages {
  const order = read(pagesOf(viewOf(file, index, reading))).map(({ number }) => number);
  const tree = new Set<number>();
  const waiting = [...order];
  // Upwards along /Kids; a list of kids may be an object of its own.
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    for (const { holder, path } of graph.referrers(number, index)) {
      if ((path !== 'Kids' && path !== '') || tree.has(holder)) continue;
      tree.add(holder);
      waiting.push(holder);
    }
  }
  return { order, places: new Map(order.map((number, place) => [number, place])), tree };
}

const namesKnown = new WeakMap<PdfFile, Map<string, ReadonlySet<string>>>();

/** Full names of the fields before a step. */
export function namesBefore({ file, reading, index, before }: Step): ReadonlySet<string> {
  const known = namesKnown.get(file)?.get(`${reading} ${String(index - 1)}`);
  return known ?? new Set(formIn(before)?.fields.map(({ name }) => name));
}

/** Keeps the names after a step that did nothing to the form but add these. */
export function rememberNames({ file, reading, index }: Step, names: ReadonlySet<string>): void {
  const memo = namesKnown.get(file) ?? new Map<string, ReadonlySet<string>>();
  namesKnown.set(file, memo);
  memo.set(`${reading} ${String(index)}`, names);
}

/** The form as a revision had it. */
export function formIn(view: PdfView): PdfForm | undefined {
  const memo = formsKnown.get(view.file) ?? new Map<string, PdfForm | undefined>();
  formsKnown.set(view.file, memo);
  const key = `${view.reading} ${String(view.newest.index)}`;
  if (!memo.has(key)) memo.set(key, read(formOf(view)));
  return memo.get(key);
}
