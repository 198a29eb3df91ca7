import { join } from 'node:path';
import { defineConfig } from 'vite';
import { hosts, programWithWorkers, root } from './vite.electron.config.ts';

const terminal = programWithWorkers(join(hosts, 'cli/main.ts'));

/**
 * The terminal program as one run of the suite starts it some hundred times: bundled it is there in half the time of its
 * sources. As deep below the project as they are, for what is read beside it. Built with `vite build -c build/vite.terminal.config.ts`.
 */
export default defineConfig({
  root,
  publicDir: false,
  environments: { terminal: { ...terminal, build: { ...terminal.build, outDir: join(root, 'dist/terminal') } } },
  builder: {
    async buildApp(builder) {
      const environment = builder.environments['terminal'];
      if (environment === undefined) throw new Error('no environment terminal');
      await builder.build(environment);
    },
  },
});
