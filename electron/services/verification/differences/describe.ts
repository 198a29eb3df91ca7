import { nameIn, objectOf, type Found, type PdfDictionary, type PdfFile, type PdfObject, type Reading } from '../../../foundation/pdf/index.ts';
import { compareCatalog, compareSecurityStore } from './catalog.ts';
import { compareFields } from './fields.ts';
import { compareForm } from './form.ts';
import type { Graph, Referrer } from './graph.ts';
import { judgeNewFields, type NewFields } from './new-fields.ts';
import { comparePage, comparePageTree } from './pages.ts';
import type { ChangeCode } from './policy.ts';
import { fromForm, newStep, note, pagesIn, type AddedSignature, type Finding, type Step } from './step.ts';
import { asDictionary, isSame, read } from './values.ts';

export type Described = { readonly findings: readonly Finding[]; readonly signatures: readonly AddedSignature[] };

/** What part a changed object plays; each is compared in its own way. */
type Role = 'catalog' | 'info' | 'page' | 'page-tree' | 'form' | 'annotations' | 'field' | 'appearance' | 'security-store' | 'metadata' | 'unused' | ChangeCode;

/**
 * Says everything that revision `index` did to the file as it was before. Each object that was changed, freed or defined
 * under a number that something referred to already must have one part, known from all places that refer to it, and only
 * what that part may do is taken apart; the rest is `undefined-change`. What is added and leads nowhere from the objects
 * before cannot be seen. Fails when something that was changed cannot be read.
 */
export function describe(file: PdfFile, graph: Graph, reading: Reading, index: number): Described {
  const step = newStep(file, reading, graph, index);
  const { changed = [], freed = [], changedUnnamed = [] } = graph.changes[index] ?? {};
  compareTrailers(step);
  for (const object of changedUnnamed) note(step, 'object-stream-rewritten', { object });
  for (const object of step.added) if (graph.referrers(object, index - 1).length > 0) note(step, 'dangling-reference-defined', { object });
  for (const object of freed) note(step, graph.referrers(object, index).length > 0 ? 'object-removed' : 'nothing-said', { object });
  const roles = new Map<Role, number[]>();
  for (const object of changed) {
    const before = read(objectOf(step.before, object));
    const after = read(objectOf(step.after, object));
    if (before?.holder.generation !== after?.holder.generation) note(step, 'generation-changed', { object });
    else if (isSame(before, after)) note(step, 'nothing-said', { object });
    else {
      const role = roleOf(step, object, before, after);
      roles.set(role, [...(roles.get(role) ?? []), object]);
    }
  }
  compareRoles(step, roles);
  if (step.findings.length === 0 && step.signatures.length === 0) note(step, 'nothing-said');
  return { findings: step.findings, signatures: step.signatures };
}

function compareRoles(step: Step, roles: ReadonlyMap<Role, readonly number[]>): void {
  const fresh: NewFields = { fields: [], widgets: [] };
  const of = (role: Role): readonly number[] => roles.get(role) ?? [];
  if (of('catalog').length > 0) compareCatalog(step);
  if (of('page-tree').length > 0) comparePageTree(step);
  compareForm(step, fresh);
  const pages = pagesIn(step.file, step.graph, step.reading, step.index - 1);
  const lists = of('annotations').flatMap((list) => step.graph.referrers(list, step.index - 1).map(({ holder }) => holder));
  for (const page of new Set([...of('page'), ...lists])) comparePage(step, pages, page, fresh);
  const holders = of('appearance').flatMap((one) => step.graph.referrers(one, step.index - 1).map(({ holder }) => holder));
  compareFields(step, [...new Set([...of('field'), ...holders])]);
  judgeNewFields(step, fresh);
  if (of('security-store').length > 0) compareSecurityStore(step);
  const simple: readonly Role[] = ['catalog', 'page-tree', 'form', 'page', 'annotations', 'field', 'appearance', 'security-store'];
  for (const [role, objects] of roles) {
    for (const object of simple.includes(role) ? [] : objects) {
      if (role === 'info' || role === 'metadata') note(step, 'metadata-only', { object });
      else if (role === 'unused') note(step, 'nothing-said', { object });
      else note(step, role as ChangeCode, { object, ...placeOf(step, object) });
    }
  }
}

/** The page that shows an object, as far as a few references lead to one. */
function placeOf(step: Step, object: number): { readonly page?: number } {
  const { places } = pagesIn(step.file, step.graph, step.reading, step.index - 1);
  for (const holder of climb(step, object)) {
    const page = places.get(holder);
    if (page !== undefined) return { page };
  }
  return {};
}

/** Keys of the trailer that only say how the file is stored. */
const storage = ['Size', 'Prev', 'XRefStm', 'Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms', 'DocChecksum'];

