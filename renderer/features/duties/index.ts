export { DutiesView } from './views/DutiesView.tsx';
