/** Decodes Base64 that comes in pieces. Strict: a wrong letter or a missing end must not pass as a shorter file. */
export type Base64Decoder = {
  /** The bytes that are complete now, or the first letter that has no place in Base64. */
  readonly push: (text: string) => { readonly bytes: Uint8Array } | { readonly offending: string };
  /** Whether the input ended where Base64 may end. */
  readonly complete: () => boolean;
};

/** RFC 4648 §4 with padding; white space anywhere is skipped, as builders break lines. */
export function base64Decoder(): Base64Decoder {
  let carry = '';
  let padded = false;
  return {
    push(text) {
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
    },
    complete: () => carry === '',
  };
}

/** The whole of a Base64 text, or null when it is not Base64. */
export function decodeBase64(text: string): Uint8Array | null {
  const decoder = base64Decoder();
  const result = decoder.push(text);
  return 'bytes' in result && decoder.complete() ? result.bytes : null;
}
