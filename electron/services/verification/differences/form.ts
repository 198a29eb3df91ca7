import { integerOf, objectOf, type Found, type FormField, type PdfDictionary } from '../../../foundation/pdf/index.ts';
import type { NewFields } from './new-fields.ts';
import { formIn, note, type Step } from './step.ts';
import { asDictionary, dictionaryUnder, isSame, itemsOf, keysChanged, read, under } from './values.ts';

/** Compares the form itself (ISO 32000-1 12.7.2): what it had it keeps, and what came are fields, flags and resources. */
export function compareForm(step: Step, fresh: NewFields): void {
  const { catalogBefore, catalogAfter } = step;
  const before = dictionaryUnder(step.before, catalogBefore, 'AcroForm');
  const after = dictionaryUnder(step.after, catalogAfter, 'AcroForm');
  const object = after?.holder.number ?? catalogAfter.holder.number;
  if (after === undefined) {
    if (before !== undefined || under(step.after, catalogAfter, 'AcroForm') !== undefined) note(step, 'form-changed', { object });
    return;
  }
  const old: Found<PdfDictionary> = before ?? { value: { ...after.value, entries: new Map() }, holder: after.holder };
  const keys = new Set([...keysChanged(old, after), 'Fields', 'DR']);
  const isExtended = [...keys].map((key) => compareEntry(step, old, after, key, fresh)).includes(true);
  if (isExtended) note(step, 'form-extended', { object });
}

/** Answers whether the form was extended here. */
function compareEntry(step: Step, before: Found<PdfDictionary>, after: Found<PdfDictionary>, key: string, fresh: NewFields): boolean {
  const object = after.holder.number;
  const one = under(step.before, before, key);
  const other = under(step.after, after, key);
  switch (key) {
    case 'Fields':
      return compareFieldList(step, one, other, fresh);
    case 'SigFlags': {
      const flags = integerOf(one?.value) ?? 0;
      const kept = ((integerOf(other?.value) ?? 0) & flags) === flags;
      if (!kept) note(step, 'form-changed', { object });
      return kept;
    }
    case 'DR': {
      const extension = one === undefined ? other !== undefined && 'more' : resourcesExtended(step, one, other);
      if (extension === 'other') note(step, 'form-changed', { object });
      return extension === 'more' && isDrawnAlike(step, object);
    }
    case 'DA':
      if (one !== undefined) note(step, 'form-changed', { object });
      return one === undefined && isDrawnAlike(step, object);
    case 'NeedAppearances': {
      const isLeft = other?.value.kind === 'boolean' && other.value.value;
      if (isLeft) note(step, 'fill-left-to-reader', { object });
      return !isLeft && isDrawnAlike(step, object);
    }
    default:
      if (!isSame(one, other)) note(step, 'form-changed', { object });
      return false;
  }
}

/** Whether readers draw all fields as before: those that the signed revision left to them, with a value, they would draw anew. */
function isDrawnAlike(step: Step, object: number): boolean {
  const isLeft = leftToReader(step);
  if (isLeft) note(step, 'fill-left-to-reader', { object });
  return !isLeft;
}

function leftToReader({ before, catalogBefore }: Step): boolean {
  const all = under(before, dictionaryUnder(before, catalogBefore, 'AcroForm'), 'NeedAppearances')?.value;
  const isAll = all?.kind === 'boolean' && all.value;
  const hasPicture = (widget: number): boolean => under(before, dictionaryUnder(before, asDictionary(read(objectOf(before, widget))), 'AP'), 'N') !== undefined;
  const isFilled = ({ value }: FormField): boolean => value !== undefined && !(value.value.kind === 'string' && value.value.bytes.length === 0);
  const written = formIn(before)?.fields.filter((field) => (field.type === 'Tx' || field.type === 'Ch') && isFilled(field)) ?? [];
  return written.some(({ widgets }) => isAll || !widgets.every(hasPicture));
}

/** Default resources: groups by kind, each possibly an object of its own. What they named before they name still. */
function resourcesExtended(step: Step, one: Found, other: Found | undefined): 'same' | 'more' | 'other' {
  if (one.value.kind !== 'dictionary' || other?.value.kind !== 'dictionary') return 'other';
  const before = { value: one.value, holder: one.holder };
  const after = { value: other.value, holder: other.holder };
  let isMore = after.value.entries.size > before.value.entries.size;
  for (const key of before.value.entries.keys()) {
    const group = under(step.before, before, key);
    const now = under(step.after, after, key);
    if (isSame(group, now)) continue;
    if (group?.value.kind !== 'dictionary' || now?.value.kind !== 'dictionary') return 'other';
    const names = keysChanged({ value: group.value, holder: group.holder }, { value: now.value, holder: now.holder });
    if (names.some((name) => group.value.kind === 'dictionary' && group.value.entries.has(name))) return 'other';
    isMore = true;
  }
  return isMore ? 'more' : 'same';
}

function compareFieldList(step: Step, one: Found | undefined, other: Found | undefined, fresh: NewFields): boolean {
  const before = itemsOf(one);
  const after = itemsOf(other);
  const kept = one === undefined || (other !== undefined && before.every((value, n) => {
    const now = after[n];
    return now !== undefined && isSame({ value, holder: one.holder }, { value: now, holder: other.holder });
  }));
  if (!kept) note(step, 'field-removed');
  const added = kept ? after.slice(before.length) : [];
  for (const item of added) {
    if (item.kind === 'reference') fresh.fields.push(item.number);
    else note(step, 'field-added');
  }
  return added.length > 0;
}
