export { PlannedView } from './PlannedView.tsx';
