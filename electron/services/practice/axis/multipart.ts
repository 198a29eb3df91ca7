/**
 * The fields of a `multipart/form-data` body (RFC 7578) by name, byte for byte; undefined when it is none. For the
 * practice axis, which takes in what its own station sends: strict, and without nested parts or encodings.
 */
export function multipartFields(contentType: string, body: Uint8Array): ReadonlyMap<string, Uint8Array> | undefined {
  const boundary = /^multipart\/form-data;\s*boundary="?([^";]+)"?\s*$/i.exec(contentType)?.[1];
  if (boundary === undefined) return undefined;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const fields = new Map<string, Uint8Array>();
  // The first delimiter stands without the line break before it.
  if (bytes.indexOf(delimiter.subarray(2)) !== 0) return undefined;
  let at = delimiter.length - 2;
  while (bytes.toString('latin1', at, at + 2) === '\r\n') {
    const headEnd = bytes.indexOf('\r\n\r\n', at, 'latin1');
    const end = headEnd < 0 ? -1 : bytes.indexOf(delimiter, headEnd + 2);
    if (end < 0) return undefined;
    const name = /\r\nContent-Disposition: form-data;[^\r]*\bname="([^"]*)"/i.exec(bytes.toString('utf8', at, headEnd))?.[1];
    if (name === undefined) return undefined;
    fields.set(name, bytes.subarray(Math.min(headEnd + 4, end), end));
    at = end + delimiter.length;
  }
  return bytes.toString('latin1', at, at + 2) === '--' ? fields : undefined;
}