function compareTrailers(step: Step): void {
  const before = step.before.newest.trailer;
  const after = step.after.newest.trailer;
  const holder = step.catalogBefore.holder;
  const found = (value: PdfObject | undefined): Found | undefined => value && { value, holder };
  for (const key of new Set([...before.entries.keys(), ...after.entries.keys()])) {
    const one = before.entries.get(key);
    const other = after.entries.get(key);
    if (storage.includes(key) || isSame(found(one), found(other))) continue;
    if (key === 'Root') note(step, 'catalog-replaced');
    else if (key === 'Encrypt') note(step, 'encryption-changed');
    else if (key === 'ID') compareIds(step, one, other);
    else if (key === 'Info') note(step, isNewInfo(step, other) ? 'metadata-only' : 'undefined-change');
    else note(step, 'undefined-change');
  }
}

function compareIds(step: Step, before: PdfObject | undefined, after: PdfObject | undefined): void {
  const holder = step.catalogBefore.holder;
  const [one, other] = [before, after].map((value) => (value?.kind === 'array' ? value.items[0] : undefined));
  const isKept = one !== undefined && other !== undefined && isSame({ value: one, holder }, { value: other, holder });
  if (!isKept) note(step, 'file-id-changed');
}

/** Another /Info may be named when it is new and holds nothing but texts, so that it can be nothing else besides. */
function isNewInfo(step: Step, value: PdfObject | undefined): boolean {
  if (value === undefined) return true;
  if (value.kind === 'dictionary') return onlyTexts({ value, holder: step.catalogAfter.holder });
  if (value.kind !== 'reference') return false;
  return step.added.has(value.number) && onlyTexts(asDictionary(read(objectOf(step.after, value.number))));
}

function onlyTexts(info: Found<PdfDictionary> | undefined): boolean {
  return info !== undefined && [...info.value.entries].every(([key, { kind }]) => kind === 'string' || kind === 'null' || (key === 'Trapped' && kind === 'name'));
}

function roleOf(step: Step, object: number, before: Found | undefined, after: Found | undefined): Role {
  const { graph, index } = step;
  const old = graph.referrers(object, index - 1);
  const info = step.before.newest.trailer.entries.get('Info');
  if (object === step.catalogBefore.holder.number) return old.every(({ path }) => path.endsWith('Data')) ? 'catalog' : 'undefined-change';
  if (info?.kind === 'reference' && info.number === object) {
    return old.length === 0 && onlyTexts(asDictionary(before)) && onlyTexts(asDictionary(after)) ? 'info' : 'undefined-change';
  }
  if (old.length === 0) return 'unused';
  const pages = pagesIn(step.file, graph, step.reading, index - 1);
  if (pages.places.has(object)) return 'page';
  if (pages.tree.has(object)) return 'page-tree';
  const parts = new Set(old.map((one) => partIn(step, pages.places, one, before)));
  const [part] = parts;
  if (parts.size === 1 && part !== undefined) return part;
  // A field is named by its form, its page, its kids and the structure of the text; nothing else may know it.
  const isField = [...parts].every((one) => one === 'field' || one === 'form' || one === 'annotations');
  return isField && isFieldLike(before) ? 'field' : named(step, object);
}

const fieldKeys = ['Kids', 'Parent', 'Obj', 'K', 'P', 'Nums', 'CO'];

/** What one place that refers to an object makes of it; undefined when that is nothing that may change. */
function partIn(step: Step, places: ReadonlyMap<number, number>, referrer: Referrer, before: Found | undefined): Role | undefined {
  const { holder, path } = referrer;
  const root = step.catalogBefore.holder.number;
  if (holder === root && path === 'AcroForm') return 'form';
  const inForm = fromForm(step, referrer);
  if (inForm === 'Fields') return before?.value.kind === 'array' ? 'form' : 'field';
  if (inForm === 'DR' || inForm?.startsWith('DR.') === true) return before?.value.kind === 'dictionary' && !isFont(before) && inForm.split('.').length <= 2 ? 'form' : undefined;
  if (isDefaultResources(step, holder)) return before?.value.kind === 'dictionary' && !isFont(before) && !path.includes('.') ? 'form' : undefined;
  if (holder === root && path === 'Metadata') return isMetadata(before) ? 'metadata' : undefined;
  if (holder === root && (path === 'DSS' || path.startsWith('DSS.'))) return before?.value.kind === 'stream' ? undefined : 'security-store';
  if (path === 'Annots' && places.has(holder)) return before?.value.kind === 'array' ? 'annotations' : 'field';
  if (path === '') return partOfList(step, places, referrer, before);
  if (path === 'AP' && isFieldLike(read(objectOf(step.before, holder)))) return before?.value.kind === 'dictionary' ? 'appearance' : undefined;
  if (isStore(step, holder)) return before?.value.kind === 'stream' ? undefined : 'security-store';
  return fieldKeys.includes(path) && isFieldLike(before) ? 'field' : undefined;
}

