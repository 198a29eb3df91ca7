import { keyFile } from '../../../electron/platform/secrets/key-file.ts';
import { openStore } from '../../../electron/store/index.ts';

/** Holds a profile open, as a running station does, until its stdin closes. */
const folder = process.argv[2] ?? '';
const key = await keyFile(folder).obtain(false);
if (!key.ok) throw new Error(key.failure.code);
const opened = openStore({ folder, key: key.value.key, programVersion: '0.1.0', mayCreate: false });
if (!opened.ok) throw new Error(opened.failure.code);
process.stdout.write('open\n');
process.stdin.on('end', () => {
  opened.value.close();
});
process.stdin.resume();
