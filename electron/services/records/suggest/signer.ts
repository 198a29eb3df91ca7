import type { Candidate } from '#contract';
import { fold, foldTight, isCapitals, tidy, withoutSpacing } from './fold.ts';
import { positionName } from './names.ts';
import { middle, placeOf, type Segment, type Sheet } from './segments.ts';

/** Authority to sign (NĐ 30/2020 art. 13, annex I.II.7). */
const authority = /^(?:TM|KT|TL|TUQ|T\/M|K\/T|T\/L|Q)\s*\.\s*\p{L}/u;
const positions =
  /^(?:q\. ?|quyen |pho )*(?:bo truong|thu truong|thu tuong|chu tich|giam doc|tong giam doc|hieu truong|truong phong|phong|truong ban|chanh van phong|cuc truong|vu truong|chi cuc truong|tong cuc truong|vien truong|chanh an|chanh thanh tra|chu nhiem|bi thu|truong doan|thu truong|tong bien tap|doi truong|tram truong|to truong|hat truong|ke toan truong|tu lenh|chinh uy|kiem toan truong|tong thanh tra|thong doc|truong khoa|truong cong an|tong kiem toan|vien pho|chu toa|thuong truc)/;
const rank = /^(?:(?:PGS|GS|TS|ThS|ThS|BS|CN|KS|CKI|CKII)\.\s*|(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy)\s+)+/iu;
const personName = /^\p{Lu}['’]?\p{L}?[\p{Ll}]*(?:\s\p{Lu}['’]?\p{L}?\p{Ll}*){1,5}$/u;
const capitalName = /^\p{Lu}['’]?\p{Lu}+(?:\s\p{Lu}['’]?\p{Lu}*){1,5}$/u;
const receivers = /^noinhan/;

export type Signer = {
  readonly name: Candidate | null;
  readonly position: Candidate | null;
  readonly competence: Candidate | null;
  /** other persons whose names stand under a position */
  readonly others: readonly Candidate[];
};

type Found = { readonly sheet: Sheet; readonly lines: readonly Segment[]; readonly name: Segment; readonly score: number };

/**
 * Who signed: position lines in capitals at the right, and the name below them. Annexes carry forms with such blocks of
 * their own, so the first good one counts: a document's text comes before its annexes.
 */
export function signerOf(sheets: readonly Sheet[], flow: string, signed: readonly Segment[]): Signer {
  const found = sheets.flatMap((sheet) => blocks(sheet));
  const best = found.find((one) => one.score >= 4) ?? found.toSorted((a, b) => b.score - a.score)[0];
  const [sheet] = sheets;
  const digital = sheet === undefined ? [] : digitalSigners(sheet, signed);
  if (best === undefined) return { name: null, position: null, competence: null, others: digital };
  const confidence = best.score >= 4 ? 'sure' : best.score >= 2 ? 'likely' : 'doubtful';
  const lines = titles(best.lines);
  const last = lines.at(-1);
  const above = lines.slice(0, -1);
  const places = (ones: readonly Segment[]): Candidate['places'] => ones.map((one) => placeOf(best.sheet, one));
  const candidate = (value: string, ones: readonly Segment[], rule: string): Candidate => ({ value, confidence, rule, places: places(ones) });
  const others = found.filter((one) => one !== best && nameOf(one.name) !== nameOf(best.name)).map((one): Candidate => ({ value: nameOf(one.name), confidence: 'doubtful', rule: 'other-block', places: [placeOf(one.sheet, one.name)] }));
  return {
    name: candidate(nameOf(best.name), [best.name], 'under-position'),
    position: last === undefined ? null : candidate(withPrefix(last.text, flow), last.lines, 'position-line'),
    competence: above.length === 0 ? null : candidate(above.map((one) => withPrefix(one.text, flow)).join('; '), above.flatMap((one) => one.lines), 'authority-line'),
    others: [...others, ...digital].slice(0, 4),
  };
}

