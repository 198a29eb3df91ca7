import type { Result } from '../../../foundation/outcome.ts';
import { formOf, objectOf, entryOf, signaturesOf, viewOf, type Found, type PdfDictionary, type PdfFile, type PdfView } from '../../../foundation/pdf/index.ts';
import { drawingObjects, fontNames, textsIn, type Drawing, type SharedFonts } from '../appearance/drawing.ts';
import { entryPlaces, type EntryKind, type EntryPlaces } from '../appearance/entries.ts';
import { entryBox, entryDrawing } from '../appearance/forms.ts';
import { letteringOf, missingLetters, type LetteringFace, type LetteringFonts } from '../appearance/lettering.ts';
import type { PageText } from '../appearance/lines.ts';
import { onPage } from '../appearance/page-shape.ts';
import { maskingFor } from '../appearance/pdf-a.ts';
import type { Picture } from '../appearance/picture.ts';
import { emptyField, fieldAt, shapeAt, showingIn, wishFor, type Showing, type WantedPlace } from '../appearance/showing.ts';
import { codeParts, dateParts } from '../appearance/words.ts';
import { widgetAt } from '../fill.ts';
import { planOf } from '../plan.ts';
import { withTrusted } from '../prepare.ts';
import { read, Refused, type SigningRefusal } from '../refusals.ts';
import { fontsForFills, formFonts } from '../reserve/form-fonts.ts';
import { entryFields, reservedNames } from '../reserve/names.ts';
import type { SigningWish } from '../wish.ts';

/** What a document is issued with. */
export type IssueOrder = {
  /** number and symbol, e.g. `12/UBND-VX` */
  readonly code: string;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly seal: Picture;
  /** what was read of the file's text; files without reserved fields cannot do without it */
  readonly text?: PageText;
  /** printed name of the signer, where the file has no reserved fields */
  readonly signer?: string;
  /** where the seal goes, if not over the competent person's signature */
  readonly place?: WantedPlace;
};

type Filled = Pick<Showing, 'page' | 'shown' | 'turn' | 'drawing'> & { readonly field: string; readonly value: string };

/** One signature of the agency, and the fields that its increment fills in. */
export type IssueStep = Showing & { readonly fills: readonly Filled[] };

/**
 * How a file is issued; plain data. With reserved fields number, date and seal are one increment; without them each is
 * what a signature of its own shows, as other programs do it today, signed one after the other by the same key.
 */
export type IssuePlan = { readonly kind: 'reserved' | 'series'; readonly steps: readonly IssueStep[] };

/** Plans and tries all of it without writing: whatever would be refused later is refused here, before a number or the token is taken. */
export function planIssue(path: string, order: IssueOrder, fonts: LetteringFonts): Result<IssuePlan, SigningRefusal> {
  return withTrusted(path, (file) => {
    const entries = entriesOf(order);
    const printed = order.text && entryPlaces(order.text, fonts.regular);
    if (printed !== undefined) mustAgree(printed, order);
    const has = (kind: EntryKind): boolean => hasField(file, kind);
    const hasNumber = has('number') || has('code') || printed?.printed.number !== undefined;
    const isReserved = hasNumber && ((has('day') && has('month')) || printed?.printed.day !== undefined) && fieldNamed(file, reservedNames.agency);
    if (!hasPerson(file, isReserved)) throw new Refused({ code: 'person-not-signed' });
    const plan: IssuePlan = isReserved ? reserved(file, order, entries, fonts) : series(file, order, entries, printed, fonts);
    const inForm = formFonts(viewOf(file), fonts);
    for (const index of plan.steps.keys()) planOf(file, { ...stepWish(plan, index, fonts, {}, inForm), at: new Date(0) }, 0);
    return plan;
  });
}

/** What of a wish a step decides. `path` is the file as the step before left it: its fonts are used again. */
export function issueWish(plan: IssuePlan, index: number, path: string, fonts: LetteringFonts): Result<Pick<SigningWish, 'field' | 'appearance' | 'lock' | 'fill'>, SigningRefusal> {
  if (index === 0) {
    if (plan.steps[0]?.fills.length === 0) return { ok: true, value: stepWish(plan, index, fonts, {}, {}) };
    return withTrusted(path, (file) => stepWish(plan, index, fonts, {}, formFonts(viewOf(file), fonts)));
  }
  return withTrusted(path, (file) => stepWish(plan, index, fonts, fontsBefore(viewOf(file), plan, index, fonts), {}));
}

