import { readFileSync } from 'node:fs';
import { startCore } from '../../../electron/hosts/compose.ts';
import { quietCore } from '../station/day.ts';

/**
 * A station that makes one backup after the other while a clerk registers what arrived, in a process of its own that a test
 * kills. Each number that was answered is told on a line, and each backup.
 */
const options = JSON.parse(readFileSync(0, 'utf8')) as { readonly folder: string; readonly keyHex: string };
const core = await startCore({ ...quietCore(options), practice: 'as-stored' });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function backups(): Promise<never> {
  for (;;) {
    const outcome = await core.dispatcher.answer('backup', 'start', {}, 'host');
    say(outcome.ok ? `backup ${(outcome.value as { generation: string }).generation}` : `failed ${outcome.failure.code}`);
  }
}

async function clerk(): Promise<void> {
  const list = await core.dispatcher.answer('records', 'incomingList', { state: 'arrived', before: null, limit: 200 }, 'host');
  if (!list.ok) throw new Error(list.failure.code);
  for (const { id } of (list.value as { items: { id: string }[] }).items) {
    const outcome = await core.dispatcher.answer('records', 'registerIncoming', { id }, 'host');
    if (outcome.ok) say(`registered ${id}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

say('ready');
void backups();
await clerk();
