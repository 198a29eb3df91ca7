import { vietnamTime } from '../../foundation/clock.ts';
import {
  asItStands,
  catalogOf,
  edited,
  entryOf,
  formOf,
  lockOf,
  nextNumber,
  pagesOf,
  rectangleOf,
  viewOf,
  type Found,
  type FormField,
  type IncrementPlan,
  type PdfDictionary,
  type PdfEntries,
  type PdfFile,
  type PdfForm,
  type PdfPage,
  type PdfValue,
  type PdfView,
} from '../../foundation/pdf/index.ts';
import { earlierSignatures, isLocked, type Earlier } from './earlier.ts';
import { filledFields, widgetAt } from './fill.ts';
import { damaged, read, Refused } from './refusals.ts';
import type { Appearance, FieldWish, Lock, SigningWish } from './wish.ts';

export type SigningPlan = { readonly increment: IncrementPlan; readonly field: string };

/** The part of a wish that says what the file will hold. */
export type PlannedWish = Pick<SigningWish, 'field' | 'at' | 'certify' | 'lock' | 'appearance' | 'fill' | 'name' | 'reason'>;

type Objects = IncrementPlan['objects'][number][];

type Work = {
  readonly view: PdfView;
  readonly wish: Pick<PlannedWish, 'lock' | 'appearance' | 'fill'>;
  readonly form: PdfForm | undefined;
  readonly catalog: Found<PdfDictionary>;
  /** the signature dictionary's */
  readonly signature: number;
  readonly objects: Objects;
  /** entries of the catalog and of the form that change */
  readonly catalogChanges: Record<string, PdfValue>;
  readonly formChanges: Record<string, PdfValue>;
};

/** Print and Locked (ISO 32000-1 12.5.3): it is printed, and no reader lets it be dragged away. */
export const widgetFlags = 132;
/** SignaturesExist and AppendOnly (12.7.2, table 219). */
export const signedForm = 3;

/**
 * The objects that one more signature takes: its dictionary with room for the CMS, its field, and of form, page and
 * catalog no more than must change, because strict readers look at each object that a later revision touches.
 */
export function planOf(file: PdfFile, wish: PlannedWish, contentsBytes: number): SigningPlan {
  const earlier = earlierSignatures(file);
  if (wish.certify !== undefined && (earlier.isSigned || earlier.isCertified)) throw new Refused({ code: 'certify-not-first' });
  const work = workOn(file, wish);
  const { catalog, signature } = work;
  const { name, lock } = wish.field.kind === 'existing' ? inExistingField(work, earlier, wish.field.name) : inNewField(work, earlier, wish.field);
  work.objects.push({ number: signature, value: signatureDictionary(work, wish, lock, contentsBytes) });
  if (wish.certify !== undefined) {
    // Only the first signature comes here: what else /Perms may hold is carried over.
    const before = read(entryOf(work.view, catalog, 'Perms'));
    const entries = { DocMDP: { reference: signature } };
    work.catalogChanges['Perms'] = before?.value.kind === 'dictionary' ? edited({ value: before.value, holder: before.holder }, entries) : { dictionary: entries };
  }
  if (wish.fill !== undefined) work.objects.push(...filledFields(work.view, work.form?.fields ?? [], earlier.locks, wish.fill, Math.max(...work.objects.map((one) => one.number)) + 1));
  writeForm(work);
  return { increment: { objects: work.objects }, field: name };
}

/**
 * The objects of a document time-stamp (ISO 32000-2 12.8.5) in a field of its own on the first page, which is not seen.
 * Permitted whatever earlier signatures say: what adds only document time-stamps or a DSS is no change in the sense of
 * DocMDP (12.8.2.2, table 257, every P) nor of a lock's /P (table 236 as corrected by ISO), and sets no value of a locked
 * field (12.8.2.4; strict readers agree).
 */
export function timestampPlanOf(file: PdfFile, contentsBytes: number): SigningPlan {
  const work = workOn(file, {});
  const name = freeName(work.form?.fields.map((one) => one.name) ?? [], 'DauThoiGian');
  inNewField(work, { isSigned: true, isCertified: false, locks: [] }, { kind: 'new', page: 1, name });
  const entries: PdfEntries = {
    Type: { name: 'DocTimeStamp' },
    Filter: { name: 'Adobe.PPKLite' },
    SubFilter: { name: 'ETSI.RFC3161' },
    ByteRange: { byteRange: 'of this increment' },
    Contents: { contentsBytes },
  };
  work.objects.push({ number: work.signature, value: { dictionary: entries } });
  writeForm(work);
  return { increment: { objects: work.objects }, field: name };
}

function workOn(file: PdfFile, wish: Work['wish']): Work {
  const view = viewOf(file);
  return { view, wish, form: read(formOf(view)), catalog: read(catalogOf(view)), signature: nextNumber(file), objects: [], catalogChanges: {}, formChanges: {} };
}

type Placed = { readonly name: string; readonly lock: Lock | undefined };

