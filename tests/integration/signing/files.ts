import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { document, make, page } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

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
