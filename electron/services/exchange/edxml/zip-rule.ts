import { fail, ok, type Outcome } from '#contract';
import { beginsLikeZip, onlyEntry } from './zip.ts';

/** Formats that are a ZIP themselves. */
const zipBased = new Set(
  (
    'zip docx docm dotx dotm xlsx xlsm xlsb xltx xltm pptx pptm potx ppsx odt ods odp odg odf ott ots otp ' +
    'jar apk epub kmz xps oxps vsdx asice asics sce bdoc edoc ofd'
  ).split(' '),
);

/** What VNPT's builder leaves as it is (axis.md §2.6), its misspelt `xsl` and `xslx` included. */
const writtenRaw = new Set(['pdf', 'doc', 'docx', 'xsl', 'xslx', 'zip']);

/** Extension in lower case without the dot, '' when there is none. */
export function extensionOf(name: string): string {
  const file = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  const dot = file.lastIndexOf('.');
  return dot === -1 ? '' : file.slice(dot + 1).toLowerCase();
}

/**
 * Reader's side of the ZIP rule (axis.md §2.6): the file inside when the attachment is only a wrapping made for
 * transport, null when the bytes are to be taken as they are. A `.zip` is never opened: no builder wraps one, and
 * its single entry may well be what the sender meant to send.
 * @param limit bytes; fails with `too-large` (params name, size, limit) beyond it
 */
export async function unwrapped(
  name: string,
  bytes: Uint8Array,
  limit: number,
): Promise<Outcome<Uint8Array | null, 'too-large'>> {
  const extension = extensionOf(name);
  if (extension === 'zip' || !beginsLikeZip(bytes)) return ok(null);
  const entry = onlyEntry(bytes);
  // An entry with a path was packed by a person or an attacker, not by a builder, which writes `<uuid>.<ext>`.
  if (entry === null || /[/\\\0]/.test(entry.name) || entry.name === '' || entry.name === '..') return ok(null);
  if (zipBased.has(extension) && extensionOf(entry.name) !== extension) return ok(null);
  if (entry.size > limit) return fail('too-large', { element: 'Attachment', value: name, size: entry.size, limit });
  const content = await entry.content();
  if (content === null) return ok(null);
  return ok(zipBased.has(extension) && !beginsLikeZip(content) && !beginsLikeOle(content) ? null : content);
}

/** Office files with a password are OLE containers, whatever their extension says. */
function beginsLikeOle(bytes: Uint8Array): boolean {
  return [0xd0, 0xcf, 0x11, 0xe0].every((byte, at) => bytes[at] === byte);
}

/** Writer's side of the ZIP rule: what the file is labelled as, and the entry of the ZIP it travels in, null for none. */
export function wrapping(
  name: string,
  newUuid: () => string,
): { readonly contentType: string; readonly entry: string | null } {
  const extension = extensionOf(name);
  if (writtenRaw.has(extension)) return { contentType: `application/${extension}`, entry: null };
  return { contentType: 'application/zip', entry: extension === '' ? newUuid() : `${newUuid()}.${extension}` };
}
