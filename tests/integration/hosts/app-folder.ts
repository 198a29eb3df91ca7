import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createBuilder } from 'vite';

export const root = resolve(import.meta.dirname, '../../..');
export const testCore = join(root, 'tests/contract/test-core-worker.ts');
export const testPage = join(import.meta.dirname, 'page');

/**
 * An application folder as Electron would be given: our page, the product's own preload bundled as it is shipped, and
 * the suite's core in place of the product's.
 */
export async function makeAppFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-app-'));
  const out = join(folder, 'dist/electron');
  mkdirSync(out, { recursive: true });
  const builder = await createBuilder({
    configFile: join(root, 'build/vite.electron.config.ts'),
    logLevel: 'warn',
    environments: { preload: { build: { outDir: out } } },
  });
  const preload = builder.environments['preload'];
  if (preload === undefined) throw new Error('the build has no preload');
  await builder.build(preload);
  writeFileSync(join(folder, 'package.json'), '{"type":"module","name":"tram-van-thu","main":"dist/electron/main.js"}');
  writeFileSync(join(out, 'core-worker.js'), `import ${JSON.stringify(pathToFileURL(testCore).href)};\n`);
  cpSync(testPage, join(folder, 'dist/renderer'), { recursive: true });
  return folder;
}
