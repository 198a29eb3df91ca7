export { SearchView } from './views/SearchView.tsx';
export { Palette, type PaletteCommand } from './palette/Palette.tsx';
