import { integerIn, nameIn, objectOf, pagesOf, textOf, type Found, type FormField, type PdfDictionary, type PdfPage } from '../../../foundation/pdf/index.ts';
import { boxOf, drawnText, shownBy } from './content/appearance.ts';
import { underField } from './ground.ts';
import { checkAppearance, signatureIn } from './new-fields.ts';
import { formIn, note, pagesIn, type AddedSignature, type Step } from './step.ts';
import { coversText } from './content/cover.ts';
import { shared, type Area } from './content/geometry.ts';
import { asDictionary, dictionaryUnder, isSame, itemsOf, keysChanged, read, under } from './values.ts';

/** Compares fields that the file had: filled, signed, or changed in what they are. `objects` are fields and widgets. */
export function compareFields(step: Step, objects: readonly number[]): void {
  if (objects.length === 0) return;
  const fields = formIn(step.before)?.fields ?? [];
  const touched = new Set<FormField>();
  for (const object of objects) {
    const field = fields.find(({ number, widgets }) => number === object || widgets.includes(object));
    if (field === undefined) note(step, isAnnotation(step, object) ? 'annotation-changed' : 'field-changed', { object, ...placeOf(step, object) });
    else touched.add(field);
  }
  for (const field of touched) compareField(step, field);
}

type Pair = { readonly number: number; readonly before: Found<PdfDictionary>; readonly after: Found<PdfDictionary>; readonly keys: readonly string[] };

function compareField(step: Step, field: FormField): void {
  const pairs = [...new Set([field.number, ...field.widgets])].map((number): Pair | undefined => {
    const before = asDictionary(read(objectOf(step.before, number)));
    const after = asDictionary(read(objectOf(step.after, number)));
    return before && after && { number, before, after, keys: changedIn(step, before, after) };
  });
  const known = pairs.filter((pair) => pair !== undefined);
  if (known.length < pairs.length) note(step, 'field-removed', { object: field.number, field: field.name });
  if (known.every(({ keys }) => keys.length === 0)) return;
  if (field.type === 'Sig') compareSignatureField(step, field, known);
  else compareFilled(step, field, known);
}

/** Keys that differ; /AP also where it is an object of its own and was changed in its place. */
function changedIn(step: Step, before: Found<PdfDictionary>, after: Found<PdfDictionary>): readonly string[] {
  const keys = keysChanged(before, after);
  const isOther = !isSame(under(step.before, before, 'AP'), under(step.after, after, 'AP'));
  return isOther && !keys.includes('AP') ? [...keys, 'AP'] : keys;
}

const readOnly = 1;

/** Flags may get the one that forbids filling; anything else is another field. */
function checkFlags(step: Step, field: FormField, { number, before, after }: Pair): void {
  const [one, other] = [integerIn(before.value, 'Ff') ?? 0, integerIn(after.value, 'Ff') ?? 0];
  note(step, other === (one | readOnly) ? 'field-made-read-only' : 'field-changed', { object: number, field: field.name });
}

function compareSignatureField(step: Step, field: FormField, pairs: readonly Pair[]): void {
  const place = { object: field.number, field: field.name };
  const keys = new Set(pairs.flatMap((pair) => pair.keys));
  if (field.value !== undefined) {
    if (keys.has('V')) note(step, 'signature-replaced', place);
    if (keys.has('AP') || keys.has('AS')) note(step, 'signature-picture-swapped', { ...place, ...placeOf(step, field.widgets[0] ?? field.number) });
    for (const pair of pairs) if (pair.keys.includes('Ff')) checkFlags(step, field, pair);
    if ([...keys].some((key) => !['V', 'AP', 'AS', 'Ff'].includes(key))) note(step, 'field-changed', place);
    return;
  }
  const own = pairs.find(({ number }) => number === field.number);
  const value = own === undefined ? 'none' : signatureIn(step, own.after);
  for (const pair of pairs) {
    for (const key of pair.keys) {
      if (key === 'Ff') checkFlags(step, field, pair);
      else if (key === 'V') {
        if (!isSame(under(step.after, own?.after, 'V'), under(step.after, pair.after, 'V'))) note(step, 'signature-replaced', place);
      } else if (!['AP', 'M', 'F', 'DR'].includes(key)) note(step, 'field-changed', { ...place, object: pair.number });
    }
    if (pair.keys.includes('F') && (value === 'none' || isUncovered(pair))) note(step, 'field-changed', { ...place, object: pair.number });
    if (pair.keys.includes('AP') && value !== 'none') checkAppearance(step, pair.after, field.name, placeOf(step, pair.number).page);
  }
  if (value === 'none') {
    if (keys.has('AP')) note(step, 'picture-swapped', { ...place, ...placeOf(step, field.number) });
    return;
  }
  if (value === 'other') {
    note(step, 'signature-replaced', place);
    return;
  }
  const shown: AddedSignature['shown'][number][] = [];
  let isOnText = false;
  for (const pair of pairs) {
    const { page } = placeOf(step, pair.number);
    const box = field.widgets.includes(pair.number) ? boxOf(pair.after, step.after) : undefined;
    if (page === undefined || box === undefined) continue;
    shown.push({ page, box, widget: pair.number });
    if (!coversText(box, underField(step, page, field.widgets))) continue;
    isOnText = true;
    if (mayHaveHidden(step, field, pair)) note(step, 'fill-over-text', { object: pair.number, field: field.name, page, box });
  }
  step.signatures.push({ revision: step.index, dictionary: value.number, field: field.name, object: field.number, isNewField: false, isTimestamp: value.isTimestamp, isOnText, shown });
}

