export {
  axisSecrets,
  currentOffice,
  noteReplayedWith,
  readSetting,
  readSettings,
  replayedWith,
  saveAxis,
  saveSetting,
  saveStation,
  settledKind,
  type AxisSecrets,
} from './settings.store.ts';
export { settingsHandlers } from './handlers.ts';
export { certificatesIn } from './certificates.ts';
