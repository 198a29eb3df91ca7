// XML 1.0 §2.2 Char, turned round; a lone surrogate has no UTF-8 form either.
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The first character that XML 1.0 cannot carry, as `U+0007`; undefined when all can. */
export function illegalIn(text: string): string | undefined {
  const found = illegal.exec(text);
  if (found === null) return undefined;
  return `U+${(found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Text between tags. */
export function elementText(text: string): string {
  // A bare carriage return would come back as a line feed (XML 1.0 §2.11).
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}

/** Text between double quotes. */
export function attributeText(text: string): string {
  // White space in attributes comes back as blanks unless it is written as a reference (XML 1.0 §3.3.3).
  return elementText(text).replaceAll('"', '&quot;').replaceAll('\t', '&#x9;').replaceAll('\n', '&#xA;');
}