/** Whether flags let something be seen, or come up, that did not. */
function isUncovered({ before, after }: Pair): boolean {
  const usual = 4 | 64 | 128 | 512;
  return (((integerIn(before.value, 'F') ?? 0) ^ (integerIn(after.value, 'F') ?? 0)) & ~usual) !== 0;
}

const fillKeys = ['V', 'AP', 'AS', 'M', 'I', 'Ff'];

function compareFilled(step: Step, field: FormField, pairs: readonly Pair[]): void {
  const place = { object: field.number, field: field.name };
  for (const pair of pairs) {
    if (pair.keys.includes('Ff')) checkFlags(step, field, pair);
    if (pair.keys.some((key) => !fillKeys.includes(key))) note(step, 'field-changed', { ...place, object: pair.number, ...placeOf(step, pair.number) });
  }
  const isFilled = pairs.some(({ keys }) => ['V', 'AP', 'AS', 'I'].some((key) => keys.includes(key)));
  if (!isFilled) return;
  if ((field.flags & readOnly) !== 0) note(step, 'read-only-filled', { ...place, ...placeOf(step, field.widgets[0] ?? field.number) });
  const before = step.findings.length;
  const value = valueOf(step, field);
  let fontsFrom = 0;
  for (const pair of pairs.filter(({ number }) => field.widgets.includes(number))) {
    const where = { object: pair.number, field: field.name, ...placeOf(step, pair.number) };
    if (isOverText(step, field, pair, where)) note(step, 'fill-over-text', where);
    if (field.type === 'Btn') checkButton(step, pair, where);
    else fontsFrom = Math.max(fontsFrom, checkDrawn(step, field, pair, value, where));
  }
  if (step.findings.length === before) note(step, 'field-filled', { ...place, ...placeOf(step, field.widgets[0] ?? field.number), fontsFrom });
}

type Where = { readonly object: number; readonly field: string; readonly page?: number; readonly box?: Area };

/** Points: what is larger than any tick may be a sentence, kept ready for after the signature. */
const largestTick = 40;

/** A button shows one of the pictures that it had, and that is a tick. */
function checkButton(step: Step, { after, keys }: Pair, where: Where): void {
  const state = under(step.after, after, 'AS')?.value;
  const states = dictionaryUnder(step.after, dictionaryUnder(step.after, after, 'AP'), 'N');
  const isKnown = state?.kind === 'name' && (state.name === 'Off' || states?.value.entries.has(state.name) === true);
  const [left, bottom, right, top] = where.box ?? [0, 0, 0, 0];
  const isLarge = Math.max(right - left, top - bottom) > largestTick;
  if (keys.includes('AP')) note(step, 'picture-swapped', where);
  else if (!isKnown || isLarge) note(step, 'fill-unreadable', where);
}

/**
 * What is drawn must be what the field says it holds. Answers from which revision the fonts are that say so: whether they could draw
 * anything depends on which signature covers them.
 */
