import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../electron/foundation/clock.ts';
import { signaturesOf } from '../../../electron/foundation/pdf/index.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { signFile, type SigningWish, type Signed } from '../../../electron/services/signing/index.ts';
import type { SigningWay } from '../../../electron/services/trust/index.ts';
import { good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers } from '../../fakes/pki/servers.ts';
import { bases, opened } from '../../unit/foundation/pdf/make.ts';
import { formFile, onDisk } from './files.ts';
import { judge, type Expected } from './judges.ts';
import { signedBy, wishOf } from './signer.ts';

const tsa = 'http://tsa.ca.test/';
let pki: TestPki;
let servers: PkiServers;
beforeAll(async () => {
  pki = await testPki();
  servers = await startPkiServers(pki);
});
afterAll(() => servers.close());

const people = { clerk: 'PHÒNG VĂN THƯ', leader: 'Nguyễn Thị Thử', ec256: 'Trần Văn Đường' } as const;
type Person = keyof typeof people;

type Made = { readonly bytes: Buffer; readonly signed: Signed };

async function signed(base: Buffer, id: Person, way: SigningWay, more: Partial<SigningWish> = {}, authority: string | null = tsa): Promise<Made> {
  const { folder, source, target } = onDisk(base);
  const before = createHash('sha256').update(base).digest('hex');
  const deps = { http: httpClient, clock: systemClock, hosts: servers.hosts };
  const result = good(await signFile(deps, { source, target, tsa: authority }, wishOf(pki, id, way, more), signedBy(pki, id, way)));
  expect(createHash('sha256').update(readFileSync(source)).digest('hex')).toBe(before);
  expect(readdirSync(folder).sort()).toEqual(['base.pdf', 'signed.pdf']);
  return { bytes: readFileSync(target), signed: result };
}

const v15 = { kind: 'rsa-v1.5', digest: 'sha256' } as const;
const ways: readonly (readonly [Person, SigningWay])[] = [
  ['clerk', v15],
  ['clerk', { kind: 'rsa-pss', digest: 'sha256' }],
  ['leader', { kind: 'rsa-v1.5', digest: 'sha384' }],
  ['leader', { kind: 'rsa-pss', digest: 'sha512' }],
  ['ec256', { kind: 'ecdsa', digest: 'sha256' }],
];
const earlier: readonly Expected[] = [
  { field: 'ChuKySo1', signer: people.leader, kind: 'rsa-v1.5', level: 'B' },
  { field: 'ChuKySo2', signer: people.ec256, kind: 'ecdsa', level: 'T' },
];
const files = ['table', 'stream, packed', 'hybrid', 'with a form', 'signed twice'] as const;

/** The file to be signed; `start` is the file before its first signature. */
async function fileOf(name: (typeof files)[number]): Promise<{ readonly start: Buffer; readonly base: Buffer; readonly before: readonly Expected[] }> {
  if (name === 'with a form') return { start: formFile(), base: formFile(), before: [] };
  const start = bases()[name === 'signed twice' ? 'stream' : name] ?? Buffer.alloc(0);
  if (name !== 'signed twice') return { start, base: start, before: [] };
  const first = await signed(start, 'leader', v15, { certify: 2 });
  const second = await signed(first.bytes, 'ec256', { kind: 'ecdsa', digest: 'sha256' }, { level: 'T' });
  return { start, base: second.bytes, before: earlier };
}

const cases = files.flatMap((file) => ways.flatMap(([id, way]) => (['B', 'T'] as const).map((level) => ({ file, id, level, ...way }))));

test.each(cases)('level $level on a file $file, $id by $kind and $digest: every judge agrees', async ({ file, id, level, kind, digest }) => {
  const { start, base, before } = await fileOf(file);
  const field = file === 'with a form' ? ({ kind: 'existing', name: 'Ký ten' } as const) : ({ kind: 'new', page: 1, box: { left: 300, bottom: 100, width: 150, height: 60 } } as const);
  const made = await signed(base, id, { kind, digest }, { level, field });
  const name = file === 'with a form' ? 'Ký ten' : `ChuKySo${String(before.length + 1)}`;
  expect(made.signed).toMatchObject({ field: name, level, missing: null, size: made.bytes.length });
  expect(made.bytes.subarray(0, base.length).equals(base)).toBe(true);
  judge(pki, made.bytes, start, [...before, { field: name, signer: people[id], kind, level }]);
});

