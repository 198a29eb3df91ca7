export { SettingsView } from './views/SettingsView.tsx';
