export {
  axisSecrets,
  currentOffice,
  noteReplayedWith,
  readAgency,
  readSetting,
  readSettings,
  replayedWith,
  saveAxis,
  saveOperator,
  saveSetting,
  saveStation,
  settledKind,
  type AxisSecrets,
} from './settings.store.ts';
export { settingsHandlers } from './handlers.ts';
export { certificatesIn } from './certificates.ts';
