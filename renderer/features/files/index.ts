export { FilePane } from './parts/FilePane.tsx';
export { SaveLink } from './parts/SaveLink.tsx';
export { sizeWords } from './size-words.ts';
