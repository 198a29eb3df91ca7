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
  storedKind,
  type AxisSecrets,
} from './settings.store.ts';
export { settingsHandlers } from './handlers.ts';
export { certificatesIn } from './certificates.ts';
