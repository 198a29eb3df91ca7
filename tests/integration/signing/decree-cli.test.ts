import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers } from '../../fakes/pki/servers.ts';
import { importKey, makeToken, pin, softHsm, tokenFolder } from '../../token/soft-token.ts';
import { json, jsonBeside, tvt } from '../cli/tvt.ts';
import { onDisk } from './files.ts';
import { judge, type Expected } from './judges.ts';
import { paper } from './papers.ts';
import { sealPng, signaturePng } from './pictures.ts';
import { isBlue, isRed, pageAsSeen } from './seen.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-decree-cli-'));
const label = 'Thiết bị thử';
const at = (name: string): string => join(folder, name);
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
  for (const [index, id] of ['clerk', 'leader', 'g2ca'].entries()) {
    writeFileSync(at(`${id}.der`), pki.der(id));
    importKey(token, { id: `0${String(index + 1)}`, name: id, key: id.endsWith('ca') ? null : join(pki.folder, `${id}.key`), certificate: at(`${id}.der`) });
  }
  writeFileSync(at('seal.png'), sealPng());
  writeFileSync(at('hand.png'), signaturePng());
  writeFileSync(at('hand.txt'), 'no picture');
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await servers.close();
});

const device = ['--module', softHsm, '--token', label, '--pin-env', 'TVT_TEST_PIN'];
const asLeader = (level: 'B' | 'T'): Expected => ({ field: 'NguoiKy', signer: 'Nguyễn Thị Thử', kind: 'rsa-v1.5', level });
const asOffice = (field: string, level: 'B' | 'T'): Expected => ({ field, signer: 'PHÒNG VĂN THƯ', kind: 'rsa-v1.5', level });

test('from the terminal: prepared, signed by the leader in its place, issued with number, date and seal, both with a time', async () => {
  const base = await paper();
  const ready = onDisk(base);
  expect(json(['prepare', ready.source, '--out', ready.target, '--signer', 'NGUYỄN THỊ THỬ'])).toMatchObject({ exit: 0, value: { added: ['SoVanBan', 'NgayBanHanh', 'ThangBanHanh', 'NguoiKy', 'CoQuan'] } });
  const led = onDisk(ready.signed());
  expect(await jsonBeside(['sign', led.source, '--out', led.target, ...device, '--cert', 'leader', '--level', 'T', '--tsa', tsa, '--role', 'leader', '--image', at('hand.png')])).toMatchObject({ exit: 0, value: { field: 'NguoiKy', level: 'T' } });
  const done = onDisk(led.signed());
  const words = ['issue', done.source, '--out', done.target, ...device, '--cert', 'clerk', '--level', 'T', '--tsa', tsa, '--number', '12/UBND-VX', '--date', '2026-11-22', '--image', at('seal.png'), '--seal-mm', '36'];
  expect(await jsonBeside(words)).toMatchObject({ exit: 0, value: { kind: 'reserved', signatures: 1, field: 'CoQuan', level: 'T', missing: null } });
  judge(pki, done.signed(), base, [asLeader('T'), asOffice('CoQuan', 'T')]);
  const seen = pageAsSeen(done.signed());
  expect(seen.edgesOf(isBlue)).toBeDefined();
  const red = seen.edgesOf(isRed);
  expect((red?.right ?? 0) - (red?.left ?? 0)).toBeCloseTo(36, 0);
  expect(json(['issue', done.source, '--out', done.target, ...words.slice(4)]).failure.code).toBe('sign-target-exists');
});

test('a file of another program: four signatures, one PIN', async () => {
  const base = await paper();
  const led = onDisk(base);
  expect(json(['sign', led.source, '--out', led.target, ...device, '--cert', 'leader', '--level', 'B', '--role', 'leader', '--image', at('hand.png'), '--signer', 'Nguyễn Thị Thử']).exit).toBe(0);
  const done = onDisk(led.signed());
  const words = ['issue', done.source, '--out', done.target, ...device, '--cert', 'clerk', '--level', 'B', '--number', '12/UBND-VX', '--date', '2026-11-22', '--image', at('seal.png'), '--seal-mm', '36'];
  expect(json(words)).toMatchObject({ exit: 0, value: { kind: 'series', signatures: 4, level: 'B' } });
  judge(pki, done.signed(), base, [{ ...asLeader('B'), field: 'ChuKySo1' }, ...['SoVanBan', 'NgayBanHanh', 'ThangBanHanh', 'ChuKySo2'].map((name) => asOffice(name, 'B'))]);
});

test('attachment, copy, and a seal where somebody wants it', async () => {
  const base = await paper();
  const sign = (...more: readonly string[]): Buffer => {
    const files = onDisk(base);
    expect(json(['sign', files.source, '--out', files.target, ...device, '--cert', 'clerk', '--level', 'B', ...more])).toMatchObject({ exit: 0 });
    return files.signed();
  };
  for (const bytes of [
    sign('--role', 'attachment', '--number', '12/UBND-VX'),
    sign('--role', 'copy', '--form', 'sao-luc', '--agency', 'Sở Nội vụ'),
    sign('--role', 'agency', '--image', at('seal.png'), '--seal-mm', '36', '--page', '1', '--rect', '100,100,120,120'),
  ]) judge(pki, bytes, base, [asOffice('ChuKySo1', 'B')]);
});

test('what cannot be done is refused in words before the token is asked, and nothing is left behind', async () => {
  const files = onDisk(await paper());
  const sign = (...more: readonly string[]): unknown => json(['sign', files.source, '--out', files.target, ...device, '--cert', 'clerk', '--level', 'B', ...more]);
  expect(sign('--role', 'leader', '--image', at('hand.txt'))).toMatchObject({ exit: 1, failure: { code: 'sign-image-not-png' } });
  expect(sign('--role', 'leader', '--image', at('none.png'))).toMatchObject({ exit: 1, failure: { code: 'sign-image-unreadable' } });
  expect(sign('--role', 'leader', '--image', at('hand.png'), '--signer', 'Trần Văn Khác')).toMatchObject({ exit: 1, failure: { code: 'sign-place-unknown' } });
  expect(sign('--role', 'agency', '--image', at('seal.png'))).toMatchObject({ exit: 1, failure: { code: 'sign-image-no-size' } });
  for (const wrong of [['--role', 'chief'], ['--image', at('hand.png')], ['--role', 'leader'], ['--role', 'copy', '--form', 'x', '--agency', 'A'], ['--role', 'leader', '--image', at('hand.png'), '--page', '1']]) {
    expect(sign(...wrong)).toMatchObject({ exit: 2, failure: { code: 'cli.usage' } });
  }
  const issue = (...more: readonly string[]): unknown => json(['issue', files.source, '--out', files.target, ...device, '--cert', 'clerk', '--level', 'B', '--date', '2026-11-22', '--image', at('seal.png'), '--seal-mm', '36', ...more]);
  expect(issue('--number', '12/UBND-VX')).toMatchObject({ exit: 1, failure: { code: 'sign-person-not-signed' } });
  expect(issue('--number', '12/UBND-VX', '--module', '/nowhere.so')).toMatchObject({ failure: { code: 'sign-person-not-signed' } });
  expect(issue()).toMatchObject({ exit: 2, failure: { code: 'cli.usage' } });
  const { out, err } = tvt(['prepare', files.source, '--out', files.target, '--signer', 'Trần Văn Khác']);
  expect(`${out}${err}`).toContain('Không tìm thấy chức vụ và họ tên người ký. Hãy chỉ chỗ ký trên trang.');
  expect(readdirSync(files.folder)).toEqual(['base.pdf']);
});
