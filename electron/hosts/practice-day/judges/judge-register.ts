import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './bench.ts';

/** Numbers and symbols of documents as registers have them, e.g. `101/UBND-VP`. */
const codes = /\d{1,5}\/\p{Lu}[\p{Lu}\d&.-]*(?:-[\p{Lu}\d]+)*/gu;

/** A printed register must name every document that its spreadsheet names. */
export async function judgeRegister(bench: Bench, folder: string, path: string): Promise<void> {
  const sheet = readFileSync(join(folder, path.replace(/\.pdf$/, '.csv')), 'utf8').normalize('NFC');
  const wanted = [...new Set(sheet.match(codes) ?? [])];
  await bench.ask(
    'pdftotext',
    `${path}: ${String(wanted.length)} số, ký hiệu của bảng tính`,
    ['-raw', join(folder, path), '-'],
    ({ code, stdout }) => {
      // A narrow column breaks a long symbol over lines.
      const text = stdout.toString('utf8').normalize('NFC').replaceAll(/\s+/g, '');
      return code === 0 && wanted.length > 0 && wanted.every((one) => text.includes(one));
    },
    { label: 'pdftotext, sổ đủ số' },
  );
}
