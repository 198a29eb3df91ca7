import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../foundation/canonical-json.ts';
import { LineTooLong, linesOf } from '../transfer/index.ts';
import { names, rootName } from './names.ts';

const backupFormat = 'tram-van-thu-backup';
const backupVersion = 1;
/** what the passphrase's file is bound to */
export const keyFormat = 'tvt-backup-key';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().nonnegative();
const Part = z.strictObject({ sha256: Sha256, /** bytes */ size: Count });
export type Part = z.infer<typeof Part>;

/** What a generation says of itself. Its parts are named by hash; `mac` is made with a key that comes from the master key. */
const ManifestBody = z.strictObject({
  format: z.literal(backupFormat),
  version: z.literal(backupVersion),
  generation: z.string(),
  /** the moment that it holds */
  at: z.iso.datetime({ precision: 3 }),
  /** of the station on one machine; a restored one has another */
  life: z.string(),
  host: z.string(),
  programVersion: z.string(),
  schemaVersion: Count,
  keyCheck: z.string(),
  /** of the passphrase: what stands on the sheet in the safe */
  recovery: z.string(),
  profileKind: z.enum(['office', 'practice']),
  office: z.strictObject({ organId: z.string(), name: z.string() }),
  lastEntry: z.strictObject({ seq: z.number().int().positive(), hash: Sha256 }).nullable(),
  counts: z.strictObject({ incoming: Count, outgoing: Count, files: Count, /** of the stored files as they lie there */ bytes: Count }),
  /** stored files that records need and the station could not give */
  missing: z.array(z.strictObject({ sha256: Sha256, why: z.enum(['missing', 'damaged']) })),
  parts: z.strictObject({ database: Part, key: Part, files: Part }),
});
export type ManifestBody = z.infer<typeof ManifestBody>;
const Manifest = z.strictObject({ ...ManifestBody.shape, mac: Sha256 });
export type Manifest = z.infer<typeof Manifest>;

/** A stored file of a generation: its content's SHA-256, that of the encrypted bytes, and how many those are. */
export type Entry = { readonly name: string; readonly sealed: string; readonly size: number };

/** Where a station's backups lie in the chosen folder. */
export function stationFolder(place: string, keyCheck: string): string {
  return join(place, rootName, keyCheck.slice(0, 16));
}

/** Where a stored file lies. */
export function blobPath(station: string, name: string): string {
  return join(station, names.blobs, name.slice(0, 2), name);
}

/** Where a generation lies. */
export function generationFolder(station: string, generation: string): string {
  return join(station, names.generations, generation);
}

/** `20261123T012033Z-…`: in the order of time. */
export const generationName = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/;

/** The manifest's text, with its proof. */
export function manifestText(body: ManifestBody, key: Uint8Array): string {
  return `${canonicalJson({ ...body, mac: macOf(body, key) })}\n`;
}

/** Whether whoever wrote a manifest had the station's key. */
export function isProven({ mac, ...body }: Manifest, key: Uint8Array): boolean {
  return timingSafeEqual(Buffer.from(mac, 'hex'), Buffer.from(macOf(body, key), 'hex'));
}

function macOf(body: ManifestBody, key: Uint8Array): string {
  return createHmac('sha256', key).update(canonicalJson(body)).digest('hex');
}

/** The manifest of a generation's folder; `newer`: of a version that this program does not know; undefined: none, or spoilt. */
export function readManifest(folder: string): Manifest | 'newer' | undefined {
  let value: unknown;
  let text: string;
  try {
    text = readFileSync(join(folder, names.manifest), 'utf8');
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  const read = Manifest.safeParse(value);
  if (read.success) return `${canonicalJson(read.data)}\n` === text ? read.data : undefined;
  const other = z.object({ format: z.literal(backupFormat), version: z.number() }).safeParse(value);
  return other.success && other.data.version > backupVersion ? 'newer' : undefined;
}

/** The line of a stored file. */
export const entryText = ({ name, sealed, size }: Entry): string => `${name} ${sealed} ${String(size)}\n`;

/** Thrown where a list of files is not what was written. */
export class ListBroken extends Error {
  override readonly name = 'ListBroken';
}

/** The stored files of a generation in the order of their names, in bounded memory. Throws ListBroken. */
export function* entriesOf(folder: string): Generator<Entry> {
  let before = '';
  try {
    for (const line of linesOf(join(folder, names.files), 200)) {
      const [, name = '', sealed = '', size = ''] = /^([0-9a-f]{64}) ([0-9a-f]{64}) ([1-9]\d{0,14})$/.exec(line) ?? [];
      if (name <= before) throw new ListBroken();
      before = name;
      yield { name, sealed, size: Number(size) };
    }
  } catch (error) {
    throw error instanceof LineTooLong || error instanceof TypeError ? new ListBroken() : error;
  }
}
