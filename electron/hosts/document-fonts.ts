import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DocumentFonts } from '../services/records/index.ts';

/** Tinos, which everything that the station prints is set in. */
export function documentFonts(): DocumentFonts {
  const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'));
  const read = (face: string): Uint8Array => readFileSync(join(folder, face, `Tinos_${face}.ttf`));
  return {
    regular: read('400Regular'),
    bold: read('700Bold'),
    italic: read('400Regular_Italic'),
    boldItalic: read('700Bold_Italic'),
  };
}
