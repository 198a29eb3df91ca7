import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers } from '../../fakes/pki/servers.ts';
import { importKey, makeToken, pin, softHsm, tokenFolder } from '../../token/soft-token.ts';
import { bases } from '../../unit/foundation/pdf/make.ts';
import { json, jsonBeside, tvt } from '../cli/tvt.ts';
import { formFile, onDisk } from './files.ts';
import { judge, type Expected } from './judges.ts';
import { peakOf, writeLargeFile } from './large.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-sign-cli-'));
const label = 'Thiết bị thử';
const table = bases()['table'] ?? Buffer.alloc(0);
let pki: TestPki;
let servers: PkiServers;
let tsa = '';

beforeAll(async () => {
  pki = await testPki();
  servers = await startPkiServers(pki);
  tsa = `http://${servers.hosts['tsa.ca.test'] ?? ''}/`;
  tokenFolder(folder);
  process.env['TVT_TEST_PIN'] = pin;
  const token = makeToken(label);
  for (const [index, id] of ['clerk', 'leader', 'ec256', 'g2ca', 'ecca', 'expired'].entries()) {
    const certificate = join(folder, `${id}.der`);
    writeFileSync(certificate, pki.der(id));
    importKey(token, { id: `0${String(index + 1)}`, name: id === 'expired' ? 'clerk' : id, key: id.endsWith('ca') ? null : join(pki.folder, `${id}.key`), certificate });
  }
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await servers.close();
});

const common = ['--module', softHsm, '--token', label, '--pin-env', 'TVT_TEST_PIN'];
const words = (files: { readonly source: string; readonly target: string }, ...more: readonly string[]): string[] => ['sign', files.source, '--out', files.target, ...common, ...more];

const cases = [
  ['leader', ['--kind', 'rsa-pkcs1'], 'rsa-v1.5', 'Nguyễn Thị Thử'],
  ['leader', ['--kind', 'rsa-pss', '--digest', 'sha512'], 'rsa-pss', 'Nguyễn Thị Thử'],
  ['ec256', [], 'ecdsa', 'Trần Văn Đường'],
] as const;

test.each(cases)('%s signs from the terminal with a token, %s: certified, seen, with a time', async (id, more, kind, signer) => {
  const files = onDisk(table);
  const answer = await jsonBeside(words(files, '--cert', id, '--level', 'T', '--tsa', tsa, '--page', '1', '--rect', '300,100,150,60', '--certify', '--reason', 'Ký ban hành', ...more));
  expect(answer).toMatchObject({ exit: 0, ok: true, value: { path: files.target, field: 'ChuKySo1', level: 'T', missing: null } });
  judge(pki, files.signed(), table, [{ field: 'ChuKySo1', signer, kind, level: 'T' }]);
  expect(readFileSync(files.source).equals(table)).toBe(true);
});

test('a field of the file, level B, a certificate by its hash; then a second signature', () => {
  const form = formFile();
  const first = onDisk(form);
  const { sha256 } = pki.certificate('clerk');
  expect(tvt(words(first, '--cert', sha256, '--level', 'B', '--field', 'CoQuan')).out).toContain(`Đã ký vào ô CoQuan, mức B: ${first.target}`);
  const second = onDisk(first.signed());
  expect(json(words(second, '--cert', 'leader', '--level', 'B')).exit).toBe(0);
  const expected: Expected[] = [
    { field: 'CoQuan', signer: 'PHÒNG VĂN THƯ', kind: 'rsa-v1.5', level: 'B' },
    { field: 'ChuKySo1', signer: 'Nguyễn Thị Thử', kind: 'rsa-v1.5', level: 'B' },
  ];
  judge(pki, second.signed(), form, expected);
  expect(json(words(onDisk(second.signed()), '--cert', 'leader', '--level', 'B', '--field', 'CoQuan'))).toMatchObject({ exit: 1, failure: { code: 'sign-field-signed' } });
});

