import { readFileSync } from 'node:fs';
import { openStore } from '../../../electron/store/index.ts';
import { officeOver } from './archive.ts';

/**
 * Opens a store and goes on destroying what was decided, as a station does at its start; ends itself by SIGKILL at a step.
 * Its question comes through the standard input.
 */
const { folder, keyHex, kill } = JSON.parse(readFileSync(0, 'utf8')) as { folder: string; keyHex: string; kill: { step: string; nth: number } | null };
const opened = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0.1.0', mayCreate: false });
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
let seen = 0;
const { keeping, failures } = officeOver(opened.value, (step) => {
  if (kill === null || step !== kill.step) return;
  seen += 1;
  if (seen === kill.nth) process.kill(process.pid, 'SIGKILL');
});
keeping.resume();
await keeping.host.destroyed();
for (const failure of failures) process.stderr.write(`${failure}\n`);
opened.value.close();
