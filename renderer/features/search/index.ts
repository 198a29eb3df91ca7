export { SearchView } from './views/SearchView.tsx';
export { Palette, type PaletteCommand } from './palette/Palette.tsx';
export { DocumentFinder } from './parts/DocumentFinder.tsx';
export { HitRow } from './parts/HitRow.tsx';
export { openDocument } from './open-document.ts';
export { useLater } from './use-later.ts';
