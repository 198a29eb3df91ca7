export { DirectoryView } from './views/DirectoryView.tsx';
export { RecipientPicker } from './picker/RecipientPicker.tsx';
