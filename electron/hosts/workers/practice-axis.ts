import { createInterface } from 'node:readline';
import { AxisServerConfig, startAxisServer } from '../practice-axis-server.ts';

/**
 * The practice axis as a process of its own. First line of stdin: `AxisServerConfig` as JSON. It then prints
 * `{"port":n}` and lives until stdin closes, so that it cannot outlive the one who started it. Secrets come by stdin,
 * because arguments and environment can be read by other processes.
 */
const lines = createInterface({ input: process.stdin });
let started = false;
lines.on('line', (line) => {
  if (started) return;
  started = true;
  void start(line);
});
// What was answered is on the disk already, so there is nothing to wait for.
lines.on('close', () => process.exit(0));

function say(line: string): void {
  process.stderr.write(`practice axis: ${line}\n`);
}

async function start(line: string): Promise<void> {
  try {
    const server = await startAxisServer(AxisServerConfig.parse(JSON.parse(line)), say);
    if (!server.ok) {
      say(`cannot start: ${server.failure.code}`);
      process.exit(1);
    }
    const { port, delivered } = server.value;
    process.stdout.write(`${JSON.stringify({ port, delivered })}\n`);
  } catch (error) {
    // Not the error's own text: a parse error would quote the secret.
    say(`cannot start: ${error instanceof Error ? error.name : 'unknown'}`);
    process.exit(1);
  }
}
