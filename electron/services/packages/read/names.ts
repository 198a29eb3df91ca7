import type { ReadLimits } from './limits.ts';
import type { Refusal } from './refused.ts';

const control = /[\p{Cc}\u2028\u2029]/u;

/**
 * Why a path may not be written to any disk; undefined when it may. Judged on the path as it is written: whoever unpacks may
 * not be as careful (CWE-22, APPNOTE 6.3 §4.4.17).
 */
export function pathRefusal(path: string, limits: Pick<ReadLimits, 'depth' | 'nameLength'>): Refusal | undefined {
  const shown = shownPath(path);
  const bad = (why: string): Refusal => ({ rule: 'read.name-path', file: shown, params: { why } });
  if (path.startsWith('/')) return bad('absolute');
  if (/^[A-Za-z]:/.test(path)) return bad('drive');
  if (path.includes('\\')) return bad('backslash');
  if (control.test(path)) return bad('control');
  const parts = path.split('/');
  if (parts.includes('..')) return bad('parent');
  if (parts.some((part) => part === '' || part === '.')) return bad('empty');
  const long = parts.find((part) => part.length > limits.nameLength);
  if (long !== undefined) return { rule: 'read.name-long', file: shown, params: { length: long.length, most: limits.nameLength } };
  if (parts.length > limits.depth) return { rule: 'read.too-deep', file: shown, params: { most: limits.depth } };
  return undefined;
}

/** A path as a message may hold it: control characters are marked, and what is very long is cut. */
export function shownPath(path: string): string {
  const plain = path.replaceAll(/[\p{Cc}\u2028\u2029]/gu, '\uFFFD');
  return plain.length > 400 ? `${plain.slice(0, 400)}…` : plain;
}

/** What Windows and a Mac take for the same name: case and the two ways to write a letter with marks make no difference. */
export function sameName(path: string): string {
  return path.normalize('NFC').toLowerCase().normalize('NFC');
}

/**
 * Notes names as they come and tells of each that stands there already, exactly or as `sameName`. A file and a folder of one
 * name are two of one name as well.
 */
export function nameBook(): (path: string, kind: 'file' | 'folder') => Refusal | undefined {
  const known = new Map<string, { path: string; kind: 'file' | 'folder' }>();
  function note(path: string, kind: 'file' | 'folder'): Refusal | undefined {
    const key = sameName(path);
    const there = known.get(key);
    if (there === undefined) {
      known.set(key, { path, kind });
      return undefined;
    }
    if (kind === 'folder' && there.kind === 'folder' && there.path === path) return undefined;
    return { rule: 'read.name-twice', file: shownPath(path), params: { other: shownPath(there.path) } };
  }
  /** folders that are noted as they are written, with all above them */
  const folders = new Set<string>();
  return (path, kind) => {
    for (let cut = path.indexOf('/'); cut !== -1; cut = path.indexOf('/', cut + 1)) {
      const folder = path.slice(0, cut);
      if (folders.has(folder)) continue;
      const found = note(folder, 'folder');
      if (found !== undefined) return found;
      folders.add(folder);
    }
    return note(path, kind);
  };
}
