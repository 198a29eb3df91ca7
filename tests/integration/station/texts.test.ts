import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { one, openStore, sql } from '../../../electron/store/index.ts';
import { drawnDocument, plainLayout } from '../../fakes/intake/drawn-document.ts';
import { stored } from '../../fakes/station/drafts.ts';
import { factsOf } from '../../fakes/intake/facts.ts';
import { fonts } from '../../unit/practice/pdf-tools.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

function start(folder: string, key: Buffer, background: boolean): Promise<Core> {
  return startCore({ profileDir: folder, key: { ok: true, value: Buffer.from(key) }, practice: false, background, version: '0.1.0', log: () => undefined });
}

async function ask<T>(core: Core, method: string, input: unknown): Promise<T> {
  const outcome = await core.dispatcher.answer('intake', method, input, 'own-window');
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return outcome.value as T;
}

test('what was stored while nobody read it is read by the next station that runs, which ends cleanly with the reader', async () => {
  const [folder, key] = [scratchFolder(), randomBytes(32)];
  const facts = factsOf(41);
  const bytes = Buffer.from(await drawnDocument(facts, plainLayout, fonts));
  const quiet = await start(folder, key, false);
  const file = await ask<{ id: string; sha256: string }>(quiet, 'takeFile', { file: await stored(quiet, 'a.pdf', bytes) });
  const shown = await quiet.readFile(file.id, 0, 4);
  expect(shown.ok && Buffer.from(shown.value.bytes).toString()).toBe('%PDF');
  const fields = {
    codeNumber: '1', codeNotation: 'X', issuedDate: null, place: '', typeName: 'Công văn', subject: 's', issuerName: 'i', issuerOrganId: '', arrivedOn: '2026-01-01', signerName: '', signerPosition: '',
    signerCompetence: '', urgency: 0, dueDate: null, holders: '', language: '', pageAmount: null, description: '',
  };
  await ask(quiet, 'addIncoming', { fields, source: 'file', files: [file.id], register: false });
  await quiet.close();

  const running = await start(folder, key, true);
  await expect.poll(() => stateIn(folder, key, file.sha256), { interval: 200 }).toBe('read');
  await running.close();
  expect(stateIn(folder, key, file.sha256)).toBe('read');
});

function stateIn(folder: string, key: Buffer, sha256: string): string | undefined {
  const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: false, readOnly: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  try {
    return one<{ state: string }>(opened.value.read, sql`SELECT state FROM file_text WHERE sha256 = ${sha256}`)?.state;
  } finally {
    opened.value.close();
  }
}
