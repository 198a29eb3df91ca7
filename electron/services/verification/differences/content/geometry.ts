/** Left, bottom, right and top in points of the page's own space. */
export type Area = readonly [left: number, bottom: number, right: number, top: number];

/** a b c d e f of ISO 32000-1 8.3.3. */
export type Matrix = readonly [number, number, number, number, number, number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** First `one`, then `other`. */
export function times(one: Matrix, other: Matrix): Matrix {
  const [a, b, c, d, e, f] = one;
  const [g, h, i, j, k, l] = other;
  return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l];
}

export function moved([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** The upright rectangle around what a matrix makes of another. */
export function around(matrix: Matrix, [left, bottom, right, top]: Area): Area {
  const corners = [moved(matrix, left, bottom), moved(matrix, right, bottom), moved(matrix, left, top), moved(matrix, right, top)];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** What two rectangles share; undefined when that is nothing. */
export function shared(one: Area, other: Area): Area | undefined {
  const area: Area = [Math.max(one[0], other[0]), Math.max(one[1], other[1]), Math.min(one[2], other[2]), Math.min(one[3], other[3])];
  return area[2] > area[0] && area[3] > area[1] ? area : undefined;
}

/** Whether letters are seen in bounds that cut off what reaches out: no digit may be lost at a side, nor half of one above or below. */
export function isSeenIn([left, bottom, right, top]: Area, bounds: Area, size: number): boolean {
  const [beside, above] = [0.1 * size, 0.35 * size];
  return left >= bounds[0] - beside && right <= bounds[2] + beside && bottom >= bounds[1] - above && top <= bounds[3] + above;
}

/** Where what is painted is seen; unknown where it is no upright rectangle. */
export type Clip = Area | 'unknown' | undefined;

/** A clip after one more path; `path` where that is one rectangle. */
export function narrowed(clip: Clip, [, b, c]: Matrix, path: Area | undefined): Clip {
  if (clip === 'unknown' || path === undefined || b !== 0 || c !== 0) return 'unknown';
  return shared(path, clip ?? path) ?? 'unknown';
}

export function isCut(area: Area, clip: Clip, size: number): boolean {
  return clip !== undefined && (clip === 'unknown' || !isSeenIn(area, clip, size));
}

/** What a page is shown turned by (/Rotate), as a matrix. */
export const turns: Readonly<Record<0 | 90 | 180 | 270, Matrix>> = { 0: identity, 90: [0, -1, 1, 0, 0, 0], 180: [-1, 0, 0, -1, 0, 0], 270: [0, 1, -1, 0, 0, 0] };

export function together(one: Area, other: Area): Area {
  return [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3])];
}

export function sizeOf([left, bottom, right, top]: Area): number {
  return Math.max(0, right - left) * Math.max(0, top - bottom);
}

/** The matrix that undoes another; undefined when none does. */
export function inverse([a, b, c, d, e, f]: Matrix): Matrix | undefined {
  const det = a * d - b * c;
  if (Math.abs(det) < 1e-12) return undefined;
  return [d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det];
}
