import { constants, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainOf, type SigningWish } from '../../../electron/services/signing/index.ts';
import type { SigningWay } from '../../../electron/services/trust/index.ts';
import type { TestPki } from '../../fakes/pki/pki.ts';
import { document, make, page } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

/** What a token does, by a key in memory. */
export function signedBy(pki: TestPki, id: string, { kind, digest }: SigningWay): (attributes: Uint8Array) => Promise<{ readonly ok: true; readonly value: Uint8Array }> {
  const padding = kind === 'rsa-pss' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {};
  return (attributes) => Promise.resolve({ ok: true, value: sign(digest, attributes, { key: pki.key(id), ...padding }) });
}

/** A wish of somebody of the test PKI; on page 1, not seen, level B, now. */
export function wishOf(pki: TestPki, id: string, way: SigningWay, more: Partial<SigningWish> = {}): SigningWish {
  const chain = chainOf(pki.certificate(id), ['g2root', 'g2ca', 'ecca'].map((one) => pki.certificate(one)));
  return { level: 'B', way, certificate: pki.certificate(id), chain, field: { kind: 'new', page: 1 }, at: new Date(), ...more };
}

/** A file on the disk, and a place for its signed copy. */
export function onDisk(bytes: Buffer): { readonly folder: string; readonly source: string; readonly target: string; readonly signed: () => Buffer } {
  const folder = scratchFolder();
  const target = join(folder, 'signed.pdf');
  const source = join(folder, 'base.pdf');
  writeFileSync(source, bytes);
  return { folder, source, target, signed: () => readFileSync(target) };
}

/**
 * A form with a text field and two empty signature fields, of which `Ký tên` locks the text field when it is signed and
 * shows itself by a kid; lists of fields and of annotations are objects of their own.
 */
export function formFile(more: { readonly sign?: string } = {}): Buffer {
  const form = [
    [6, '<</Fields 10 0 R/SigFlags 0>>'],
    [7, '<</FT/Tx/T(So)/Type/Annot/Subtype/Widget/Rect[50 750 150 770]/P 3 0 R>>'],
    [8, `<</FT/Sig/T<FEFF004B00FD002000740065006E>/Kids[12 0 R]/Lock 11 0 R${more.sign ?? ''}>>`],
    [9, '[7 0 R 12 0 R 13 0 R]'],
    [10, '[7 0 R 8 0 R 13 0 R]'],
    [11, '<</Type/SigFieldLock/Action/Include/Fields[(So)]>>'],
    [12, '<</Type/Annot/Subtype/Widget/Rect[300 100 400 150]/P 3 0 R/Parent 8 0 R/F 4>>'],
    [13, '<</FT/Sig/T(CoQuan)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/P 3 0 R/F 132>>'],
  ] as const;
  const changed = new Map<number, string | Buffer>([
    [1, '<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R>>'],
    [3, page.replace('/Type/Page/', '/Type/Page/Annots 9 0 R/')],
  ]);
  const objects = document.map(([number, body]) => [number, changed.get(number) ?? body] as const);
  return make({ kind: 'table', objects: [...objects, ...form] });
}
