export { LegacyView } from './views/LegacyView.tsx';
