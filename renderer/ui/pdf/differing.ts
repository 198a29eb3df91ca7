import type { PageBox } from './PdfPage.tsx';

/** Side of a cell in pixels: what differs inside of one is one place. */
const cell = 10;
/** Of 255 in one colour: less is not seen. */
const seen = 24;
const mostBoxes = 40;

/**
 * Where two pictures of one region differ, as boxes in fractions of it; cells that touch are one box. Null when they have
 * not the same size. More than forty are told as one round all of them.
 */
export function differingBoxes(a: HTMLCanvasElement, b: HTMLCanvasElement): readonly PageBox[] | null {
  const { width, height } = a;
  if (b.width !== width || b.height !== height) return null;
  const [first, second] = [pixelsOf(a), pixelsOf(b)];
  const columns = Math.ceil(width / cell);
  const differs = new Set<number>();
  for (let at = 0; at < first.length; at += 4) {
    if (isSame(first, second, at)) continue;
    const pixel = at / 4;
    differs.add(Math.floor(Math.floor(pixel / width) / cell) * columns + Math.floor((pixel % width) / cell));
  }
  const boxes = groups(differs, columns).map((group): PageBox => {
    const [xs, ys] = [group.map((one) => one % columns), group.map((one) => Math.floor(one / columns))];
    const edge = (cells: number, size: number): number => Math.min(1, (cells * cell) / size);
    return [edge(Math.min(...xs), width), edge(Math.min(...ys), height), edge(Math.max(...xs) + 1, width), edge(Math.max(...ys) + 1, height)];
  });
  if (boxes.length <= mostBoxes) return boxes;
  return [[Math.min(...boxes.map((one) => one[0])), Math.min(...boxes.map((one) => one[1])), Math.max(...boxes.map((one) => one[2])), Math.max(...boxes.map((one) => one[3]))]];
}

function pixelsOf(canvas: HTMLCanvasElement): Uint8ClampedArray {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  return context.getImageData(0, 0, canvas.width, canvas.height).data;
}

function isSame(a: Uint8ClampedArray, b: Uint8ClampedArray, at: number): boolean {
  for (let part = at; part < at + 3; part += 1) if (Math.abs((a[part] ?? 0) - (b[part] ?? 0)) > seen) return false;
  return true;
}

/** Cells that touch each other, also at their corners. */
function groups(cells: Set<number>, columns: number): readonly (readonly number[])[] {
  const left = new Set(cells);
  const found: number[][] = [];
  for (const start of cells) {
    if (!left.delete(start)) continue;
    const group = [start];
    for (const one of group) {
      const column = one % columns;
      for (const row of [-columns, 0, columns]) {
        for (const side of [-1, 0, 1]) {
          const next = one + row + side;
          if (column + side >= 0 && column + side < columns && left.delete(next)) group.push(next);
        }
      }
    }
    found.push(group);
  }
  return found;
}
