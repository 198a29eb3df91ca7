import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clientOver, contract, events, type Carrier, type Conversation } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { startPracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { preparedProfile, quietCore } from '../../fakes/station/day.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

function carrierTo(core: Core): Carrier {
  let conversation: Conversation | undefined;
  return {
    send: (message) => conversation?.receive(message, 'own-window'),
    listen: (onMessage) => {
      conversation = core.dispatcher.converse(onMessage);
    },
  };
}

async function codeOf(core: Core, domain: string, method: string, input: unknown): Promise<string> {
  const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
  return outcome.ok ? 'ok' : outcome.failure.code;
}

test('on a full disk nothing is lost or half-written, and work goes on when there is room (needs root to mount a small disk)', async ({ skip }) => {
  const disk = join(scratchFolder(), 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    skip();
  }
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  const profile = { folder: join(disk, 'profile'), keyHex: randomBytes(32).toString('hex') };
  try {
    await axis.control.deliver(documentMessage({ number: '1' }));
    preparedProfile({ ...profile, axis: { endpoint: axis.endpoint, systemId: axis.systemId, secret: axis.secret } });
    const core = await startCore(quietCore(profile));
    try {
      expect(await codeOf(core, 'exchange', 'receiveNow', {})).toBe('ok');
      const listed = await core.dispatcher.answer('records', 'incomingList', { state: null, before: null, limit: 1 }, 'own-window');
      const id = listed.ok ? (listed.value as { items: { id: string }[] }).items[0]?.id : undefined;

      const troubles: unknown[] = [];
      clientOver(contract, events, carrierTo(core)).on.station.bar(({ value }) => troubles.push(value.trouble));
      const ballast = join(disk, 'ballast');
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize));
      await axis.control.deliver(documentMessage({ number: '2', files: [{ name: 'a.pdf', bytes: randomBytes(100_000) }] }));
      expect(await codeOf(core, 'exchange', 'receiveNow', {})).toBe('disk-full');
      expect(await codeOf(core, 'records', 'registerIncoming', { id })).toBe('disk-full');
      expect(troubles.at(-1)).toBe('disk-full');
      expect((await axis.control.inspect()).deliveries.map(({ state }) => state)).toContain('initial');

      rmSync(ballast);
      expect(await codeOf(core, 'records', 'registerIncoming', { id })).toBe('ok');
      expect(await codeOf(core, 'exchange', 'receiveNow', {})).toBe('ok');
      expect(troubles.at(-1)).toBeNull();
      const after = await core.dispatcher.answer('records', 'incomingList', { state: null, before: null, limit: 10 }, 'own-window');
      expect(after).toMatchObject({ ok: true, value: { counts: { arrived: 1, registered: 1 } } });
      const { sent } = await axis.control.inspect();
      expect(sent).toHaveLength(3);
      expect(await core.dispatcher.answer('audit', 'verify', {}, 'own-window')).toMatchObject({ ok: true, value: { brokenAt: null } });
    } finally {
      await core.close();
    }
  } finally {
    await axis.stop();
    execFileSync('umount', [disk]);
  }
});
