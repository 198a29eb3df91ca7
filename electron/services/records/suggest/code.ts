import type { Candidate, PagePlace } from '#contract';
import { fold } from './fold.ts';
import type { Head } from './head.ts';
import { placeOf, type Segment } from './segments.ts';

/** Number and symbol of the document, and the line that they stand on. */
export type Code = {
  readonly line: Segment | undefined;
  readonly number: Candidate | undefined;
  readonly notation: Candidate | undefined;
  readonly others: readonly { readonly number: Candidate; readonly notation: Candidate }[];
};

// Groups of capitals and digits; a hyphen may have spaces, which do not belong there.
const symbol = String.raw`[\p{L}\d]+(?:\s?[-–—&./]\s?[\p{L}\d]+)*`;
const labelled = new RegExp(String.raw`^s[ôốo]\s*[:.;]?\s*(?<number>\d(?:\s?\d)*[a-z]?)?[\s._…]*(?<mark>[/–-])\s*(?<symbol>${symbol})`, 'iu');
const unlabelled = new RegExp(String.raw`^(?<number>\d{1,6}[a-z]?)\s*(?<mark>\/)\s*(?<symbol>\p{Lu}${symbol})`, 'u');
const anywhere = /(?<![\d/])(?<number>\d{1,6})\/(?<symbol>(?:\d{4}\/)?\p{Lu}[\p{L}\d&.]*(?:-[\p{L}\d&.]+)*)/gu;
const attached = /kèm theo.*?số\s*:?\s*(?<number>\d(?:\s?\d)*)\s*\/\s*(?<symbol>[\p{L}\d&./-]+)/iu;

/** Reads `Số: 05/QĐ-BNV` (annex I.II.3). Number and symbol are parted at the first slash, as in edXML. */
export function codeOf(head: Head): Code {
  const others = references(head);
  for (const [lines, confidence, rule] of [
    [head.left, 'sure', 'number-line'],
    [head.lines.filter((line) => line.top < head.sheet.height * 0.5), 'likely', 'number-line-elsewhere'],
  ] as const) {
    for (const line of lines) {
      const found = labelled.exec(normal(line.text));
      if (found?.groups !== undefined) return fromLine(head, line, found, { confidence, rule, others });
    }
  }
  for (const line of head.left) {
    const found = unlabelled.exec(normal(line.text));
    if (found?.groups !== undefined) return fromLine(head, line, found, { confidence: 'doubtful', rule: 'number-without-label', others });
  }
  return fromAttachment(head, others) ?? { line: undefined, number: undefined, notation: undefined, others };
}

function fromLine(
  head: Head,
  line: Segment,
  found: RegExpExecArray,
  facts: { readonly confidence: Candidate['confidence']; readonly rule: string; readonly others: Code['others'] },
): Code {
  const { number = '', symbol: raw = '', mark = '/' } = found.groups ?? {};
  const at = found[0].lastIndexOf(raw);
  const continued = raw.endsWith('-') || line.text.slice(at + raw.length).trim() === '-' ? nextLine(head, line) : undefined;
  const told = symbolOf(raw + (continued === undefined ? '' : `-${continued.text}`), mark);
  const places = [placeOf(head.sheet, line, at, at + raw.length), ...(continued === undefined ? [] : [placeOf(head.sheet, continued)])];
  const notation: Candidate = { value: told, confidence: facts.confidence, rule: facts.rule, places };
  const digits = number === '' ? beside(head, line, line.letters[at]?.left ?? line.right) : undefined;
  const from = found[0].indexOf(number, 1);
  const numberFound: Candidate | undefined =
    number !== ''
      ? { value: number.replaceAll(/\s/g, ''), confidence: facts.confidence, rule: facts.rule, places: [placeOf(head.sheet, line, from, from + number.length)] }
      : digits;
  // A Party number ends in a hyphen and its symbol holds the slash: 12-NQ/TW is parted there.
  if (mark !== '/' && numberFound !== undefined && told.includes('/')) {
    const [before = '', ...after] = told.split('/');
    return {
      line,
      number: { ...numberFound, value: `${numberFound.value}-${before}` },
      notation: { ...notation, value: after.join('/') },
      others: facts.others,
    };
  }
  const known = (one: Code['others'][number]): boolean => one.number.value !== numberFound?.value || one.notation.value !== told;
  return { line, number: numberFound, notation, others: facts.others.filter(known) };
}

/** A number that a clerk's program put into the gap before the slash, perhaps a little above or below the line. */
function beside(head: Head, line: Segment, slash: number): Candidate | undefined {
  const height = line.bottom - line.top;
  const found = head.lines.find(
    (one) => /^\d{1,6}[a-z]?$/i.test(one.text.trim()) && one.left >= line.left && one.right <= slash + height && Math.abs(one.top + one.bottom - line.top - line.bottom) < 1.6 * height,
  );
  if (found === undefined) return undefined;
  return { value: found.text.trim(), confidence: 'likely', rule: 'number-beside-line', places: [placeOf(head.sheet, found)] };
}

function nextLine(head: Head, line: Segment): Segment | undefined {
  const next = head.left[head.left.indexOf(line) + 1];
  return next !== undefined && /^[\p{Lu}\d&.-]+$/u.test(next.text.trim()) && next.top - line.bottom < line.size ? next : undefined;
}

/** An annex in a file of its own tells the code of what it belongs to. */
function fromAttachment(head: Head, others: Code['others']): Code | undefined {
  for (const [index, line] of head.lines.entries()) {
    const next = head.lines[index + 1];
    const found = attached.exec(normal(line.text)) ?? (next === undefined ? null : attached.exec(normal(`${line.text} ${next.text}`)));
    if (found?.groups === undefined) continue;
    const places: PagePlace[] = [placeOf(head.sheet, line)];
    const common = { confidence: 'likely' as const, rule: 'attached-to', places };
    const { number = '', symbol: told = '' } = found.groups;
    return { line, number: { value: number.replaceAll(/\s/g, ''), ...common }, notation: { value: symbolOf(told, '/'), ...common }, others };
  }
  return undefined;
}

/** Codes named elsewhere on the page: mostly of other documents, but there to be clicked when the right one is among them. */
function references(head: Head): Code['others'] {
  const found = new Map<string, Code['others'][number]>();
  for (const line of head.lines) {
    for (const one of normal(line.text).matchAll(anywhere)) {
      const { number = '', symbol: told = '' } = one.groups ?? {};
      const common = { confidence: 'doubtful' as const, rule: 'named-on-page', places: [placeOf(head.sheet, line, one.index, one.index + one[0].length)] };
      const pair = { number: { value: number, ...common }, notation: { value: symbolOf(told, '/'), ...common } };
      if (!found.has(one[0]) && found.size < 6) found.set(one[0], pair);
    }
  }
  return [...found.values()];
}

/** Composed letters, in place: every index stays what it was. */
function normal(text: string): string {
  return text.length === text.normalize('NFC').length ? text.normalize('NFC') : text;
}

function symbolOf(raw: string, mark: string): string {
  const text = raw.normalize('NFC').replaceAll(/[–—]/g, '-').replaceAll(/\s*([-&/])\s*/g, '$1').replaceAll(/[.\s]+$/g, '');
  return mark === '/' ? text : text.replace(/^-/, '');
}

/** The kind's abbreviation at the beginning of a symbol: `QĐ` of `QĐ-BNV` and of `2018/QĐ-TTg`; folded. */
export function firstGroup(notation: string): string {
  return fold(notation.replace(/^\d{4}\//, '').split(/[-/]/)[0] ?? '');
}

