import type { PdfView } from '../../../../foundation/pdf/index.ts';
import { shared, together, type Area } from './geometry.ts';
import type { Painted, Picture } from './painted.ts';
import { hiddenPart, veilOf, type Masks, type Veil } from './seal-ink.ts';

/** What a look at the rendered page says of a place; asked where the page is an image and boxes say nothing. */
export type InkAnswer = 'blank' | 'ink' | 'unknown';

/** What lies on a page under a new picture. */
export type Ground = {
  /** what the page itself paints, and its annotations but for signatures */
  readonly page: Picture;
  /** pictures of earlier signatures */
  readonly signatures: readonly EarlierSignature[];
};

type EarlierSignature = {
  readonly box: Area;
  readonly picture: Picture;
  /** the revision that brought it */
  readonly since: number;
};

export type Covering = 'nothing' | 'touches' | 'hangs' | 'content' | 'signature' | 'unknown';

/** Letters of neighbouring words stand so close; what reaches no further into a word hides no letter of it. */
const sideways = 2.5;
/** But no more than this part of a word: one digit is a word too. */
const sidewaysOfWord = 0.15;
/** Parts of the size of letters: room for line gaps above and below. */
const upDown = 0.15;
/** A seal covers about a third of the signature (NĐ 30/2020); more than this hides it. */
const mostOfSignature = 0.6;
/** What a seal must share with a signature to be a seal on it. */
const leastOfSignature = 0.1;
/** Lower than this, in points, a signature's picture is a number or a date, and all of it says something. */
const lowestPicture = 20;
/** The part of a letter's room that a seal may hide; measured on real letters: below 0.35. */
const mostOfLetter = 0.45;
/** The same for a hanging seal, which lies on text altogether; measured: 0.72. */
const mostOfLetterHanging = 0.8;
/** Points: the largest seal has 45 mm. */
const mostOfSeal = 130;
/** A rule: so thin, and so long. */
const ruleThickness = 1.5;
const ruleLength = 20;

export type Looking = {
  /** who puts the picture there also signed what lies under it */
  readonly isOwn: boolean;
  /** asked of places where only the rendered page can tell */
  readonly inkIn: (area: Area) => InkAnswer;
};

/** Decides what a picture in `box` covers. */
export function coveredBy(view: PdfView, box: Area, picture: Picture, ground: Ground, { isOwn, inkIn }: Looking): Covering {
  const mine = picture.items.flatMap((item) => {
    const area = shared(item.area, box);
    return area === undefined ? [] : [{ item, area }];
  });
  if (mine.length === 0) return 'nothing';
  if (!ground.page.isKnown) {
    const answers = mine.map(({ area }) => inkIn(area));
    if (!answers.every((one) => one === 'blank')) return answers.includes('ink') ? 'content' : 'unknown';
  }
  const areas = mine.map(({ area }) => area);
  const near = nearby(box, [...ground.page.items, ...ground.signatures.flatMap((one) => one.picture.items.filter(({ kind }) => kind === 'text' || one.box[3] - one.box[1] < lowestPicture))]);
  const isOnSignature = ground.signatures.some((one) => partOf(areas, one.box) >= leastOfSignature);
  // A reserved field has room for the largest seal around the one that is drawn.
  const [left, bottom, right, top] = areas.reduce(together);
  const isSeal = right - left <= mostOfSeal && top - bottom <= mostOfSeal;
  const hangs = isSeal && !isOnSignature && isOwn;
  const masks: Masks = new Map();
  const known = mine.map(({ item }) => (isSeal && (isOnSignature || hangs) ? veilOf(view, item, masks) : undefined));
  // What several pictures leave of a letter counts, not what each leaves.
  const veils: readonly Veil[] = known.filter((one) => one !== undefined);
  const hidesAll = veils.length < known.length;
  const most = hangs ? mostOfLetterHanging : mostOfLetter;
  let touches = false;
  let isUnknown = false;
  for (const { area } of mine) {
    for (const under of near) {
      const overlap = shared(area, under.area);
      if (overlap === undefined || isEdge(under, overlap)) continue;
      if (under.kind === 'image') {
        const answer = inkIn(overlap);
        if (answer === 'ink') return 'content';
        if (answer === 'unknown') isUnknown = true;
        continue;
      }
      if (under.kind !== 'text' || hidesAll || hiddenPart(veils, under.area, under.size * 0.6) > most) return 'content';
      touches = true;
    }
  }
  if (ground.signatures.some((one) => hides(areas, one, ground.signatures))) return 'signature';
  if (isUnknown) return 'unknown';
  return touches ? (hangs ? 'hangs' : 'touches') : 'nothing';
}