function inExistingField(work: Work, earlier: Earlier, name: string): Placed {
  const { view, wish, form, signature, objects } = work;
  const [field, twin] = form?.fields.filter((one) => one.name === name) ?? [];
  if (field === undefined || twin !== undefined) throw new Refused({ code: 'field-unknown', field: name });
  if (field.type !== 'Sig') throw new Refused({ code: 'field-not-signature', field: name });
  if (field.value !== undefined) throw new Refused({ code: 'field-signed', field: name });
  mayBeSigned(earlier, name);
  const demands = read(entryOf(view, field.field, 'SV'))?.value;
  const flags = demands?.kind === 'dictionary' ? demands.entries.get('Ff') : undefined;
  if (flags !== undefined && !(flags.kind === 'number' && flags.value === 0)) throw new Refused({ code: 'field-demands', field: name });
  const value = { V: { reference: signature } };
  const isMerged = field.widgets.includes(field.number);
  const [first] = field.widgets;
  const shown = wish.appearance === undefined || first === undefined ? undefined : shownOn(work, wish.appearance, first);
  objects.push({ number: field.number, value: edited(field.field, { ...value, ...(isMerged ? shown : {}) }) });
  for (const number of isMerged ? [] : field.widgets) {
    // Poppler and MuPDF look for the signature of a field in its widget only.
    objects.push({ number, value: edited(widgetAt(view, number), { ...value, ...(number === first ? shown : {}) }) });
  }
  return { name, lock: lockOfField(view, field) ?? wish.lock };
}

function lockOfField(view: PdfView, field: FormField): Lock | undefined {
  const lock = read(lockOf(view, field));
  if (lock === undefined) return undefined;
  const action = (['All', 'Include', 'Exclude'] as const).find((one) => one === lock.action);
  if (action === undefined) throw new Refused({ code: 'field-demands', field: field.name });
  return { action, fields: lock.fields };
}

/** Draws the appearance of a widget and answers the entry that shows it. */
function shownOn({ view, objects, signature }: Work, appearance: Appearance, number: number): PdfEntries {
  const box = read(entryOf(view, widgetAt(view, number), 'Rect'))?.value;
  const [left, bottom, right, top] = rectangleOf(box) ?? [0, 0, 0, 0];
  objects.push(...appearance(signature + 1, { width: right - left, height: top - bottom }));
  return { AP: { dictionary: { N: { reference: signature + 1 } } } };
}

function inNewField(work: Work, earlier: Earlier, field: Extract<FieldWish, { kind: 'new' }>): Placed {
  const { view, wish, form, signature, objects } = work;
  const names = form?.fields.map((one) => one.name) ?? [];
  const name = field.name ?? freeName(names, 'ChuKySo');
  if (name === '' || name.includes('.')) throw new Refused({ code: 'field-name-wrong', field: name });
  if (isTaken(names, name)) throw new Refused({ code: 'field-name-taken', field: name });
  mayBeSigned(earlier, name);
  const pages = read(pagesOf(view));
  const page = pages[field.page - 1];
  if (page === undefined) throw new Refused({ code: 'page-unknown', page: field.page, pages: pages.length });
  const number = signature + 1;
  const { left, bottom, width, height } = field.box ?? { left: 0, bottom: 0, width: 0, height: 0 };
  const appearance = field.box === undefined ? undefined : (wish.appearance ?? nothingShown);
  const drawn = appearance?.(number + 1, { width, height }) ?? [];
  const lock = Math.max(number, ...drawn.map((one) => one.number)) + 1;
  const entries: PdfEntries = {
    Type: { name: 'Annot' },
    Subtype: { name: 'Widget' },
    FT: { name: 'Sig' },
    T: { text: name },
    F: widgetFlags,
    P: { reference: page.number, generation: page.page.holder.generation },
    Rect: [left, bottom, left + width, bottom + height],
    AP: drawn.length === 0 ? undefined : { dictionary: { N: { reference: number + 1 } } },
    Lock: wish.lock && { reference: lock },
    V: { reference: signature },
  };
  objects.push({ number, value: { dictionary: entries } }, ...drawn);
  if (wish.lock !== undefined) objects.push({ number: lock, value: { dictionary: { Type: { name: 'SigFieldLock' }, ...lockEntries(wish.lock) } } });
  objects.push(pageWithAnnotations(view, pages, page, [number]));
  if (form === undefined) work.formChanges['Fields'] = [{ reference: number }];
  else {
    const inForm = withReferences(view, form.form, 'Fields', [number]);
    if (inForm.object === undefined) work.formChanges['Fields'] = inForm.list;
    else objects.push(inForm.object);
  }
  return { name, lock: wish.lock };
}

/** A page, or its own list of annotations alone, with more of them. */
export function pageWithAnnotations(view: PdfView, pages: readonly PdfPage[], page: PdfPage, numbers: readonly number[]): Objects[number] {
  const annotations = page.page.value.entries.get('Annots');
  const isShared = annotations?.kind === 'reference' && pages.some((other) => other !== page && isReferenceTo(other.page, annotations.number));
  const onPage = withReferences(view, page.page, 'Annots', numbers);
  return onPage.object !== undefined && !isShared ? onPage.object : { number: page.number, value: edited(page.page, { Annots: onPage.list }) };
}

