export { SetupCard } from './SetupCard.tsx';
export { SetupLine } from './SetupLine.tsx';
export { SetupView } from './SetupView.tsx';
