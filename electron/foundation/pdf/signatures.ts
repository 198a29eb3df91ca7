import type { Result } from '../outcome.ts';
import { PdfStop, tried, type PdfFault } from './faults.ts';
import { fieldRule, formIn, levelAt, type FieldRule, type FormField } from './fields.ts';
import { asked, followed, viewOf, type PdfFile, type PdfView } from './file.ts';
import { looseSignatureFields } from './loose-fields.ts';
import { textOf, type Found, type PdfDictionary, type PdfObject } from './object.ts';
import { catalogIn, dictionaryAt, itemsAt } from './pages.ts';
import type { Reading } from './revisions.ts';

/** A transform that a signature dictionary names (ISO 32000-1 12.8.2). */
export type SignatureReference = {
  /** DocMDP, UR, UR3, FieldMDP, Identity; what else stands there is passed on */
  readonly method: string;
  /** of DocMDP: 1 no change, 2 form filling and signing, 3 annotations too; 2 when nothing is said */
  readonly level: number | undefined;
  /** of FieldMDP */
  readonly rule: FieldRule | undefined;
};

/** A signature dictionary (12.8.1) as it stands in one place of the file; nothing in it has been checked. */
export type PdfSignature = {
  readonly dictionary: Found<PdfDictionary>;
  /** the fields that hold it, in the newest revision that has it under any; more than one is a fault of the file */
  readonly fields: readonly string[];
  /** false: only a page shows it, the form does not know it */
  readonly isInForm: boolean;
  /** what the first of these fields locks when it is signed */
  readonly lock: FieldRule | undefined;
  /** the oldest revision and reading in which a field leads to it */
  readonly since: number;
  readonly reading: Reading;
  /** whether a field of the newest revision still leads to it, under every reading that the file has */
  readonly isInNewest: boolean;
  readonly filter: string;
  readonly subFilter: string;
  /** Sig or DocTimeStamp */
  readonly type: string;
  readonly references: readonly SignatureReference[];
  readonly isCertification: boolean;
  /** stated in the dictionary, of no evidence by themselves: Name, M, Reason, Location, ContactInfo */
  readonly stated: Readonly<Record<string, string>>;
};

export type SignatureList = {
  readonly signatures: readonly PdfSignature[];
  /** revisions and readings whose form could not be read: there may be signatures that are not listed */
  readonly unread: readonly { readonly revision: number; readonly reading: Reading; readonly fault: PdfFault }[];
};

type Sighting = { readonly field: FormField; readonly view: PdfView; readonly value: Found<PdfDictionary>; readonly isInForm: boolean };

/**
 * Every signature that a field of the form leads to in any revision, under any reading, and those that only a page of the
 * newest revision shows: one that a later revision hides or replaces is listed too. Ordered by where their dictionaries
 * stand. Fails only when time or work is used up.
 */
export function signaturesOf(file: PdfFile): Result<SignatureList, PdfFault> {
  return asked(file, () => {
    const unread: { revision: number; reading: Reading; fault: PdfFault }[] = [];
    const sightings = new Map<string, Sighting[]>();
    const newest = file.revisions.length - 1;
    const readings: readonly Reading[] = file.isHybrid ? ['full', 'table'] : ['full'];
    for (const { index } of file.revisions) {
      for (const reading of readings) {
        const view = viewOf(file, index, reading);
        const inForm = tried(() => sightingsIn(view, formIn(view)?.fields ?? [], true));
        if (!inForm.ok) unread.push({ revision: index, reading, fault: inForm.failure });
        const onPages = tried(() => (index === newest ? looseSightings(view) : []));
        if (!onPages.ok) unread.push({ revision: index, reading, fault: onPages.failure });
        for (const one of [...(inForm.ok ? inForm.value : []), ...(onPages.ok ? onPages.value : [])]) {
          const { holder, value } = one.value;
          const key = `${String(holder.inStream ?? 0)} ${String(holder.inStream === undefined ? value.from : holder.number)} ${String(holder.source.origin)}`;
          sightings.set(key, [...(sightings.get(key) ?? []), one]);
        }
      }
    }
    const signatures = [...sightings.values()].map((seen) => signatureOf(file, seen, readings.length));
    signatures.sort((a, b) => placeOf(a) - placeOf(b));
    return { signatures, unread };
  });
}

function placeOf({ dictionary }: PdfSignature): number {
  return dictionary.holder.source.origin ?? dictionary.value.from;
}

function looseSightings(view: PdfView): readonly Sighting[] {
  const form = tried(() => formIn(view)?.fields ?? []);
  const known = new Set((form.ok ? form.value : []).flatMap(({ number, widgets }) => [number, ...widgets]));
  return sightingsIn(view, looseSignatureFields(view, known), false);
}

