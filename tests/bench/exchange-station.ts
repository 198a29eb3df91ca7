import { readFileSync } from 'node:fs';
import { systemClock } from '../../electron/foundation/clock.ts';
import { startMessageThread } from '../../electron/hosts/threads/message-thread.ts';
import { httpClient } from '../../electron/platform/http/client.ts';
import { receive } from '../../electron/services/exchange/inbox.ts';
import { queueStatusWith } from '../../electron/services/exchange/index.ts';
import { vxpTransport } from '../../electron/services/exchange/transports/vxp.ts';
import { openStore } from '../../electron/store/index.ts';
import { noIncident } from '../fakes/station/no-incident.ts';

/** What a receiving station is told by its stdin, as JSON. */
export type StationOptions = {
  readonly folder: string;
  readonly keyHex: string;
  readonly axis: { readonly endpoint: string; readonly systemId: string; readonly secret: string };
};

/** What it prints when it has received, as JSON. */
export type StationReport = {
  readonly tally: unknown;
  /** bytes of resident memory before the first call, and the most that was seen during it */
  readonly idleBytes: number;
  readonly peakBytes: number;
  readonly milliseconds: number;
};

/**
 * A station that receives once and tells how much memory it took, in a process of its own: another test's memory must
 * not be counted, and a peak cannot be set back.
 */
async function receiveOnce({ folder, keyHex, axis }: StationOptions): Promise<StationReport> {
  const opened = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  const store = opened.value;
  const transport = vxpTransport({ ...axis, http: httpClient, clock: systemClock, allowPlainHttp: true });
  const nothing = (): undefined => undefined;
  const deps = { store, clock: systemClock, queueStatus: queueStatusWith(nothing), onStep: nothing, arrived: nothing, incident: noIncident, openThread: () => startMessageThread(store.blobAccess, nothing) };
  globalThis.gc?.();
  const idleBytes = process.memoryUsage.rss();
  let peakBytes = idleBytes;
  // Only where the system keeps no record of its own: the looking costs time.
  const watch = systemsPeak() > 0 ? undefined : setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 5);
  const from = performance.now();
  const tally = await receive(deps, transport);
  const milliseconds = performance.now() - from;
  clearInterval(watch);
  peakBytes = Math.max(peakBytes, systemsPeak());
  store.close();
  return { tally, idleBytes, peakBytes, milliseconds };
}

/** The system's own record, which has no gaps between looks; 0 where there is none. */
export function systemsPeak(): number {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

if (process.argv[1] === import.meta.filename) {
  const report = await receiveOnce(JSON.parse(readFileSync(0, 'utf8')) as StationOptions);
  process.stdout.write(JSON.stringify(report));
}
