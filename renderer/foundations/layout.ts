/** Sizes of the shell, on a grid of 4 px. */
export const layout = {
  topBar: '44px',
  rail: '60px',
  statusBar: '28px',
  sideBySideFrom: 1280,
} as const;

export type Density = 'comfortable' | 'compact';
/** In the order in which they are offered. */
export const densities: readonly Density[] = ['comfortable', 'compact'];

/** Height of a list row in px. */
export function rowHeightOf(density: Density): number {
  return density === 'compact' ? 32 : 40;
}

/** Chromium caps an element near 33 million px; beyond it the scroll position lies. */
export const maxScrollHeight = 32_000_000;
