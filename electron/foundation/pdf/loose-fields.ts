import { followed, type PdfView } from './file.ts';
import { nameIn, textOf, type Found, type PdfDictionary } from './object.ts';
import type { FormField } from './fields.ts';
import { itemsAt, pagesIn } from './pages.ts';

/**
 * Signature fields that pages show and the form does not name. Programs that save a signed file anew drop the form and
 * keep the widget (two of the Official Gazette's prints are such); whoever looks at the page sees a signature.
 */
export function looseSignatureFields(view: PdfView, known: ReadonlySet<number>): readonly FormField[] {
  return pagesIn(view).flatMap(({ page }) =>
    itemsAt(view, page, 'Annots').flatMap(({ value, holder }) => {
      if (value.kind === 'reference' && known.has(value.number)) return [];
      const one = followed(view, holder, value);
      if (one?.value.kind !== 'dictionary' || nameIn(one.value, 'Subtype') !== 'Widget') return [];
      return signatureField(view, { value: one.value, holder: one.holder });
    }),
  );
}

function signatureField(view: PdfView, field: Found<PdfDictionary>): readonly FormField[] {
  const { holder, value: dictionary } = field;
  const at = (key: string): Found | undefined => inheritedAt(view, field, key);
  const type = at('FT')?.value;
  if (type?.kind !== 'name' || type.name !== 'Sig') return [];
  const partial = followed(view, holder, dictionary.entries.get('T'))?.value;
  const name = partial?.kind === 'string' ? textOf(partial.bytes) : '';
  return [{ name, number: holder.number, field, type: 'Sig', flags: 0, value: at('V'), widgets: [holder.number] }];
}

/** An entry of the field or of those above it; a few levels, because a forged chain may have any number. */
function inheritedAt(view: PdfView, field: Found<PdfDictionary>, key: string): Found | undefined {
  let at: Found<PdfDictionary> | undefined = field;
  for (let level = 0; at !== undefined && level < 8; level += 1) {
    const own = followed(view, at.holder, at.value.entries.get(key));
    if (own !== undefined) return own;
    const parent = followed(view, at.holder, at.value.entries.get('Parent'));
    at = parent?.value.kind === 'dictionary' ? { value: parent.value, holder: parent.holder } : undefined;
  }
  return undefined;
}