test('drafter certifies, leader signs, agency locks all: each leaves those before it valid, and what each says is read back', async () => {
  const start = bases()['table'] ?? Buffer.alloc(0);
  const first = await signed(start, 'ec256', { kind: 'ecdsa', digest: 'sha256' }, { certify: 2, reason: 'Ký nháy', name: 'Trần Văn Đường', at: new Date('2026-11-22T01:02:03Z') });
  const second = await signed(first.bytes, 'leader', v15, { level: 'T', lock: { action: 'Include', fields: ['So', 'Ngay'] } });
  const third = await signed(second.bytes, 'clerk', v15, { level: 'T', lock: { action: 'All', fields: [] }, field: { kind: 'new', page: 1, name: 'Cơ quan' } });
  const found: Expected[] = [
    { field: 'ChuKySo1', signer: people.ec256, kind: 'ecdsa', level: 'B' },
    { field: 'ChuKySo2', signer: people.leader, kind: 'rsa-v1.5', level: 'T' },
    { field: 'Cơ quan', signer: people.clerk, kind: 'rsa-v1.5', level: 'T' },
  ];
  judge(pki, third.bytes, start, found);
  const { signatures } = good(signaturesOf(opened(third.bytes)));
  expect(signatures.map(({ isCertification, references, lock, stated }) => ({ isCertification, references, lock, stated }))).toMatchObject([
    { isCertification: true, references: [{ method: 'DocMDP', level: 2 }], lock: undefined, stated: { M: "D:20261122080203+07'00'", Reason: 'Ký nháy', Name: 'Trần Văn Đường' } },
    { isCertification: false, references: [{ method: 'FieldMDP', rule: { action: 'Include', fields: ['So', 'Ngay'] } }], lock: { action: 'Include', fields: ['So', 'Ngay'] } },
    { isCertification: false, references: [{ method: 'FieldMDP', rule: { action: 'All', fields: [] } }], lock: { action: 'All' } },
  ]);
});

test('a field that locks others says so in its signature when it is signed', async () => {
  const made = await signed(formFile(), 'clerk', v15, { field: { kind: 'existing', name: 'Ký ten' } });
  const { signatures } = good(signaturesOf(opened(made.bytes)));
  expect(signatures[0]?.references).toMatchObject([{ method: 'FieldMDP', rule: { action: 'Include', fields: ['So'] } }]);
});

test('without an answer from the authority the signature stays at level B, and why is told', async () => {
  const start = bases()['table'] ?? Buffer.alloc(0);
  const expected: Expected[] = [{ field: 'ChuKySo1', signer: people.clerk, kind: 'rsa-v1.5', level: 'B' }];
  const answers = async (authority: string | null): Promise<Signed> => {
    const made = await signed(start, 'clerk', v15, { level: 'T' }, authority);
    judge(pki, made.bytes, start, expected);
    return made.signed;
  };
  expect(await answers('http://127.0.0.1:9/')).toMatchObject({ level: 'B', time: null, missing: { why: 'unreachable' } });
  expect(await answers(null)).toMatchObject({ level: 'B', missing: { why: 'unreachable' } });
  servers.instead.set('/', () => ({ status: 503 }));
  expect(await answers(tsa)).toMatchObject({ level: 'B', missing: { why: 'unreachable', detail: '503' } });
  servers.instead.set('/', () => ({ body: Buffer.from('no token') }));
  expect(await answers(tsa)).toMatchObject({ level: 'B', missing: { why: 'unusable' } });
  servers.instead.delete('/');
  const choosy = await startPkiServers(pki, { digests: 'sha512' });
  expect(await answers(`http://${choosy.hosts['tsa.ca.test'] ?? ''}/`)).toMatchObject({ level: 'B', missing: { why: 'refused' } });
  await choosy.close();
});