test('an authority that does not answer: the file is signed, level B is told, and the exit code says that not all was done', () => {
  const files = onDisk(table);
  const answer = json(words(files, '--cert', 'leader', '--level', 'T', '--tsa', 'http://127.0.0.1:9/'));
  expect(answer).toMatchObject({ exit: 1, ok: true, value: { level: 'B', time: null, missing: { why: 'unreachable' } } });
  judge(pki, files.signed(), table, [{ field: 'ChuKySo1', signer: 'Nguyễn Thị Thử', kind: 'rsa-v1.5', level: 'B' }]);
  const again = onDisk(table);
  expect(tvt(words(again, '--cert', 'leader', '--level', 'T', '--tsa', 'http://127.0.0.1:9/')).out).toMatch(/mới ở mức B, chưa có dấu thời gian: máy chủ cấp dấu thời gian không trả lời/);
});

test('what cannot be done is refused in words, and nothing is left behind', () => {
  const files = onDisk(table);
  const code = (...more: readonly string[]): unknown => json(words(files, ...more)).failure.code;
  expect(code('--cert', 'ai', '--level', 'B')).toBe('token-certificate-absent');
  expect(code('--cert', 'clerk', '--level', 'B')).toBe('sign-certificate-ambiguous');
  expect(code('--cert', pki.certificate('expired').sha256, '--level', 'B')).toBe('sign-certificate-not-current');
  expect(code('--cert', 'leader', '--level', 'B', '--token', 'Khác')).toBe('token-absent');
  expect(code('--cert', 'leader', '--level', 'B', '--module', '/nowhere.so')).toBe('token-module-not-found');
  expect(code('--cert', 'leader', '--level', 'B', '--kind', 'ecdsa')).toBe('sign-key-does-not-fit');
  expect(code('--cert', 'leader', '--level', 'B', '--page', '2')).toBe('sign-page-unknown');
  for (const wrong of [['--level', 'LT'], ['--level', 'T'], ['--level', 'B', '--tsa', tsa], ['--level', 'B', '--field', 'A', '--page', '1'], ['--level', 'B', '--rect', '1,1,1,1'], ['--level', 'B', '--page', '1', '--rect', '1,1,0,1'], ['--level', 'B', '--page', '0']]) {
    expect(json(words(files, '--cert', 'leader', ...wrong))).toMatchObject({ exit: 2, failure: { code: 'cli.usage' } });
  }
  expect(readdirSync(files.folder)).toEqual(['base.pdf']);
});

test('a wrong PIN is tried once, told without it, and leaves nothing behind', () => {
  const files = onDisk(table);
  const { exit, out, err } = tvt([...words(files, '--cert', 'leader', '--level', 'B'), '--json'], { TVT_TEST_PIN: '975310' });
  expect([exit, (JSON.parse(out) as { failure: { code: string } }).failure.code]).toEqual([1, 'token-pin-wrong']);
  expect(`${out}${err}`).not.toContain('975310');
  expect(existsSync(files.target)).toBe(false);
  expect(json(words(files, '--cert', 'leader', '--level', 'B')).exit).toBe(0);
});

test('a file of 200 MB is signed in hardly more memory than a small one, and its bytes stay', async () => {
  const files = onDisk(Buffer.alloc(0));
  const size = 200_000_000;
  writeLargeFile(files.source, size);
  const plain = ['--cert', 'leader', '--level', 'B'];
  const small = await peakOf(words(onDisk(table), ...plain));
  const peak = await peakOf(words(files, ...plain));
  expect(peak - small).toBeLessThan(60_000);
  expect(statSync(files.target).size).toBeLessThan(statSync(files.source).size + 20_000);
  execFileSync('cmp', ['-n', String(statSync(files.source).size), files.source, files.target]);
  expect(execFileSync('pdfsig', ['-nocert', files.target], { encoding: 'utf8' })).toContain('Signature is Valid');
  expect(execFileSync('qpdf', ['--check', files.target], { encoding: 'utf8' })).toContain('No syntax or stream encoding errors');
});
