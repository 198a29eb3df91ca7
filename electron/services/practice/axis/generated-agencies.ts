import { departmentWords, fieldWords, ministryWords, officeWords, placeWords, topAgencies, type TopAgency } from './agency-names.ts';
import { randomFrom, seedOf } from './random.ts';

/** An agency of the made-up directory. */
export type GeneratedAgency = {
  /** 1 for the first; the same in every run */
  readonly id: number;
  /** id of the body above, 0 for none */
  readonly parentId: number;
  readonly code: string;
  readonly name: string;
  readonly mail: string;
  /** the 13-character code of QCVN 102:2016, '' when there was none */
  readonly oldCode: string;
  readonly centerCode: string;
  readonly kind: 'agency' | 'centre' | 'old-code';
  /** the code is not in use any more; messages to it are refused */
  readonly closed: boolean;
};

type Node = { readonly id: number; readonly code: string; readonly label: string };

const closedShare = 0.02;
const oldCodeShare = 0.4;
const twinShare = 0.25;
/** How the agencies below are shared out: most belong to provinces. */
const provinceWeight = 4;

/**
 * A directory of `count` agencies, one after another and the same for the same seed: level-1 codes as they are in
 * force (axis.md §3), bodies below them and all names made up. Some have an old code too, and some of those stand
 * there twice, as on the axis (§3.10); some are closed; centres have codes of the form `nn.nn.W00`. A directory too
 * small for all level-1 bodies is cut off.
 */
export function* generatedAgencies(count: number, seed: number): Generator<GeneratedAgency> {
  let id = 0;
  const nodes: { readonly node: Node; readonly top: TopAgency; readonly centerCode: string }[] = [];
  for (const [at, top] of topAgencies.entries()) {
    const centerCode = `${two(Math.floor(at / 50))}.${two((at % 50) + 1)}.W00`;
    const shared = { parentId: 0, centerCode, closed: top.closed };
    const oldCode = oldCodeOf(top.code);
    const twin = { ...shared, code: oldCode, name: `${top.name} (Mã cũ) (qd20)`, mail: '', oldCode: '', kind: 'old-code' } as const;
    const own = { ...shared, code: top.code, name: top.name, mail: mailOf(top.code), oldCode, kind: 'agency' } as const;
    const centre = { ...shared, code: centerCode, name: `Trung tâm liên thông ${top.name}`, mail: '', oldCode: '', kind: 'centre' } as const;
    const label = top.name.replace(/^Ủy ban nhân dân /, '');
    if (!top.closed) nodes.push({ node: { id: id + 1, code: top.code, label }, top, centerCode });
    for (const row of top.closed ? [own] : [own, twin, centre]) {
      if (id >= count) return;
      yield { id: ++id, ...row };
    }
  }
  const left = count - id;
  const weight = (top: TopAgency): number => (top.code.startsWith('H') ? provinceWeight : 1);
  const whole = nodes.reduce((sum, { top }) => sum + weight(top), 0);
  let given = 0;
  let used = 0;
  for (const { node, top, centerCode } of nodes) {
    given += weight(top);
    // Shares of a running sum, so that rounding loses nobody.
    const quota = Math.floor((left * given) / whole) - used;
    used += quota;
    yield* below(node, { top, centerCode, quota, firstId: id + 1, random: randomFrom(seedOf(seed, top.code, 0)) });
    id += quota;
  }
}

type Branch = {
  readonly top: TopAgency;
  readonly centerCode: string;
  readonly quota: number;
  readonly firstId: number;
  readonly random: () => number;
};

/** The bodies below one level-1 body, level by level, until its share is used up. */
function* below(root: Node, { top, centerCode, quota, firstId, random }: Branch): Generator<GeneratedAgency> {
  const parents: Node[] = [root];
  const last = firstId + quota;
  let id = firstId;
  for (const parent of parents) {
    const children = parent === root ? Math.min(180, Math.ceil(quota / 12)) : 8 + Math.floor(random() * 14);
    for (let at = 0; at < children; at++) {
      if (id >= last) return;
      const code = `${parent.code}.${groupAt(at)}`;
      const label = parent === root ? secondLevel(top, at, random) : office(random);
      const suffix = parent === root ? root.label : `${parent.label}, ${root.label}`;
      const possible = oldCodeOf(code);
      const oldCode = possible !== '' && random() < oldCodeShare ? possible : '';
      const closed = random() < closedShare;
      const twin = oldCode !== '' && random() < twinShare;
      const name = `${label}, ${suffix}`;
      const row = { id, parentId: parent.id, code, name, mail: mailOf(code), oldCode, centerCode, kind: 'agency', closed } as const;
      yield row;
      // Only the last two names are told, so that a name stays below 200 characters at any depth.
      parents.push({ id, code, label: parent === root ? label : `${label}, ${parent.label.split(', ', 1)[0] ?? ''}` });
      id += 1;
      if (!twin || id >= last) continue;
      yield { ...row, id, code: oldCode, name: `${name} (Mã cũ) (qd20)`, mail: '', oldCode: '', kind: 'old-code' };
      id += 1;
    }
  }
}

/** The code of QCVN 102:2016 of a code of QĐ 20/2020: groups turned round (axis.md §3.1, §3.2); '' when it has no such form. */
function oldCodeOf(code: string): string {
  const [top = '', second = '00', third = '00', fourth = '00', ...more] = code.split('.');
  const old = `0${fourth}.${third}.${second}.${top}`;
  return more.length === 0 && /^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}$/.test(old) ? old : '';
}

/** 01–98, then A0, A1 …: two characters however many there are. 99 is left to the practice office. */
function groupAt(at: number): string {
  if (at < 98) return two(at + 1);
  return `${String.fromCharCode(0x41 + Math.floor((at - 98) / 10))}${String((at - 98) % 10)}`;
}

function secondLevel(top: TopAgency, at: number, random: () => number): string {
  if (!top.code.startsWith('H')) return `${pick(ministryWords, random)} ${pick(fieldWords, random)}`;
  const department = departmentWords[at];
  if (department !== undefined) return department;
  return `Ủy ban nhân dân ${random() < 0.3 ? 'phường' : 'xã'} ${place(random)}`;
}

function office(random: () => number): string {
  const word = pick(officeWords, random);
  if (/^(?:Chi cục|Đội)/.test(word)) return `${word} ${pick(fieldWords, random)}`;
  return /^(?:Trường|Trạm)/.test(word) ? `${word} ${place(random)}` : word;
}

function place(random: () => number): string {
  const first = pick(placeWords, random);
  const second = pick(placeWords, random);
  return first === second ? `${first} Hải` : `${first} ${second}`;
}

function pick(words: readonly string[], random: () => number): string {
  return words[Math.floor(random() * words.length)] ?? '';
}

/** A domain that cannot exist (RFC 2606). */
function mailOf(code: string): string {
  return `${code.toLowerCase()}@vidu.example`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
