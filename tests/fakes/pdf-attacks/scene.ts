import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asItStands, memoryBytes, objectOf, openPdf, signaturesOf, viewOf, type IncrementPlan } from '../../../electron/foundation/pdf/index.ts';
import { attributesOf, finish, prepare, type SigningWish } from '../../../electron/services/signing/index.ts';
import { signedBy, wishOf } from '../../integration/signing/signer.ts';
import { makeOn, type Saving } from '../../unit/foundation/pdf/make.ts';
import { good, type TestPki } from '../pki/pki.ts';
import { letter, savingOf, type Form } from './letter.ts';

type Appearance = NonNullable<SigningWish['appearance']>;

export type Level = 'none' | 1 | 2 | 3;

/** A signed letter that somebody is about to change. */
export type Scene = {
  readonly pki: TestPki;
  readonly form: Form;
  readonly level: Level;
  readonly bytes: Buffer;
  /** object number of the first signature's dictionary, its field, and the size of what it signed */
  readonly signature: number;
  readonly field: number;
  readonly signedSize: number;
};

const way = { kind: 'rsa-v1.5', digest: 'sha256' } as const;

/** Some thousand letters are signed, and none of it is about the disk: a folder in memory where the system has one. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Signs bytes as somebody of the test PKI would with a token. */
export async function signedOnce(pki: TestPki, bytes: Buffer, who: string, more: Partial<SigningWish>): Promise<Buffer> {
  const folder = mkdtempSync(join(memory, 'tvt-attack-'));
  try {
    const files = { source: join(folder, 'in.pdf'), target: join(folder, 'out.pdf') };
    writeFileSync(files.source, bytes);
    const prepared = good(prepare(files, wishOf(pki, who, way, { at: new Date('2026-11-20T02:00:00Z'), ...more })));
    good(finish(prepared, good(await signedBy(pki, who, way)(attributesOf(prepared)))));
    return readFileSync(files.target);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The value of the newest signature spoilt: what came with it was signed by nobody. */
export function broken(bytes: Buffer): Buffer {
  const end = bytes.indexOf('>', bytes.lastIndexOf('/Contents'));
  const last = bytes.subarray(0, end).toString('latin1').replace(/(00)+$/, '').length;
  const spoilt = Buffer.from(bytes);
  spoilt[last - 40] = spoilt[last - 40] === 0x30 ? 0x31 : 0x30;
  return spoilt;
}

/** Points of the page: left, bottom, right, top. */
export function newField(page: number, [left, bottom, right, top]: readonly [number, number, number, number], name?: string): SigningWish['field'] {
  return { kind: 'new', page, box: { left, bottom, width: right - left, height: top - bottom }, ...(name === undefined ? {} : { name }) };
}

/** Where the leader signs, between his title and his name. */
export const leaderField = newField(1, [390, 200, 530, 280], 'LanhDao');

/** The letter signed by its leader with a picture, certified at a level or not. */
export async function scene(pki: TestPki, form: Form, level: Level, more: { readonly letter?: Record<number, string>; readonly wish?: Partial<SigningWish> } = {}): Promise<Scene> {
  const wish = { field: leaderField, appearance: inkPicture('strokes'), ...(level === 'none' ? {} : { certify: level }), ...more.wish };
  const bytes = await signedOnce(pki, letter(form, more.letter), 'leader', wish);
  const file = good(openPdf(memoryBytes(bytes)));
  const [signature] = good(signaturesOf(file)).signatures;
  if (signature === undefined) throw new Error('nothing was signed');
  const number = signature.dictionary.holder.number;
  return { pki, form, level, bytes, signature: number, field: number + 1, signedSize: bytes.length };
}

/** The source of an object as it is now. */
export function bodyOf(bytes: Buffer, number: number): string {
  const file = good(openPdf(memoryBytes(bytes)));
  const one = good(objectOf(viewOf(file), number));
  if (one === undefined) throw new Error(`no object ${String(number)}`);
  const value = asItStands(one);
  if (typeof value !== 'object' || value === null || !('raw' in value)) throw new Error('no source');
  return Buffer.from(value.raw).toString('latin1');
}

/** The next number that nothing uses, from 200 on. */
export const fresh = 200;

/** One more revision with these objects. */
export function changed({ bytes, form }: Pick<Scene, 'bytes' | 'form'>, objects: Readonly<Record<number, string>>, more: Partial<Saving> = {}): Buffer {
  const revisions = bytes.toString('latin1').split('startxref').length;
  return makeOn(bytes, savingOf(form, Object.entries(objects).map(([number, body]) => [Number(number), body] as const), 900 + revisions, more));
}

/** An object with one text put in the place of another; the first must be there. */
export function edited(bytes: Buffer, number: number, from: string | RegExp, to: string): string {
  const body = bodyOf(bytes, number);
  const after = body.replace(from, to);
  if (after === body) throw new Error(`object ${String(number)} has no ${String(from)}`);
  return after;
}

const side = 64;
const masks = {
  /** a pen's line from corner to corner */
  strokes: (x: number, y: number) => Math.abs(x - y) < 2,
  /** a seal: two rings and a star in the middle */
  ring: (x: number, y: number) => {
    const r = Math.hypot(x - 32, y - 32);
    return (r > 29 && r < 31) || (r > 24 && r < 25) || r < 5;
  },
  /** what hides everything */
  full: () => true,
} as const;

/** A picture with a soft mask, as scanned signatures and seals are. */
export function inkPicture(mask: keyof typeof masks): Appearance {
  return (first, { width, height }) => {
    const points = Array.from({ length: side * side }, (_, n) => (masks[mask](n % side, Math.floor(n / side)) ? 255 : 0));
    const image = { Type: { name: 'XObject' }, Subtype: { name: 'Image' }, Width: side, Height: side, BitsPerComponent: 8 };
    return [
      { number: first, value: { dictionary: { ...formOf(width, height), Resources: { dictionary: { XObject: { dictionary: { Im: { reference: first + 1 } } } } } }, stream: Buffer.from(`q ${String(width)} 0 0 ${String(height)} 0 0 cm /Im Do Q`) } },
      { number: first + 1, value: { dictionary: { ...image, ColorSpace: { name: 'DeviceGray' }, SMask: { reference: first + 2 } }, stream: Buffer.alloc(side * side, 90) } },
      { number: first + 2, value: { dictionary: { ...image, ColorSpace: { name: 'DeviceGray' } }, stream: Buffer.from(points) } },
    ] satisfies IncrementPlan['objects'];
  };
}

function formOf(width: number, height: number): Record<string, NonNullable<IncrementPlan['objects'][number]['value']>> {
  return { Type: { name: 'XObject' }, Subtype: { name: 'Form' }, BBox: [0, 0, width, height] };
}

/** A picture of these operators, with Helvetica as /Helv. */
export function drawn(operators: string): Appearance {
  return (first, { width, height }) => [
    { number: first, value: { dictionary: { ...formOf(width, height), Resources: { dictionary: { Font: { dictionary: { Helv: { reference: first + 1 } } } } } }, stream: Buffer.from(operators) } },
    { number: first + 1, value: { dictionary: { Type: { name: 'Font' }, Subtype: { name: 'Type1' }, BaseFont: { name: 'Helvetica' }, Encoding: { name: 'WinAnsiEncoding' } } } },
  ];
}

export function text(words: string): Appearance {
  return drawn(`BT /Helv 12 Tf 1 3 Td (${words}) Tj ET`);
}
