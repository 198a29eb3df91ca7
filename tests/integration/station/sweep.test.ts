import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Contract, OutputOf } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { startPracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { preparedProfile, quietCore } from '../../fakes/station/day.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';

test('a recall agreed to while another document with the same file is taken in leaves that file alone', async () => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  const keyHex = randomBytes(32).toString('hex');
  const folder = scratchFolder();
  preparedProfile({ folder, keyHex, axis: { endpoint: axis.endpoint, systemId: axis.systemId, secret: axis.secret } });
  const files = [{ name: 'chung.pdf', bytes: Buffer.from('%PDF-1.4 chung') }];
  let request = '';
  const decided: Promise<unknown>[] = [];
  const core: Core = await startCore({
    ...quietCore({ folder, keyHex }),
    onStep: (step) => {
      // The second document's files are on disk, and no row names them yet.
      if (step === 'files-stored' && request !== '' && decided.length === 0) {
        decided.push(core.dispatcher.answer('records', 'decideChange', { request, agree: true, reason: '' }, 'own-window'));
      }
    },
  });
  const ask = async <T>(domain: string, method: string, input: unknown): Promise<T> => {
    const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    return outcome.value as T;
  };
  await axis.control.deliver(documentMessage({ number: '1', files }));
  await ask('exchange', 'receiveNow', {});
  await axis.control.deliver(documentMessage({ number: '1', business: { bussinessDocType: '1', bussinessDocReason: 'nhầm' } }));
  await ask('exchange', 'receiveNow', {});
  type Listed = OutputOf<Contract['records']['incomingList']>;
  const [first] = (await ask<Listed>('records', 'incomingList', { state: null, before: null, limit: 5 })).items;
  const detail = await ask<OutputOf<Contract['records']['incomingGet']>>('records', 'incomingGet', { id: first?.id });
  request = detail.changeRequests[0]?.id ?? '';
  expect(request).not.toBe('');

  await axis.control.deliver(documentMessage({ number: '2', files }));
  await ask('exchange', 'receiveNow', {});
  expect(await Promise.all(decided)).toMatchObject([{ ok: true, value: { state: 'recalled' } }]);
  // Closing waits for what goes on one at a time.
  await core.close();
  await axis.stop();

  const store = storeIn(folder, Buffer.from(keyHex, 'hex'));
  const [shared] = detail.files;
  await expect(store.blobs.verify(shared?.sha256 ?? '')).resolves.toMatchObject({ sha256: shared?.sha256 });
});
