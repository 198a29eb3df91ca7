import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../', import.meta.url));
let isBuilt = false;

/** Builds what a station runs, once in a run of the bench; what the build says must not stand before the figures. */
export function buildStation(): void {
  if (isBuilt) return;
  const built = spawnSync('npm', ['run', '-s', 'build'], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  if (built.status !== 0) throw new Error('the station could not be built');
  isBuilt = true;
}

/** Path in the built station, which `buildStation` has made in this process or the one that started it. */
export function builtPath(path: string): string {
  return join(project, 'dist', path);
}

/** Path of the program of a built process or thread. */
export function builtProgram(name: string): string {
  return builtPath(`electron/${name}.js`);
}
