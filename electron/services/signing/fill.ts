import { edited, entryOf, objectOf, rectangleOf, type FieldRule, type Found, type FormField, type IncrementPlan, type PdfDictionary, type PdfView } from '../../foundation/pdf/index.ts';
import { isLocked } from './earlier.ts';
import { damaged, read, Refused } from './refusals.ts';
import type { Filling } from './wish.ts';

/**
 * The objects that filling in text fields takes. Nothing but /V and /AP of the fields changes, not even a flag: that is all that
 * strict readers let pass after a signature, and a lock keeps others from changing it again.
 */
export function filledFields(view: PdfView, fields: readonly FormField[], locks: readonly FieldRule[], { values, draw }: Filling, first: number): IncrementPlan['objects'] {
  const places = values.map(({ field: name, value }) => {
    const [field, twin] = fields.filter((one) => one.name === name);
    if (field === undefined || twin !== undefined) throw new Refused({ code: 'field-unknown', field: name });
    if (locks.some((lock) => isLocked(lock, name))) throw new Refused({ code: 'field-locked', field: name });
    const [widget, other] = field.widgets;
    if (field.type !== 'Tx' || widget === undefined || other !== undefined) throw new Refused({ code: 'field-not-text', field: name });
    if (field.value !== undefined && !isEmpty(field.value)) throw new Refused({ code: 'field-filled', field: name });
    const shown = widgetAt(view, widget);
    const [left, bottom, right, top] = rectangleOf(read(entryOf(view, shown, 'Rect'))?.value) ?? [0, 0, 0, 0];
    return { field, shown, value, width: right - left, height: top - bottom };
  });
  const objects = [...draw(first, places)];
  for (const [index, { field, shown, value }] of places.entries()) {
    const entries = { V: { text: value } };
    const picture = { AP: { dictionary: { N: { reference: first + index } } } };
    if (shown.holder.number === field.number) objects.push({ number: field.number, value: edited(field.field, { ...entries, ...picture }) });
    else objects.push({ number: field.number, value: edited(field.field, entries) }, { number: shown.holder.number, value: edited(shown, picture) });
  }
  return objects;
}

function isEmpty({ value }: Found): boolean {
  return value.kind === 'null' || (value.kind === 'string' && value.bytes.length === 0);
}

/** What shows a field on a page. */
export function widgetAt(view: PdfView, number: number): Found<PdfDictionary> {
  const one = read(objectOf(view, number));
  if (one?.value.kind !== 'dictionary') throw damaged([{ code: 'wrong-type', at: one?.holder.from ?? 0 }]);
  return { value: one.value, holder: one.holder };
}
