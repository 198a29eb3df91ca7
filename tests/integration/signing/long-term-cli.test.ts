import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers } from '../../fakes/pki/servers.ts';
import { importKey, makeToken, pin, softHsm, tokenFolder } from '../../token/soft-token.ts';
import { bases } from '../../unit/foundation/pdf/make.ts';
import { json, jsonBeside, tvt, tvtBeside } from '../cli/tvt.ts';
import { publishLists } from './evidence.ts';
import { onDisk } from './files.ts';
import { judge, type Expected } from './judges.ts';
import { peakOf, writeLargeFile } from './large.ts';
import { judgeStore } from './store-judges.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-level-cli-'));
const label = 'Thiết bị thử';
const table = bases()['table'] ?? Buffer.alloc(0);
let pki: TestPki;
let servers: PkiServers;
let tsa = '';
let believed: readonly string[] = [];

beforeAll(async () => {
  pki = await testPki();
  servers = await startPkiServers(pki);
  await publishLists(pki, servers);
  tsa = `http://${servers.hosts['tsa.ca.test'] ?? ''}/`;
  believed = ['--trust', pki.path('g2root'), ...Object.entries(servers.hosts).flatMap(([name, other]) => ['--host', `${name}=${other}`])];
  tokenFolder(folder);
  process.env['TVT_TEST_PIN'] = pin;
  const token = makeToken(label);
  for (const [index, id] of ['clerk', 'g2ca'].entries()) {
    const certificate = join(folder, `${id}.der`);
    writeFileSync(certificate, pki.der(id));
    importKey(token, { id: `0${String(index + 1)}`, name: id, key: id === 'g2ca' ? null : join(pki.folder, `${id}.key`), certificate });
  }
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await servers.close();
});

type Files = { readonly source: string; readonly target: string };
const signing = ({ source, target }: Files, ...more: readonly string[]): string[] => ['sign', source, '--out', target, '--module', softHsm, '--token', label, '--pin-env', 'TVT_TEST_PIN', '--cert', 'clerk', ...more];
const completing = ({ source, target }: Files, ...more: readonly string[]): string[] => ['complete', source, '--out', target, ...more];
const clerk: Expected = { field: 'ChuKySo1', signer: 'PHÒNG VĂN THƯ', kind: 'rsa-v1.5', level: 'T' };
const stamp: Expected = { field: 'DauThoiGian1', kind: 'time-stamp' };

test('signed at level LTA with a token from the terminal', async () => {
  const files = onDisk(table);
  expect(await jsonBeside(signing(files, '--level', 'LTA', '--tsa', tsa, ...believed))).toMatchObject({ exit: 0, value: { level: 'LTA', missing: null, path: files.target } });
  judge(pki, files.signed(), table, [clerk, stamp]);
  expect(judgeStore(pki, files.signed(), ['clerk']).answers).toEqual(['clerk']);
  expect(tvt(['signature', 'levels', files.target, ...believed.slice(0, 2)]).out).toMatch(/^ChuKySo1 \(PHÒNG VĂN THƯ\) · .* · đủ dữ liệu kiểm tra lâu dài, có dấu thời gian lưu trữ/);
  expect(tvt(['signature', 'levels', files.target]).out).toContain('chưa đủ dữ liệu kiểm tra lâu dài · không dẫn đến gốc tin cậy');
});

test('signed without network, told so, and completed later; what cannot be had is told in words and by the exit code', async () => {
  const files = onDisk(table);
  const offline = json(signing(files, '--level', 'LT', '--tsa', 'http://127.0.0.1:9/'));
  expect(offline).toMatchObject({ exit: 1, value: { level: 'B', missing: { why: 'unreachable' } } });
  expect(tvt(['signature', 'levels', files.target]).out).toContain('đã ký, chưa có dấu thời gian');
  const later = { source: files.target, target: join(files.folder, 'later.pdf') };
  expect(json(completing(later, '--level', 'LTA', '--tsa', 'http://127.0.0.1:9/'))).toMatchObject({ exit: 1, failure: { code: 'sign-not-completed' } });
  expect(tvt(completing(later, '--level', 'T', '--tsa', 'http://127.0.0.1:9/')).err).toMatch(/máy chủ cấp dấu thời gian không trả lời .* Tệp gốc còn nguyên\. Hãy /);
  expect(existsSync(later.target)).toBe(false);
  // Nobody here believes in the test's root, so only the time can be had.
  const partly = await tvtBeside(completing(later, '--level', 'LT', '--tsa', tsa));
  expect(partly.exit).toBe(1);
  expect(partly.out).toMatch(/Mới bổ sung được một phần: chứng thư không dẫn đến gốc tin cậy .*\n.*chưa đủ dữ liệu kiểm tra lâu dài.*\nDấu thời gian nằm trong chữ ký\./);
  judge(pki, readFileSync(later.target), table, [clerk]);
  const last = { source: later.target, target: join(files.folder, 'last.pdf') };
  expect(await jsonBeside(completing(last, '--level', 'LTA', '--tsa', tsa, ...believed))).toMatchObject({ exit: 0, value: { level: 'LTA', way: null, missing: null } });
  judge(pki, readFileSync(last.target), table, [clerk, stamp]);
  expect(json(completing({ source: last.target, target: join(files.folder, 'x.pdf') }, '--level', 'T', '--tsa', tsa))).toMatchObject({ failure: { code: 'sign-level-reached' } });
});

test('words that are off are told with the usage', () => {
  const files = onDisk(table);
  for (const wrong of [['--level', 'B', '--tsa', tsa], ['--level', 'T'], ['--level', 'LTA'], ['--level', 'LT', '--trust', '/nowhere'], ['--level', 'LT', '--host', 'a']]) {
    expect(json(completing(files, ...wrong))).toMatchObject({ exit: 2, failure: { code: 'cli.usage' } });
  }
  for (const wrong of [['--level', 'LT'], ['--level', 'LTX', '--tsa', tsa]]) expect(json(signing(files, ...wrong))).toMatchObject({ exit: 2, failure: { code: 'cli.usage' } });
  expect(tvt(['signature', 'levels', files.source]).out).toContain('Tệp không có chữ ký số.');
});

test('a file of 200 MB reaches level LTA in hardly more memory than a small one, and its bytes stay', async () => {
  const files = onDisk(Buffer.alloc(0));
  writeLargeFile(files.source, 200_000_000);
  const more = ['--level', 'LTA', '--tsa', tsa, ...believed];
  const small = await peakOf(signing(onDisk(table), ...more));
  const peak = await peakOf(signing(files, ...more));
  expect(peak - small).toBeLessThan(60_000);
  const again = { source: files.target, target: join(files.folder, 'again.pdf') };
  expect((await peakOf(completing(again, ...more))) - small).toBeLessThan(60_000);
  for (const [before, after] of [[files.source, files.target], [again.source, again.target]] as const) execFileSync('cmp', ['-n', String(statSync(before).size), before, after]);
  expect(execFileSync('pdfsig', ['-nocert', again.target], { encoding: 'utf8' })).toContain('Signature is Valid');
  expect(execFileSync('qpdf', ['--check', again.target], { encoding: 'utf8' })).toContain('No syntax or stream encoding errors');
});
