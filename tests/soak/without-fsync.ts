import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/*
 * Imported before anything else: Node's permission model, which keeps a process inside its store, does not allow it to
 * make files durable. No power fails in these processes.
 */
type Done = (error: NodeJS.ErrnoException | null) => void;
const atOnce = (_handle: number, done: Done): void => {
  setImmediate(done, null);
};
fs.fsyncSync = () => undefined;
fs.fdatasyncSync = () => undefined;
fs.fsync = atOnce as typeof fs.fsync;
fs.fdatasync = atOnce as typeof fs.fdatasync;
syncBuiltinESMExports();
