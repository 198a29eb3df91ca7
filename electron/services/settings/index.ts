export {
  axisSecrets,
  noteReplayedWith,
  readSettings,
  replayedWith,
  saveAxis,
  saveStation,
  settledKind,
  type AxisSecrets,
} from './settings.store.ts';
export { settingsHandlers } from './handlers.ts';
