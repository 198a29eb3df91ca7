import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { Verdict } from '#contract';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { bases } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { currentCrl, signedWith } from '../verification/world.ts';
import { json, tvt } from './tvt.ts';

let pki: TestPki;
let crls: readonly Buffer[];
beforeAll(async () => {
  pki = await testPki();
  crls = await Promise.all(['g2ca', 'g2root'].map((id) => currentCrl(pki, id)));
});

let folder: string;
let trust: string;
beforeEach(() => {
  folder = scratchFolder();
  trust = join(folder, 'trust');
  mkdirSync(trust);
  for (const id of ['g2root', 'g2ca']) copyFileSync(pki.path(id), join(trust, `${id}.pem`));
});

function put(name: string, bytes: Buffer): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}
const honest = (): Buffer => signedWith(pki, { signer: 'clerk', crls });
const at = ['--at', '2026-11-22T09:00:00+07:00'];

test('exit 0 only when every file is signed and every signature is valid; the report is a verdict', () => {
  const good = put('good.pdf', honest());
  const passed = json(['verify', good, '--trust', trust, ...at, '--offline']);
  expect(passed).toMatchObject({ exit: 0, ok: true });
  const [report] = passed.value as unknown as readonly { path: string; verdict: unknown }[];
  expect(report?.path).toBe(good);
  expect(Verdict.parse(report?.verdict)).toMatchObject({ state: 'signed', indication: 'passed', checkedAt: '2026-11-22T09:00:00+07:00' });
  const unsigned = put('unsigned.pdf', bases()['table'] ?? Buffer.alloc(0));
  expect(json(['verify', unsigned, '--trust', trust, ...at, '--offline'])).toMatchObject({ exit: 1, ok: true });
  expect(json(['verify', good, unsigned, '--trust', trust, ...at, '--offline'])).toMatchObject({ exit: 1, value: [{ verdict: { indication: 'passed' } }, { verdict: { state: 'none' } }] });
  const spoilt = honest();
  spoilt[100] = (spoilt[100] ?? 0) ^ 1;
  expect(json(['verify', put('spoilt.pdf', spoilt), '--trust', trust, ...at, '--offline']).exit).toBe(1);
  // The roots of the test are not those that ship.
  expect(json(['verify', good, ...at, '--offline'])).toMatchObject({ exit: 1, value: [{ verdict: { indication: 'indeterminate', subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' } }] });
  // Its lists ran out, and nobody is asked.
  expect(json(['verify', good, '--trust', trust, '--at', '2027-06-01T00:00:00Z', '--offline'])).toMatchObject({ exit: 1, value: [{ verdict: { subIndication: 'TRY_LATER' } }] });
});

test('for people it says the result first, then every signature with its reasons, in both languages', () => {
  const good = put('good.pdf', honest());
  const vi = tvt(['verify', good, '--trust', trust, ...at, '--offline']);
  expect(vi.out).toContain('good.pdf: Hợp lệ. 1 chữ ký, kiểm tra lúc 22/11/2026 09:00:00.');
  expect(vi.out).toContain('Chứng thư do CA phục vụ các cơ quan Thử nghiệm G2 cấp');
  expect(vi.out).toContain('1/1 tệp có chữ ký hợp lệ.');
  const forged = put('forged.pdf', signedWith(pki, { signer: 'clerk', messageDigest: Buffer.alloc(32) }));
  const en = tvt(['verify', forged, '--trust', trust, ...at, '--offline', '--lang', 'en']);
  expect(en.out).toContain('forged.pdf: Not valid (content differs from what was signed). 1 signature');
  expect(en.out).toContain('- The content differs from what was signed');
  expect(en.out).toContain('0 of 1 files have valid signatures.');
  expect(en.exit).toBe(1);
});

test('what is not understood or cannot be read is said, and is not a pass', () => {
  const good = put('good.pdf', honest());
  expect(tvt(['verify']).exit).toBe(2);
  expect(tvt(['verify', good, '--at', '2026-11-22']).exit).toBe(2);
  expect(json(['verify', join(folder, 'gone.pdf'), '--offline'])).toMatchObject({ exit: 1, ok: false, failure: { code: 'verify-unreadable' } });
  expect(json(['verify', folder, '--offline'])).toMatchObject({ exit: 1, failure: { code: 'verify-unreadable' } });
  expect(json(['verify', good, '--trust', join(folder, 'gone'), '--offline'])).toMatchObject({ exit: 1, failure: { code: 'verify-trust-unreadable' } });
});
