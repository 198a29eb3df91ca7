import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createBuilder } from 'vite';
import { expect, test } from 'vitest';
import { packageSchemas } from '../../../electron/hosts/package-schemas.ts';

const root = resolve(import.meta.dirname, '../../..');

test('the built core finds the schemas where an installer puts them, two folders above itself, whatever the folder it is started in', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-packed-'));
  try {
    const app = join(folder, 'app');
    const outDir = join(app, 'dist/electron');
    mkdirSync(outDir, { recursive: true });
    const builder = await createBuilder({
      configFile: join(root, 'build/vite.electron.config.ts'),
      logLevel: 'error',
      environments: { shell: { build: { outDir, rolldownOptions: { input: { 'package-schemas': join(root, 'electron/hosts/package-schemas.ts') } } } } },
    });
    const shell = builder.environments['shell'];
    if (shell === undefined) throw new Error('no environment shell');
    await builder.build(shell);
    writeFileSync(join(app, 'package.json'), '{"type":"module"}');
    cpSync(join(root, 'resources/packages'), join(app, 'resources/packages'), { recursive: true });

    const program = `import { packageSchemas } from ${JSON.stringify(join(outDir, 'package-schemas.js'))}; process.stdout.write(JSON.stringify(packageSchemas('AIP_hoso')));`;
    const told = execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: tmpdir(), encoding: 'utf8' });
    expect(JSON.parse(told)).toEqual(packageSchemas('AIP_hoso'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
