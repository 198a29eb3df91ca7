import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The codes of the first level from the decisions, as the table in `resources/directory`. Sources and bundles both lie
 * two folders below the project. Without the file the directory begins empty.
 */
export function decisionCodes(log: (line: string) => void): string {
  const path = join(dirname(fileURLToPath(import.meta.url)), '../../resources/directory/level-one-codes.tsv');
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    log(`no codes of the decisions: ${String(error)}`);
    return '';
  }
}
