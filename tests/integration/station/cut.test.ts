import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Outcome } from '#contract';
import { systemClock } from '../../../electron/foundation/clock.ts';
import { startPracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { receive } from '../../../electron/services/exchange/inbox.ts';
import { queueStatusWith } from '../../../electron/services/exchange/index.ts';
import { vxpTransport } from '../../../electron/services/exchange/transports/vxp.ts';
import type { Store } from '../../../electron/store/index.ts';
import { preparedProfile } from '../../fakes/station/day.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { noIncident } from '../../fakes/station/no-incident.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';

const nothing = (): undefined => undefined;

test.each([
  ['the stream', false],
  ['the JSON', true],
])('a connection cut within %s leaves nothing; the next poll takes the message', async (_, oldAxis) => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: nothing });
  try {
    const { endpoint, systemId, secret } = axis;
    const profile = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex') };
    preparedProfile({ ...profile, axis: { endpoint, systemId, secret } });
    const store = storeIn(profile.folder, Buffer.from(profile.keyHex, 'hex'));
    const transport = vxpTransport({ endpoint, systemId, secret, http: httpClient, clock: systemClock, allowPlainHttp: true });
    const poll = (over: Store = store): Promise<Outcome<unknown, string>> =>
      receive({ store: over, clock: systemClock, queueStatus: queueStatusWith(nothing), onStep: nothing, arrived: nothing, incident: noIncident }, transport);
    const states = async (): Promise<string[]> => (await axis.control.inspect()).deliveries.map(({ state }) => state);
    const unfinished = (): string[] => readdirSync(join(profile.folder, 'blobs', 'unfinished'));
    const stored = (): string[] => readdirSync(join(profile.folder, 'blobs')).filter((name) => name !== 'unfinished');

    await axis.control.deliver(documentMessage({ files: [{ name: 'a.pdf', bytes: randomBytes(3_000_000) }] }));
    if (oldAxis) await axis.control.fault({ kind: 'missing', verb: 'downloadEdoc' });
    await axis.control.fault({ kind: 'cut-within', verb: oldAxis ? 'getEdoc' : 'downloadEdoc' });
    expect(await poll()).toMatchObject({ ok: false, failure: { code: 'axis-unreachable', params: { errorCode: 'cut' } } });
    expect([unfinished(), stored(), await states()]).toEqual([[], [], ['initial']]);

    // A disk that fills up in the middle ends the connection and leaves nothing either.
    const full: Store = {
      ...store,
      blobs: {
        ...store.blobs,
        writer: async () => {
          const writer = await store.blobs.writer();
          let left = 5;
          return {
            ...writer,
            write: async (bytes) => {
              left -= 1;
              if (left === 0) throw new Error('ENOSPC');
              await writer.write(bytes);
            },
          };
        },
      },
    };
    await expect(poll(full)).rejects.toThrow('ENOSPC');
    expect([unfinished(), stored(), await states()]).toEqual([[], [], ['initial']]);

    expect(await poll()).toEqual({ ok: true, value: { received: 1, duplicates: 0, quarantined: 0 } });
    expect([unfinished(), await states()]).toEqual([[], ['done']]);
  } finally {
    await axis.stop();
  }
});
