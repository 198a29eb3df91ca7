/** Finds the rows of a list answer while it arrives. */
export type JsonRows = {
  /** Takes the next piece; answers the texts of the rows that are complete now. */
  readonly push: (piece: Uint8Array) => readonly string[];
  /** Nothing that follows can make this answer readable. */
  readonly hopeless: () => boolean;
  /**
   * At the end of the answer: its JSON with the rows taken out of `data`, to be judged like any other answer, and
   * whether a list was there and came to its end.
   */
  readonly end: () => { readonly json: Uint8Array; readonly data: 'whole' | 'absent' | 'broken' };
};

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const opens = (byte: number): boolean => byte === 0x7b || byte === 0x5b;
const closes = (byte: number): boolean => byte === 0x7d || byte === 0x5d;
const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Cuts the list under the key `data` at the top level of a JSON object into its rows, so that a list of 20 MB is never
 * held whole. Only brackets and strings are looked at; each row's text is for `JSON.parse` to judge. More than
 * `otherBytes` beside the list, or one row longer than that, is hopeless.
 */
export function jsonRows(otherBytes: number): JsonRows {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  let row: Uint8Array[] = [];
  let rowBytes = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let expectsKey = false;
  let key: number[] | null = null;
  let lastKey = '';
  let data: 'absent' | 'open' | 'whole' = 'absent';
  let inRow = false;
  let lost = false;

  function keep(bytes: Uint8Array): void {
    keptBytes += bytes.length;
    if (keptBytes > otherBytes) lost = true;
    else if (bytes.length > 0) kept.push(new Uint8Array(bytes));
  }

  function addToRow(bytes: Uint8Array): void {
    rowBytes += bytes.length;
    if (rowBytes > otherBytes) lost = true;
    // The piece is the caller's: what outlives it is copied.
    else row.push(new Uint8Array(bytes));
  }

  /** The text of a row that ends with these bytes; most rows lie in one piece and are not copied. */
  function takeRow(end: Uint8Array): string {
    const text = decoder.decode(row.length === 0 ? end : Buffer.concat([...row, end]));
    row = [];
    rowBytes = 0;
    return text;
  }

  function stepString(byte: number): void {
    if (escaped) escaped = false;
    else if (byte === backslash) escaped = true;
    else if (byte === quote) {
      inString = false;
      if (key !== null) lastKey = Buffer.from(key).toString('utf8');
      key = null;
      return;
    }
    key?.push(byte);
  }

  return {
    push(piece) {
      const rows: string[] = [];
      let from = 0;
      for (let at = 0; at < piece.length && !lost; at += 1) {
        const byte = piece[at] ?? 0;
        if (inString) {
          stepString(byte);
          continue;
        }
        if (data === 'open' && depth === 2 && !inRow) {
          if (isSpace(byte) || byte === comma) continue;
          if (closes(byte)) {
            // The closing bracket is kept again: what was kept so far ended with the opening one.
            data = 'whole';
            depth = 1;
            from = at;
            continue;
          }
          inRow = true;
          from = at;
        }
        if (byte === quote) {
          inString = true;
          key = depth === 1 && expectsKey ? [] : null;
          expectsKey = false;
        } else if (opens(byte)) {
          depth += 1;
          expectsKey = depth === 1 && byte === 0x7b;
          if (depth === 2 && byte === 0x5b && lastKey === 'data' && data !== 'open') {
            // A second list would have to take back the rows of the first.
            if (data === 'whole') lost = true;
            data = 'open';
            keep(piece.subarray(from, at + 1));
            from = at + 1;
          }
        } else if (closes(byte)) {
          depth -= 1;
          if (inRow && depth === 2) {
            inRow = false;
            try {
              rows.push(takeRow(piece.subarray(from, at + 1)));
            } catch {
              lost = true;
            }
            from = at + 1;
          } else if (inRow && depth < 2) lost = true;
        } else if (byte === comma && depth === 1) {
          expectsKey = true;
          lastKey = '';
        } else if (inRow && depth === 2) {
          // A row is an object; a bare value is none.
          lost = true;
        }
      }
      if (lost) return [];
      if (inRow) addToRow(piece.subarray(from));
      else if (!(data === 'open')) keep(piece.subarray(from));
      return rows;
    },
    hopeless: () => lost,
    end() {
      return { json: Buffer.concat(kept), data: lost || data === 'open' ? 'broken' : data };
    },
  };
}
