import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { LegacyQuestion } from '#contract';
import { systemClock } from '../../electron/foundation/clock.ts';
import { createLegacy } from '../../electron/services/legacy/index.ts';
import { openStore } from '../../electron/store/index.ts';
import { arrivalHeads } from '../fakes/legacy/importing.ts';
import { madeWorkbook } from '../fakes/legacy/made-workbook.ts';
import { figure, type Figure } from './figures.ts';

const rows = 100_000;

/** An old register of a hundred thousand rows: how long it takes to look at and to take over, and what the core feels of it. */
export async function legacy(): Promise<readonly Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  const opened = openStore({ folder: scratch, key: randomBytes(32), programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  const store = opened.value;
  const nothing = (): void => undefined;
  const { handlers } = createLegacy({ store, clock: systemClock, words: () => '', progress: nothing, changed: nothing });
  try {
    const question = await questionOver(async (bytes) => ({ name: 'so.xlsx', mediaType: '', ...(await store.blobs.put(bytes)) }));
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    let highest = before;
    const watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage.rss());
    }, 20);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const looked = await timed(() => handlers.preview(question));
    const taken = await timed(() => handlers.run(question));
    const again = await timed(() => handlers.run(question));
    delay.disable();
    clearInterval(watch);
    const [, first] = handlersImports(await handlers.imports({}));
    if (first?.added !== rows) throw new Error(`only ${String(first?.added)} rows were taken over`);
    const blocked = delay.max / 1e6;
    const memory = (highest - before) / 2 ** 20;
    const limit = { reference: 'limit' };
    const name = `${String(rows)} rows of an old register`;
    return [
      figure({ ...limit, name: `${name}: looked at`, value: looked, unit: 's', referenceValue: 30, target: '≤ 30 s', met: looked <= 30 }),
      figure({ ...limit, name: `${name}: taken over`, value: taken, unit: 's', referenceValue: 120, target: '≤ 120 s', met: taken <= 120 }),
      figure({ ...limit, name: `${name}: the same file again`, value: again, unit: 's', referenceValue: 60, target: '≤ 60 s', met: again <= 60 }),
      figure({ ...limit, name: 'longest block of the core meanwhile', value: blocked, unit: 'ms', referenceValue: 250, target: '≤ 250 ms', met: blocked <= 250 }),
      figure({ ...limit, name: 'memory above what the core had', value: memory, unit: 'MiB', referenceValue: 400, target: '≤ 400 MiB', met: memory <= 400 }),
    ];
  } finally {
    store.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

type Imports = Awaited<ReturnType<ReturnType<typeof createLegacy>['handlers']['imports']>>;
function handlersImports(outcome: Imports): readonly { added: number }[] {
  return outcome.ok ? outcome.value : [];
}

async function timed(work: () => unknown): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

async function questionOver(put: (bytes: Buffer) => Promise<LegacyQuestion['file']>): Promise<LegacyQuestion> {
  const days = (at: number): string => `${String((at % 28) + 1).padStart(2, '0')}/${String(1 + (Math.floor(at / 28) % 12)).padStart(2, '0')}/2024`;
  const lines = Array.from({ length: rows }, (_, at) => [
    days(at), String(at + 1), `Sở Nội vụ tỉnh số ${String(at % 61)}`, `${String(1 + (at % 3000))}/SNV-VP${String(at % 37)}`, days(at),
    `V/v triển khai công tác văn thư, lưu trữ và lập hồ sơ điện tử trong cơ quan hành chính, đợt ${String(at)}`, 'Phòng Hành chính', days(at), 'Hoa', '',
  ]);
  const file = await put(madeWorkbook([{ name: 'Năm 2024', rows: [arrivalHeads, ...lines] }]));
  const fields = ['arrivedOn', 'arrivalNumber', 'issuerName', 'code', 'issuedDate', 'subject', 'holders', 'transferred', 'receivedBy', 'description'] as const;
  return { file, sheet: 'Năm 2024', header: { row: 1, rows: 1 }, columns: fields.map((field, index) => ({ index, field })), register: 'incoming', year: 2024, book: '', perKind: false };
}
