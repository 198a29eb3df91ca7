export { IntakeView } from './views/IntakeView.tsx';
export { StoredDuplicates } from './parts/DuplicateList.tsx';
