export { FileButton } from './parts/FileButton.tsx';
export { DeadlinesView } from './deadlines/DeadlinesView.tsx';
export { DisposalsView } from './disposal/DisposalsView.tsx';
export { FixityView } from './fixity/FixityView.tsx';