function blocks(sheet: Sheet): readonly Found[] {
  const right = sheet.segments.filter((segment) => middle(segment) > 0.5 * sheet.width);
  const noted = sheet.segments.find((segment) => receivers.test(foldTight(segment.text)));
  const found: Found[] = [];
  for (const [index, segment] of right.entries()) {
    if (!isTitle(segment) || (found.at(-1)?.lines.includes(segment) ?? false)) continue;
    const lines = [segment];
    let rest = right.slice(index + 1).filter((line) => Math.abs(middle(line) - middle(segment)) < 0.17 * sheet.width);
    for (const line of rest) {
      const last = lines.at(-1) ?? segment;
      if (!isCapitals(line.text) || line.top - last.bottom > 1.3 * line.size || line.text.includes('@')) break;
      if (!isTitle(line) && capitalName.test(tidy(line.text)) && line.top - last.bottom > 0.9 * line.size) break;
      lines.push(line);
    }
    rest = rest.slice(lines.length - 1);
    const last = lines.at(-1) ?? segment;
    const name = rest.find((line) => line.top - last.bottom < 190 && isName(line));
    // Text between the position and the name is text: this was no signature.
    const between = name === undefined ? [] : rest.filter((line) => line.top < name.top - 2 && !isNote(line));
    if (name === undefined || between.length > 1) continue;
    const prefix = lines.some((line) => authority.test(tidy(line.text)));
    const beside = noted !== undefined && Math.abs(noted.top - segment.top) < 90;
    const position = positions.test(fold(tidy(lines.at(-1)?.text ?? '')));
    found.push({ sheet, lines, name, score: (prefix ? 2 : 0) + (beside ? 2 : 0) + (position ? 1 : 0) + (between.length === 0 ? 1 : 0) });
  }
  return found;
}

function isTitle(segment: Segment): boolean {
  const text = tidy(withoutSpacing(segment.text));
  return isCapitals(text) && (authority.test(text) || positions.test(fold(text)));
}

function isName(segment: Segment): boolean {
  const text = nameOf(segment);
  return personName.test(text) || (capitalName.test(text) && !positions.test(fold(text)));
}

/** What clerks and programs write into the room of the signature. */
function isNote(segment: Segment): boolean {
  return /^\(|đã ký|ký bởi|người ký|thời gian|email|cơ quan|signature|\d{2}[.:]\d{2}/iu.test(segment.text) || segment.marks.length > 0;
}

function nameOf(segment: Segment): string {
  const text = tidy(withoutSpacing(segment.text)).replace(rank, '').replace(/[.,;]$/, '');
  return capitalName.test(text) ? text.toLowerCase().replaceAll(/(?<=^|\s)\p{L}/gu, (letter) => letter.toUpperCase()) : text;
}

/** Lines that belong together: what begins neither with an authority nor with a position goes on with the line above. */
function titles(lines: readonly Segment[]): readonly { readonly text: string; readonly lines: readonly Segment[] }[] {
  const groups: { text: string; lines: Segment[] }[] = [];
  for (const line of lines) {
    const text = tidy(withoutSpacing(line.text));
    const group = groups.at(-1);
    if (group === undefined || isTitle(line)) groups.push({ text, lines: [line] });
    else {
      group.text += ` ${text}`;
      group.lines.push(line);
    }
  }
  return groups;
}

function withPrefix(capitals: string, flow: string): string {
  const prefix = /^(?:TM|KT|TL|TUQ|T\/M|K\/T|T\/L|Q)\s*\.\s*/u.exec(capitals)?.[0] ?? '';
  const name = positionName(capitals.slice(prefix.length), flow);
  return prefix === '' ? name : `${prefix.replaceAll(/[\s/]/g, '')} ${name}`;
}

/** Names in the blocks of signing programs; an agency signs as well, so they are only offered. */
function digitalSigners(sheet: Sheet, signed: readonly Segment[]): readonly Candidate[] {
  return signed.flatMap((segment): Candidate[] => {
    const name = /(?:ký bởi|người ký)\s*:\s*(?<name>.+)$/iu.exec(tidy(segment.text))?.groups?.['name'] ?? '';
    return personName.test(name) ? [{ value: name, confidence: 'doubtful', rule: 'signing-block', places: [placeOf(sheet, segment)] }] : [];
  });
}