function checkDrawn(step: Step, field: FormField, { after, keys }: Pair, value: string | undefined, where: Where): number {
  if (keys.includes('AP') && !checkAppearance(step, after, field.name, where.page)) return 0;
  const isPassword = field.type === 'Tx' && (field.flags & (1 << 13)) !== 0;
  const isListBox = field.type === 'Ch' && (field.flags & (1 << 17)) === 0;
  const drawn = isPassword || isListBox ? undefined : drawnText(step.after, after, turnOf(step, where.page ?? 0));
  const isFormatted = dictionaryUnder(step.after, after, 'AA') !== undefined;
  const isShown = boxOf(after, step.after) !== undefined;
  if (drawn !== undefined && !isShown) return 0;
  if (drawn === undefined || value === undefined) note(step, 'fill-unreadable', where);
  else if (drawn.text === '' && plain(value) !== '' && under(step.after, after, 'AP') === undefined) note(step, 'fill-left-to-reader', where);
  else if (plain(drawn.text) !== plain(value)) note(step, isFormatted ? 'fill-unreadable' : 'fill-disagrees', where);
  return Math.max(0, ...(drawn?.ownFonts ?? []).map((font) => step.graph.writtenIn(font, step.index) ?? step.index));
}

const pagesRead = new WeakMap<Step, readonly PdfPage[]>();

/** How a page is shown turned. */
function turnOf(step: Step, page: number): 0 | 90 | 180 | 270 {
  const pages = pagesRead.get(step) ?? read(pagesOf(step.before));
  pagesRead.set(step, pages);
  const rotate = pages[page]?.inherited.get('Rotate')?.value;
  const asked = rotate?.kind === 'number' ? ((rotate.value % 360) + 360) % 360 : 0;
  return ([90, 180, 270] as const).find((one) => one === asked) ?? 0;
}

function plain(text: string): string {
  return text.normalize('NFC').replaceAll(/\s/g, '');
}

/** The text that a field holds now; of a choice, what stands for it in the list (12.7.4.4). */
function valueOf(step: Step, field: FormField): string | undefined {
  const dictionary = asDictionary(read(objectOf(step.after, field.number)));
  const value = under(step.after, dictionary, 'V')?.value;
  if (value === undefined) return '';
  if (value.kind !== 'string') return undefined;
  const text = textOf(value.bytes);
  if (field.type !== 'Ch') return text;
  const options = under(step.after, dictionary, 'Opt');
  for (const option of itemsOf(options)) {
    const [own, shown] = option.kind === 'array' ? option.items : [];
    if (own?.kind === 'string' && shown?.kind === 'string' && textOf(own.bytes) === text) return textOf(shown.bytes);
  }
  return text;
}

function isAnnotation(step: Step, object: number): boolean {
  const dictionary = asDictionary(read(objectOf(step.before, object)));
  return dictionary !== undefined && nameIn(dictionary.value, 'Subtype') !== undefined;
}

/** Where an annotation stood before this revision. */
function placeOf(step: Step, object: number): { readonly page?: number; readonly box?: NonNullable<ReturnType<typeof boxOf>> } {
  const { places } = pagesIn(step.file, step.graph, step.reading, step.index - 1);
  const lists = step.graph.referrers(object, step.index - 1).flatMap(({ holder, path }) => (path === 'Annots' ? [holder] : path === '' ? step.graph.referrers(holder, step.index - 1).map((one) => one.holder) : []));
  const page = lists.map((holder) => places.get(holder)).find((one) => one !== undefined);
  const dictionary = asDictionary(read(objectOf(step.before, object)));
  const box = dictionary && boxOf(dictionary, step.before);
  return { ...(page === undefined ? {} : { page }), ...(box === undefined ? {} : { box }) };
}

/** A picture of more parts is taken for one that covers its whole field. */
const mostMeasured = 200;

/** Whether what a field shows now stands on what the page shows, other fields and signatures among it, or what it showed may have hidden some. */
function isOverText(step: Step, field: FormField, pair: Pair, { page, box }: Where): boolean {
  if (page === undefined || box === undefined) return false;
  const content = underField(step, page, field.widgets);
  if (!coversText(box, content)) return false;
  if (field.type === 'Btn' || mayHaveHidden(step, field, pair)) return true;
  const items = shownBy(step.after, pair.after, true)?.picture.items;
  if (items === undefined || items.length > mostMeasured) return true;
  return items.some((item) => {
    const seen = shared(item.area, box);
    return seen !== undefined && coversText(seen, content);
  });
}

/** Whether a field may have shown something before: a picture, a ground or frame of its own, a value that readers draw themselves. */
function mayHaveHidden(step: Step, field: FormField, { before }: Pair): boolean {
  const traits = dictionaryUnder(step.before, before, 'MK');
  if (traits?.value.entries.has('BG') === true || traits?.value.entries.has('BC') === true) return true;
  const shown = shownBy(step.before, before, true);
  return shown === undefined ? field.value !== undefined : shown.picture.items.length > 0 || !shown.picture.isKnown;
}
