export {
  axisSecrets,
  readSetting,
  readSettings,
  saveAxis,
  saveSetting,
  saveStation,
  settledKind,
  type AxisSecrets,
} from './settings.store.ts';
export { settingsHandlers } from './handlers.ts';
