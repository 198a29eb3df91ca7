import { closeSync, lstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Outcome } from '#contract';
import { canonicalJson, type Json } from '../../foundation/canonical-json.ts';

// docs/export-format.md describes this for others.

export const manifestName = 'manifest.json';
/** What it is called while it grows. */
export const growingManifest = `${manifestName}.part`;
export const exportFormat = 'tram-van-thu-export';
export const exportVersion = 1;
/** A line of the manifest, and of a file of records; longer ones are no work of ours. */
export const longestLine = { head: 16 * 1024 * 1024, entry: 400, record: 64 * 1024 * 1024 } as const;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A stored file that records name and the station could not give. */
const Unreadable = z.strictObject({ sha256: Sha256, why: z.enum(['missing', 'damaged']) });
export type Unreadable = z.infer<typeof Unreadable>;

/** What the manifest says before its list of files. */
const ManifestHead = z.strictObject({
  format: z.literal(exportFormat),
  version: z.literal(exportVersion),
  /** practice and real data never mix */
  profileKind: z.enum(['office', 'practice']),
  office: z.strictObject({ organId: z.string(), name: z.string() }),
  /** the newest audit entry in it: from when it is, and where its chain ends; null when there is none */
  lastEntry: z.strictObject({ seq: z.number().int().positive(), at: z.string(), hash: Sha256 }).nullable(),
  /** records of each kind */
  counts: z.record(z.string(), z.number().int().nonnegative()),
});
export type ManifestHead = z.infer<typeof ManifestHead>;

/** A file of the export. */
export type ManifestEntry = { readonly path: string; readonly sha256: string; readonly size: number };

/** The manifest's text up to its list: one member on a line, so that it can be read line by line. */
export function headText(head: ManifestHead): string {
  const order = ['format', 'version', 'profileKind', 'office', 'lastEntry', 'counts'] as const;
  return `{\n${order.map((name) => `${JSON.stringify(name)}:${canonicalJson(head[name] as Json)},\n`).join('')}"files":[\n`;
}

/** The line of a file; `isFirst`: of the list. */
export function entryText(entry: ManifestEntry, isFirst: boolean): string {
  return `${isFirst ? '' : ',\n'}${canonicalJson(entry)}`;
}

/** What follows the list. */
export function endText(unreadable: readonly Unreadable[]): string {
  return `\n],\n"unreadable":${canonicalJson(unreadable)}\n}\n`;
}

/** Where a stored file lies in the export. */
export const pathOfFile = (sha256: string): string => `files/${sha256.slice(0, 2)}/${sha256}`;

const entryLine = /^\{"path":"(README\.txt|documents\/[a-z-]{1,60}\.jsonl|files\/([0-9a-f]{2})\/([0-9a-f]{64}))","sha256":"([0-9a-f]{64})","size":(0|[1-9]\d{0,14})\}(,?)$/;

export type ManifestFailureCode = 'export-missing' | 'export-unfinished' | 'export-unknown-form' | 'export-newer';

export type Manifest = {
  readonly head: ManifestHead;
  /**
   * The files in the order of their paths, read anew each time, in bounded memory; answers at its end what could not be
   * read. Throws ManifestBroken.
   */
  readonly entries: () => Generator<ManifestEntry, readonly Unreadable[]>;
};

/** Thrown while the list is read; `line` counts from 1. */
export class ManifestBroken extends Error {
  override readonly name = 'ManifestBroken';
  readonly line: number;
  constructor(line: number) {
    super(`line ${String(line)} of the manifest is none`);
    this.line = line;
  }
}

/**
 * Opens the manifest of an export. Only the form that `headText` and `entryText` write is taken: what would be valid JSON in
 * another one was not written by this program. Failures:
 * - `export-missing`: there is no such folder; `export-unfinished`: one without a manifest
 * - `export-newer`: of a version that this program does not know; `export-unknown-form`: no manifest of ours
 */
