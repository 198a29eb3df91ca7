import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DocumentFonts } from '../../../electron/services/records/index.ts';

function font(name: string): Uint8Array {
  return readFileSync(`node_modules/@expo-google-fonts/tinos/${name}.ttf`);
}

export const fonts: DocumentFonts = {
  regular: font('400Regular/Tinos_400Regular'),
  bold: font('700Bold/Tinos_700Bold'),
  italic: font('400Regular_Italic/Tinos_400Regular_Italic'),
  boldItalic: font('700Bold_Italic/Tinos_700Bold_Italic'),
};

function withFile<T>(bytes: Uint8Array, use: (path: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'decree-'));
  try {
    const path = join(folder, 'a.pdf');
    writeFileSync(path, bytes);
    return use(path, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Text as pdftotext reads it, white space made single. */
export function textOf(pdf: Uint8Array): string {
  const text = withFile(pdf, (path) => execFileSync('pdftotext', ['-layout', path, '-']).toString('utf8'));
  return text.replace(/\s+/g, ' ').trim();
}

/** Text of each page, in reading order of the content. */
export function pagesOf(pdf: Uint8Array): readonly string[] {
  const text = withFile(pdf, (path) => execFileSync('pdftotext', ['-raw', path, '-']).toString('utf8'));
  return text.split('\f').slice(0, -1).map((page) => page.replace(/\s+/g, ' ').trim());
}

/** Throws with qpdf's words when the file is not sound. */
export function checkWithQpdf(pdf: Uint8Array): void {
  withFile(pdf, (path) => execFileSync('qpdf', ['--check', path], { stdio: 'pipe' }));
}

export type Word = { readonly text: string; readonly page: number; readonly box: readonly [number, number, number, number] };

/** Words with their boxes in points from the top left. */
export function wordsOf(pdf: Uint8Array): readonly Word[] {
  const html = withFile(pdf, (path) => execFileSync('pdftotext', ['-bbox', path, '-']).toString('utf8'));
  let page = -1;
  const words: Word[] = [];
  for (const line of html.split('\n')) {
    if (line.includes('<page ')) page += 1;
    const found = /xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)<\/word>/.exec(line);
    if (found === null) continue;
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = found.slice(1, 5).map(Number);
    words.push({ text: found[5] ?? '', page, box: [x1, y1, x2, y2] });
  }
  return words;
}

/** Share of dark pixels within a box of a page, as pdftoppm draws it. */
export function inkIn(pdf: Uint8Array): (page: number, box: Word['box']) => number {
  const dpi = 144;
  const pages = withFile(pdf, (path, folder) => {
    execFileSync('pdftoppm', ['-r', String(dpi), '-gray', path, join(folder, 'p')]);
    const count = wordsOf(pdf).reduce((most, word) => Math.max(most, word.page), 0) + 1;
    return Array.from({ length: count }, (_, at) => readGrey(readFileSync(join(folder, `p-${at + 1}.pgm`))));
  });
  return (page, box) => {
    const image = pages[page];
    if (image === undefined) throw new Error('no such page');
    const [x1, y1, x2, y2] = box.map((value) => Math.round((value * dpi) / 72)) as [number, number, number, number];
    let dark = 0;
    for (let y = y1; y < y2; y++) for (let x = x1; x < x2; x++) if ((image.data[y * image.width + x] ?? 255) < 160) dark += 1;
    return dark / Math.max(1, (x2 - x1) * (y2 - y1));
  };
}

function readGrey(file: Buffer): { width: number; data: Buffer } {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.toString('latin1', 0, 60));
  if (header === null) throw new Error('not a PGM');
  return { width: Number(header[1]), data: file.subarray(header[0].length) };
}
