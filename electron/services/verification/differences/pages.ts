import { nameIn, objectOf, type PdfObject } from '../../../foundation/pdf/index.ts';
import { boxOf } from './content/appearance.ts';
import type { NewFields } from './new-fields.ts';
import type { ChangeCode } from './policy.ts';
import { note, pagesIn, type Pages, type Step } from './step.ts';
import { asDictionary, isSame, itemsOf, keysChanged, read, resolved, under } from './values.ts';

/** Compares the page trees: which pages, and in which order; nodes besides that may not be touched at all. */
export function comparePageTree(step: Step): void {
  const before = pagesIn(step.file, step.graph, step.reading, step.index - 1).order;
  const after = pagesIn(step.file, step.graph, step.reading, step.index).order;
  if (after.length > before.length) note(step, 'pages-added', { page: after.findIndex((number) => !before.includes(number)) });
  else if (after.length < before.length) note(step, 'pages-removed', { page: before.findIndex((number) => !after.includes(number)) });
  else if (after.some((number, n) => number !== before[n])) note(step, 'pages-exchanged', { page: after.findIndex((number, n) => number !== before[n]) });
  else note(step, 'page-tree-changed');
}

/** Entries of a page (ISO 32000-1 7.7.3.3) whose change has a name of its own. */
const byKey: Readonly<Record<string, ChangeCode>> = {
  Contents: 'content-changed',
  Resources: 'resources-changed',
  Group: 'resources-changed',
  Rotate: 'page-rotated',
  MediaBox: 'page-box-changed',
  CropBox: 'page-box-changed',
  BleedBox: 'page-box-changed',
  TrimBox: 'page-box-changed',
  ArtBox: 'page-box-changed',
  UserUnit: 'page-box-changed',
  AA: 'action-added',
  AF: 'files-attached',
  StructParents: 'structure-changed',
  Parent: 'page-tree-changed',
  Type: 'page-tree-changed',
};

export function comparePage(step: Step, pages: Pages, object: number, fresh: NewFields): void {
  const page = pages.places.get(object);
  const before = asDictionary(read(objectOf(step.before, object)));
  const after = asDictionary(read(objectOf(step.after, object)));
  if (page === undefined || before === undefined || after === undefined) {
    note(step, 'page-changed', { object });
    return;
  }
  for (const key of keysChanged(before, after)) if (key !== 'Annots') note(step, byKey[key] ?? 'page-changed', { object, page });
  const list = under(step.before, before, 'Annots');
  const listNow = under(step.after, after, 'Annots');
  const items = itemsOf(list);
  const itemsNow = itemsOf(listNow);
  const isKept = list === undefined || (listNow !== undefined && items.every((value, n) => {
    const now = itemsNow[n];
    return now !== undefined && isSame({ value, holder: list.holder }, { value: now, holder: listNow.holder });
  }));
  if (!isKept) note(step, 'annotation-changed', { object, page });
  const isShared = list !== undefined && list.holder.number !== object && pages.order.filter((other) => isListOf(step, other, list.holder.number)).length > 1;
  if (isShared && itemsNow.length !== items.length) note(step, 'annotation-added', { object: list.holder.number, page });
  const isOtherKind = listNow !== undefined && listNow.value.kind !== 'array';
  if (isOtherKind) note(step, 'annotation-changed', { object, page });
  const isOld = (item: PdfObject): boolean => listNow !== undefined && list !== undefined && items.some((value) => isSame({ value, holder: list.holder }, { value: item, holder: listNow.holder }));
  for (const item of isKept ? itemsNow.slice(items.length) : itemsNow.filter((one) => !isOld(one))) added(step, item, page, fresh);
}

function isListOf(step: Step, page: number, list: number): boolean {
  return step.graph.referrers(list, step.index).some(({ holder, path }) => holder === page && path === 'Annots');
}

function added(step: Step, item: PdfObject, page: number, fresh: NewFields): void {
  const holder = step.catalogAfter.holder;
  const one = asDictionary(resolved(step.after, { value: item, holder }));
  const box = one && boxOf(one, step.after);
  const place = { page, ...(box === undefined ? {} : { box }), ...(item.kind === 'reference' ? { object: item.number } : {}) };
  if (item.kind !== 'reference' || one === undefined) note(step, 'annotation-added', place);
  else if (!step.added.has(item.number)) note(step, 'existing-object-shown', place);
  else if (nameIn(one.value, 'Subtype') === 'Widget') fresh.widgets.push({ number: item.number, page });
  else note(step, 'annotation-added', place);
}
