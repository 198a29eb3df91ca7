import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SigningPicture, TrustAnchor } from '#contract';
import type { SigningOfficeDeps } from '../../../electron/services/signing/index.ts';
import { anchorsHere, diskCache } from '../../../electron/services/trust/index.ts';
import { traceOf } from '../../../electron/services/audit/index.ts';
import { signerRules } from '../../../electron/services/signing/signer-check/rules.ts';
import { pictureFileOf } from '../../../electron/services/signing/index.ts';
import { putPerson } from '../../../electron/services/people/staff.store.ts';
import { run, sql, type Store } from '../../../electron/store/index.ts';
import { good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { change, officeOver, tableOf, type TestOffice } from '../../fakes/signing/office.ts';
import { madePng, sealPicture, signaturePicture } from '../../fakes/signing/png.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});
let folder: string;
let store: Store;
beforeEach(() => {
  folder = join(scratchFolder(), 'profile');
  store = storeIn(folder);
});

const officeWith = (more: Partial<SigningOfficeDeps> = {}): TestOffice => officeOver(store, folder, { shipped: tableOf(pki, 'g2root'), ...more });
const codeOf = (outcome: { readonly ok: boolean; readonly failure?: { readonly code: string } }): string => (outcome.ok ? 'ok' : (outcome.failure?.code ?? ''));
const given = (id: string, more: object = {}): { certificate: string; sha256: string; reason: string } => ({
  certificate: pki.der(id).toString('base64'),
  sha256: pki.certificate(id).sha256,
  reason: 'Theo công bố',
  ...more,
});

describe('anchors', () => {
  test('one is added by its published hash and with a reason, and withdrawn again; both stand in the log, and all is shown apart', async () => {
    const { handlers } = officeWith();
    const spaced = pki.certificate('g1root').sha256.toUpperCase().replaceAll(/(..)(?!$)/g, '$1:');
    const added = good(await handlers.addAnchor(given('g1root', { sha256: spaced })));
    expect(added).toMatchObject({ origin: 'office', reason: 'Theo công bố', role: 'root', withdrawnAt: null });
    expect([...anchorsHere(store.read, tableOf(pki, 'g2root'), false).keys()].toSorted()).toEqual(['g1root', 'g2root'].map((id) => pki.certificate(id).sha256).toSorted());
    expect(codeOf(await handlers.addAnchor(given('g1root')))).toBe('anchor-known');
    good(await handlers.withdrawAnchor({ id: added.id ?? '', reason: 'Thôi dùng' }));
    expect(codeOf(await handlers.withdrawAnchor({ id: added.id ?? '', reason: 'Thôi dùng' }))).toBe('not-found');
    expect([...anchorsHere(store.read, tableOf(pki, 'g2root'), false).keys()]).toEqual([pki.certificate('g2root').sha256]);
    const { anchors, unpinned } = good(await handlers.anchors({}));
    expect(anchors.map(({ origin, withdrawnReason }: TrustAnchor) => [origin, withdrawnReason])).toEqual([['program', ''], ['office', 'Thôi dùng']]);
    expect(unpinned).toHaveLength(1);
    expect(traceOf(store.read, added.id ?? '').map(({ action, detail }) => [action, detail['reason']])).toEqual([['trust.anchor-added', 'Theo công bố'], ['trust.anchor-withdrawn', 'Thôi dùng']]);
  });

  test.each([
    ['another hash', { sha256: 'ab'.repeat(32) }, 'anchor-hash-differs'],
    ['no certificate', { certificate: 'xin chào' }, 'certificate-unreadable'],
  ])('%s: %s', async (_what, more, code) => {
    expect(codeOf(await officeWith().handlers.addAnchor(given('g1root', more)))).toBe(code);
  });

  test('a person’s certificate, one that has run out and one that comes with the program are refused', async () => {
    const { handlers } = officeWith({ clock: { now: () => new Date('2031-01-01T00:00:00Z') } });
    expect(codeOf(await handlers.addAnchor(given('leader')))).toBe('anchor-not-authority');
    expect(codeOf(await handlers.addAnchor(given('g1root')))).toBe('anchor-expired');
    expect(codeOf(await handlers.addAnchor(given('g2root')))).toBe('anchor-known');
  });

  test('what was added in a practice profile is trusted there only, wherever its row has got to', async () => {
    good(await officeWith({ practice: true }).handlers.addAnchor(given('g1root')));
    const shipped = tableOf(pki, 'g2root');
    expect(anchorsHere(store.read, shipped, true).has(pki.certificate('g1root').sha256)).toBe(true);
    expect(anchorsHere(store.read, shipped, false).has(pki.certificate('g1root').sha256)).toBe(false);
    expect(good(await officeWith().handlers.anchors({})).anchors.map(({ origin }: TrustAnchor) => origin)).toEqual(['program']);
  });
});

describe('settings', () => {
  test('what was never set is usual, and a change stands in the log', async () => {
    const office = officeWith();
    expect(good(await office.handlers.settings({}))).toMatchObject({ tsa: 'http://tsa.ca.gov.vn', level: 'T', rsa: 'pkcs1', keepPinMinutes: 5, openEach: true, policy: {}, hosts: [{ from: 'ocsp.ca.ptc', to: 'ocsp.ca.gov.vn' }] });
    expect(await change(office, { level: 'LTA', policy: { 'path-incomplete': 'refuse' } })).toMatchObject({ level: 'LTA', policy: { 'path-incomplete': 'refuse' } });
    expect(officeWith({ practice: true }).settings()).toMatchObject({ level: 'LTA' });
    expect(traceOf(store.read, 'signing')).toMatchObject([{ action: 'settings.signing-saved', detail: { level: 'LTA' } }]);
  });

  test('practice asks no real authority for the time', () => {
    expect(officeWith({ practice: true }).settings().tsa).toBe('');
  });

  test('what the law leaves no choice about is not loosened', async () => {
    const { handlers } = officeWith();
    const settings = good(await handlers.settings({}));
    for (const { code, fixed } of signerRules) {
      expect(codeOf(await handlers.saveSettings({ ...settings, policy: { [code]: 'warn' } })), code).toBe(fixed ? 'doubt-fixed' : 'ok');
    }
    expect(signerRules.filter(({ fixed }) => fixed).map(({ code }) => code)).toEqual(expect.arrayContaining(['expired', 'revoked', 'suspended']));
  });
});

describe('pictures', () => {
  const stored = async (bytes: Uint8Array): Promise<{ name: string; mediaType: string; size: number; sha256: string }> => ({ name: 'dau.png', mediaType: 'image/png', ...(await store.blobs.put(bytes)) });
  const person = (): string =>
    store.write((db) => putPerson(db, null, { name: 'Nguyễn Văn Ký', position: 'Chủ tịch', standing: 'head', unit: null, roles: ['leader'], validFrom: null }));

  test('a new one takes the place of the one before, which stays; nothing is changed without a word in the log', async () => {
    const office = officeWith();
    const { handlers } = office;
    const seal = { kind: 'seal', person: null, widthMm: 36, reason: 'Con dấu của cơ quan' } as const;
    const first = good(await handlers.savePicture({ ...seal, file: await stored(sealPicture()) }));
    expect(first).toMatchObject({ widthPx: 360, heightPx: 360, widthMm: 36, heightMm: 36, personName: '' });
    const second = good(await handlers.savePicture({ ...seal, file: await stored(sealPicture(400)), reason: 'Khắc lại' }));
    expect(good(await handlers.pictures({ ended: false })).map(({ file }: SigningPicture) => file.id)).toEqual([second.file.id]);
    expect(good(await handlers.pictures({ ended: true }))).toMatchObject([{ endedAt: null }, { endedReason: 'Khắc lại', file: { id: first.file.id } }]);
    expect(traceOf(store.read, second.file.id)).toMatchObject([{ action: 'signing.picture-saved', detail: { sha256: second.file.sha256, before: first.file.sha256 } }]);
    const whose = person();
    const own = good(await handlers.savePicture({ kind: 'signature', person: whose, widthMm: 40, reason: 'Mẫu chữ ký', file: await stored(signaturePicture()) }));
    expect(own).toMatchObject({ personName: 'Nguyễn Văn Ký', heightMm: 16.7 });
    expect([office.picture(whose)?.file.id, office.picture(null)?.file.id]).toEqual([own.file.id, second.file.id]);
    good(await handlers.endPicture({ id: own.file.id, reason: 'Nghỉ hưu' }));
    expect(office.picture(whose)).toBeUndefined();
    expect(codeOf(await handlers.endPicture({ id: own.file.id, reason: 'Nghỉ hưu' }))).toBe('not-found');
    expect(traceOf(store.read, own.file.id).map(({ action }) => action)).toEqual(['signing.picture-saved', 'signing.picture-ended']);
    for (const { file } of good(await handlers.pictures({ ended: true }))) expect(await store.blobs.verify(file.sha256)).toMatchObject({ size: file.size });
  });

  test('what is no transparent PNG of a useful size is refused', async () => {
    const { handlers } = officeWith();
    const cases: readonly (readonly [Uint8Array, string])[] = [
      [Buffer.from('%PDF-1.7'), 'picture-not-png'],
      [Buffer.from('89504e470d0a1a0a0000', 'hex'), 'picture-unreadable'],
      [madePng({ width: 100, height: 100, alpha: false }), 'picture-not-transparent'],
      [sealPicture(100), 'picture-too-small'],
      [madePng({ width: 400, height: 400 }), 'picture-not-transparent'],
      [madePng({ width: 400, height: 400, pixel: () => [200, 20, 30, 0] }), 'picture-empty'],
      [signaturePicture(), 'picture-wrong-colour'],
      [Buffer.concat([sealPicture(), Buffer.alloc(9_000_000)]), 'picture-too-large'],
    ];
    for (const [bytes, code] of cases) {
      expect(codeOf(await handlers.savePicture({ kind: 'seal', person: null, widthMm: 36, reason: 'r', file: await stored(bytes) })), code).toBe(code);
    }
    const absent = { name: 'a.png', mediaType: 'image/png', size: 3, sha256: 'ab'.repeat(32) };
    expect(codeOf(await handlers.savePicture({ kind: 'seal', person: null, widthMm: 36, reason: 'r', file: absent }))).toBe('file-damaged');
    expect(codeOf(await handlers.savePicture({ kind: 'signature', person: null, widthMm: 36, reason: 'r', file: absent }))).toBe('not-found');
    expect(good(await handlers.pictures({ ended: true }))).toEqual([]);
    expect(pictureFileOf(store.read, 'ab')).toBeUndefined();
  });
});

describe('what is kept of answers', () => {
  test('has a bound: the oldest go, but never what is known of lists', () => {
    const cache = diskCache({ store, clock: { now: () => new Date(++ticks) }, folder, log: () => undefined, most: { answers: 20, bytes: 10_000 } });
    let ticks = 0;
    const now = new Date(0);
    const later = new Date(1_000_000);
    cache.put('crl:http://a', Buffer.from('{}'), later);
    for (let n = 0; n < 50; n += 1) cache.put(`ocsp:${String(n)}`, Buffer.alloc(10, n), later);
    expect(cache.facts().answers).toBeLessThanOrEqual(20);
    expect([cache.get('crl:http://a', now), cache.get('ocsp:49', now), cache.get('ocsp:0', now)]).toEqual([Buffer.from('{}'), Buffer.alloc(10, 49), undefined]);
    cache.put('ocsp:large', Buffer.alloc(9_990), later);
    expect(cache.facts().bytes).toBeLessThanOrEqual(10_000);
    expect(cache.get('ocsp:large', new Date(2_000_000))).toBeUndefined();
  });

  test('an error that is not the disk’s is not swallowed', () => {
    const cache = diskCache({ store, clock: { now: () => new Date() }, folder, log: () => undefined });
    store.write((db) => run(db, sql`DROP TABLE trust_answer`));
    expect(() => { cache.put('a', Buffer.from('b'), new Date()); }).toThrow(/no such table/);
  });
});
