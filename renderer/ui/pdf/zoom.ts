/** `width` follows the pane; a number is CSS px per PDF point. */
export type Zoom = 'width' | number;

const zoomSteps = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4] as const;

/** The next step up or down from a scale. */
export function steppedZoom(scale: number, direction: 1 | -1): number {
  const steps = direction === 1 ? zoomSteps : [...zoomSteps].reverse();
  return steps.find((step) => (direction === 1 ? step > scale + 0.01 : step < scale - 0.01)) ?? scale;
}

/** CSS px per point at which paper has its true size: 96 of these are an inch. */
export const trueScale = 96 / 72;

/** The scale at which a page of `pageWidth` points fills a pane, but none above `most`. */
export function fitScale(paneWidth: number, pageWidth: number, margin: number, most = 4): number {
  return Math.max(0.25, Math.min(most, (paneWidth - 2 * margin) / pageWidth));
}
