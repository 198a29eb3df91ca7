import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers } from '../../fakes/pki/servers.ts';
import { callsOf, hasCompiler, hostileModule, importKey, makeToken, pin, tokenFolder } from '../../token/soft-token.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, program, tvt } from '../cli/tvt.ts';
import { expectSound, table } from './batch-office.ts';
import { judge } from './judges.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-sign-many-'));
const log = join(folder, 'calls.log');
const label = 'Văn thư';
let pki: TestPki;
let servers: PkiServers;
let bad = '';

beforeAll(async () => {
  pki = await testPki();
  servers = await startPkiServers(pki);
  tokenFolder(folder);
  bad = hasCompiler ? hostileModule(folder) : '';
  const token = makeToken(label);
  writeFileSync(join(folder, 'leader.der'), pki.der('leader'));
  writeFileSync(join(folder, 'g2ca.der'), pki.der('g2ca'));
  importKey(token, { id: '02', name: 'g2ca', key: null, certificate: join(folder, 'g2ca.der') });
  importKey(token, { id: '01', name: 'leader', key: join(pki.folder, 'leader.key'), certificate: join(folder, 'leader.der') });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await servers.close();
});

function office(count: number): { readonly sources: readonly string[]; readonly out: string; readonly words: (...more: readonly string[]) => string[] } {
  const place = scratchFolder();
  const out = join(place, 'đã ký');
  mkdirSync(out);
  const sources = Array.from({ length: count }, (_, index) => join(place, `${String(index + 1)}.pdf`));
  for (const source of sources) writeFileSync(source, table);
  const common = ['--out-dir', out, '--module', bad, '--token', label, '--cert', 'leader', '--pin-env', 'TVT_TEST_PIN', '--level', 'B'];
  return { sources, out, words: (...more) => ['sign', ...sources, ...common, ...more] };
}

type Line = { readonly ok: boolean; readonly value?: Readonly<Record<string, unknown>>; readonly failure?: { readonly code: string } };

function linesOf(out: string): readonly Line[] {
  return out.trim().split('\n').map((line) => JSON.parse(line) as Line);
}

const env = (how = '', text = pin): NodeJS.ProcessEnv => ({ TVT_TEST_PIN: text, HOSTILE: how, HOSTILE_LOG: log });
const logins = (): number => callsOf(log).filter((line) => line.startsWith('C_Login')).length;

