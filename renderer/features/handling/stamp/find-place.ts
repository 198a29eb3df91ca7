/** Points per millimetre. */
const mm = 72 / 25.4;

export type Place = { readonly x: number; readonly y: number };
export type Size = { readonly width: number; readonly height: number };

/** Where an arrival mark is looked for first, in millimetres: under the number, under the date, then anywhere near the top. */
const wished: readonly Place[] = [
  { x: 8, y: 46 },
  { x: 150, y: 46 },
];
/** Printers leave a margin blank. */
const margin = 4;
/** Half the mark's frame must never touch a letter. */
const gap = 1;
const step = 2;

/**
 * The place for a mark on a page that covers least of what is drawn there, and among such the nearest to where it is usually put.
 * `inked` says of each square millimetre, row by row, whether something is drawn in it; the page is `page` millimetres large.
 */
export function placeFor(inked: readonly boolean[], page: Size, mark: Size): Place {
  const columns = Math.floor(page.width);
  const rows = Math.floor(page.height);
  const sums = summed(inked, columns, rows);
  let best: Place = { x: margin, y: margin };
  let least = Infinity;
  for (let y = margin; y + mark.height <= rows - margin; y += step) {
    for (let x = margin; x + mark.width <= columns - margin; x += step) {
      const covered = within(sums, columns, x - gap, y - gap, x + mark.width + gap, y + mark.height + gap);
      const far = Math.min(...wished.map((one) => Math.hypot(one.x - x, one.y - y)));
      // A mark beside the head of the document is worth more than one at the foot of the page, but not than a letter.
      const cost = covered * 1000 + far;
      if (cost < least) {
        least = cost;
        best = { x, y };
      }
    }
  }
  return best;
}

function summed(inked: readonly boolean[], columns: number, rows: number): Float64Array {
  const sums = new Float64Array((columns + 1) * (rows + 1));
  for (let y = 0; y < rows; y += 1) {
    let line = 0;
    for (let x = 0; x < columns; x += 1) {
      if (inked[y * columns + x] === true) line += 1;
      sums[(y + 1) * (columns + 1) + x + 1] = (sums[y * (columns + 1) + x + 1] ?? 0) + line;
    }
  }
  return sums;
}

function within(sums: Float64Array, columns: number, left: number, top: number, right: number, bottom: number): number {
  const at = (x: number, y: number): number => sums[Math.max(0, Math.min(y, sums.length / (columns + 1) - 1)) * (columns + 1) + Math.max(0, Math.min(x, columns))] ?? 0;
  return at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
}

/** What of a drawn page is not paper, by square millimetre; `size` is the page's in points. */
export function inkOf(canvas: HTMLCanvasElement, size: Size): { readonly inked: boolean[]; readonly page: Size } | undefined {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  const page = { width: Math.floor(size.width / mm), height: Math.floor(size.height / mm) };
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const inked = new Array<boolean>(page.width * page.height).fill(false);
  for (let y = 0; y < canvas.height; y += 1) {
    const row = Math.floor((y / canvas.height) * page.height) * page.width;
    for (let x = 0; x < canvas.width; x += 1) {
      const at = (y * canvas.width + x) * 4;
      // Light grey is the paper of a scan.
      if ((data[at] ?? 255) + (data[at + 1] ?? 255) + (data[at + 2] ?? 255) < 540) inked[row + Math.floor((x / canvas.width) * page.width)] = true;
    }
  }
  return { inked, page };
}

// Found once for a file; the copy that is printed has the mark where the window shows it.
const found = new Map<string, Place>();

/** Where the window found room on a file's first page; undefined while it was not drawn. */
export function foundPlace(file: string): Place | undefined {
  return found.get(file);
}

/** Remembers it. */
export function notePlace(file: string, place: Place): void {
  found.set(file, place);
}