export function openManifest(folder: string): Outcome<Manifest, ManifestFailureCode> {
  const path = join(folder, manifestName);
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat?.isDirectory() !== true) return fail('export-missing', { folder });
  const manifest = lstatSync(path, { throwIfNoEntry: false });
  if (manifest === undefined) return fail('export-unfinished', { folder });
  if (!manifest.isFile()) return fail('export-unknown-form', { folder });
  const headLines: string[] = [];
  try {
    for (const line of linesOf(path, longestLine.head)) {
      if (line === '"files":[') break;
      headLines.push(line);
      if (headLines.length > 20) return fail('export-unknown-form', { folder });
    }
  } catch (error) {
    if (error instanceof LineTooLong) return fail('export-unknown-form', { folder });
    throw error;
  }
  const head = headOf(headLines);
  if (typeof head === 'string') return fail(head, { folder });
  const start = headLines.length + 1;
  return ok({ head, entries: () => entriesOf(path, start) });
}

function headOf(lines: readonly string[]): ManifestHead | 'export-unknown-form' | 'export-newer' {
  let value: unknown;
  try {
    value = JSON.parse(`${lines.join('\n').replace(/,$/, '')}}`);
  } catch {
    return 'export-unknown-form';
  }
  const head = ManifestHead.safeParse(value);
  if (head.success && headText(head.data) === `${lines.join('\n')}\n"files":[\n`) return head.data;
  const other = z.object({ format: z.literal(exportFormat), version: z.number() }).safeParse(value);
  return other.success && other.data.version > exportVersion ? 'export-newer' : 'export-unknown-form';
}

function* entriesOf(path: string, start: number): Generator<ManifestEntry, readonly Unreadable[]> {
  let number = 0;
  let before = '';
  let more = true;
  const tail: string[] = [];
  try {
    for (const line of linesOf(path, longestLine.head)) {
      number += 1;
      if (number <= start) continue;
      if (!more) {
        tail.push(line);
        if (tail.length > 3) throw new ManifestBroken(number);
        continue;
      }
      const found = line.length <= longestLine.entry ? entryLine.exec(line) : null;
      const [, place = '', shard, name, sha256 = '', size = '', comma] = found ?? [];
      if (found === null || place <= before) throw new ManifestBroken(number);
      if (name !== undefined && (name !== sha256 || shard !== name.slice(0, 2))) throw new ManifestBroken(number);
      before = place;
      more = comma === ',';
      yield { path: place, sha256, size: Number(size) };
    }
  } catch (error) {
    throw error instanceof LineTooLong || error instanceof TypeError ? new ManifestBroken(number + 1) : error;
  }
  const unreadable = more ? undefined : unreadableOf(tail);
  if (unreadable === undefined) throw new ManifestBroken(number);
  return unreadable;
}

function unreadableOf(tail: readonly string[]): readonly Unreadable[] | undefined {
  const [, text] = /^"unreadable":(\[.*\])$/.exec(tail[1] ?? '') ?? [];
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const list = z.array(Unreadable).safeParse(value);
  return list.success && endText(list.data) === `\n${tail.join('\n')}\n` ? list.data : undefined;
}

/** Thrown at a line that is longer than the caller bears. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/**
 * The lines of a file without their ends, in bounded memory; `most`: bytes of the longest. Text that is no UTF-8 throws a
 * TypeError. `piece` is told of all bytes as they are read.
 */
export function* linesOf(path: string, most: number, piece: (bytes: Uint8Array) => void = () => undefined): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const buffer = Buffer.alloc(256 * 1024);
  const file = openSync(path, 'r');
  try {
    let begun: Buffer[] = [];
    let length = 0;
    for (;;) {
      const read = readSync(file, buffer, 0, buffer.length, null);
      const bytes = buffer.subarray(0, read);
      piece(bytes);
      let at = 0;
      for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, at)) {
        const last = bytes.subarray(at, end);
        if (length + last.length > most) throw new LineTooLong();
        yield decoder.decode(length === 0 ? last : Buffer.concat([...begun, last]));
        begun = [];
        length = 0;
        at = end + 1;
      }
      const rest = bytes.subarray(at);
      length += rest.length;
      if (length > most) throw new LineTooLong();
      if (rest.length > 0) begun.push(Buffer.from(rest));
      if (read === 0) break;
    }
    if (length > 0) yield decoder.decode(Buffer.concat(begun));
  } finally {
    closeSync(file);
  }
}
