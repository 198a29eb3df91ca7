/** As V8 calls it: beside the value it tells the letters that it was read from, where that is no object and no list. */
type Reviver = (key: string, value: unknown, read: { readonly source?: string }) => unknown;

/** So many digits together may be a number that a double does not hold. */
const manyDigits = /\d{16}/;

const exact: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined ? source : value;

/**
 * `JSON.parse`, but a number that a double would change stays as it was written, as a text: an axis that counts its
 * messages by 64 bits would else be asked for another one (RFC 8259 §6 leaves the range to the reader). Throws like it.
 */
export function parseExact(text: string): unknown {
  return manyDigits.test(text) ? JSON.parse(text, exact as (key: string, value: unknown) => unknown) : JSON.parse(text);
}
