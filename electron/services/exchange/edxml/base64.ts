/** Decodes Base64 that comes in pieces. Strict: a wrong letter or a missing end must not pass as a shorter file. */
export type Base64Decoder = {
  /** The bytes that are complete now, or the first letter that has no place in Base64. */
  readonly push: (text: string) => { readonly bytes: Uint8Array } | { readonly offending: string };
  /**
   * The same for a piece of nothing but Base64 letters and line breaks, at the speed of the machine; null, and
   * nothing taken, when there is anything else in it, padding included.
   */
  readonly plain: (text: string) => Uint8Array | null;
  /** Whether the input ended where Base64 may end. */
  readonly complete: () => boolean;
};

/** RFC 4648 §4 with padding; white space anywhere is skipped, as builders break lines. */
export function base64Decoder(): Base64Decoder {
  let carry = '';
  let padded = false;

  function plain(text: string): Uint8Array | null {
    if (padded || carry.includes('=')) return null;
    // Line breaks are the one thing that large content has besides letters.
    const joined = text.includes('\n') ? text.replaceAll('\r', '').replaceAll('\n', '') : text;
    // What is left over from before is completed by itself: to join it with the rest would copy all of it.
    const borrowed = carry === '' ? 0 : Math.min(4 - carry.length, joined.length);
    const group = carry + joined.slice(0, borrowed);
    const whole = joined.length - borrowed - ((joined.length - borrowed) % 4);
    const rest = group.length % 4 === 0 ? joined.slice(borrowed + whole) : group;
    if (!/^[A-Za-z0-9+/]*$/.test(rest)) return null;
    const bytes = decoded(group.length === 4 ? group : '', joined.slice(borrowed, borrowed + whole));
    if (bytes !== null) carry = rest;
    return bytes;
  }

  function careful(text: string): { readonly bytes: Uint8Array } | { readonly offending: string } {
    const dense = carry + (/\s/.test(text) ? text.replace(/\s+/g, '') : text);
    const offending = /[^A-Za-z0-9+/=]/.exec(dense);
    if (offending !== null) return { offending: offending[0] };
    if (padded && dense !== '') return { offending: dense.charAt(0) };
    const equals = dense.indexOf('=');
    if (equals === -1) {
      const whole = dense.length - (dense.length % 4);
      carry = dense.slice(whole);
      return { bytes: Buffer.from(dense.slice(0, whole), 'base64') };
    }
    const padding = dense.slice(equals);
    const whole = dense.length % 4 === 0 && (padding === '=' || padding === '==');
    if (!whole) {
      // The second of two padding letters may still be on its way.
      if (padding !== '=' || equals % 4 !== 2) return { offending: '=' };
      carry = dense;
      return { bytes: new Uint8Array() };
    }
    padded = true;
    carry = '';
    return { bytes: Buffer.from(dense, 'base64') };
  }

  return {
    plain,
    push(text) {
      const bytes = plain(text);
      return bytes === null ? careful(text) : { bytes };
    },
    complete: () => carry === '',
  };
}

/**
 * Two texts of whole groups, or null when there is anything but letters. Node's decoder passes over what it does not
 * know, so a result of full length proves that there was nothing to pass over, except that it also knows the two
 * letters of the URL form.
 */
function decoded(first: string, second: string): Uint8Array | null {
  const firstSize = (first.length / 4) * 3;
  const bytes = Buffer.allocUnsafeSlow(firstSize + (second.length / 4) * 3);
  if (bytes.write(first, 'base64') !== firstSize) return null;
  if (bytes.write(second, firstSize, 'base64') !== bytes.length - firstSize) return null;
  return [first, second].some((text) => text.includes('-') || text.includes('_')) ? null : bytes;
}

export type Base64Encoder = {
  readonly push: (bytes: Uint8Array) => Promise<void>;
  /** The last letters with their padding. */
  readonly end: () => Promise<void>;
};

/** Some 64 KiB of letters: larger texts are kept apart by the engine, which makes them ten times as expensive. */
const encodedBytes = 48 * 1024;

/**
 * Encodes bytes that come in pieces of any size to Base64 on one line (RFC 4648 §4 with padding).
 * @param write takes letters as ASCII; what it is given is good until it resolves
 */
export function base64Encoder(write: (letters: Uint8Array) => Promise<void>): Base64Encoder {
  const letters = Buffer.allocUnsafeSlow((encodedBytes / 3) * 4);
  const carry = Buffer.alloc(3);
  let carried = 0;

  function emit(bytes: Buffer): Promise<void> {
    return write(letters.subarray(0, letters.write(bytes.toString('base64'), 'latin1')));
  }

  return {
    async push(piece) {
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      let at = 0;
      if (carried > 0) {
        at = bytes.copy(carry, carried, 0, 3 - carried);
        carried += at;
        if (carried < 3) return;
        await emit(carry);
      }
      const end = bytes.length - ((bytes.length - at) % 3);
      for (; at < end; at += encodedBytes) await emit(bytes.subarray(at, Math.min(end, at + encodedBytes)));
      carried = bytes.copy(carry, 0, end);
    },
    async end() {
      if (carried > 0) await emit(carry.subarray(0, carried));
      carried = 0;
    },
  };
}
