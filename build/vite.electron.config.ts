import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineConfig, type EnvironmentOptions } from 'vite';

export const root = resolve(import.meta.dirname, '..');
export const hosts = join(root, 'electron/hosts');
const outDir = join(root, 'dist/electron');

/** Left outside: Electron itself, and packages with native parts that find their files beside themselves. */
const outside = ['electron', 'better-sqlite3', 'pkcs11js'];

const shared = {
  outDir,
  target: 'node24',
  minify: false,
  // Paths and names of the build machine are no business of an installed station.
  sourcemap: false,
  copyPublicDir: false,
} as const;

/** ES modules for a program and for each process or thread that is started by its file name. */
export function programWithWorkers(main: string): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: outside },
    build: {
      ...shared,
      ssr: true,
      emptyOutDir: true,
      license: { fileName: 'licenses.md' },
      rolldownOptions: {
        input: { main, ...workers() },
        external: outside,
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // Beside the programs: a part that starts another program names it relative to itself.
          chunkFileNames: 'part-[name]-[hash].js',
        },
      },
    },
  };
}

/** A sandboxed preload is one CommonJS file that may require `electron` and nothing else. */
const preload: EnvironmentOptions = {
  consumer: 'server',
  resolve: { noExternal: true, external: ['electron'] },
  build: {
    ...shared,
    ssr: true,
    emptyOutDir: false,
    rolldownOptions: {
      input: { preload: join(hosts, 'desktop/preload.ts') },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
};

/** Every program that is started as a process or thread of its own; they find each other by file name. */
function workers(): Record<string, string> {
  const folder = join(hosts, 'workers');
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return Object.fromEntries(names.map((name) => [name.slice(0, -'.ts'.length), join(folder, name)]));
}

/** Electron's own programs, into `dist/electron`. Built with `vite build -c build/vite.electron.config.ts`. */
export default defineConfig({
  root,
  publicDir: false,
  environments: { shell: programWithWorkers(join(hosts, 'desktop/main.ts')), preload },
  builder: {
    async buildApp(builder) {
      for (const name of ['shell', 'preload']) {
        const environment = builder.environments[name];
        if (environment === undefined) throw new Error(`no environment ${name}`);
        await builder.build(environment);
      }
    },
  },
});
