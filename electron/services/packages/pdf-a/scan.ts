/** Longest stretch from the name of a property to its value that is looked at. */
const reach = 96;
const prefix = 'pdfaid:';
const property = /^pdfaid:(part|conformance)\s*(?:=\s*["']|>)\s*([0-9A-Za-z]{1,3})\s*["'<]/;

export type ScanState = { readonly state: 'declared'; readonly part: string; readonly conformance: string } | { readonly state: 'no-declaration-found' | 'not-pdf' };
export type PdfAScan = { readonly feed: (piece: Uint8Array) => void; readonly state: () => ScanState };

/**
 * Looks for a PDF/A declaration in bytes that pass by (ISO 19005-1 6.7.11: `pdfaid:part` and `pdfaid:conformance` in XMP, which
 * PDF/A-1 forbids to compress). The last one counts: later revisions stand later. A declaration is a claim; nothing is checked.
 */
export function pdfAScan(): PdfAScan {
  let isPdf: boolean | undefined;
  let tail = Buffer.alloc(0);
  const found = { part: '', conformance: '' };

  const look = (bytes: Buffer): void => {
    takeFrom(bytes, found);
  };

  return {
    feed: (piece) => {
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      isPdf ??= bytes.length === 0 ? undefined : bytes.subarray(0, 1024).includes('%PDF-');
      if (isPdf !== true) return;
      // What lies across two pieces; then the piece alone, which is not copied.
      look(Buffer.concat([tail, bytes.subarray(0, reach)]));
      look(bytes);
      const end = Buffer.concat([tail, bytes.subarray(-reach)]);
      tail = Buffer.from(end.subarray(-reach));
    },
    state: () => {
      if (isPdf !== true) return { state: 'not-pdf' };
      const { part, conformance } = found;
      return part === '' ? { state: 'no-declaration-found' } : { state: 'declared', part, conformance };
    },
  };
}

type Declaration = { part: string; conformance: string };

/** What XMP declares; '' where it declares nothing. */
export function declarationIn(xmp: Buffer): Readonly<Declaration> {
  const found = { part: '', conformance: '' };
  takeFrom(xmp, found);
  return found;
}

function takeFrom(bytes: Buffer, found: Declaration): void {
  for (let at = bytes.indexOf(prefix); at !== -1; at = bytes.indexOf(prefix, at + prefix.length)) {
    const [, name, value] = property.exec(bytes.toString('latin1', at, at + reach)) ?? [];
    if ((name === 'part' || name === 'conformance') && value !== undefined) found[name] = value;
  }
}
