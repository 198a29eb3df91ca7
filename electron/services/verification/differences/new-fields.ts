import { integerIn, nameIn, objectOf, textOf, type Found, type PdfDictionary } from '../../../foundation/pdf/index.ts';
import { boxOf, rectangleIn } from './content/appearance.ts';
import { classOf, type ChangeCode } from './policy.ts';
import { namesBefore, note, rememberNames, type AddedSignature, type Step } from './step.ts';
import { asDictionary, dictionaryUnder, itemsOf, read, under } from './values.ts';

/** What a revision adds to the list of fields and to the annotations of pages. */
export type NewFields = { readonly fields: number[]; readonly widgets: { readonly number: number; readonly page: number }[] };

/** What a new signature field and its widget may say; a script, a layer or anything unknown is no part of signing. */
const allowed = [
  'Type', 'Subtype', 'FT', 'T', 'TU', 'TM', 'F', 'Ff', 'P', 'Rect', 'AP', 'V', 'Lock', 'SV', 'DR', 'DA', 'MK', 'M', 'NM', 'Border', 'BS', 'C', 'H', 'Q', 'Parent', 'Kids', 'Contents',
];
const named: Readonly<Record<string, ChangeCode>> = { A: 'action-added', AA: 'action-added', OC: 'layers-changed' };

/** New fields are signature fields that are signed with them; new widgets are theirs, and each is on one page. */
export function judgeNewFields(step: Step, fresh: NewFields): void {
  const known = new Set<number>();
  const names = new Set(fresh.fields.length === 0 ? [] : namesBefore(step));
  for (const number of fresh.fields) judgeField(step, fresh, number, names, known);
  const isPlain = fresh.fields.length > 0 && step.findings.every(({ code }) => classOf(code, 'none') === 'permitted');
  if (isPlain) rememberNames(step, names);
  for (const { number, page } of fresh.widgets) {
    if (known.has(number)) continue;
    const widget = dictionaryOf(step, number);
    const box = widget && boxOf(widget, step.after);
    note(step, 'annotation-added', { object: number, page, ...(box === undefined ? {} : { box }) });
  }
}

function dictionaryOf(step: Step, number: number): Found<PdfDictionary> | undefined {
  return asDictionary(read(objectOf(step.after, number)));
}

function judgeField(step: Step, fresh: NewFields, number: number, names: Set<string>, known: Set<number>): void {
  const field = dictionaryOf(step, number);
  const partial = under(step.after, field, 'T')?.value;
  const name = partial?.kind === 'string' ? textOf(partial.bytes) : '';
  const place = { object: number, field: name };
  if (!step.added.has(number) || field === undefined || nameIn(field.value, 'FT') !== 'Sig' || name === '' || names.has(name)) {
    note(step, step.added.has(number) ? 'field-added' : 'existing-object-shown', place);
    return;
  }
  names.add(name);
  const kids = itemsOf(under(step.after, field, 'Kids')).map((item) => (item.kind === 'reference' ? item.number : -1));
  const widgets = kids.length === 0 ? [number] : kids;
  const shown: AddedSignature['shown'][number][] = [];
  for (const widget of widgets) {
    const dictionary = dictionaryOf(step, widget);
    const isOwn = dictionary !== undefined && step.added.has(widget) && (widget === number || isKidOf(step, dictionary, number));
    if (!isOwn) {
      note(step, 'field-added', place);
      return;
    }
    known.add(widget);
    const listed = fresh.widgets.filter((one) => one.number === widget);
    if (listed.length > 1) note(step, 'annotation-added', { ...place, page: listed[1]?.page ?? 0 });
    const [first] = listed;
    const box = boxOf(dictionary, step.after);
    if (first !== undefined && box !== undefined && isSeen(dictionary)) shown.push({ page: first.page, box, widget });
    for (const key of dictionary.value.entries.keys()) if (!allowed.includes(key)) note(step, named[key] ?? 'undefined-change', { ...place, ...(first === undefined ? {} : { page: first.page }) });
    checkAppearance(step, dictionary, name, first?.page);
    const isStated = !dictionary.value.entries.has('F') || integerIn(dictionary.value, 'F') !== undefined;
    // What is written so that one reader does not see its place or its flags, another one may.
    if (!isStated || (dictionary.value.entries.has('Rect') && rectangleIn(step.after, dictionary, 'Rect') === undefined)) note(step, 'undefined-change', place);
    const flags = integerIn(dictionary.value, 'F') ?? 0;
    if ((flags & ~usualFlags) !== 0) note(step, 'undefined-change', place);
  }
  if (widgets !== kids) for (const key of field.value.entries.keys()) if (key === 'Parent') note(step, 'field-added', place);
  const value = signatureIn(step, field);
  if (value === 'none') note(step, 'empty-signature-field-added', { ...place, ...shown[0] && { page: shown[0].page, box: shown[0].box } });
  else if (value === 'other') note(step, 'signature-replaced', place);
  else step.signatures.push({ revision: step.index, dictionary: value.number, field: name, object: number, isNewField: true, isTimestamp: value.isTimestamp, isOnText: false, shown });
}