/** Whether an object is the form's /DR and nothing else. */
function isDefaultResources(step: Step, object: number): boolean {
  const referrers = step.graph.referrers(object, step.index - 1);
  return referrers.length > 0 && referrers.every((one) => fromForm(step, one) === 'DR');
}

/** An object in a list that is an object of its own: what the list is, says what it is. */
function partOfList(step: Step, places: ReadonlyMap<number, number>, { holder }: Referrer, before: Found | undefined): Role | undefined {
  const lists = step.graph.referrers(holder, step.index - 1);
  const isFields = lists.length > 0 && lists.every((one) => fromForm(step, one) === 'Fields' || (one.path === 'Annots' && places.has(one.holder)) || fieldKeys.includes(one.path));
  if (isFields && isFieldLike(before)) return 'field';
  return isStore(step, holder) && before?.value.kind !== 'stream' ? 'security-store' : undefined;
}

/** Whether an object belongs to the security store and to nothing else, a few levels up. */
function isStore(step: Step, object: number, depth = 0): boolean {
  if (depth > 4) return false;
  const referrers = step.graph.referrers(object, step.index - 1);
  const root = step.catalogBefore.holder.number;
  return referrers.length > 0 && referrers.every(({ holder, path }) => (holder === root ? path === 'DSS' || path.startsWith('DSS.') : isStore(step, holder, depth + 1)));
}

function isFieldLike(one: Found | undefined): boolean {
  if (one?.value.kind !== 'dictionary') return false;
  const { entries } = one.value;
  return nameIn(one.value, 'Subtype') !== undefined || entries.has('FT') || entries.has('T');
}

function isFont({ value }: Found): boolean {
  return value.kind === 'dictionary' && (nameIn(value, 'Type') === 'Font' || value.entries.has('BaseFont') || value.entries.has('Subtype'));
}

/** XMP that could be nothing else: only /Metadata of the catalog refers to it (the caller sees to that). */
function isMetadata(one: Found | undefined): boolean {
  return one?.value.kind === 'stream' && nameIn(one.value.dictionary, 'Type') === 'Metadata';
}

/** By the key of catalog, page or field that leads to it. */
const byKey: Readonly<Record<string, ChangeCode>> = {
  Contents: 'content-changed',
  Resources: 'resources-changed',
  Font: 'resources-changed',
  XObject: 'resources-changed',
  ExtGState: 'resources-changed',
  ColorSpace: 'resources-changed',
  Pattern: 'resources-changed',
  Shading: 'resources-changed',
  Properties: 'layers-changed',
  OCProperties: 'layers-changed',
  OpenAction: 'action-added',
  AA: 'action-added',
  A: 'action-added',
  JS: 'action-added',
  Names: 'names-changed',
  Dests: 'names-changed',
  AF: 'files-attached',
  EmbeddedFiles: 'files-attached',
  Outlines: 'outline-changed',
  PageLabels: 'page-labels-changed',
  StructTreeRoot: 'structure-changed',
  MarkInfo: 'structure-changed',
  Perms: 'permissions-changed',
  ViewerPreferences: 'view-changed',
  Annots: 'annotation-changed',
  V: 'signature-replaced',
  DR: 'form-changed',
  CO: 'form-changed',
  XFA: 'form-changed',
};

function* climb(step: Step, object: number): Generator<number> {
  const seen = new Set([object]);
  const waiting = [object];
  for (let at = waiting.shift(); at !== undefined && seen.size < 500; at = waiting.shift()) {
    yield at;
    for (const { holder } of step.graph.referrers(at, step.index - 1)) {
      if (seen.has(holder)) continue;
      seen.add(holder);
      waiting.push(holder);
    }
  }
}

/** A name for what no part explains: from the nearest place that tells. */
function named(step: Step, object: number): ChangeCode {
  const { places, tree } = pagesIn(step.file, step.graph, step.reading, step.index - 1);
  let inside: ChangeCode | undefined;
  for (const at of climb(step, object)) {
    for (const { path, holder } of step.graph.referrers(at, step.index - 1)) {
      const keys = path.split('.');
      if (keys.includes('AP')) return isSigned(step, holder) ? 'signature-picture-swapped' : 'picture-swapped';
      const code = keys.map((key) => byKey[key]).find((one) => one !== undefined);
      // Resources of a picture: whose picture it is says more.
      if (code === 'resources-changed' && !places.has(holder) && !tree.has(holder)) inside = code;
      else if (code !== undefined) return code;
    }
  }
  return inside ?? 'undefined-change';
}

function isSigned(step: Step, field: number): boolean {
  const dictionary = asDictionary(read(objectOf(step.before, field)));
  return dictionary !== undefined && nameIn(dictionary.value, 'FT') === 'Sig' && dictionary.value.entries.has('V');
}
