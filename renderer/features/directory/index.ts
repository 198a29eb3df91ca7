export { DirectoryView } from './views/DirectoryView.tsx';
