import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { startCore } from '../../../electron/hosts/compose.ts';
import { startAxisServer, AxisServerConfig } from '../../../electron/hosts/practice/practice-axis-server.ts';
import type { Finding } from '../../../electron/services/practice/index.ts';
import { preparedProfile, quietCore } from '../../fakes/station/day.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, program } from '../cli/tvt.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type Told = { readonly counts: Record<string, number>; readonly broken: string[]; readonly untried: string[]; readonly findings: Finding[] };

/** Runs the command while this process goes on; `first` gets its first line. */
async function beside(words: readonly string[], env: NodeJS.ProcessEnv, first: (value: { endpoint: string }) => void): Promise<{ exit: number | null; told: Told }> {
  const child = spawn(process.execPath, [program, 'axis', 'conformance', ...words, '--json'], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (lines.push(line) === 1) first((JSON.parse(line) as { value: { endpoint: string } }).value);
  });
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exit, told: (JSON.parse(lines.at(-1) ?? '') as { value: Told }).value };
}

describe('--url', () => {
  const accounts = { TVT_A: randomBytes(24).toString('base64url'), TVT_B: randomBytes(24).toString('base64url') };

  async function served(more: object = {}): Promise<string[]> {
    const config = AxisServerConfig.parse({
      systems: [
        { systemId: '00.09.W00', secret: accounts.TVT_A, agencies: [{ code: 'G09', name: 'Bộ Nội vụ' }] },
        { systemId: '00.29.W00', secret: accounts.TVT_B, agencies: [{ code: 'H29.99', name: 'Phường' }] },
      ],
      controlToken: randomBytes(24).toString('base64url'),
      ...more,
    });
    const server = await startAxisServer(config, () => undefined);
    if (!server.ok) throw new Error(server.failure.code);
    closing.push(server.value.close);
    const url = `http://127.0.0.1:${String(server.value.port)}/XrdAdapter/adapter`;
    return ['--url', url, '--system-id', '00.09.W00', '--secret-env', 'TVT_A', '--from', 'G09', '--to', 'H29.99', '--wait-seconds', '1'];
  }

  test('sends nothing without --yes', async () => {
    const words = await served();
    const { exit, failure } = json(['axis', 'conformance', ...words], accounts);
    expect({ exit, code: failure.code }).toEqual({ exit: 1, code: 'cli.conformance-sends' });
    expect(failure.sentence).toContain('G09');
  });

  test('a server that keeps the binding rules: exit 0; what nobody knows is told apart', async () => {
    const words = await served();
    const { exit, told } = await beside([...words, '--to-system-id', '00.29.W00', '--to-secret-env', 'TVT_B', '--yes'], accounts, () => undefined);
    expect({ exit, broken: told.broken }).toEqual({ exit: 0, broken: [] });
    expect(told.counts['fail']).toBe(0);
    expect(told.findings.find(({ id }) => id === 's-hash-hex')).toMatchObject({ certainty: 'NF', result: 'not-knowable' });
  });

  test('a measured rule that is broken: exit 1, and its name', async () => {
    const words = await served({ hashForm: 'hex' });
    const { exit, told } = await beside([...words, '--to-system-id', '00.29.W00', '--to-secret-env', 'TVT_B', '--yes'], accounts, () => undefined);
    expect({ exit, broken: told.broken }).toEqual({ exit: 1, broken: ['s-hash-sdk'] });
  });

  test('a rule that does not exist, or two sides at once, is a wrong call', () => {
    expect(json(['axis', 'conformance', '--self', '--only', 's-khong-co']).exit).toBe(2);
    expect(json(['axis', 'conformance', '--self', '--listen']).exit).toBe(2);
    expect(json(['axis', 'conformance']).exit).toBe(2);
  });
});

describe('--listen', () => {
  test('a station that is pointed there is judged from outside; what needs its inside or days is skipped', async () => {
    const secret = randomBytes(24).toString('base64url');
    const profile = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex') };
    const over = new AbortController();
    let station: Promise<void> = Promise.resolve();

    async function live(endpoint: string): Promise<void> {
      preparedProfile({ ...profile, axis: { endpoint, systemId: '00.29.W00', secret } });
      const core = await startCore(quietCore(profile));
      // As a client does that polls by itself, only more often.
      while (!over.signal.aborted) {
        await core.dispatcher.answer('exchange', 'receiveNow', {}, 'own-window');
        const arrived = await core.dispatcher.answer('records', 'incomingList', { state: 'arrived', before: null, limit: 100 }, 'own-window');
        const { items } = (arrived as { value: { items: { id: string }[] } }).value;
        // The clerk, who registers whatever is there.
        for (const { id } of items) await core.dispatcher.answer('records', 'registerIncoming', { id }, 'own-window');
        await pause(200);
      }
      await core.close();
    }

    const rules = ['c-list-html', 'c-doctype', 'c-reads-qcvn-order', 'c-zip-kept', 'c-registered-03', 'c-permanent-not-retried'];
    const { exit, told } = await beside(
      ['--listen', '--system-id', '00.29.W00', '--secret-env', 'TVT_S', '--wait-seconds', '20', ...rules.flatMap((id) => ['--only', id])],
      { TVT_S: secret },
      ({ endpoint }) => {
        station = live(endpoint);
      },
    );
    over.abort();
    await station;
    const results = Object.fromEntries(told.findings.map(({ id, result, seen }) => [id, result === 'pass' ? result : `${result}: ${seen}`]));
    expect(results).toMatchObject({
      'c-list-html': expect.stringMatching(/^not-knowable: 0 calls about the message, then done;/),
      'c-doctype': 'pass',
      'c-reads-qcvn-order': 'pass',
      'c-zip-kept': 'skipped: does not show from outside',
      'c-registered-03': 'pass',
      'c-permanent-not-retried': 'skipped: takes 86400 s; --wait-seconds is 20',
      'c-hmac': 'pass',
      'c-status-fields': 'pass',
      'c-bussiness': 'skipped: no such call',
    });
    expect({ exit, broken: told.broken }).toEqual({ exit: 0, broken: [] });
  });

  test('nobody calls: nothing is judged, and the binding rules are named as untried', async () => {
    const { exit, told } = await beside(
      ['--listen', '--system-id', '00.29.W00', '--secret-env', 'TVT_S', '--wait-seconds', '1', '--only', 'c-doctype'],
      { TVT_S: 'khoa' },
      () => undefined,
    );
    expect({ exit, counts: told.counts }).toMatchObject({ exit: 0, counts: { pass: 0, fail: 0, 'not-knowable': 0 } });
    expect(told.untried).toEqual(expect.arrayContaining(['c-doctype', 'c-hmac']));
  });

  test('a client with another secret breaks the rule about the HMAC', async () => {
    const profile = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex') };
    let station: Promise<void> = Promise.resolve();

    async function once(endpoint: string): Promise<void> {
      preparedProfile({ ...profile, axis: { endpoint, systemId: '00.29.W00', secret: 'khoa-khac' } });
      const core = await startCore(quietCore(profile));
      await core.dispatcher.answer('exchange', 'receiveNow', {}, 'own-window');
      await core.close();
    }

    const { exit, told } = await beside(
      ['--listen', '--system-id', '00.29.W00', '--secret-env', 'TVT_S', '--wait-seconds', '20', '--only', 'c-both-queues'],
      { TVT_S: randomBytes(24).toString('base64url') },
      ({ endpoint }) => {
        station = once(endpoint);
      },
    );
    await station;
    expect({ exit, broken: told.broken }).toEqual({ exit: 1, broken: ['c-hmac'] });
  });
});
