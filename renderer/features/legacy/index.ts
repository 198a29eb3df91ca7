export { LegacyView } from './views/LegacyView.tsx';
export { PickFile } from './parts/PickFile.tsx';
export { SmallTable } from './parts/SmallTable.tsx';
