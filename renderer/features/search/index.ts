export { SearchView } from './views/SearchView.tsx';
export { Palette, type PaletteCommand } from './palette/Palette.tsx';
export { HitRow } from './parts/HitRow.tsx';
export { openDocument } from './open-document.ts';
export { noFilters } from './question.ts';
export { useLater } from './use-later.ts';