/** `known`: fonts that earlier steps wrote; `inForm`: those that the form had when the leader signed. */
function stepWish(plan: IssuePlan, index: number, fonts: LetteringFonts, known: SharedFonts['known'], inForm: SharedFonts['known']): Pick<SigningWish, 'field' | 'appearance' | 'lock' | 'fill'> {
  const step = plan.steps[index];
  if (step === undefined) throw new Error(`no step ${String(index)}`);
  const { fills, masking } = step;
  const drawings = fills.map(({ drawing }) => drawing);
  const shared = fontsForFills({ regular: textsIn(drawings, 'regular'), italic: textsIn(drawings, 'italic') }, inForm);
  const fill = { values: fills, draw: (first: number) => drawingObjects(first, fills, fonts, masking, shared) };
  return { ...wishFor(step, fonts, { texts: textsOf(plan), known }), ...(fills.length === 0 ? {} : { fill }) };
}

function textsOf({ steps }: IssuePlan): SharedFonts['texts'] {
  const drawings = steps.map(({ drawing }) => drawing);
  return { regular: textsIn(drawings, 'regular'), italic: textsIn(drawings, 'italic') };
}

type Entries = ReadonlyMap<EntryKind, string>;

function entriesOf({ code, date }: IssueOrder): Entries {
  const parts = codeParts(code);
  if (parts === undefined) throw new Refused({ code: 'number-wrong', number: code });
  const days = dateParts(date);
  if (days === undefined) throw new Refused({ code: 'date-wrong', date });
  return new Map<EntryKind, string>([['number', parts.number], ['code', parts.number + parts.symbol], ['day', days.day], ['month', days.month], ['year', days.year]]);
}

/** What stands on the document when its leader signs, such as the number's symbol and the year: what is entered has to go with it. */
function mustAgree({ symbol, year, printed }: EntryPlaces, { code, date }: IssueOrder): void {
  const given = codeParts(code);
  const { day, month } = dateParts(date) ?? { day: '', month: '' };
  const bare = (digits: string): string => digits.replace(/^0+(?=.)/, '').toUpperCase();
  if (printed.number !== undefined && bare(printed.number) !== bare(given?.number ?? '')) throw new Refused({ code: 'number-differs', printed: printed.number, number: code });
  if (printed.day !== undefined && printed.month !== undefined && (bare(printed.day) !== bare(day) || bare(printed.month) !== bare(month))) {
    throw new Refused({ code: 'date-differs', printed: `${printed.day}/${printed.month}/${year}`, date });
  }
  if (symbol !== '' && symbol.toUpperCase() !== given?.symbol.toUpperCase()) throw new Refused({ code: 'symbol-differs', printed: symbol, number: code });
  if (year !== '' && year !== date.slice(0, 4)) throw new Refused({ code: 'year-differs', printed: year, date });
}

function fieldNamed(file: PdfFile, name: string): boolean {
  return read(formOf(viewOf(file)))?.fields.some((field) => field.name === name) === true;
}

function hasField(file: PdfFile, kind: EntryKind): boolean {
  return fieldNamed(file, entryFields[kind].name);
}

/** Whether the competent person signed: in the reserved field, or at all where there is none. */
function hasPerson(file: PdfFile, isReserved: boolean): boolean {
  if (isReserved && fieldNamed(file, reservedNames.person)) return emptyField(file, reservedNames.person) === undefined;
  return read(signaturesOf(file)).signatures.length > 0;
}

function drawn(text: string, kind: EntryKind, size: number, box: { readonly width: number; readonly height: number }, fonts: LetteringFonts): Drawing {
  const { face, side } = entryFields[kind];
  const letters = missingLetters(fonts[face], text);
  if (letters !== '') throw new Refused({ code: 'letters-missing', letters });
  const drawing = entryDrawing({ text, face, size, side }, box, fonts);
  if (drawing === undefined) throw new Refused({ code: 'entry-does-not-fit', text });
  return drawing;
}

