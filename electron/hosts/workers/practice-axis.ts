import type { AxisListening } from '../processes/practice-axis-process.ts';
import { AxisServerConfig, startAxisServer } from '../practice/practice-axis-server.ts';
import { starterLine } from '../processes/starter-line.ts';

/**
 * The practice axis as a process of its own. The first message is an `AxisServerConfig`; it answers with `AxisListening`
 * and lives until `end` comes or the one who started it is gone. Secrets come by message, because arguments and
 * environment can be read by other processes.
 */
const line = starterLine();
let started = false;
line?.onMessage((message) => {
  // What was answered is on the disk already, so there is nothing to wait for.
  if (message === 'end') process.exit(0);
  if (started) return;
  started = true;
  void start(message);
});
line?.onGone(() => process.exit(0));

function say(what: string): void {
  process.stderr.write(`practice axis: ${what}\n`);
}

async function start(config: unknown): Promise<void> {
  try {
    const server = await startAxisServer(AxisServerConfig.parse(config), say);
    if (!server.ok) {
      say(`cannot start: ${server.failure.code}`);
      process.exit(1);
    }
    const { port, delivered } = server.value;
    line?.post({ port, delivered } satisfies AxisListening);
  } catch (error) {
    // Not the error's own text: a parse error would quote the secret.
    say(`cannot start: ${error instanceof Error ? error.name : 'unknown'}`);
    process.exit(1);
  }
}