function isReferenceTo(page: Found<PdfDictionary>, number: number): boolean {
  const annotations = page.value.entries.get('Annots');
  return annotations?.kind === 'reference' && annotations.number === number;
}

function mayBeSigned({ locks }: Earlier, name: string): void {
  if (locks.some((lock) => isLocked(lock, name))) throw new Refused({ code: 'field-locked', field: name });
}

function isTaken(names: readonly string[], name: string): boolean {
  return names.some((one) => one === name || one.startsWith(`${name}.`));
}

function freeName(names: readonly string[], stem: string): string {
  for (let n = 1; ; n += 1) {
    const name = `${stem}${String(n)}`;
    if (!isTaken(names, name)) return name;
  }
}

/** A list with more references; `object` where it is an object of its own, which can then be written alone. */
export function withReferences(view: PdfView, parent: Found<PdfDictionary>, key: string, numbers: readonly number[]): { readonly list: PdfValue; readonly object: Objects[number] | undefined } {
  const before = read(entryOf(view, parent, key));
  if (before !== undefined && before.value.kind !== 'array') throw damaged([{ code: 'wrong-type', at: before.holder.from }]);
  const items = before?.value.kind === 'array' ? before.value.items.map((value) => asItStands({ value, holder: before.holder })) : [];
  const list = [...items, ...numbers.map((reference) => ({ reference }))];
  const isOwn = before !== undefined && parent.value.entries.get(key)?.kind === 'reference';
  return { list, object: isOwn ? { number: before.holder.number, value: list } : undefined };
}

/** Readers want an appearance wherever there is a box (ISO 32000-2 12.5.5). */
export const nothingShown: Appearance = (first, { width, height }) => [
  { number: first, value: { dictionary: { Type: { name: 'XObject' }, Subtype: { name: 'Form' }, BBox: [0, 0, width, height], Resources: { dictionary: {} } }, stream: Buffer.alloc(0) } },
];

function lockEntries({ action, fields }: Lock): PdfEntries {
  return { Action: { name: action }, Fields: action === 'All' ? undefined : fields.map((text) => ({ text })) };
}

function signatureDictionary({ catalog }: Work, wish: PlannedWish, lock: Lock | undefined, contentsBytes: number): PdfValue {
  const transform = (method: string, parameters: PdfEntries, data?: PdfValue): PdfValue => ({
    dictionary: {
      Type: { name: 'SigRef' },
      TransformMethod: { name: method },
      Data: data,
      TransformParams: { dictionary: { Type: { name: 'TransformParams' }, V: { name: '1.2' }, ...parameters } },
    },
  });
  const root = { reference: catalog.holder.number, generation: catalog.holder.generation };
  const references = [
    ...(wish.certify === undefined ? [] : [transform('DocMDP', { P: wish.certify })]),
    ...(lock === undefined ? [] : [transform('FieldMDP', lockEntries(lock), root)]),
  ];
  return {
    dictionary: {
      Type: { name: 'Sig' },
      Filter: { name: 'Adobe.PPKLite' },
      SubFilter: { name: 'ETSI.CAdES.detached' },
      ByteRange: { byteRange: 'of this increment' },
      Contents: { contentsBytes },
      M: { text: pdfDate(wish.at) },
      Name: wish.name === undefined ? undefined : { text: wish.name },
      Reason: wish.reason === undefined ? undefined : { text: wish.reason },
      Reference: references.length === 0 ? undefined : references,
    },
  };
}

/** A date (ISO 32000-1 7.9.4) on Vietnam's clock, with its distance from UTC, as NĐ 30/2020 wants times shown. */
function pdfDate(instant: Date): string {
  return `D:${vietnamTime(instant).slice(0, 19).replaceAll(/[-T:]/g, '')}+07'00'`;
}

/** Form and catalog, each only where something in it changes; a form that stands inside the catalog changes that. */
function writeForm({ form, signature, objects, catalog, catalogChanges, formChanges }: Work): void {
  const flags = form?.sigFlags ?? 0;
  if ((flags & signedForm) !== signedForm) formChanges['SigFlags'] = flags | signedForm;
  if (form === undefined) {
    const number = Math.max(signature, ...objects.map((one) => one.number)) + 1;
    objects.push({ number, value: { dictionary: formChanges } });
    catalogChanges['AcroForm'] = { reference: number };
  } else if (Object.keys(formChanges).length > 0) {
    const value = edited(form.form, formChanges);
    if (form.form.holder.number === catalog.holder.number) catalogChanges['AcroForm'] = value;
    else objects.push({ number: form.form.holder.number, value });
  }
  if (Object.keys(catalogChanges).length > 0) objects.push({ number: catalog.holder.number, value: edited(catalog, catalogChanges) });
}
