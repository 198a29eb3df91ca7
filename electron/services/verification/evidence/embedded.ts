import { securityStoreOf, streamData, viewOf, type PdfFile } from '../../../foundation/pdf/index.ts';
import { readCertificate, readCrl, readRevocationArchive, type Certificate, type Crl, type SignedData } from '../../trust/index.ts';

/** What a file brings along to prove its signatures: everything as DER, nothing of it checked but certificates read. */
export type Embedded = {
  readonly certificates: readonly Certificate[];
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  /** the lists that this issuer signed, read once however many certificates are asked about */
  readonly listsOf: (issuer: Certificate) => readonly EmbeddedList[];
};

export type EmbeddedList = { readonly der: Uint8Array; readonly crl: Crl };

const most = { certs: 200, ocsps: 200, crls: 50 } as const;
/** Of all signatures together, each once. */
const mostCertificates = 500;
/** Of all lists of revoked certificates in one file together; a larger one is fetched, not sent along. */
const mostListBytes = 32 * 1024 * 1024;

/**
 * The document security store of the newest revision (EN 319 142-1 §5.4), its VRI parts included, and what the signatures
 * carry inside. What cannot be read there is as good as absent: evidence can only help, and is checked before it does.
 */
export function embeddedEvidence(file: PdfFile, signatures: readonly SignedData[]): Embedded {
  const view = viewOf(file);
  const store = securityStoreOf(view);
  const lists = store.ok && store.value !== undefined ? [store.value, ...store.value.vri.values()] : [];
  const streams = (key: 'certs' | 'ocsps' | 'crls'): readonly Uint8Array[] => {
    const numbers = [...new Set(lists.flatMap((list) => list[key]))].slice(0, most[key]);
    return numbers.flatMap((number) => {
      const data = streamData(view, number);
      return data.ok ? [data.value] : [];
    });
  };
  const inside = signatures.map(readRevocationArchive);
  const stored = streams('certs').flatMap((der) => {
    const read = readCertificate(der);
    return read.ok ? [read.value] : [];
  });
  const crls = withinLimit([...streams('crls'), ...inside.flatMap((one) => one.crls)]);
  const all = [...signatures.flatMap(({ certificates }) => certificates), ...stored];
  return {
    certificates: [...new Map(all.map((one) => [one.sha256, one])).values()].slice(0, mostCertificates),
    ocsps: [...streams('ocsps'), ...inside.flatMap(({ ocsps }) => ocsps)],
    crls,
    listsOf: listReader(crls),
  };
}

function listReader(crls: readonly Uint8Array[]): Embedded['listsOf'] {
  const known = new Map<string, readonly EmbeddedList[]>();
  return (issuer) => {
    const before = known.get(issuer.sha256);
    if (before !== undefined) return before;
    const lists = crls.flatMap((der) => {
      const read = readCrl(der, issuer);
      return read.ok ? [{ der, crl: read.value }] : [];
    });
    known.set(issuer.sha256, lists);
    return lists;
  };
}

function withinLimit(lists: readonly Uint8Array[]): readonly Uint8Array[] {
  let left = mostListBytes;
  return lists.filter(({ length }) => {
    left -= length;
    return left >= 0;
  });
}
