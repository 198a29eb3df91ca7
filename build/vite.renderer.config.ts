import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = resolve(import.meta.dirname, '..');

/** The window. Everything it loads lies in `dist/renderer`; there is no CDN and no inline script. */
export default defineConfig({
  root: join(root, 'renderer'),
  base: '/',
  plugins: [react(), pdfjsFiles()],
  build: {
    outDir: join(root, 'dist/renderer'),
    emptyOutDir: true,
    sourcemap: false,
    target: 'chrome130',
    // The polyfill would be an inline script for browsers we do not run in.
    modulePreload: { polyfill: false },
    // A data: URL for a script or style is refused by the page's policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    license: { fileName: 'licenses.md' },
  },
});

/**
 * pdf.js fetches its worker, character maps, standard fonts, colour profiles and decoders by name at run time, so
 * they keep their names under `/pdfjs/`.
 */
function pdfjsFiles(): Plugin {
  const from = join(root, 'node_modules/pdfjs-dist');
  const folders = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];
  return {
    name: 'tvt-pdfjs-files',
    apply: 'build',
    generateBundle() {
      const emit = (fileName: string, path: string): void => {
        this.emitFile({ type: 'asset', fileName: `pdfjs/${fileName}`, source: readFileSync(path) });
      };
      emit('pdf.worker.min.mjs', join(from, 'build/pdf.worker.min.mjs'));
      for (const folder of folders) {
        for (const name of readdirSync(join(from, folder))) {
          // quickjs runs scripts found in documents; we never do.
          if (!name.startsWith('quickjs')) emit(`${folder}/${name}`, join(from, folder, name));
        }
      }
    },
  };
}
