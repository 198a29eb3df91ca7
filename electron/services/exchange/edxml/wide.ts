/** Bytes that are not what they begin as. */
export class NotWide extends Error {
  override readonly name = 'NotWide';
  readonly why: 'not-utf8' | 'truncated';

  constructor(why: 'not-utf8' | 'truncated') {
    super(why);
    this.why = why;
  }
}

/** How many bytes tell which encoding a message has. */
const tellingBytes = 4;

/**
 * The two forms of UTF-16, which every reader of XML must know beside UTF-8 (XML 1.0 §4.3.3): by the mark at the beginning,
 * or by how `<?` stands there. Null for anything else.
 */
function wideForm(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const begins = (...bytes: number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  if (begins(0xff, 0xfe) || begins(0x3c, 0, 0x3f, 0)) return 'utf-16le';
  if (begins(0xfe, 0xff) || begins(0, 0x3c, 0, 0x3f)) return 'utf-16be';
  return null;
}

/**
 * Hands a message on as UTF-8, whatever it came in, and tells by `wide` that it was UTF-16. Throws `NotWide` where the
 * bytes do not keep to what they began as.
 */
export async function* asUtf8(source: AsyncIterable<Uint8Array>, wide: () => void): AsyncGenerator<Uint8Array> {
  let head = Buffer.alloc(0);
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let isTold = false;

  function said(bytes: Uint8Array | null): Uint8Array {
    if (decoder === null) return bytes ?? new Uint8Array();
    try {
      return Buffer.from(bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true }), 'utf8');
    } catch {
      throw new NotWide(bytes === null ? 'truncated' : 'not-utf8');
    }
  }

  function tell(): Uint8Array {
    isTold = true;
    const form = wideForm(head);
    if (form !== null) wide();
    decoder = form === null ? null : new TextDecoder(form, { fatal: true });
    return said(head);
  }

  for await (const piece of source) {
    if (isTold) {
      yield said(piece);
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.length >= tellingBytes) yield tell();
  }
  if (!isTold) yield tell();
  const rest = said(null);
  if (rest.length > 0) yield rest;
}
