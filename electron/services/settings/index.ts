export { axisSecret, readSettings, saveAxis, saveStation, settledKind, type ProfileKind, type StoredSettings } from './settings.store.ts';
export { settingsHandlers, type SettingsDeps } from './handlers.ts';
