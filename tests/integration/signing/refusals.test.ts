import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { sentenceFor } from '../../../electron/hosts/cli/sentences.ts';
import { attributesOf, discard, finish, prepare, signFile, type PreparedFile, type SigningRefusal, type SigningWish } from '../../../electron/services/signing/index.ts';
import type { SigningWay } from '../../../electron/services/trust/index.ts';
import { bad, good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { byQpdf } from '../../unit/foundation/pdf/judges.ts';
import { bases, document, make } from '../../unit/foundation/pdf/make.ts';
import { formFile, onDisk } from './files.ts';
import { judge } from './judges.ts';
import { signedBy, wishOf } from './signer.ts';

const way: SigningWay = { kind: 'rsa-v1.5', digest: 'sha256' };
const table = bases()['table'] ?? Buffer.alloc(0);
let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

function refusalOf(bytes: Buffer, more: Partial<SigningWish> = {}): SigningRefusal {
  const { folder, source, target } = onDisk(bytes);
  const failure = bad(prepare({ source, target }, wishOf(pki, 'clerk', way, more)));
  expect(readdirSync(folder)).toEqual(['base.pdf']);
  expect(readFileSync(source).equals(bytes)).toBe(true);
  return failure;
}

async function signed(bytes: Buffer, more: Partial<SigningWish> = {}): Promise<Buffer> {
  const files = onDisk(bytes);
  const { http, hosts } = { http: () => Promise.reject(new Error('nobody is asked')), hosts: {} };
  good(await signFile({ http, hosts, clock: { now: () => new Date() } }, { ...files, tsa: null }, wishOf(pki, 'clerk', way, more), signedBy(pki, 'clerk', way)));
  return files.signed();
}

const existing = (name: string): Partial<SigningWish> => ({ field: { kind: 'existing', name } });
const fresh = (name: string): Partial<SigningWish> => ({ field: { kind: 'new', page: 1, name } });

test('a file that cannot be relied on is refused with its fault', () => {
  expect(refusalOf(Buffer.from('hello'))).toMatchObject({ code: 'pdf-damaged', fault: 'no-header' });
  expect(refusalOf(Buffer.alloc(0))).toMatchObject({ code: 'pdf-damaged', fault: 'no-header' });
  expect(refusalOf(table.subarray(0, table.length - 60))).toMatchObject({ code: 'pdf-damaged' });
  expect(refusalOf(Buffer.concat([table, Buffer.from('more')]))).toMatchObject({ code: 'pdf-damaged', fault: 'bytes-after-end' });
  const shadow = Buffer.from(table.toString('latin1').replace('xref\n0', '9 0 obj\n<</Hidden true>>\nendobj\nxref\n0'), 'latin1');
  expect(refusalOf(shadow)).toMatchObject({ code: 'pdf-damaged' });
  expect(refusalOf(make({ kind: 'table', objects: [...document, [6, '<</Twice 1/Twice 2>>']] }))).toMatchObject({ code: 'pdf-damaged', fault: 'duplicate-key' });
});

test('an encrypted file is refused as such, with either kind of cross-reference', () => {
  for (const more of [[], ['--object-streams=generate']]) {
    expect(refusalOf(byQpdf(table, ...more, '--encrypt', '', 'owner', '256', '--'))).toEqual({ code: 'pdf-encrypted' });
  }
});

test('certified without any change allowed: nothing more is signed; only the first signature certifies', async () => {
  const closed = await signed(table, { certify: 1 });
  expect(refusalOf(closed)).toEqual({ code: 'changes-forbidden' });
  const open = await signed(table, { certify: 2 });
  expect(refusalOf(open, { certify: 2 })).toEqual({ code: 'certify-not-first' });
  judge(pki, await signed(open), table, [
    { field: 'ChuKySo1', signer: 'PHÒNG VĂN THƯ', kind: 'rsa-v1.5', level: 'B' },
    { field: 'ChuKySo2', signer: 'PHÒNG VĂN THƯ', kind: 'rsa-v1.5', level: 'B' },
  ]);
  // The catalog names a certification that no field leads to: how strict it is cannot be seen.
  const hidden = make({ kind: 'table', objects: [[1, '<</Type/Catalog/Pages 2 0 R/Perms<</DocMDP 6 0 R>>>>'], ...document.slice(1), [6, '<</Type/Sig>>']] });
  expect(refusalOf(hidden)).toEqual({ code: 'changes-forbidden' });
  const include = '/Action/Include/Fields[(So)]';
  const locked = formFile().toString('latin1').replace(include, '/Action/All/P 1'.padEnd(include.length));
  expect(refusalOf(await signed(Buffer.from(locked, 'latin1'), existing('Ký ten')))).toEqual({ code: 'changes-forbidden' });
});

test('a field is unknown, of another kind, signed, locked or makes demands', async () => {
  const form = formFile();
  expect(refusalOf(form, existing('Không có'))).toEqual({ code: 'field-unknown', field: 'Không có' });
  expect(refusalOf(table, existing('Ký'))).toEqual({ code: 'field-unknown', field: 'Ký' });
  expect(refusalOf(form, existing('So'))).toEqual({ code: 'field-not-signature', field: 'So' });
  expect(refusalOf(await signed(form, existing('CoQuan')), existing('CoQuan'))).toEqual({ code: 'field-signed', field: 'CoQuan' });
  expect(refusalOf(formFile({ sign: '/SV<</Type/SV/Ff 1/Filter/X>>' }), existing('Ký ten'))).toEqual({ code: 'field-demands', field: 'Ký ten' });
  const byName = await signed(form, { ...fresh('A'), lock: { action: 'Include', fields: ['CoQuan'] } });
  expect(refusalOf(byName, existing('CoQuan'))).toEqual({ code: 'field-locked', field: 'CoQuan' });
  await signed(byName, existing('Ký ten'));
  const allBut = await signed(form, { ...fresh('A'), lock: { action: 'Exclude', fields: ['CoQuan'] } });
  expect(refusalOf(allBut, existing('Ký ten'))).toEqual({ code: 'field-locked', field: 'Ký ten' });
  await signed(allBut, existing('CoQuan'));
  expect(refusalOf(await signed(form, { ...fresh('A'), lock: { action: 'All', fields: [] } }), fresh('B'))).toEqual({ code: 'field-locked', field: 'B' });
});

test('a new field needs a page and a free name without full stops', () => {
  expect(refusalOf(table, { field: { kind: 'new', page: 2 } })).toEqual({ code: 'page-unknown', page: 2, pages: 1 });
  expect(refusalOf(formFile(), fresh('So'))).toEqual({ code: 'field-name-taken', field: 'So' });
  for (const name of ['', 'a.b']) expect(refusalOf(table, fresh(name))).toEqual({ code: 'field-name-wrong', field: name });
});

test('a certificate out of its time and a key of another kind are refused before anything is signed', () => {
  expect(refusalOf(table, { certificate: pki.certificate('expired') })).toMatchObject({ code: 'certificate-not-current', to: '2024-01-01T00:00:00.000Z' });
  expect(refusalOf(table, { certificate: pki.certificate('future') })).toMatchObject({ code: 'certificate-not-current' });
  expect(refusalOf(table, { way: { kind: 'ecdsa', digest: 'sha256' } })).toMatchObject({ code: 'key-does-not-fit', kind: 'ecdsa' });
  expect(refusalOf(table, { certificate: pki.certificate('ec256') })).toMatchObject({ code: 'key-does-not-fit', kind: 'rsa-v1.5' });
});

test('nothing is overwritten, and what cannot be read or written is told', () => {
  const { folder, source, target } = onDisk(table);
  const asked = (files: { readonly source?: string; readonly target?: string }): SigningRefusal => bad(prepare({ source, target, ...files }, wishOf(pki, 'clerk', way)));
  expect(asked({ target: source })).toEqual({ code: 'target-exists' });
  expect(asked({ source: join(folder, 'no.pdf') })).toEqual({ code: 'file-unreadable', detail: 'ENOENT' });
  mkdirSync(join(folder, 'sub'));
  expect(asked({ source: join(folder, 'sub') })).toEqual({ code: 'file-unreadable', detail: 'EISDIR' });
  expect(asked({ target: join(folder, 'nowhere', 'a.pdf') })).toEqual({ code: 'target-unwritable', detail: 'ENOENT' });
  expect(readFileSync(source).equals(table)).toBe(true);
});

test('a file that another program writes to meanwhile is not signed', () => {
  const { folder, source, target } = onDisk(table);
  const field = { kind: 'new', page: 1, box: { left: 0, bottom: 0, width: 9, height: 9 } } as const;
  const meddling: SigningWish['appearance'] = (first) => {
    appendFileSync(source, ' ');
    return [{ number: first, value: { dictionary: { Type: { name: 'XObject' }, Subtype: { name: 'Form' }, BBox: [0, 0, 9, 9] }, stream: Buffer.alloc(0) } }];
  };
  expect(bad(prepare({ source, target }, wishOf(pki, 'clerk', way, { field, appearance: meddling })))).toEqual({ code: 'file-changed' });
  expect(readdirSync(folder)).toEqual(['base.pdf']);
});

test('what waits for its signature is plain JSON; another run of the program finishes it, after a look at the whole copy', async () => {
  const { folder, source, target } = onDisk(table);
  const prepared = good(prepare({ source, target }, wishOf(pki, 'clerk', way)));
  const later = JSON.parse(JSON.stringify({ ...prepared, run: 'another' })) as PreparedFile;
  const { value } = await signedBy(pki, 'clerk', way)(attributesOf(later));
  expect(existsSync(target)).toBe(false);
  const wrong = Buffer.from(value);
  wrong[5] = (wrong[5] ?? 0) ^ 1;
  expect(bad(finish(later, wrong))).toEqual({ code: 'signature-wrong' });
  expect(bad(finish(later, value, Buffer.from('no token')))).toEqual({ code: 'time-wrong' });
  const narrow = { ...later, place: { ...later.place, contentsTo: later.place.contentsFrom + 102 } };
  expect(bad(finish(narrow, value))).toMatchObject({ code: 'no-room', room: 50 });
  copyFileSync(prepared.copy, join(folder, 'kept'));
  const bytes = readFileSync(prepared.copy);
  bytes[30] = (bytes[30] ?? 0) ^ 1;
  writeFileSync(prepared.copy, bytes);
  expect(bad(finish(later, value))).toEqual({ code: 'copy-changed' });
  truncateSync(prepared.copy, 500);
  expect(bad(finish(prepared, value))).toEqual({ code: 'copy-changed' });
  copyFileSync(join(folder, 'kept'), prepared.copy);
  writeFileSync(target, 'somebody was faster');
  expect(bad(finish(later, value))).toEqual({ code: 'target-exists' });
  const elsewhere = { ...later, target: join(folder, 'b.pdf') };
  good(finish(elsewhere, value));
  judge(pki, readFileSync(elsewhere.target), table, [{ field: 'ChuKySo1', signer: 'PHÒNG VĂN THƯ', kind: 'rsa-v1.5', level: 'B' }]);
  expect(existsSync(prepared.copy)).toBe(false);
});

test('a signature that does not come leaves nothing behind', async () => {
  const { folder, source, target } = onDisk(table);
  const deps = { http: () => Promise.reject(new Error('nobody is asked')), hosts: {}, clock: { now: () => new Date() } };
  const order = { source, target, tsa: null };
  const refused = await signFile(deps, order, wishOf(pki, 'clerk', way), () => Promise.resolve({ ok: false, failure: 'pin' } as const));
  expect(refused).toEqual({ ok: false, failure: { code: 'not-signed', cause: 'pin' } });
  await expect(signFile(deps, order, wishOf(pki, 'clerk', way), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  const prepared = good(prepare(order, wishOf(pki, 'clerk', way)));
  discard(prepared);
  discard(prepared);
  expect(readdirSync(folder)).toEqual(['base.pdf']);
});

const examples: { readonly [C in SigningRefusal['code']]: Omit<Extract<SigningRefusal, { readonly code: C }>, 'code'> } = {
  'file-unreadable': { detail: 'ENOENT' },
  'file-changed': {},
  'target-exists': {},
  'target-unwritable': { detail: 'ENOSPC' },
  'pdf-damaged': { fault: 'bad-token', at: 7 },
  'pdf-encrypted': {},
  'pdf-too-large': {},
  'changes-forbidden': {},
  'field-unknown': { field: 'A' },
  'field-not-signature': { field: 'A' },
  'field-signed': { field: 'A' },
  'field-locked': { field: 'A' },
  'field-demands': { field: 'A' },
  'field-name-taken': { field: 'A' },
  'field-name-wrong': { field: 'A' },
  'page-unknown': { page: 2, pages: 1 },
  'certify-not-first': {},
  'certificate-not-current': { from: 'a', to: 'b' },
  'key-does-not-fit': { kind: 'ecdsa', key: 'rsa' },
  'field-not-text': { field: 'A' },
  'field-filled': { field: 'A' },
  'after-signature': {},
  'place-unknown': { what: 'number' },
  'number-wrong': { number: 'A' },
  'date-wrong': { date: 'A' },
  'number-differs': { printed: '12', number: '13/B' },
  'date-differs': { printed: '05/11/2026', date: '2026-11-06' },
  'symbol-differs': { printed: '/A', number: '1/B' },
  'year-differs': { printed: '2026', date: '2027-01-01' },
  'entry-taken': { text: '12' },
  'entry-does-not-fit': { text: '12' },
  'letters-missing': { letters: 'A' },
  'person-not-signed': {},
  'seal-does-not-fit': { millimetres: 60 },
  'signature-wrong': {},
  'time-wrong': {},
  'copy-changed': {},
  'no-room': { needed: 2, room: 1 },
  'nothing-to-complete': {},
  'level-reached': {},
  'not-completed': { why: 'unreachable', detail: 'refused' },
  'certificate-revoked': { name: 'A', since: 'a', reason: 'superseded' },
};

test.each(Object.entries(examples))('%s is told in both languages, with a remedy', (code, params) => {
  expect(sentenceFor(`sign-${code}`, params, 'vi')).toMatch(/ Hãy .+\.$/);
  expect(sentenceFor(`sign-${code}`, params, 'en')).toMatch(/ Please .+\.$/);
  expect(sentenceFor(`sign-${code}`, params, 'vi')).not.toBe(sentenceFor('nonsense', params, 'vi'));
});
