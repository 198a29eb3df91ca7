import { randomUUID } from 'node:crypto';
import { newId } from '../../electron/foundation/ids.ts';
import { recordArrival } from '../../electron/services/records/index.ts';
import { queueFile, saveVerdict, stoppedVerdict } from '../../electron/services/verification/index.ts';
import { one, run, sql, type Store } from '../../electron/store/index.ts';
import { arrival } from '../bench/profile.ts';

/** A document whose file was looked at, with what came of it and a mark that nobody has settled. */
export async function alarmedDocument(store: Store, number: number): Promise<{ readonly document: string; readonly file: string }> {
  const at = '2026-11-22T01:00:00.000Z';
  const blob = await store.blobs.put(Buffer.from(`%PDF-1.7 ${randomUUID()}`));
  return store.write((db) => {
    const document = recordArrival(db, { ...arrival(number), files: [{ name: 'a.pdf', mediaType: 'application/pdf', ...blob }] }, () => undefined, 'UBND');
    queueFile(db, blob.sha256, at, at);
    const verdict = { ...stoppedVerdict('test', new Date(at), 'crash'), file: { ...blob, revisions: 0 } };
    saveVerdict(db, { id: newId(), verdict, at, online: false, material: [{ kind: 'certificate', sha256: blob.sha256, der: Buffer.from('der') }], renewAt: null });
    run(db, sql`INSERT INTO verdict_alarm (document, decision, why, raised_at) VALUES (${document}, 'ask', 'unreadable', ${at})`);
    return { document, file: one<{ id: string }>(db, sql`SELECT id FROM incoming_file WHERE document = ${document}`)?.id ?? '' };
  });
}