describe.skipIf(!hasCompiler)('many files in the terminal (needs gcc)', () => {
  test('are signed into a folder with one PIN, a line for each, and the exit code says whether all are', () => {
    rmSync(log, { force: true });
    const { sources, out, words } = office(4);
    writeFileSync(sources[2] ?? '', 'no PDF');
    const { exit, out: said } = tvt([...words(), '--json'], env());
    const lines = linesOf(said);
    expect(exit).toBe(1);
    const outcomes = lines.slice(0, -1).map(({ value }) => [value?.['file'], value?.['outcome']]);
    expect(outcomes.toSorted()).toEqual(sources.map((source, index) => [source, index === 2 ? 'refused' : 'signed']));
    expect(lines.find(({ value }) => value?.['outcome'] === 'refused')?.value).toMatchObject({ code: 'sign-pdf-damaged', sentence: expect.stringContaining('Tệp PDF hỏng') as unknown });
    expect(lines.at(-1)).toMatchObject({ ok: true, value: { signed: 3, unsigned: 1, before: 0 } });
    expect(readdirSync(out)).toEqual(['1.pdf', '2.pdf', '4.pdf']);
    judge(pki, readFileSync(join(out, '1.pdf')), table, [{ field: 'ChuKySo1', signer: 'Nguyễn Thị Thử', kind: 'rsa-v1.5', level: 'B' }]);
    expect(logins()).toBe(1);
    const again = tvt(words(), env());
    expect(again.exit).toBe(1);
    expect(again.out).toContain('Tệp kết quả đã có sẵn và không bị ghi đè.');
    expect(again.out).toMatch(/\[4\/4\]/);
    expect(again.out).toContain('Đã ký 0 tệp vào');
  });

  test('level T gives each its time-stamp; all signed is exit code 0', async () => {
    const { sources, out, words } = office(3);
    const tsa = `http://${servers.hosts['tsa.ca.test'] ?? ''}/`;
    const asked = words('--tsa', tsa, '--json').map((word) => (word === 'B' ? 'T' : word));
    const child = spawn(process.execPath, [program, ...asked], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env() } });
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    for (const name of readdirSync(out)) judge(pki, readFileSync(join(out, name)), table, [{ field: 'ChuKySo1', signer: 'Nguyễn Thị Thử', kind: 'rsa-v1.5', level: 'T' }]);
    expect(readdirSync(out).length).toBe(sources.length);
  });

  test('a wrong PIN is tried once, told once, and nothing is made', () => {
    rmSync(log, { force: true });
    const { out, words } = office(5);
    const { exit, out: said, err } = tvt([...words(), '--json'], env('', '975310'));
    const lines = linesOf(said);
    expect([exit, lines.at(-1)?.failure?.code, logins()]).toEqual([1, 'token-pin-wrong', 1]);
    expect(lines.slice(0, -1).map(({ value }) => value?.['outcome'])).toEqual(Array.from({ length: 5 }, () => 'no-signature'));
    expect(`${said}${err}`).not.toContain('975310');
    expect(readdirSync(out)).toEqual([]);
  });

  test('the call’s words must fit', () => {
    const { sources, words } = office(2);
    const [one = '', two = ''] = sources;
    for (const wrong of [words('--out', 'x'), ['sign', one, two, ...words().slice(5), '--out', 'x'], ['sign', ...words().slice(3)], [...words(), one]]) expect(json(wrong, env())).toMatchObject({ exit: 2, failure: { code: 'cli.usage' } });
  });

  test('Ctrl+C ends it between two documents', async () => {
    const { sources, out, words } = office(30);
    // As a terminal does it: to every process there, the token's too.
    const child = spawn(process.execPath, [program, ...words()], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env('slow=C_Sign:60') }, detached: true });
    let said = '';
    let isAsked = false;
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString('utf8');
      if (isAsked || !said.includes('[3/30]')) return;
      isAsked = true;
      process.kill(-(child.pid ?? 0), 'SIGINT');
    });
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
    const signed = readdirSync(out);
    expect(signed.length).toBeGreaterThanOrEqual(3);
    expect(signed.length).toBeLessThan(10);
    for (const name of signed) expectSound(readFileSync(join(out, name)), table, 1);
    expect(said).toContain(`Đã ký ${String(signed.length)} tệp`);
    expect(said).toContain(`${String(sources.length - signed.length)} tệp chưa ký.`);
  });

  test('killed and called again, it signs the rest and none twice', async () => {
    const { sources, out, words } = office(12);
    const child = spawn(process.execPath, [program, ...words()], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env('slow=C_Sign:60') } });
    child.stdout.once('data', () => child.kill('SIGKILL'));
    await new Promise((resolve) => child.once('close', resolve));
    const before = readdirSync(out).filter((name) => name.endsWith('.pdf'));
    const bytes = before.map((name) => readFileSync(join(out, name)));
    expect(before.length).toBeGreaterThan(0);
    const { exit, out: said } = tvt(words('--lang', 'en'), env());
    expect(exit).toBe(0);
    expect(said).toMatch(/was ended in the middle: \d+ files? (was|were) signed/);
    expect(said).toContain(`signed by the run before, not signed again: ${join(out, before[0] ?? '')}`);
    expect(said).toContain(`Signed ${String(12 - before.length)} files`);
    expect(readdirSync(out).toSorted()).toEqual(sources.map((source) => source.slice(source.lastIndexOf('/') + 1)).toSorted());
    for (const [index, name] of before.entries()) expect(readFileSync(join(out, name)).equals(bytes[index] ?? Buffer.alloc(0))).toBe(true);
    for (const source of sources) expectSound(readFileSync(join(out, source.slice(source.lastIndexOf('/') + 1))), readFileSync(source), 1);
    expect(existsSync(join(out, before[0] ?? ''))).toBe(true);
  });
});
