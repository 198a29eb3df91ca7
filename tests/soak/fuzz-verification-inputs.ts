import { tokenOver } from '../integration/verification/cms.ts';
import { placed, signedWith, stampedWith, subFilters, today } from '../integration/verification/world.ts';
import type { TestPki } from '../fakes/pki/pki.ts';
import { bases } from '../unit/foundation/pdf/make.ts';
import { dice, type Dice } from './fuzz-mutations.ts';
import { spoilt } from './fuzz-pdf-mutations.ts';

/** A signed file that passes, and what its last signature covers. */
export type Signed = { readonly bytes: Buffer; readonly contentsFrom: number; readonly contentsTo: number };

/** Honest files of several kinds of base, form and level. */
export function signedFiles(pki: TestPki): readonly Signed[] {
  const at = new Date('2026-11-20T03:00:00Z');
  const stamp = (value: Uint8Array): Buffer => tokenOver(pki, 'tsa', [value], at);
  const all = ['table', 'stream, packed', 'hybrid', 'table, then table'].flatMap((kind) => {
    const base = bases()[kind] ?? Buffer.alloc(0);
    return [
      signedWith(pki, { signer: 'clerk' }, { base }),
      signedWith(pki, { signer: 'leader', reference: null }, { base, subFilter: subFilters.detached }),
      stampedWith(pki, { signer: 'agency' }, [stamp], { base }),
    ];
  });
  const stamped = placed(pki, (covered) => tokenOver(pki, 'tsa', covered, today), { base: all[0] ?? Buffer.alloc(0), subFilter: subFilters.stamp });
  return [...all, stamped].map((bytes) => {
    const last = [...bytes.toString('latin1').matchAll(/<[0-9a-f]{2000,}>/g)].at(-1);
    if (last === undefined) throw new Error('a file without a signature');
    return { bytes, contentsFrom: last.index, contentsTo: last.index + last[0].length };
  });
}

/** Octets that steer a reader of ASN.1. */
const steering = [0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x17, 0x18, 0x1f, 0x24, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x88, 0xa0, 0xa1, 0xff];

function spoiltCms(cms: Buffer, roll: Dice): Buffer {
  const at = roll.below(cms.length);
  const some = 1 + roll.below(40);
  const kinds: readonly (() => Buffer)[] = [
    () => Buffer.concat([cms.subarray(0, at), Buffer.of(roll.of(steering)), cms.subarray(at + 1)]),
    () => Buffer.concat([cms.subarray(0, at), Buffer.of(roll.below(256)), cms.subarray(at + 1)]),
    () => Buffer.concat([cms.subarray(0, at), Buffer.of((cms[at] ?? 0) ^ (1 << roll.below(8))), cms.subarray(at + 1)]),
    () => Buffer.concat([cms.subarray(0, at), cms.subarray(at + some)]),
    () => Buffer.concat([cms.subarray(0, at), cms.subarray(at, at + some), cms.subarray(at)]),
    () => Buffer.concat([cms.subarray(0, at), Buffer.alloc(some, roll.of(steering)), cms.subarray(at)]),
    () => cms.subarray(0, at),
    () => Buffer.concat([cms.subarray(0, at), Buffer.from('3080'.repeat(roll.of([1, 30, 60, 800])), 'hex'), cms.subarray(at)]),
  ];
  return roll.of(kinds)();
}

/** The same file with a spoilt CMS in the same room. */
function withSpoiltCms({ bytes, contentsFrom, contentsTo }: Signed, roll: Dice): Buffer {
  const room = contentsTo - contentsFrom - 2;
  let cms = Buffer.from(bytes.toString('latin1', contentsFrom + 1, contentsTo - 1).replace(/(00)+$/, ''), 'hex');
  for (let n = roll.below(3); n >= 0 && cms.length > 0; n -= 1) cms = Buffer.from(spoiltCms(cms, roll));
  const spoiltFile = Buffer.from(bytes);
  spoiltFile.write(cms.toString('hex').slice(0, room).padEnd(room, '0'), contentsFrom + 1, 'latin1');
  return spoiltFile;
}

/** Some covered bytes changed and nothing else: this must never pass. */
function withSpoiltContent({ bytes, contentsFrom, contentsTo }: Signed, roll: Dice): Buffer {
  const spoiltFile = Buffer.from(bytes);
  const covered = contentsFrom + bytes.length - contentsTo;
  for (let n = roll.below(3); n >= 0; n -= 1) {
    const one = roll.below(covered);
    const at = one < contentsFrom ? one : one - contentsFrom + contentsTo;
    spoiltFile[at] = (spoiltFile[at] ?? 0) ^ (1 << roll.below(8));
  }
  return spoiltFile;
}

/** The nth input of a seed: a file spoilt as PDF, in its CMS, or in what it signs. */
export function fuzzVerificationInput(files: readonly Signed[], seed: number, input: number): Buffer {
  const roll = dice(seed, input);
  const file = roll.of(files);
  const kind = roll.below(4);
  if (kind === 0) return spoilt(file.bytes, roll);
  return kind === 1 ? withSpoiltContent(file, roll) : withSpoiltCms(file, roll);
}

/** Whether what some honest file signs stands in these bytes unchanged. */
export function isCoveredIntact(files: readonly Signed[], bytes: Buffer): boolean {
  return files.some(({ bytes: own, contentsFrom, contentsTo }) => {
    const isLong = bytes.length >= own.length;
    return isLong && own.subarray(0, contentsFrom).equals(bytes.subarray(0, contentsFrom)) && own.subarray(contentsTo).equals(bytes.subarray(contentsTo, own.length));
  });
}