function reserved(file: PdfFile, order: IssueOrder, entries: Entries, fonts: LetteringFonts): IssuePlan {
  const fills = [...entries].flatMap(([kind, value]): Filled[] => {
    const { name } = entryFields[kind];
    if (!fieldNamed(file, name)) return [];
    const { page, shown, turn } = fieldAt(file, name);
    // `entryBox` made the field this much higher than its letters.
    return [{ field: name, value, page, shown, turn, drawing: drawn(value, kind, Math.round((shown.height / 1.2) * 100) / 100, shown, fonts) }];
  });
  const place = { kind: 'field', name: reservedNames.agency } as const;
  return { kind: 'reserved', steps: [{ ...sealIn(file, { ...order, place }, fonts), fills }] };
}

function sealIn(file: PdfFile, { seal, place, text, signer }: IssueOrder, fonts: LetteringFonts): Showing {
  return showingIn(file, { show: { role: 'agency', picture: seal }, ...(place && { place }), ...(text && { text }), ...(signer === undefined ? {} : { signer }) }, fonts);
}

function series(file: PdfFile, order: IssueOrder, entries: Entries, printed: EntryPlaces | undefined, fonts: LetteringFonts): IssuePlan {
  const kinds = printed?.places.map(({ kind }) => kind) ?? [];
  if (!kinds.includes('number') && !kinds.includes('code') && printed?.printed.number === undefined) throw new Refused({ code: 'place-unknown', what: 'number' });
  if ((!kinds.includes('day') || !kinds.includes('month')) && printed?.printed.day === undefined) throw new Refused({ code: 'place-unknown', what: 'date' });
  const masking = maskingFor(file);
  const steps = (printed?.places ?? []).map((place): IssueStep => {
    const value = entries.get(place.kind) ?? '';
    if (place.isTaken) throw new Refused({ code: 'entry-taken', text: value });
    const shown = entryBox(place);
    const shape = shapeAt(file, place.page);
    const { name } = entryFields[place.kind];
    const field = { kind: 'new', page: place.page, box: onPage(shape, shown), ...(fieldNamed(file, name) ? {} : { name }) } as const;
    return { field, page: place.page, shown, turn: shape.turn, drawing: drawn(value, place.kind, place.size, shown, fonts), masking, confidence: place.confidence, fills: [] };
  });
  return { kind: 'series', steps: [...steps, { ...sealIn(file, order, fonts), fills: [] }] };
}

/** The fonts that earlier steps of the plan wrote into the file. */
function fontsBefore(view: PdfView, plan: IssuePlan, index: number, fonts: LetteringFonts): SharedFonts['known'] {
  const texts = textsOf(plan);
  const known: Partial<Record<LetteringFace, number>> = {};
  for (const { field, drawing } of plan.steps.slice(0, index)) {
    for (const face of ['regular', 'italic'] as const) {
      if (known[face] !== undefined || textsIn([drawing], face).length === 0 || field.kind !== 'new' || field.name === undefined) continue;
      const number = fontIn(view, field.name, fontNames[face], letteringOf(fonts[face], texts[face]).name);
      if (number !== undefined) known[face] = number;
    }
  }
  return known;
}

/** The number of a font in the appearance of a field, if it is the subset of this name. */
function fontIn(view: PdfView, field: string, key: string, name: string): number | undefined {
  const [number] = read(formOf(view))?.fields.find((one) => one.name === field)?.widgets ?? [];
  if (number === undefined) return undefined;
  let at: Found<PdfDictionary> | undefined = widgetAt(view, number);
  for (const part of ['AP', 'N', 'Resources', 'Font']) at = at && dictionaryIn(view, at, part);
  const font = at?.value.entries.get(key);
  if (font?.kind !== 'reference') return undefined;
  const object = read(objectOf(view, font.number))?.value;
  const base = object?.kind === 'dictionary' ? object.entries.get('BaseFont') : undefined;
  return base?.kind === 'name' && base.name === name ? font.number : undefined;
}

function dictionaryIn(view: PdfView, parent: Found<PdfDictionary>, key: string): Found<PdfDictionary> | undefined {
  const one = read(entryOf(view, parent, key));
  if (one?.value.kind === 'dictionary') return { value: one.value, holder: one.holder };
  return one?.value.kind === 'stream' ? { value: one.value.dictionary, holder: one.holder } : undefined;
}
