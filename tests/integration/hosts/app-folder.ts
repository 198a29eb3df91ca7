import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createBuilder } from 'vite';

export const root = resolve(import.meta.dirname, '../../..');
export const testCore = join(root, 'tests/contract/test-core-worker.ts');
export const testPage = join(import.meta.dirname, 'page');

/**
 * An application folder as Electron would be given: the product's own main and preload, bundled as they are shipped,
 * with the suite's page and the suite's core in place of the product's.
 */
export async function makeAppFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-app-'));
  const outDir = join(folder, 'dist/electron');
  mkdirSync(outDir, { recursive: true });
  const builder = await createBuilder({
    configFile: join(root, 'build/vite.electron.config.ts'),
    logLevel: 'error',
    environments: {
      preload: { build: { outDir } },
      // Inputs are merged by name: ours takes the core's place.
      shell: { build: { outDir, rolldownOptions: { input: { 'core-worker': testCore } } } },
    },
  });
  await builder.buildApp();
  writeFileSync(join(folder, 'package.json'), '{"type":"module","name":"tram-van-thu","main":"dist/electron/main.js"}');
  cpSync(testPage, join(folder, 'dist/renderer'), { recursive: true });
  return folder;
}
