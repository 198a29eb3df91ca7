import { fileURLToPath } from 'node:url';

/** Path of a worker's program: its source while developing, its bundle beside this one when built. */
export function workerProgram(name: string): string {
  const here = import.meta.url;
  return fileURLToPath(here.endsWith('.ts') ? new URL(`../workers/${name}.ts`, here) : new URL(`./${name}.js`, here));
}
