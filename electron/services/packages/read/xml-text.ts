/** Why an XML file is not read. `line` from 1, 0 for the file as a whole. */
export type XmlFault = { readonly why: 'not-utf8' | 'doctype' | 'not-xml' | 'too-large'; readonly line: number; readonly detail: string };

/** Ends the reading; `at` in the text. */
export class XmlStop extends Error {
  readonly why: XmlFault['why'];
  readonly at: number;
  readonly detail: string;
  constructor(why: XmlFault['why'], at: number, detail: string) {
    super(why);
    this.why = why;
    this.at = at;
    this.detail = detail;
  }
}

/** The five that need no declaration (XML 1.0 §4.6); there is no DOCTYPE for others. */
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Text with its references put in their place (§4.1); `at`: where it stands. */
export function resolved(text: string, at: number): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(\w+))?(;?)/g, (whole: string, hexadecimal: string | undefined, decimal: string | undefined, name: string | undefined, end: string) => {
    const known = name !== undefined && Object.hasOwn(entities, name) ? entities[name] : undefined;
    const code = hexadecimal !== undefined ? Number.parseInt(hexadecimal, 16) : decimal !== undefined ? Number.parseInt(decimal, 10) : undefined;
    const letter = known ?? (code !== undefined && isLetter(code) ? String.fromCodePoint(code) : undefined);
    if (end === '' || letter === undefined) throw new XmlStop('not-xml', at, `reference: ${whole}`);
    return letter;
  });
}

/** Char (§2.2). */
function isLetter(code: number): boolean {
  return code === 0x9 || code === 0xa || code === 0xd || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
