import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { createCrlClient, type CrlClient, memoryCache, type TrustHttp } from '../../../electron/services/trust/index.ts';
import { makeCrl, serialOf, type CrlOptions } from '../../fakes/pki/make.ts';
import { bad, good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers } from '../../fakes/pki/servers.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const url = 'http://ca.test/pki/pub/crl/g2ca.crl';
const path = '/pki/pub/crl/g2ca.crl';
const revoked = serialOf('superseded').toLowerCase();

type Office = {
  readonly servers: PkiServers;
  readonly folder: string;
  readonly client: CrlClient;
  /** the program started again over the same folder and cache */
  readonly restarted: () => CrlClient;
  readonly setDay: (text: string) => void;
  readonly publish: (day: number, options?: CrlOptions) => Promise<void>;
};

async function office(http: TrustHttp = httpClient): Promise<Office> {
  const servers = await startPkiServers(pki);
  closers.push(servers.close);
  const folder = join(scratchFolder(), 'lists');
  const cache = memoryCache();
  let now = new Date('2026-11-22T08:00:00Z');
  const restarted = (): CrlClient => createCrlClient({ http, clock: { now: () => now }, cache, hosts: servers.hosts, folder });
  return {
    servers,
    folder,
    client: restarted(),
    restarted,
    setDay(text) {
      now = new Date(`${text}T08:00:00Z`);
    },
    async publish(first, options) {
      const [from, to] = [first, first + 7].map((one) => `202611${String(one)}000000Z`);
      const body = await makeCrl(pki.folder, 'g2ca', from ?? '', to ?? '', { number: first, ...options });
      servers.files.set(path, { body, etag: `"${String(first)}"` });
    },
  };
}

describe('the client for lists of revoked certificates', () => {
  test('fetches a list once, keeps it with its index, and asks by condition when it has run out', async () => {
    const { client, servers, folder, setDay, publish, restarted } = await office();
    await publish(20);
    const issuer = pki.certificate('g2ca');
    const first = good(await client.fetch(url, issuer));
    expect(first).toMatchObject({ kept: false, crl: { facts: { count: 3, number: '14' } } });
    expect(first.crl.find(revoked)).toMatchObject({ reason: 'superseded' });
    expect(first.crl.find(serialOf('leader').toLowerCase())).toBeUndefined();
    expect(readdirSync(folder).toSorted()).toEqual(['crl', 'idx'].map((end) => `${first.crl.facts.sha256}.${end}`));
    expect(good(await client.fetch(url, issuer)).kept).toBe(true);
    expect(servers.asked).toHaveLength(1);

    // After a restart the files are compared with their hashes and used, and what had not arrived whole is gone.
    writeFileSync(join(folder, 'cut.part'), 'nửa chừng');
    const again = (await restarted().kept(url, issuer))?.crl;
    expect(readdirSync(folder)).toHaveLength(2);
    expect(again?.facts).toEqual(first.crl.facts);
    expect(again?.find(revoked)).toEqual(first.crl.find(revoked));

    setDay('2026-11-28');
    expect(good(await client.fetch(url, issuer)).kept).toBe(true);
    expect(servers.asked[1]).toMatchObject({ headers: { 'if-none-match': '"20"' } });
    await publish(22);
    expect(good(await client.fetch(url, issuer))).toMatchObject({ kept: false, crl: { facts: { number: '16' } } });
    // The one before stays readable for whoever holds it.
    expect(first.crl.find(revoked)).toMatchObject({ reason: 'superseded' });
    await publish(23);
    await client.fetch(url, issuer, true);
    expect(readdirSync(folder)).toHaveLength(4);
  });

  test('an older list than before, one of another key, a cut or a broken one leaves the kept one alone', async () => {
    const { client, servers, folder, publish } = await office();
    const issuer = pki.certificate('g2ca');
    await publish(20);
    const { crl } = good(await client.fetch(url, issuer));
    await publish(13, { index: '' });
    expect(bad(await client.fetch(url, issuer, true))).toMatchObject({ code: 'crl-older' });
    const changed = await makeCrl(pki.folder, 'g2ca', '20261121000000Z', '20261128000000Z');
    changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
    servers.files.set(path, { body: changed, etag: '' });
    expect(bad(await client.fetch(url, issuer, true))).toEqual({ code: 'crl-signature', verdict: 'bad' });
    servers.files.set(path, { body: Buffer.from('<html>bảo trì</html>'), etag: '' });
    expect(bad(await client.fetch(url, issuer, true))).toMatchObject({ code: 'malformed' });
    const list = await makeCrl(pki.folder, 'g2ca', '20261121000000Z', '20261128000000Z');
    servers.files.set(path, { body: list.subarray(0, 500), etag: '' });
    expect(bad(await client.fetch(url, issuer, true))).toMatchObject({ code: 'malformed', reason: 'truncated' });
    servers.files.delete(path);
    expect(bad(await client.fetch(url, issuer, true))).toEqual({ code: 'http-status', status: 404 });
    expect(good(await client.fetch(url, issuer)).crl.facts).toEqual(crl.facts);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('files that somebody changed are not used: the list is fetched anew', async () => {
    for (const end of ['crl', 'idx']) {
      const { client, servers, folder, publish, restarted } = await office();
      const issuer = pki.certificate('g2ca');
      await publish(20);
      const { crl } = good(await client.fetch(url, issuer));
      writeFileSync(join(folder, `${crl.facts.sha256}.${end}`), 'khác');
      const fresh = restarted();
      expect(await fresh.kept(url, issuer)).toBeUndefined();
      expect(good(await fresh.fetch(url, issuer))).toMatchObject({ kept: false });
      expect(servers.asked.at(-1)?.headers['if-none-match']).toBeUndefined();
      expect((await fresh.kept(url, issuer))?.crl.find(revoked)).toMatchObject({ reason: 'superseded' });
    }
  });

  test('two who ask at once share one answer', async () => {
    const { client, servers, publish } = await office();
    await publish(20);
    const both = await Promise.all([1, 2].map(() => client.fetch(url, pki.certificate('g2ca'))));
    expect(both.map((one) => good(one).kept)).toEqual([false, false]);
    expect(servers.asked).toHaveLength(1);
  });

  test('a list that arrives octet by octet is the same list', async () => {
    const drop: TrustHttp = async (request) => {
      const answer = await httpClient(request);
      if (!answer.ok) return answer;
      async function* drops(): AsyncGenerator<{ ok: true; value: Uint8Array } | Extract<typeof answer, { ok: false }>> {
        if (!answer.ok) return;
        for await (const piece of answer.value.body) {
          if (piece.ok) for (const octet of piece.value) yield { ok: true, value: Buffer.of(octet) };
          else yield piece;
        }
      }
      return { ok: true, value: { ...answer.value, body: drops() } };
    };
    const { client, publish } = await office(drop);
    await publish(20);
    const { crl } = good(await client.fetch(url, pki.certificate('g2ca')));
    expect(crl.facts.count).toBe(3);
    expect(crl.find(revoked)).toMatchObject({ reason: 'superseded' });
  });
});
