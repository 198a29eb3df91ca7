export { axisSecret, readSettings, saveAxis, saveStation, settledKind } from './settings.store.ts';
export { settingsHandlers } from './handlers.ts';
