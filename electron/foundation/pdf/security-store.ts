import type { Result } from '../outcome.ts';
import { PdfStop, type PdfFault } from './faults.ts';
import { asked, found, followed, type PdfView } from './file.ts';
import { decodedStream } from './indirect.ts';
import type { Found, PdfDictionary } from './object.ts';
import { catalogIn, dictionaryAt, itemsAt } from './pages.ts';

/** Object numbers of streams that hold certificates, OCSP answers and CRLs. */
export type SecurityLists = { readonly certs: readonly number[]; readonly ocsps: readonly number[]; readonly crls: readonly number[] };

/** The document security store (ISO 32000-2 12.8.4.3, EN 319 142-1 5.4). */
export type SecurityStore = SecurityLists & {
  readonly dictionary: Found<PdfDictionary>;
  /** by the upper-case hexadecimal SHA-1 of a signature's Contents */
  readonly vri: ReadonlyMap<string, SecurityLists>;
};

/** The store of a view; undefined when it has none. */
export function securityStoreOf(view: PdfView): Result<SecurityStore | undefined, PdfFault> {
  return asked(view.file, () => {
    const dictionary = dictionaryAt(view, catalogIn(view), 'DSS');
    if (dictionary === undefined) return undefined;
    const entries = dictionaryAt(view, dictionary, 'VRI');
    const vri = new Map<string, SecurityLists>();
    for (const key of entries?.value.entries.keys() ?? []) {
      const one = key === 'Type' || entries === undefined ? undefined : dictionaryAt(view, entries, key);
      if (one !== undefined) vri.set(key, lists(view, one, ['Cert', 'OCSP', 'CRL']));
    }
    return { ...lists(view, dictionary, ['Certs', 'OCSPs', 'CRLs']), dictionary, vri };
  });
}

function lists(view: PdfView, parent: Found<PdfDictionary>, keys: readonly [string, string, string]): SecurityLists {
  const numbers = (key: string): readonly number[] =>
    itemsAt(view, parent, key).map(({ value, holder }) => {
      if (value.kind !== 'reference') throw new PdfStop('wrong-type', holder.from, holder.number);
      return value.number;
    });
  return { certs: numbers(keys[0]), ocsps: numbers(keys[1]), crls: numbers(keys[2]) };
}

/** The data of the stream with this number, without its filters; fails for filters that this reader does not know. */
export function streamData(view: PdfView, number: number): Result<Uint8Array, PdfFault> {
  return asked(view.file, () => {
    const one = found(view, number);
    const stream = one && followed(view, one.holder, one.value);
    if (stream?.value.kind !== 'stream') throw new PdfStop('wrong-type', one?.holder.from ?? 0, number);
    return decodedStream(view.file.reader, stream.value, { at: stream.holder.from, object: number });
  });
}
