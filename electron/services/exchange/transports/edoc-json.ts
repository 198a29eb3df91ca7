import { base64Decoder } from '../edxml/base64.ts';

/** Reads the JSON of `/getEdoc` while it arrives. */
export type EdocReader = {
  /** Takes the next piece; answers bytes of the message that are complete now. */
  readonly push: (piece: Uint8Array) => readonly Uint8Array[];
  /** Nothing that follows can make this answer readable. */
  readonly hopeless: () => boolean;
  /**
   * At the end of the answer: its JSON with `data` emptied, to be judged like any other answer, and whether the text
   * in `data` was Base64 to its end. Without a text in `data` the JSON is as it came.
   */
  readonly end: () => { readonly json: Uint8Array; readonly data: 'whole' | 'absent' | 'broken' };
};

const quote = 0x22;
const backslash = 0x5c;
const longestEscape = 6;

/**
 * Finds the text of the key `data` at the top level of a JSON object, whatever the order of keys, and decodes it
 * piece by piece. Everything else is kept for `JSON.parse`, which alone decides whether the whole is JSON; more than
 * `otherBytes` of it is hopeless. Escapes inside `data` are understood, because some writers put `\/` and `\u003d`.
 */
export function edocReader(otherBytes: number): EdocReader {
  const decoder = base64Decoder();
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  let place: 'outside' | 'string' | 'data' = 'outside';
  let depth = 0;
  let escaped = false;
  let expectsKey = false;
  let key: number[] | null = null;
  let lastKey = '';
  let held = '';
  let taken = 0;
  let data: 'whole' | 'absent' | 'broken' = 'absent';
  let lost = false;

  function keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    keptBytes += bytes.length;
    if (keptBytes > otherBytes) lost = true;
    else kept.push(Uint8Array.from(bytes));
  }

  /** One byte outside `data`. */
  function step(byte: number): void {
    if (place === 'string') {
      if (key !== null) key.push(byte);
      if (escaped) escaped = false;
      else if (byte === backslash) escaped = true;
      else if (byte === quote) {
        place = 'outside';
        if (key !== null) lastKey = textOf(key);
        key = null;
      }
      return;
    }
    switch (byte) {
      case quote: {
        const isKey = depth === 1 && expectsKey;
        // A second `data` would have to take back what was handed on.
        if (depth === 1 && !expectsKey && lastKey === 'data') {
          place = 'data';
          if (data !== 'absent') lost = true;
        } else place = 'string';
        key = isKey ? [byte] : null;
        expectsKey = false;
        break;
      }
      case 0x7b: // {
      case 0x5b: // [
        depth += 1;
        expectsKey = depth === 1 && byte === 0x7b;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        depth -= 1;
        expectsKey = false;
        break;
      case 0x2c: // ,
        expectsKey = depth === 1;
        if (expectsKey) lastKey = '';
        break;
      default:
    }
  }

  function decode(text: string, atEnd: boolean, out: Uint8Array[]): void {
    if (data === 'broken') return;
    let letters = held + text;
    held = '';
    if (letters.includes('\\')) {
      const last = letters.lastIndexOf('\\');
      const length = letters.charAt(last + 1) === 'u' ? longestEscape : 2;
      if (!atEnd && letters.length - last < length) {
        held = letters.slice(last);
        letters = letters.slice(0, last);
      }
      const plain = unescaped(letters);
      if (plain === null) {
        data = 'broken';
        return;
      }
      letters = plain;
    }
    taken += letters.length;
    const result = decoder.push(letters);
    if ('offending' in result) data = 'broken';
    else if (result.bytes.length > 0) out.push(result.bytes);
  }

  return {
    push(piece) {
      const out: Uint8Array[] = [];
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      let at = 0;
      while (at < bytes.length && !lost) {
        if (place === 'data') {
          const end = bytes.indexOf(quote, at);
          const stop = end === -1 ? bytes.length : end;
          if (data === 'absent') data = 'whole';
          decode(bytes.toString('latin1', at, stop), end !== -1, out);
          at = stop;
          if (end === -1) break;
          // The quotes are kept, so that what is left is JSON with an empty text.
          place = 'outside';
          lastKey = '';
          if (taken === 0 || !decoder.complete()) data = 'broken';
          keep(bytes.subarray(at, at + 1));
          at += 1;
          continue;
        }
        const from = at;
        while (at < bytes.length && (place as string) !== 'data' && at - from <= otherBytes) step(bytes.readUInt8(at++));
        keep(bytes.subarray(from, at));
      }
      return out;
    },
    hopeless: () => lost,
    end: () => ({
      json: lost ? new Uint8Array() : Buffer.concat(kept),
      data: place === 'data' || lost ? 'broken' : data,
    }),
  };
}

/** The text of a JSON string in quotes; '' when it is none. */
function textOf(bytes: readonly number[]): string {
  try {
    return String(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return '';
  }
}

/** Text of the inside of a JSON string with escapes; null when it is none. */
function unescaped(inside: string): string | null {
  try {
    // Raw control characters are not allowed beside escapes; as white space they mean nothing here.
    return JSON.parse(`"${inside.replace(/[\r\n\t]/g, '')}"`) as string;
  } catch {
    return null;
  }
}
