import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { SignerCheck } from '#contract';
import { startCore } from '../../../electron/hosts/compose.ts';
import { keyFile } from '../../../electron/platform/secrets/key-file.ts';
import { startProxy } from '../../fakes/http/proxy.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers } from '../../fakes/pki/servers.ts';
import { hostsOf } from '../../fakes/signing/office.ts';
import { quietCore } from '../../fakes/station/day.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, jsonBeside, tvt } from './tvt.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

test('tvt trust: anchors of the program and the office, a check through the axis’ proxy, and what it left on the machine', async () => {
  const folder = join(scratchFolder(), 'profile');
  const p = ['--profile', folder];
  expect(json(['status', ...p]).ok).toBe(true);
  const servers = await startPkiServers(pki);
  const proxy = await startProxy();
  closers.push(servers.close, proxy.close);
  expect(json(['settings', 'axis', ...p, '--proxy', `127.0.0.1:${String(proxy.port)}`]).ok).toBe(true);
  await prepare(folder, servers.hosts);

  const anchors = tvt(['trust', 'anchors', ...p]);
  expect(anchors.out).toMatch(/Kèm chương trình {2}Chứng thư gốc {2}RootCA chuyên dùng Chính phủ G2 {2}f04ba4b4/);
  expect(anchors.out).toContain(`Cơ quan thêm  Chứng thư gốc  CN=RootCA chuyên dùng Thử nghiệm G2, O=Ban Cơ yếu Thử nghiệm, C=VN  ${pki.certificate('g2root').sha256}`);

  const good = await jsonBeside(['trust', 'check', pki.path('leader'), ...p]);
  const check = good.value as unknown as SignerCheck;
  expect([good.exit, check.online, check.status, check.result]).toEqual([0, 'now', 'good', 'warning']);
  expect(check.findings.filter(({ state }) => state !== 'good').map(({ code }) => code)).toEqual(['authority-status-unknown']);
  expect(proxy.seen.some((line) => /^POST http:\/\/127\.0\.0\.1:\d+\/g2ca$/.test(line))).toBe(true);
  expect(await jsonBeside(['trust', 'check', pki.path('superseded'), ...p])).toMatchObject({ exit: 1, ok: true, value: { result: 'refuse' } });
  expect(json(['trust', 'cache', ...p]).value).toMatchObject({ issuers: 2, memoryOnly: false, lists: [] });

  // Without a network: in words, with the time of the last good check.
  await servers.close();
  const offline = tvt(['trust', 'check', pki.path('leader'), ...p]);
  expect(offline.exit).toBe(0);
  expect(offline.out).toMatch(/Cảnh báo {2}Thu hồi: Tình trạng theo câu trả lời đã lưu/);
  expect(offline.out).toMatch(/Lần kiểm tra trực tuyến đạt gần nhất: 20\d\d-/);

  const broken = join(folder, 'khong-phai.cer');
  writeFileSync(broken, 'xin chào');
  expect(json(['trust', 'check', broken, ...p]).failure.code).toBe('certificate-unreadable');
  expect(json(['trust', 'check', ...p]).failure.code).toBe('cli.usage');
});

async function prepare(folder: string, hosts: Parameters<typeof hostsOf>[0]): Promise<void> {
  const key = await keyFile(folder).obtain(false);
  if (!key.ok) throw new Error(key.failure.code);
  const core = await startCore(quietCore({ folder, keyHex: Buffer.from(key.value.key).toString('hex') }));
  const must = async (method: string, input: unknown): Promise<object> => {
    const outcome = await core.dispatcher.answer('signingSettings', method, input, 'host');
    if (!outcome.ok) throw new Error(outcome.failure.code);
    return outcome.value as object;
  };
  await must('saveSettings', { ...(await must('settings', {})), hosts: hostsOf(hosts) });
  await must('addAnchor', { certificate: pki.der('g2root').toString('base64'), sha256: pki.certificate('g2root').sha256, reason: 'Thử' });
  await core.close();
}
