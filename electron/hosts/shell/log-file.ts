import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const largestBytes = 2 * 1024 * 1024;

/**
 * Writes lines with their time to `station.log` in `folder`, and keeps one older file. A log that cannot be written
 * must not stop the station.
 */
export function logFile(folder: string): (line: string) => void {
  const path = join(folder, 'station.log');
  return (line) => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (sizeOf(path) > largestBytes) renameSync(path, `${path}.1`);
      appendFileSync(path, `${new Date().toISOString()} ${line.replaceAll('\n', '\n  ')}\n`, { mode: 0o600 });
    } catch {
      // Nowhere left to say it.
    }
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
