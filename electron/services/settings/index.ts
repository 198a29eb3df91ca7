export { axisSecret, readSettings, saveAxis, saveStation, type StoredSettings } from './settings.store.ts';
export { settingsHandlers, type SettingsDeps } from './handlers.ts';
