import { join } from 'node:path';

export type Places = {
  readonly rendererDir: string;
  readonly preload: string;
  readonly coreEntry: string;
  /** the terminal host */
  readonly terminalEntry: string;
};

/** Where the built parts lie under the application's folder: the project, or the packaged archive. */
export function placesIn(appPath: string): Places {
  return {
    rendererDir: join(appPath, 'dist/renderer'),
    preload: join(appPath, 'dist/electron/preload.cjs'),
    coreEntry: join(appPath, 'dist/electron/core-worker.js'),
    terminalEntry: join(appPath, 'dist/electron/tvt.js'),
  };
}
