import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { packageSchemas } from '../../electron/hosts/package-schemas.ts';
import { buildPackage, type PackageContent } from '../../electron/services/packages/index.ts';
import { openProfile, taker } from '../fakes/handover/profile.ts';
import { created, dossier, text } from '../fakes/packages/content.ts';
import { figure, type Figure } from './figures.ts';

const mebibyte = 1024 * 1024;
const mostMs = 200;
/** packages of a hand-over, documents in each, bytes of each document */
export type Load = { readonly packages: number; readonly documents: number; readonly bytes: number };
const usual: readonly Load[] = [
  { packages: 40, documents: 40, bytes: 8 * 1024 },
  { packages: 1, documents: 4_000, bytes: 2 * 1024 },
  { packages: 1, documents: 2, bytes: 256 * mebibyte },
];

/** How long the thread that serves every window stands still while an archive checks a hand-over and takes it into its holdings. */
export async function takingOver(loads: readonly Load[] = usual): Promise<readonly Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  const profile = await openProfile(join(scratch, 'archive'), taker);
  try {
    const figures: Figure[] = [];
    for (const [turn, load] of loads.entries()) {
      const into = join(scratch, `packages-${String(turn)}`);
      mkdirSync(into);
      for (let n = 0; n < load.packages; n += 1) await submitted(into, turn * 1_000_000 + n, load);
      const what = `${String(load.packages)} × ${String(load.documents)} documents of ${String(Math.round(load.bytes / 1024))} KiB`;
      const fields = { title: what, turn: turn + 1, agreement: '01.G09.1.2026', giver: { name: '', position: '' }, taker: { name: '', position: '' }, media: '', note: '', sender: { name: 'Bộ Nội vụ', code: 'G09' }, registered: null };
      const begun = await profile.must('handover', 'startReceipt', { fields });
      const still = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
        const delay = monitorEventLoopDelay({ resolution: 5 });
        delay.enable();
        const from = performance.now();
        const done = await work();
        const seconds = (performance.now() - from) / 1000;
        delay.disable();
        const value = delay.max / 1e6;
        figures.push(figure({ name: `${what}: core stands still while ${name} (${seconds.toFixed(1)} s in all)`, value, unit: 'ms', reference: 'limit', referenceValue: mostMs, target: `≤ ${String(mostMs)} ms`, met: value <= mostMs }));
        return done;
      };
      await still('packages are checked', () => profile.core.handover.takeFrom(begun.id, [into]));
      const now = await profile.must('handover', 'receipt', { id: begun.id });
      if (now.passed !== load.packages) throw new Error(JSON.stringify(now));
      const decided = await profile.must('handover', 'decide', { id: now.id, version: now.version, packages: null, decision: null, reason: '' });
      const done = await still('they are taken in', () => profile.must('handover', 'conclude', { id: decided.id, version: decided.version, number: '1', archive: false }));
      if (done.totals.accepted !== load.packages) throw new Error(JSON.stringify(done));
      rmSync(into, { recursive: true });
    }
    return figures;
  } finally {
    await profile.core.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A package of another office, as it lies there to be taken over. */
async function submitted(into: string, ordinal: number, { documents, bytes }: Load): Promise<void> {
  const originals = new Map<string, Buffer>();
  const code = `G09.2025.${String(ordinal)}.TCCB`;
  const content: PackageContent = {
    form: 'SIP_hoso',
    uuid: `7D0D1987-0F1C-47A7-8FD6-${ordinal.toString(16).toUpperCase().padStart(12, '0')}`,
    createdAt: created,
    recordStatus: 'NEW',
    software: { name: 'Trạm Văn thư', version: '0.1.0' },
    sender: { name: 'Bộ Nội vụ', code: 'G09' },
    archive: null,
    agreement: '01.G09.1.2026',
    batchOrdinal: null,
    head: { ...dossier, fileCode: code },
    documents: Array.from({ length: documents }, (_, index) => {
      const original = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes), Buffer.from('\n%%EOF\n')]);
      const sha256 = createHash('sha256').update(original).digest('hex');
      originals.set(sha256, original);
      const docCode = `${code}.${String(index + 1).padStart(7, '0')}`;
      return { fields: text(index + 1, { docCode }), content: { kind: 'file', file: { sha256, size: original.length, name: `Công văn số ${String(index + 1)}.pdf`, mediaType: 'application/pdf', createdAt: created, verdict: null } }, attachments: [], trace: null };
    }),
    events: [],
  };
  const built = await buildPackage({ content, schemas: packageSchemas('SIP_hoso'), into, output: 'folder' }, { open: (sha256) => [originals.get(sha256) ?? Buffer.alloc(0)] });
  if (!built.ok) throw new Error(JSON.stringify(built.failure));
}