function sightingsIn(view: PdfView, fields: readonly FormField[], isInForm: boolean): readonly Sighting[] {
  return fields.flatMap((field) => {
    if (field.type !== 'Sig' || field.value === undefined) return [];
    const { value, holder } = field.value;
    // What is no dictionary is a signature that was spoilt, and must not look like an empty field.
    if (value.kind !== 'dictionary') throw new PdfStop('wrong-type', holder.from, holder.number);
    return [{ field, view, value: { value, holder }, isInForm }];
  });
}

function signatureOf(file: PdfFile, seen: readonly Sighting[], readings: number): PdfSignature {
  const [first] = seen;
  const last = seen.at(-1);
  if (first === undefined || last === undefined) throw new Error('a signature that nobody saw');
  const { view, value: dictionary } = first;
  const newest = seen.filter(({ view: one }) => one.newest.index === file.revisions.length - 1);
  const fields = seen.filter(({ view: one }) => one.newest === last.view.newest && one.reading === last.view.reading);
  const read = { view, dictionary };
  const list = orNoted(file, () => referencesOf(view, dictionary)) ?? [];
  return {
    dictionary,
    fields: fields.map(({ field }) => field.name),
    isInForm: seen.some(({ isInForm }) => isInForm),
    lock: orNoted(file, () => lockIn(last.view, last.field)),
    since: view.newest.index,
    reading: view.reading,
    isInNewest: new Set(newest.map(({ view: one }) => one.reading)).size === readings,
    filter: nameOf(read, 'Filter'),
    subFilter: nameOf(read, 'SubFilter'),
    type: nameOf(read, 'Type') || 'Sig',
    references: list,
    isCertification: list.some(({ method }) => method === 'DocMDP'),
    stated: statedIn(read),
  };
}

/** What cannot be read of a signature must not hide it: the fault is kept, and weighs. */
function orNoted<T>(file: PdfFile, read: () => T): T | undefined {
  const result = tried(read);
  if (!result.ok) file.reader.log.note(result.failure.code, result.failure.at, result.failure.object);
  return result.ok ? result.value : undefined;
}

/** What a field locks when it is signed (12.7.4.5); undefined when nothing is said. */
export function lockOf(view: PdfView, field: FormField): Result<FieldRule | undefined, PdfFault> {
  return asked(view.file, () => lockIn(view, field));
}

function lockIn(view: PdfView, field: FormField): FieldRule | undefined {
  const lock = dictionaryAt(view, field.field, 'Lock');
  return lock && fieldRule(view, lock);
}

type Read = { readonly view: PdfView; readonly dictionary: Found<PdfDictionary> };

function valueAt({ view, dictionary }: Read, key: string): PdfObject | undefined {
  const read = tried(() => followed(view, dictionary.holder, dictionary.value.entries.get(key)));
  return read.ok ? read.value?.value : undefined;
}

function nameOf(read: Read, key: string): string {
  const value = valueAt(read, key);
  return value?.kind === 'name' ? value.name : '';
}

function statedIn(read: Read): Readonly<Record<string, string>> {
  const stated: Record<string, string> = {};
  for (const key of ['Name', 'M', 'Reason', 'Location', 'ContactInfo']) {
    const value = valueAt(read, key);
    if (value?.kind === 'string') stated[key] = textOf(value.bytes);
  }
  return stated;
}

function referencesOf(view: PdfView, dictionary: Found<PdfDictionary>): readonly SignatureReference[] {
  return itemsAt(view, dictionary, 'Reference').map(({ value, holder }) => {
    const one = followed(view, holder, value);
    if (one?.value.kind !== 'dictionary') throw new PdfStop('wrong-type', holder.from, holder.number);
    const reference = { value: one.value, holder: one.holder };
    const named = followed(view, reference.holder, reference.value.entries.get('TransformMethod'))?.value;
    const method = named?.kind === 'name' ? named.name : '';
    const parameters = dictionaryAt(view, reference, 'TransformParams');
    const level = method === 'DocMDP' ? ((parameters && levelAt(view, parameters)) ?? 2) : undefined;
    const rule = method === 'FieldMDP' && parameters !== undefined ? fieldRule(view, parameters) : undefined;
    return { method, level, rule };
  });
}

/** What the catalog's /Perms names (12.8.4): signature dictionaries by key, DocMDP and UR3. */
export function permissionsOf(view: PdfView): Result<ReadonlyMap<string, Found<PdfDictionary>>, PdfFault> {
  return asked(view.file, () => {
    const permissions = dictionaryAt(view, catalogIn(view), 'Perms');
    const named = new Map<string, Found<PdfDictionary>>();
    for (const key of permissions?.value.entries.keys() ?? []) {
      const one = permissions && dictionaryAt(view, permissions, key);
      if (one !== undefined) named.set(key, one);
    }
    return named;
  });
}
