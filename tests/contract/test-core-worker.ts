import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveCore } from '../../electron/hosts/shell/core-side.ts';
import { parentPort } from '../../electron/hosts/shell/parent-port.ts';
import { startTestCore } from './test-core.ts';

// The core process of host tests: the real line to the shell, the suite's own service behind it.
await serveCore(parentPort(), (options) => {
  options.log(`opened ${JSON.stringify({ ...options, key: options.key.ok ? options.key.value.toString('hex') : options.key })}`);
  const core = startTestCore(options.log);
  // Somebody at the window wants the other profile at once.
  if (existsSync(join(options.profileDir, 'change-profile'))) options.changeProfile?.();
  // Somebody at the window wants to see where a file lies.
  const shown = join(options.profileDir, 'show-file');
  if (existsSync(shown)) options.showFile?.(shown);
  return Promise.resolve({
    ...core,
    close: async () => {
      await core.close();
      // Seen by a test that has no line to this process any more.
      if (existsSync(options.profileDir)) writeFileSync(join(options.profileDir, 'closed-in-order'), '');
    },
  });
});
process.exit(0);
