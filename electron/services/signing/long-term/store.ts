import { createHash } from 'node:crypto';
import { catalogOf, edited, entryOf, nextNumber, objectOf, securityStoreOf, streamData, viewOf, type Found, type IncrementPlan, type PdfDictionary, type PdfEntries, type PdfFile, type PdfValue } from '../../../foundation/pdf/index.ts';
import { read } from '../refusals.ts';
import type { Piece } from './material.ts';

/** What a signature or time-stamp is checked with; `key`: see `vriKey`. */
export type StoreEntry = { readonly key: string; readonly certificates: readonly Uint8Array[]; readonly pieces: readonly Piece[] };

/** Name of a signature in the VRI dictionary: upper-case SHA-1 of what its Contents string stands for (ISO 32000-2 12.8.4.4). */
export function vriKey(contents: Uint8Array): string {
  return createHash('sha1').update(contents).digest('hex').toUpperCase();
}

type Lists = { readonly certs: readonly number[]; readonly ocsps: readonly number[]; readonly crls: readonly number[] };
const none: Lists = { certs: [], ocsps: [], crls: [] };

/**
 * The objects that bring these entries into the document security store (ISO 32000-2 12.8.4.3, EN 319 142-1 §5.4): streams
 * for what is not there yet, the DSS with longer lists, and the catalog only where it did not name one. Nothing that is there
 * is taken out. Undefined: all of it is there already.
 */
export function storePlan(file: PdfFile, entries: readonly StoreEntry[]): IncrementPlan | undefined {
  const view = viewOf(file);
  const store = read(securityStoreOf(view));
  const catalog = read(catalogOf(view));
  const objects: IncrementPlan['objects'][number][] = [];
  const known = new Map<string, number>();
  let next = nextNumber(file);
  for (const number of [...(store?.certs ?? []), ...(store?.ocsps ?? []), ...(store?.crls ?? [])]) {
    const data = streamData(view, number);
    if (data.ok) known.set(digestOf(data.value), number);
  }

  function numberOf(der: Uint8Array): number {
    const digest = digestOf(der);
    const before = known.get(digest);
    if (before !== undefined) return before;
    const number = next;
    next += 1;
    known.set(digest, number);
    objects.push({ number, value: { dictionary: {}, stream: der } });
    return number;
  }

  const numbersOf = (list: readonly Uint8Array[]): number[] => [...new Set(list.map(numberOf))];
  const wanted = new Map<string, Lists>();
  for (const { key, certificates, pieces } of entries) {
    const of = (kind: Piece['kind']): number[] => numbersOf(pieces.filter((piece) => piece.kind === kind).map(({ der }) => der));
    wanted.set(key, union(wanted.get(key) ?? none, { certs: numbersOf(certificates), ocsps: of('ocsp'), crls: of('crl') }));
  }
  const isThere = [...wanted].every(([key, lists]) => covers(store, lists) && covers(store?.vri.get(key), lists));
  if (isThere) return undefined;

  const all = [...wanted.values()].reduce(union, store ?? none);
  const reference = (number: number): PdfValue => {
    const old = objectOf(view, number);
    return { reference: number, generation: (old.ok && old.value?.holder.generation) || 0 };
  };
  const listed = (keys: readonly [string, string, string], { certs, ocsps, crls }: Lists): PdfEntries =>
    Object.fromEntries([certs, ocsps, crls].map((list, index) => [keys[index] ?? '', list.length === 0 ? undefined : list.map(reference)]));

  const before = store?.dictionary;
  const vri = before && dictionaryIn(read(entryOf(view, before, 'VRI')));
  const own: Record<string, PdfValue> = {};
  for (const [key, lists] of wanted) {
    const old = vri && dictionaryIn(read(entryOf(view, vri, key)));
    const longer = listed(['Cert', 'OCSP', 'CRL'], union(store?.vri.get(key) ?? none, lists));
    own[key] = old === undefined ? { dictionary: longer } : edited(old, longer);
  }
  const vriValue = vri === undefined ? { dictionary: own } : edited(vri, own);
  const vriNumber = vri !== undefined && vri.holder.number !== before?.holder.number ? vri.holder.number : undefined;
  if (vriNumber !== undefined) objects.push({ number: vriNumber, value: vriValue });
  const changes: PdfEntries = { ...listed(['Certs', 'OCSPs', 'CRLs'], all), ...(vriNumber === undefined ? { VRI: vriValue } : {}) };
  const isOwn = before !== undefined && before.holder.number !== catalog.holder.number;
  const number = isOwn ? before.holder.number : next;
  objects.push({ number, value: before === undefined ? { dictionary: { Type: { name: 'DSS' }, ...changes } } : edited(before, changes) });
  if (!isOwn) objects.push({ number: catalog.holder.number, value: edited(catalog, { DSS: { reference: number } }) });
  return { objects };
}

function dictionaryIn(found: Found | undefined): Found<PdfDictionary> | undefined {
  return found?.value.kind === 'dictionary' ? { value: found.value, holder: found.holder } : undefined;
}

function union(a: Lists, b: Lists): Lists {
  const both = (x: readonly number[], y: readonly number[]): number[] => [...new Set([...x, ...y])];
  return { certs: both(a.certs, b.certs), ocsps: both(a.ocsps, b.ocsps), crls: both(a.crls, b.crls) };
}

function covers(has: Lists | undefined, { certs, ocsps, crls }: Lists): boolean {
  const all = (x: readonly number[], y: readonly number[]): boolean => y.every((number) => x.includes(number));
  return has !== undefined && all(has.certs, certs) && all(has.ocsps, ocsps) && all(has.crls, crls);
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
