import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { levelOf, signFile, type EvidenceDeps, type SignatureLevel, type Signed, type SigningWish } from '../../../electron/services/signing/index.ts';
import type { SigningWay } from '../../../electron/services/trust/index.ts';
import { good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers } from '../../fakes/pki/servers.ts';
import { hasSamples, sample } from '../../unit/foundation/pdf/judges.ts';
import { bases } from '../../unit/foundation/pdf/make.ts';
import { evidenceDeps, publishLists } from './evidence.ts';
import { formFile, onDisk } from './files.ts';
import { judge, type Expected } from './judges.ts';
import { changesSince, judgeStore, keysIn } from './store-judges.ts';
import { signedBy, wishOf } from './signer.ts';

const tsa = 'http://tsa.ca.test/';
const root = 'RootCA chuyên dùng Thử nghiệm G2';
let pki: TestPki;
let servers: PkiServers;
beforeAll(async () => {
  pki = await testPki();
  servers = await startPkiServers(pki);
  await publishLists(pki, servers);
});
afterAll(() => servers.close());

const people = { clerk: 'PHÒNG VĂN THƯ', leader: 'Nguyễn Thị Thử', ec256: 'Trần Văn Đường' } as const;
type Person = keyof typeof people;
type Made = { readonly bytes: Buffer; readonly signed: Signed; readonly path: string; readonly deps: EvidenceDeps };

async function signed(base: Buffer, id: Person, way: SigningWay, more: Partial<SigningWish>): Promise<Made> {
  const { folder, source, target } = onDisk(base);
  const deps = evidenceDeps(pki, servers);
  const result = good(await signFile({ ...deps, evidence: deps }, { source, target, tsa }, wishOf(pki, id, way, more), signedBy(pki, id, way)));
  expect(readFileSync(source).equals(base)).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(['base.pdf', 'signed.pdf']);
  return { bytes: readFileSync(target), signed: result, path: target, deps };
}

const v15 = { kind: 'rsa-v1.5', digest: 'sha256' } as const;
const ways: readonly (readonly [Person, SigningWay])[] = [
  ['clerk', v15],
  ['leader', { kind: 'rsa-pss', digest: 'sha512' }],
  ['ec256', { kind: 'ecdsa', digest: 'sha256' }],
];
const files = ['table', 'stream, packed', 'hybrid', 'with a form'] as const;
const cases = files.flatMap((file) => ways.flatMap(([id, way]) => (['LT', 'LTA'] as const).map((level) => ({ file, id, level, ...way }))));

test.each(cases)('level $level on a file $file, $id by $kind and $digest: every judge agrees, also on the evidence', async ({ file, id, level, kind, digest }) => {
  const base = file === 'with a form' ? formFile() : (bases()[file] ?? Buffer.alloc(0));
  const field = file === 'with a form' ? ({ kind: 'existing', name: 'CoQuan' } as const) : ({ kind: 'new', page: 1 } as const);
  const name = file === 'with a form' ? 'CoQuan' : 'ChuKySo1';
  const made = await signed(base, id, { kind, digest }, { level, field });
  expect(made.signed).toMatchObject({ field: name, level, missing: null, size: made.bytes.length, path: made.path });
  const expected: Expected[] = [{ field: name, signer: people[id], kind, level: 'T' }];
  if (level === 'LTA') expected.push({ field: 'DauThoiGian1', kind: 'time-stamp' });
  judge(pki, made.bytes, base, expected, level === 'LT');
  const store = judgeStore(pki, made.bytes, Object.keys(people));
  const isEc = id === 'ec256';
  // The signature has its issuers inside and the token its root: only the root of the former is added.
  expect(store.certificates).toEqual([root]);
  expect(store.answers).toEqual(isEc ? [] : [id]);
  expect(store.lists.toSorted()).toEqual((isEc ? ['CA đường cong Thử nghiệm', root] : [root]).toSorted());
  const token = createHash('sha1').update(tokenIn(made.bytes)).digest('hex').toUpperCase();
  expect(store.keys).toEqual([keysIn(made.bytes)[0], token]);
  const changes = changesSince(made.bytes, 2);
  expect(changes[0]).toEqual(['catalog']);
  expect(changes.slice(1)).toEqual(level === 'LT' ? [] : [file === 'with a form' ? ['object 10', 'object 9'] : ['form', 'page']]);
  const found = good(levelOf(made.path, made.deps));
  expect(found).toMatchObject([{ field: name, signer: people[id], level, isBaseline: true, timeBy: 'signature', time: made.signed.time, lacks: level === 'LTA' ? [] : [{ code: 'no-archive-time' }] }]);
});

