import { shared } from '../profile/forms.ts';

/*
 * Names of files in a package. One rule for all forms:
 *
 *   {7-digit ordinal of the document}[.{2-digit ordinal of the attachment}]_{words}[.{ending}]
 *
 * `words` is the name as it came without its ending, marks taken off (Công văn → Cong-van), everything but A–Z a–z 0–9 turned
 * into "-", at most 60 characters; left out when nothing stays. The ordinal alone makes a name unique, also where upper and
 * lower case are one (Windows) or NFC and NFD are (macOS), and keeps it from being one of Windows' reserved names. ASCII
 * alone, because ZIP programs and readers of `xlink:href` differ over everything else.
 *
 * The way back does not go by the name: the name as it came stands, escaped by `escapedName`, in `FLocat/@xlink:title` of the
 * METS of the representation; `unescapedName` gives it back character by character.
 */

const wordsLimit = 60;
const endingForm = /^[a-z0-9]{1,8}$/;
const marks = /\p{M}/gu;

/** Name of a document's file (attachment 0) or of its n-th attachment, both counted from 1. */
export function packageName(original: string, document: number, attachment = 0): string {
  const dot = original.lastIndexOf('.');
  const ending = dot > 0 ? original.slice(dot + 1).toLowerCase() : '';
  const hasEnding = endingForm.test(ending);
  const words = wordsOf(hasEnding ? original.slice(0, dot) : original);
  return `${stemOf(document, attachment)}${words === '' ? '' : `_${words}`}${hasEnding ? `.${ending}` : ''}`;
}

function stemOf(document: number, attachment: number): string {
  const ordinal = String(document).padStart(shared.ordinalDigits, '0');
  return attachment === 0 ? ordinal : `${ordinal}.${String(attachment).padStart(2, '0')}`;
}

function wordsOf(text: string): string {
  const plain = text.slice(0, 400).normalize('NFD').replaceAll(marks, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
  return plain.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, wordsLimit + 1).replace(/^-/, '').slice(0, wordsLimit).replace(/-$/, '');
}

/** Without its ending: what the file of its fields is named after. */
export function nameStem(name: string): string {
  const underscore = name.indexOf('_');
  const dot = name.lastIndexOf('.');
  return dot > underscore && dot > shared.ordinalDigits ? name.slice(0, dot) : name;
}

/** A name that any XML and any table can carry: `\` doubled; control characters, half surrogates and the like as `\uXXXX`. */
export function escapedName(name: string): string {
  let escaped = '';
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    const isPlain = character !== '\\' && ((code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code < 0xd800) || (code >= 0xe000 && code < 0xfffe) || code > 0xffff);
    escaped += isPlain ? character : character === '\\' ? '\\\\' : `\\u${code.toString(16).padStart(4, '0')}`;
  }
  return escaped;
}

/** The way back from `escapedName`. */
export function unescapedName(escaped: string): string {
  return escaped.replaceAll(/\\(?:\\|u([0-9a-f]{4}))/g, (_, code: string | undefined) => (code === undefined ? '\\' : String.fromCharCode(Number.parseInt(code, 16))));
}
