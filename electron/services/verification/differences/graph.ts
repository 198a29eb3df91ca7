import { objectOf, revisionChanges, viewOf, type PdfFile, type PdfObject, type Reading } from '../../../foundation/pdf/index.ts';
import { read } from './values.ts';

/** A place that refers to an object: keys from the holder's top, joined by full stops; array places are left out. */
export type Referrer = { readonly holder: number; readonly revision: number; readonly path: string };

/** Who refers to whom, over all objects that the file ever had, whether anything leads to them or not. */
export type Graph = {
  readonly changes: readonly { readonly added: ReadonlySet<number>; readonly changed: readonly number[]; readonly freed: readonly number[]; readonly changedUnnamed: readonly number[] }[];
  /** those that count in a revision */
  readonly referrers: (number: number, asOf: number) => readonly Referrer[];
  /** the revision that wrote the object as it is in revision `asOf` */
  readonly writtenIn: (number: number, asOf: number) => number | undefined;
};

/** Reads every object of the file once. */
export function graphOf(file: PdfFile, reading: Reading): Graph {
  const references = new Map<number, Referrer[]>();
  const written = new Map<number, number[]>();
  const changes = file.revisions.map(({ index }) => {
    const { added, changed, freed, changedUnnamed } = read(revisionChanges(file, index, reading));
    const view = viewOf(file, index, reading);
    for (const number of [...added, ...changed, ...freed]) written.set(number, [...(written.get(number) ?? []), index]);
    for (const holder of [...added, ...changed]) {
      const one = read(objectOf(view, holder));
      // A cross-reference stream is the trailer too: what that leads to is compared as such.
      const isTrailer = one !== undefined && one.holder.inStream === undefined && one.holder.from === view.newest.startxref;
      if (one !== undefined) collect(one.value, { holder, revision: index, path: '' }, references, isTrailer ? trailerKeys : []);
    }
    return { added: new Set(added), changed, freed, changedUnnamed };
  });
  const writtenIn = (number: number, asOf: number): number | undefined => written.get(number)?.findLast((index) => index <= asOf);
  return {
    changes,
    writtenIn,
    referrers: (number, asOf) => (references.get(number) ?? []).filter(({ holder, revision }) => writtenIn(holder, asOf) === revision),
  };
}

const trailerKeys = ['Root', 'Info', 'Encrypt', 'ID', 'Prev'];

/** The parser has bounded the depth. */
function collect(value: PdfObject, place: Referrer, references: Map<number, Referrer[]>, except: readonly string[] = []): void {
  if (value.kind === 'reference') {
    const known = references.get(value.number);
    if (known === undefined) references.set(value.number, [place]);
    else known.push(place);
  } else if (value.kind === 'array') for (const item of value.items) collect(item, place, references);
  else if (value.kind === 'dictionary' || value.kind === 'stream') {
    const { entries } = value.kind === 'stream' ? value.dictionary : value;
    for (const [key, item] of entries) {
      const isLeaf = item.kind !== 'reference' && item.kind !== 'array' && item.kind !== 'dictionary';
      if (!isLeaf && !except.includes(key)) collect(item, { ...place, path: place.path === '' ? key : `${place.path}.${key}` }, references);
    }
  }
}