/** Whether a box stands on text of the page, or on what could be text: an image, as of a scanned page, or what is drawn with lines. */
export function coversText(box: Area, picture: Picture): boolean {
  return !picture.isKnown || nearby(box, picture.items).some((item) => {
    const overlap = shared(box, item.area);
    return overlap !== undefined && (item.kind === 'path' ? !isRuleOrFrame(item, box) : !isEdge(item, overlap));
  });
}

/** Of a box, the least part that is framed by what is its frame. */
const leastFramed = 0.8;

/** Whether a path is a line to write on, a line that passes the box, or a frame or ground of it: letters may be drawn as paths too. */
function isRuleOrFrame({ area: [left, bottom, right, top], isPlain }: Extract<Painted, { kind: 'path' }>, box: Area): boolean {
  const [width, height] = [right - left, top - bottom];
  if (height <= ruleThickness && width >= ruleLength) return true;
  if (width <= ruleThickness && height >= ruleLength && bottom <= box[1] + 1 && top >= box[3] - 1) return true;
  const inX = Math.min(right, box[2]) - Math.max(left, box[0]);
  const inY = Math.min(top, box[3]) - Math.max(bottom, box[1]);
  return isPlain && inX >= leastFramed * (box[2] - box[0]) && inY >= leastFramed * (box[3] - box[1]);
}

/** Whether too little is left of an earlier signature's picture; what others put on it since counts as well. */
function hides(mine: readonly Area[], one: EarlierSignature, all: readonly EarlierSignature[]): boolean {
  if (!mine.some((area) => shared(area, one.box) !== undefined)) return false;
  const since = all.filter((other) => other.since > one.since).flatMap((other) => other.picture.items.map(({ area }) => shared(area, other.box)).filter((area) => area !== undefined));
  return partOf([...mine, ...since], one.box) > mostOfSignature;
}

const cells = 32;

/** The part of a box that these areas cover, a little more rather than less. */
function partOf(areas: readonly Area[], box: Area): number {
  const [left, bottom, right, top] = box;
  const covered = new Uint8Array(cells * cells);
  for (const area of areas) {
    const one = shared(area, box);
    if (one === undefined) continue;
    const place = (at: number, from: number, to: number): number => ((at - from) / (to - from)) * cells;
    for (let y = Math.floor(place(one[1], bottom, top)); y < place(one[3], bottom, top); y += 1) {
      for (let x = Math.floor(place(one[0], left, right)); x < place(one[2], left, right); x += 1) covered[y * cells + x] = 1;
    }
  }
  return covered.reduce((sum, cell) => sum + cell, 0) / (cells * cells);
}

/** Whether what is shared lies at the edge of a word, or a rule is crossed. */
function isEdge(under: Painted, overlap: Area): boolean {
  const [left, bottom, right, top] = under.area;
  if (under.kind === 'path') {
    const sides = [right - left, top - bottom];
    return Math.min(...sides) <= ruleThickness && Math.max(...sides) >= ruleLength;
  }
  if (under.kind === 'image') return false;
  const inX = Math.min(overlap[2] - left, right - overlap[0]);
  const inY = Math.min(overlap[3] - bottom, top - overlap[1]);
  return inX <= Math.min(sideways, sidewaysOfWord * (right - left)) || inY <= upDown * under.size;
}

/** What stands near a box, letters put together to words: the edge of a word is no edge of each letter. */
function nearby(box: Area, items: readonly Painted[]): readonly Painted[] {
  const wide: Area = [box[0] - 200, box[1] - 1, box[2] + 200, box[3] + 1];
  const close = items.filter(({ area }) => shared(area, wide) !== undefined);
  const words: Painted[] = [];
  const letters = close.filter((item) => item.kind === 'text').sort((a, b) => a.area[0] - b.area[0]);
  for (const letter of letters) {
    const index = words.findIndex((word) => word.kind === 'text' && isNextTo(word.area, letter.area, letter.size));
    const word = words[index];
    if (word?.kind !== 'text') words.push(letter);
    else words[index] = { ...word, area: together(word.area, letter.area), size: Math.max(word.size, letter.size), text: undefined };
  }
  return [...close.filter(({ kind }) => kind !== 'text'), ...words];
}

function isNextTo(word: Area, letter: Area, size: number): boolean {
  const height = Math.min(word[3], letter[3]) - Math.max(word[1], letter[1]);
  const isOneLine = height >= 0.5 * Math.min(word[3] - word[1], letter[3] - letter[1]);
  return isOneLine && letter[0] - word[2] <= 0.12 * size && letter[2] >= word[0];
}