function isKidOf(step: Step, widget: Found<PdfDictionary>, field: number): boolean {
  const parent = widget.value.entries.get('Parent');
  return parent?.kind === 'reference' && parent.number === field && !widget.value.entries.has('T') && under(step.after, widget, 'Kids') === undefined;
}

/** Hidden, Print, NoView, ReadOnly, Locked, LockedContents (12.5.3); the others let a widget leave its box or come up later. */
const usualFlags = 2 | 4 | 32 | 64 | 128 | 512;

/** Hidden (ISO 32000-1 12.5.3) is seen nowhere; without a view it is still printed. */
function isSeen(widget: Found<PdfDictionary>): boolean {
  return ((integerIn(widget.value, 'F') ?? 0) & 2) === 0;
}

/** The picture of a new signature is new too: what lay hidden in the signed revision is not brought to light by it. */
export function checkAppearance(step: Step, widget: Found<PdfDictionary>, field: string, page: number | undefined): boolean {
  const pictures = dictionaryUnder(step.after, widget, 'AP');
  const stream = under(step.after, pictures, 'N');
  const isFresh = stream === undefined || (stream.value.kind === 'stream' && step.added.has(stream.holder.number));
  // Those that come up under the mouse (12.5.5) would be looked at by nobody; and of several states a reader may take any.
  const isSole = pictures === undefined || [...pictures.value.entries].every(([key, value]) => key === 'N' || value.kind === 'null');
  if (!isSole) note(step, 'picture-swapped', { object: widget.holder.number, field, ...(page === undefined ? {} : { page }) });
  if (!isFresh) note(step, 'existing-object-shown', { object: widget.holder.number, field, ...(page === undefined ? {} : { page }) });
  return isFresh && isSole;
}

/** What a signature field's /V leads to: a signature dictionary that came with this revision, nothing, or something else. */
export function signatureIn(step: Step, field: Found<PdfDictionary>): { readonly number: number; readonly isTimestamp: boolean } | 'none' | 'other' {
  const value = field.value.entries.get('V');
  if (value === undefined || value.kind === 'null') return 'none';
  if (value.kind !== 'reference' || !step.added.has(value.number)) return 'other';
  const dictionary = dictionaryOf(step, value.number);
  const isSignature = dictionary !== undefined && dictionary.value.entries.has('ByteRange') && dictionary.value.entries.has('Contents');
  return isSignature ? { number: value.number, isTimestamp: isTimestamp(dictionary) } : 'other';
}

/** Both must say it (ISO 32000-2 12.8.5): what calls itself one and is signed by a person is a signature. */
function isTimestamp({ value }: Found<PdfDictionary>): boolean {
  return nameIn(value, 'Type') === 'DocTimeStamp' && nameIn(value, 'SubFilter') === 'ETSI.RFC3161';
}
