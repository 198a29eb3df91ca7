import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RealDocument } from '../../services/practice/index.ts';

/** Published documents that lie beside the project while it is developed; a user's clone has none. */
const realFiles = [
  { name: 'cv-11410-bxd-2026.pdf', issuerCode: 'G17', pages: 3 },
  { name: 'cv-11410-bxd-2026-phuluc1.pdf', issuerCode: 'G17', pages: 3 },
] as const;

/** The real documents of `folder`, described by its `expected.tsv`; none when the folder is not there. */
export function realDocumentsIn(folder: string): readonly RealDocument[] {
  const table = join(folder, 'expected.tsv');
  if (!existsSync(table)) return [];
  const [head = '', ...lines] = readFileSync(table, 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  const rows = lines.map((line) => {
    const cells = line.split('\t');
    return (name: string): string => cells[columns.indexOf(name)] ?? '';
  });
  return realFiles.flatMap(({ name, issuerCode, pages }) => {
    const row = rows.find((cell) => cell('file') === name);
    if (row === undefined || !existsSync(join(folder, name))) return [];
    const positions = row('signer_position').split('; ');
    return [
      {
        bytes: readFileSync(join(folder, name)),
        fileName: name,
        number: row('number'),
        notation: row('notation'),
        date: row('issued_date'),
        kind: row('kind'),
        issuer: { code: issuerCode, name: row('issuer') },
        subject: row('subject'),
        signer: { competence: positions[0] ?? '', position: positions[1] ?? '', fullName: row('signer') },
        pages,
      },
    ];
  });
}
