import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contract, type Method } from '#contract';
import { startCore } from '../../electron/hosts/compose.ts';
import { recordArrival } from '../../electron/services/records/index.ts';
import { all, openStore, sql } from '../../electron/store/index.ts';
import { arrival } from '../bench/profile.ts';
import { quietCore } from '../fakes/station/day.ts';
import { scratchFolder } from '../unit/store/helpers.ts';

const methods = Object.entries(contract).flatMap(([domain, row]) =>
  Object.entries(row).map(([name, method]) => ({ name: `${domain}.${name}`, method: method as Method })),
);

test('every command says whether it is audited, and a query never is', () => {
  for (const { name, method } of methods) {
    if (method.kind === 'query') expect(method.audited, name).not.toBe(true);
    else expect(method.audited === true || method.audited.no.length > 10, name).toBe(true);
  }
});

/** One input that succeeds for each audited command. A new command without one fails this file. */
const inputs: Readonly<Record<string, (documentId: string, groupId: string) => unknown>> = {
  'station.saveStation': () => ({ organId: 'H29.99', name: 'UBND phường', operator: 'Văn Thư' }),
  'station.saveAxis': () => ({
    endpoint: 'https://truc.example.vn/adapter',
    systemId: 'x',
    plainHttpHosts: [],
    pollSeconds: 300,
    secret: 'rất bí mật',
  }),
  'records.registerIncoming': (id) => ({ id }),
  'directory.saveGroup': () => ({ id: null, name: 'Các bộ', codes: ['G12', '000.00.00.G09'] }),
  'directory.removeGroup': (_id, groupId) => ({ id: groupId }),
  'directory.saveSync': () => ({ everyHours: 12 }),
};

test('every audited command writes its entry, and no secret is in the log', async () => {
  const folder = join(scratchFolder(), 'profile');
  const keyHex = randomBytes(32).toString('hex');
  const opened = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  const id = opened.value.write((db) => recordArrival(db, arrival(1), () => undefined, 'UBND'));
  opened.value.close();

  const core = await startCore(quietCore({ folder, keyHex }));
  const entries = async (): Promise<number> => {
    const verdict = await core.dispatcher.answer('audit', 'verify', {}, 'own-window');
    return verdict.ok ? (verdict.value as { entries: number }).entries : Number.NaN;
  };
  let groupId = '';
  for (const { name, method } of methods.filter((one) => one.method.audited === true)) {
    const input = inputs[name];
    if (input === undefined) throw new Error(`no input for ${name}`);
    const before = await entries();
    const [domain = '', command = ''] = name.split('.');
    const outcome = await core.dispatcher.answer(domain, command, input(id, groupId), 'own-window');
    expect(outcome, name).toMatchObject({ ok: true });
    if (name === 'directory.saveGroup' && outcome.ok) groupId = (outcome.value as { id: string }).id;
    expect(method.output.safeParse(outcome.ok ? outcome.value : undefined).success, name).toBe(true);
    expect(await entries(), name).toBe(before + 1);
    expect(JSON.stringify(outcome)).not.toContain('rất bí mật');
  }
  await core.close();

  const again = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0', mayCreate: false });
  if (!again.ok) throw new Error(again.failure.code);
  const log = all(again.value.read, sql`SELECT detail FROM audit_entry`);
  expect(log.length).toBeGreaterThan(3);
  expect(JSON.stringify(log)).not.toContain('rất bí mật');
  again.value.close();
});
