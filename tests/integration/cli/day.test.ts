import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dayAnswer } from '../../../electron/hosts/cli/day.ts';
import { vietnamYear } from '../../../electron/foundation/clock.ts';
import { playWholeDay } from '../../../electron/hosts/practice-day/play.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, tvt } from './tvt.ts';

type Check = { readonly chapter: string; readonly what: string; readonly ok: boolean };
type Word = { readonly judge: string; readonly what: string; readonly ok: boolean; readonly said: string };

/** Under the suite's own load a day takes as long as this. */
const limit = 180_000;

test('the whole practice day ends well before every judge, by a token, and leaves its results', () => {
  const out = join(scratchFolder(), 'day');
  const { exit, value } = json(['day', '--out', out]);
  const checks = value['checks'] as readonly Check[];
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  const words = value['judged'] as readonly Word[];
  expect(words.filter(({ ok }) => !ok)).toEqual([]);
  expect(exit).toBe(0);
  expect(value['absent']).toEqual([]);
  const judges = ['mutool info', 'mutool sign -v', 'openssl cms', 'openssl ocsp', 'openssl ts', 'pdfsig', 'pdftotext', 'pdftotext, sổ đủ số', 'qpdf --check', 'sha256sum', 'sha256sum -c', 'Trạm Văn thư: tvt sip check', 'Trạm Văn thư: tvt verify', 'unzip -t', 'xmllint'];
  expect([...new Set(words.map(({ judge }) => judge))].toSorted()).toEqual(judges.toSorted());
  expect(new Set(checks.map(({ chapter }) => chapter)).size).toBe(25);
  expect(checks.map(({ what }) => what)).toContain('Thiết bị ký (SoftHSM) nhận qua tiến trình riêng');
  expect(readdirSync(out).toSorted()).toEqual([
    'SHA256SUMS', 'bao-cao', 'chung-cu', 'chung-thu-so-luyen-tap', 'in-an', 'ket-luan-doc-lap.json', 'ket-qua.json', 'nop-luu', 'phieu-kiem-tra-chu-ky', 'so-dang-ky', 'so-van-ban-den.csv', 'thong-diep-di',
    'trang-thai', 'tu-truc', 'van-ban-den', 'van-ban-den-ky-so', 'van-ban-di', 'van-ban-di-ky-so',
  ]);
  // No key of the practice authorities among what people pass on.
  const all = readdirSync(out, { recursive: true, encoding: 'utf8' });
  expect(all.filter((name) => name.endsWith('.key'))).toEqual([]);
  for (const name of readdirSync(join(out, 'chung-thu-so-luyen-tap'))) expect(readFileSync(join(out, 'chung-thu-so-luyen-tap', name), 'utf8')).not.toContain('PRIVATE');
  // Nine documents, of which one never left; a recall and an update beside them.
  const sent = readdirSync(join(out, 'thong-diep-di')).map((name) => /-(gui|thu-hoi|cap-nhat|thay-the)-(\d+)/.exec(name)?.slice(1).join(' '));
  expect(sent.toSorted()).toEqual(['cap-nhat 105', 'gui 01', 'gui 02', 'gui 101', 'gui 102', 'gui 103', 'gui 105', 'gui 107', 'thay-the 106', 'thu-hoi 103']);
  expect(readFileSync(join(out, 'so-van-ban-den.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength((value['documents'] as number) + 1);
  const broken = execFileSync('pdftotext', ['-layout', join(out, 'chung-cu', 'chung-cu-gui-107-BC-UBND.pdf'), '-'], { encoding: 'utf8' });
  expect(broken).toMatch(/sendEdoc · không có trả lời/);
  expect(broken).toMatch(/getSentEdocList · HTTP 200/);
}, limit);

test('what is spoilt on its way into the results is called so by the judges, and the exit code is 1', async () => {
  const year = String(vietnamYear(new Date()));
  const spoilt = { pdf: 'van-ban-di-ky-so/01_UBND-KTHTĐT.pdf', book: `so-dang-ky/so-van-ban-den-${year}.pdf`, message: 'thong-diep-di/', sheet: `so-dang-ky/so-van-ban-di-${year}.xlsx` };
  let message = '';
  const folder = join(scratchFolder(), 'day');
  const played = await playWholeDay({
    folder,
    samplesFolder: undefined,
    version: '0.1.0',
    say: () => undefined,
    log: () => undefined,
    spoil: (ports) => ({
      ...ports,
      keep: (name, given) => {
        const bytes = Buffer.from(given as Uint8Array);
        if (name === spoilt.pdf) bytes.write('0', bytes.indexOf('%', 1) + 1, 'latin1');
        // The register of another day: whole, and not what the spreadsheet beside it says.
        if (name === spoilt.book) bytes.fill(0x20, bytes.indexOf('stream') + 8, bytes.indexOf('stream') + 200);
        if (name === spoilt.sheet) bytes.writeUInt8(bytes.readUInt8(60) ^ 1, 60);
        if (message === '' && name.startsWith(spoilt.message)) {
          message = name;
          ports.keep(name, bytes.subarray(0, bytes.length - 20));
        } else ports.keep(name, bytes);
      },
    }),
  });
  expect(played.result.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(played.ok).toBe(false);
  const red = played.judged.words.filter(({ ok }) => !ok).map(({ judge, what }) => `${judge}: ${what.replace(/[,:] .*$/, '')}`);
  for (const judge of ['pdfsig', 'openssl cms', 'mutool sign -v', 'Trạm Văn thư: tvt verify']) expect(red).toContain(`${judge}: ${spoilt.pdf}`);
  expect(red).toContain(`qpdf --check: ${spoilt.book}`);
  expect(red).toContain(`xmllint: ${message}`);
  expect(red).toContain(`unzip -t: ${spoilt.sheet}`);
  expect(new Set(red.map((one) => one.slice(one.indexOf(': ') + 2)).filter((what) => !what.startsWith('tvt'))).size).toBe(4);
  const answer = dayAnswer(played, folder);
  expect(answer).toMatchObject({ ok: true, exit: 1 });
  if (answer.ok) expect(answer.text).toMatch(/KHÔNG ĐẠT[^]*✗ pdfsig: van-ban-di-ky-so[^]*Ngày luyện tập có điều không đạt/);
}, limit);

test('without any judge, token or OpenSSL on the machine the day is played with a key of its own and says who was not there', () => {
  const { exit, out } = tvt(['day', '--out', join(scratchFolder(), 'day')], { PATH: '' });
  expect(exit).toBe(0);
  expect(out).toContain('khóa phần mềm luyện tập (thiếu SoftHSM); dấu thời gian và trạng thái chứng thư số: không có (thiếu OpenSSL)');
  for (const judge of ['mutool', 'openssl', 'pdfsig', 'pdftotext', 'qpdf', 'sha256sum', 'unzip', 'xmllint']) expect(out).toMatch(new RegExp(`${judge} +— +không có trên máy này`));
  expect(out).toMatch(/tvt verify +6 trên 6 +đạt/);
  expect(out).not.toContain('✗');
}, limit);
