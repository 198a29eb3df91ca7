export { SettingsView } from './views/SettingsView.tsx';
export { NumbersView } from './numbers/NumbersView.tsx';
