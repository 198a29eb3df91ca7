/** Reads a ToUnicode CMap (ISO 32000-1 9.10.3): what its `bfchar` and `bfrange` say of each code; nothing is executed. */
export function readToUnicode(bytes: Uint8Array): ReadonlyMap<number, string> {
  const text = Buffer.from(bytes).toString('latin1');
  const codes = new Map<number, string>();
  for (const [, block = ''] of text.matchAll(/beginbfchar([^]*?)endbfchar/g)) {
    for (const [, code = '', to = ''] of block.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f\s]+)>/gi)) codes.set(parseInt(code, 16), decoded(to));
  }
  for (const [, block = ''] of text.matchAll(/beginbfrange([^]*?)endbfrange/g)) {
    for (const [, from = '', to = '', list, single] of block.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*(?:\[([^\]]*)\]|<([0-9a-f\s]+)>)/gi)) {
      const first = parseInt(from, 16);
      const last = Math.min(parseInt(to, 16), first + 0xffff);
      const listed = list === undefined ? undefined : [...list.matchAll(/<([0-9a-f\s]+)>/gi)].map(([, one = '']) => decoded(one));
      for (let code = first; code <= last; code += 1) {
        const text16 = listed?.[code - first] ?? (single === undefined ? undefined : raised(decoded(single), code - first));
        if (text16 !== undefined) codes.set(code, text16);
      }
    }
  }
  return codes;
}

function decoded(hex: string): string {
  const digits = hex.replaceAll(/\s/g, '');
  return new TextDecoder('utf-16be').decode(Buffer.from(digits.length % 4 === 0 ? digits : digits.padStart(4, '0'), 'hex'));
}

/** The last letter of the text, so many places on. */
function raised(text: string, by: number): string {
  const letters = [...text];
  const last = letters.pop();
  return last === undefined ? '' : letters.join('') + String.fromCodePoint(Math.min(0x10ffff, (last.codePointAt(0) ?? 0) + by));
}
