import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figures.ts';
import { carrierFigures } from './skeleton-carriers.ts';
import { insertFigure } from './skeleton-inserts.ts';
import { windowFigures } from './skeleton-window.ts';
import { profileWithDocuments } from './profile.ts';

/** The frame's own figures: carriers, the register's transaction, cold start, the core at rest. */
export async function skeleton(): Promise<readonly Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  try {
    const large = profileWithDocuments(join(scratch, 'large'), 10_000);
    const copy = { ...large, folder: join(scratch, 'copy') };
    cpSync(large.folder, copy.folder, { recursive: true });
    return [
      ...(await carrierFigures(scratch)),
      insertFigure(join(scratch, 'inserts')),
      ...(await windowFigures(large, copy)),
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
