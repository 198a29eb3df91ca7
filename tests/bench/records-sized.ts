import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { coreFlags } from '../../electron/hosts/shell/fork-core.ts';
import { driverOf } from '../../electron/store/db.ts';
import { openStore } from '../../electron/store/index.ts';
import type { Figure } from './figures.ts';
import { listFigures, putWork } from './records-lists.ts';
import { printFigures } from './records-print.ts';
import { fill, oneDocument, searchFigures } from './records-search.ts';

const printed = 10_000;

/** The registers of years, each size in a process of its own with the flags of the core. */
export async function recordsSized(sizes: readonly number[] = [200_000, 1_000_000]): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const size of sizes) {
    const child = spawn(process.execPath, [...coreFlags, import.meta.filename, String(size)], { stdio: ['ignore', 'pipe', 'inherit'] });
    figures.push(...(JSON.parse(await text(child.stdout)) as Figure[]));
  }
  return figures;
}

/** `TVT_BENCH_PROFILE` names a place where a filled profile stays for the next run. */
async function measured(size: number): Promise<readonly Figure[]> {
  const kept = process.env['TVT_BENCH_PROFILE'];
  const folder = kept === undefined ? mkdtempSync(join(tmpdir(), 'tvt-bench-')) : `${kept}-${String(size)}`;
  const key = Buffer.alloc(32);
  try {
    const opened = openStore({ folder, key: Buffer.from(key), programVersion: '0.1.0', mayCreate: true });
    if (!opened.ok) throw new Error(opened.failure.code);
    const store = opened.value;
    const filled = driverOf(store.read).prepare('SELECT 1 FROM search_doc LIMIT 1').get() !== undefined;
    const figures = filled ? [] : await fill(store, size);
    figures.push(...(await searchFigures(store, size)), ...oneDocument(store, size));
    if (!filled) putWork(store);
    store.close();
    figures.push(...(await listFigures({ folder, key, size })));
    if (size === 200_000) figures.push(...(await printFigures({ folder, key, rows: printed })));
    return figures;
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  process.stdout.write(JSON.stringify(await measured(Number(process.argv[2]))), () => process.exit(0));
}
