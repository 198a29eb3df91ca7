export { DirectoryView } from './views/DirectoryView.tsx';
export { RecipientPicker } from './picker/RecipientPicker.tsx';
export { AgencyLine } from './parts/AgencyLine.tsx';
export { Combo as AgencyCombo, useFoundAgencies } from './picker/Combo.tsx';