/** The token inside the first signature, found by OpenSSL's parser. */
function tokenIn(bytes: Buffer): Buffer {
  const hex = /\/Contents <([0-9a-fA-F]{100,})>/.exec(bytes.toString('latin1'))?.[1] ?? '';
  const cms = Buffer.from(hex, 'hex');
  // id-aa-signatureTimeStampToken, then a SET with a long length, in it the token.
  const at = cms.indexOf(Buffer.from('060b2a864886f70d010910020e', 'hex')) + 13;
  expect(cms.readUInt16BE(at)).toBe(0x3182);
  return cms.subarray(at + 4, at + 4 + cms.readUInt16BE(at + 2));
}

test('a second and a third signature after level LTA leave all before them valid and at their level', async () => {
  const start = bases()['stream'] ?? Buffer.alloc(0);
  const first = await signed(start, 'ec256', { kind: 'ecdsa', digest: 'sha256' }, { level: 'LTA', certify: 2 });
  const second = await signed(first.bytes, 'leader', v15, { level: 'B' });
  const third = await signed(second.bytes, 'clerk', v15, { level: 'LTA', lock: { action: 'All', fields: [] } });
  const expected: Expected[] = [
    { field: 'ChuKySo1', signer: people.ec256, kind: 'ecdsa', level: 'T' },
    { field: 'DauThoiGian1', kind: 'time-stamp' },
    { field: 'ChuKySo2', signer: people.leader, kind: 'rsa-v1.5', level: 'B' },
    { field: 'ChuKySo3', signer: people.clerk, kind: 'rsa-v1.5', level: 'T' },
    { field: 'DauThoiGian2', kind: 'time-stamp' },
  ];
  judge(pki, third.bytes, start, expected);
  expect(judgeStore(pki, third.bytes, Object.keys(people)).answers).toEqual(['clerk']);
  // The second got a time by the stamp over the whole document, and nobody asked for its evidence.
  const lacks = [{ code: 'status', name: people.leader }];
  expect(good(levelOf(third.path, third.deps))).toMatchObject([
    { field: 'ChuKySo1', level: 'LTA', lacks: [] },
    { field: 'ChuKySo2', level: 'T', timeBy: 'document', lacks },
    { field: 'ChuKySo3', level: 'LTA', lacks: [] },
  ]);
  expect(good(levelOf(second.path, second.deps))).toMatchObject([{ level: 'LTA' }, { level: 'B', time: null, lacks: [{ code: 'no-time' }] }]);
});

test('levels are told by what is believed: with other roots, or none, nothing is long-term', async () => {
  const made = await signed(bases()['table'] ?? Buffer.alloc(0), 'clerk', v15, { level: 'LTA' });
  const none = { anchors: pki.anchors(), certificates: [] };
  expect(good(levelOf(made.path, none))).toMatchObject([{ level: 'T', lacks: [{ code: 'untrusted', name: root }] }]);
  expect(good(levelOf(made.path, { anchors: pki.anchors('lookalike'), certificates: [pki.certificate('lookalike')] }))).toMatchObject([{ level: 'T' }]);
});

test.skipIf(!hasSamples)('published documents: their time is told, what they lack too, and ranges outside the file hold nothing (needs ../shared/samples)', () => {
  const trust = { anchors: pki.anchors('g2root'), certificates: [] };
  const levels = (name: string): readonly SignatureLevel[] => good(levelOf(onDisk(sample(name)).source, trust));
  const published = levels('cv-11410-bxd-2026.pdf');
  expect(published.map(({ level, timeBy, isBaseline }) => ({ level, timeBy, isBaseline }))).toEqual(published.map(() => ({ level: 'T', timeBy: 'signature', isBaseline: false })));
  expect(published[0]).toMatchObject({ signer: 'Hoàng Thanh Nam', time: '2026-07-21T16:55:38.000Z', lacks: [{ code: 'issuer', name: 'Hoàng Thanh Nam' }, { code: 'untrusted' }] });
  expect(levels('nd-30-2020-congbao.pdf')).toMatchObject([{ level: null, lacks: [{ code: 'unsound' }] }]);
});
