import type { ArrivingKind, Candidate } from '#contract';
import { firstGroup } from './code.ts';
import { fold, foldTight, isCapitals, tidy, withoutSpacing } from './fold.ts';
import type { Head } from './head.ts';
import { annexKind, kinds, letterKind } from './kinds.ts';
import { middle, placeOf, type Segment } from './segments.ts';

export type KindAndSubject = {
  readonly kind: { readonly best: Candidate | null; readonly others: readonly Candidate[] };
  readonly subject: Candidate | null;
};

const about = /^v\s*[/.]\s*v\b\s*[:.]?|^về việc\s*:?/iu;
/** What cannot be part of a subject any more. */
const afterSubject = /^(?:kính gửi|căn cứ|thực hiện|theo |hôm nay|chương\s|điều\s|phần\s|[ivx]+\.|\d+\.|\(|-|_{3,}|\*)/iu;
const afterBold = /^(?:kính gửi|căn cứ|điều\s\d|chương\s|\(|_{3,})/iu;
const urgency = /^(?:hoatoc|thuongkhan|khan)/;

/** Tên loại and trích yếu (annex I.II.5): under the kind's name, or for a letter as V/v under the number. */
export function kindAndSubject(head: Head, numberLine: Segment | undefined, notation: string | undefined): KindAndSubject {
  const letter = letterSubject(head, numberLine);
  const title = titleOf(head);
  const bySymbol = notation === undefined ? undefined : kindOfSymbol(notation);
  if (title !== undefined) {
    const agreed = bySymbol === undefined || bySymbol === title.kind || title.kind.abbreviation === '';
    const best: Candidate = {
      value: title.kind.name,
      confidence: agreed ? 'sure' : 'likely',
      rule: 'kind-title',
      places: [placeOf(head.sheet, title.line)],
    };
    const others = agreed ? [] : [byName(bySymbol, 'doubtful', 'kind-by-symbol')];
    return { kind: { best, others }, subject: titleSubject(head, title) ?? letter };
  }
  if (letter !== null) {
    const best: Candidate = { value: letterKind, confidence: 'sure', rule: 'letter-with-about', places: letter.places };
    return { kind: { best, others: bySymbol === undefined ? [] : [byName(bySymbol, 'doubtful', 'kind-by-symbol')] }, subject: letter };
  }
  if (bySymbol !== undefined) return { kind: { best: byName(bySymbol, 'likely', 'kind-by-symbol'), others: [] }, subject: null };
  const addressed = head.lines.find((line) => /^kinhgui/.test(foldTight(line.text)));
  if (addressed === undefined || numberLine === undefined) return { kind: { best: null, others: [] }, subject: null };
  const best: Candidate = { value: letterKind, confidence: 'likely', rule: 'letter-by-address', places: [placeOf(head.sheet, addressed)] };
  return { kind: { best, others: [] }, subject: null };
}

function byName(kind: ArrivingKind, confidence: Candidate['confidence'], rule: string): Candidate {
  return { value: kind.name, confidence, rule, places: [] };
}

function kindOfSymbol(notation: string): ArrivingKind | undefined {
  const group = firstGroup(notation);
  return kinds.find((kind) => kind.abbreviation !== '' && fold(kind.abbreviation) === group);
}

type Title = { readonly kind: ArrivingKind; readonly line: Segment; readonly rest: string };

/** The first line of the page that is nothing but the name of a kind, or begins with one, in the middle. */
function titleOf(head: Head): Title | undefined {
  const { width, height } = head.sheet;
  const candidates = head.lines.filter((line) => {
    const across = middle(line) / width;
    return line.top < height * 0.7 && across > 0.36 && across < 0.68 && (isCapitals(line.text) || /^phụ lục\b/iu.test(tidy(line.text)));
  });
  const byLength = kinds.toSorted((a, b) => b.name.length - a.name.length);
  for (const line of candidates) {
    const tight = foldTight(line.text);
    const kind = byLength.find((one) => foldTight(one.name) === tight);
    if (kind !== undefined) return { kind, line, rest: '' };
  }
  for (const line of candidates) {
    const text = tidy(withoutSpacing(line.text));
    const kind = byLength.find((one) => fold(text).startsWith(`${fold(one.name)} `));
    if (kind === undefined || text.length > 60) continue;
    // An annex has a number, not a subject, beside its name.
    return { kind, line, rest: kind.name === annexKind ? '' : text.slice(kind.name.length).trim() };
  }
  return undefined;
}

function titleSubject(head: Head, title: Title): Candidate | null {
  const start = head.lines.indexOf(title.line);
  const taken: Segment[] = [];
  let last = title.line;
  for (const line of head.lines.slice(start + 1)) {
    if (line.top <= title.line.top + 2) continue;
    const gap = line.top - last.bottom;
    const [first] = taken;
    if (gap > (taken.length === 0 ? 2.5 : 1.1) * line.size) break;
    if ((line.bold === true ? afterBold : afterSubject).test(tidy(line.text))) break;
    if (first !== undefined && (line.bold !== first.bold || line.italic !== first.italic || isCapitals(line.text) !== isCapitals(first.text))) break;
    if (first === undefined && line.italic === true && line.bold !== true) break;
    if (Math.abs(middle(line) - middle(title.line)) > 0.09 * head.sheet.width) break;
    // In letters of the body's weight a subject cannot be told from the first paragraph but by its shortness.
    if (line.right - line.left > 0.74 * head.sheet.width && line.bold !== true) break;
    taken.push(line);
    last = line;
  }
  const text = tidy([title.rest, ...taken.map((line) => withoutSpacing(line.text))].join(' ')).replace(/[\s_*-]+$/u, '');
  if (text === '') return null;
  const clear = taken.length > 0 && taken.every((line) => line.bold === true);
  return {
    value: isCapitals(text) ? text.charAt(0).toUpperCase() + text.slice(1).toLowerCase() : text,
    confidence: clear && !isCapitals(text) ? 'sure' : 'likely',
    rule: 'under-kind',
    places: (taken.length === 0 ? [title.line] : taken).map((line) => placeOf(head.sheet, line)),
  };
}

function letterSubject(head: Head, numberLine: Segment | undefined): Candidate | null {
  const from = numberLine?.top ?? 0;
  const start = head.left.findIndex((line) => line.top > from && about.test(tidy(line.text)));
  const [first, ...below] = head.left.slice(Math.max(0, start));
  if (start < 0 || first === undefined) return null;
  const taken = [first];
  for (const line of below) {
    const last = taken.at(-1) ?? first;
    const tight = foldTight(line.text);
    if (line.top - last.bottom > 1.1 * line.size || /^kinhgui/.test(tight) || urgency.test(tight)) break;
    if (/^[_*-]+$/.test(line.text.trim())) break;
    // Addressees and paragraphs begin further to the right, or the type changes.
    if (Math.abs(line.size - first.size) > 0.15 * first.size) break;
    taken.push(line);
  }
  const text = tidy(taken.map((line) => withoutSpacing(line.text)).join(' ')).replace(/^v\s*[/.]\s*v\s*[:.]?\s*/iu, '').replace(/[\s_*-]+$/u, '');
  if (text === '') return null;
  return { value: text, confidence: 'sure', rule: 'about-line', places: taken.map((line) => placeOf(head.sheet, line)) };
}
