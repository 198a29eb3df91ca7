import { createHash } from 'node:crypto';
import { memoryBytes } from '../../electron/foundation/pdf/index.ts';
import { findDifferences, noEvidence, queueFile, saveVerdict, verifyFile } from '../../electron/services/verification/index.ts';
import type { Store } from '../../electron/store/index.ts';

/** Keeps a verdict on a file, with something that it stands on, as the background does after a file came. */
export async function keepVerdict(store: Store, content: string): Promise<void> {
  const at = new Date();
  const bytes = Buffer.from(content);
  const verdict = await verifyFile({ anchors: new Map(), edition: 'test', certificates: [], evidence: noEvidence, differences: findDifferences, keep: () => undefined }, memoryBytes(bytes), { at });
  const der = Buffer.from('3003020101', 'hex');
  const material = [{ kind: 'certificate' as const, sha256: createHash('sha256').update(der).digest('hex'), der }];
  store.write((db) => {
    queueFile(db, verdict.file.sha256, at.toISOString(), at.toISOString());
    saveVerdict(db, { id: '01900000-0000-7000-8000-000000000001', verdict, at: at.toISOString(), online: false, material, renewAt: null });
  });
}
