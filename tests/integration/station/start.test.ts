import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contract } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { quietCore } from '../../fakes/station/day.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

async function statusOf(core: Core): Promise<unknown> {
  const outcome = await core.dispatcher.answer('station', 'status', {}, 'own-window');
  return outcome.ok ? outcome.value : outcome;
}

test('a core whose store did not open says why, refuses everything else with a value, and closes', async () => {
  const folder = join(scratchFolder(), 'profile');
  const keyHex = randomBytes(32).toString('hex');
  const first = await startCore(quietCore({ folder, keyHex }));
  await first.close();
  const core = await startCore(quietCore({ folder, keyHex: randomBytes(32).toString('hex') }));
  expect(await statusOf(core)).toMatchObject({ state: 'failed', failure: { code: 'key-wrong', params: { folder } } });
  for (const [domain, methods] of Object.entries(contract)) {
    for (const method of Object.keys(methods)) {
      if (`${domain}.${method}` === 'station.status') continue;
      const outcome = await core.dispatcher.answer(domain, method, {}, 'own-window');
      expect(outcome.ok, `${domain}.${method}`).toBe(false);
      if (!outcome.ok) expect(['station-not-open', 'bad-input']).toContain(outcome.failure.code);
    }
  }
  await core.close();
});

test('a key that could not be had is the reason that is told', async () => {
  const core = await startCore({ ...quietCore({ folder: scratchFolder(), keyHex: '' }), key: { ok: false, failure: { code: 'key-missing' } } });
  expect(await statusOf(core)).toMatchObject({ state: 'failed', failure: { code: 'key-missing' } });
  await core.close();
});

test('practice and real profiles are never opened as the other kind', async () => {
  const keyHex = randomBytes(32).toString('hex');
  const practice = { ...quietCore({ folder: join(scratchFolder(), 'p'), keyHex }), practice: true };
  const real = quietCore({ folder: join(scratchFolder(), 'r'), keyHex });
  for (const options of [practice, real]) {
    const made = await startCore(options);
    expect(await statusOf(made)).toMatchObject({ state: 'open', practice: options.practice });
    await made.close();
    const other = await startCore({ ...options, practice: options.practice !== true });
    expect(await statusOf(other)).toMatchObject({ state: 'failed', failure: { code: 'profile-kind' } });
    await other.close();
    const looked = await startCore({ ...options, practice: 'as-stored' });
    expect(await statusOf(looked)).toMatchObject({ state: 'open', practice: options.practice });
    await looked.close();
  }
});

test('a practice profile starts again with nothing doubled', async () => {
  const options = { ...quietCore({ folder: join(scratchFolder(), 'p'), keyHex: randomBytes(32).toString('hex') }), practice: true };
  for (const expected of [7, 0]) {
    const core = await startCore(options);
    expect(core.practiceAxis?.delivered).toBe(expected);
    const received = await core.dispatcher.answer('exchange', 'receiveNow', {}, 'own-window');
    expect(received).toMatchObject({ ok: true, value: { received: expected, duplicates: 0 } });
    await core.close();
  }
});

test('settings of a practice profile are fixed, so that practice never reaches a real axis', async () => {
  const core = await startCore({ ...quietCore({ folder: join(scratchFolder(), 'p'), keyHex: randomBytes(32).toString('hex') }), practice: true });
  const input = { endpoint: 'https://example.vn/axis', systemId: 'x', plainHttpHosts: [], pollSeconds: 60, secret: 's' };
  expect(await core.dispatcher.answer('station', 'saveAxis', input, 'own-window')).toMatchObject({ ok: false, failure: { code: 'practice-fixed' } });
  await core.close();
});
