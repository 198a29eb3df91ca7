import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Contract, OutputOf } from '#contract';
import { recipient, threeAgencies, type Agencies, type Station } from '../../fakes/station/agencies.ts';
import { documentMessage } from '../../fakes/station/messages.ts';
import { statusFor } from '../axis/axis-messages.ts';

let office: Agencies;
let ministry: Station;
let ward: Station;
beforeEach(async () => {
  office = await threeAgencies();
  [ministry, ward] = office.stations;
});
afterEach(() => office.close());

type Incoming = OutputOf<Contract['records']['incomingGet']>;

/** What the ward has, oldest first. */
async function incoming(): Promise<Incoming[]> {
  const { items } = await ward.must('records', 'incomingList', { state: null, before: null, limit: 50 });
  const all = await Promise.all(items.map(({ id }) => ward.must('records', 'incomingGet', { id })));
  return all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const edited = (bytes: Uint8Array, change: (text: string) => string): Buffer => Buffer.from(change(Buffer.from(bytes).toString('utf8')));
const id = 'G09,2026/11/20,123/BNV-ỦY';
const original = (): Uint8Array => documentMessage({ documentId: id, notation: 'BNV-ỦY' });

const spellings: readonly (readonly [string, (text: string) => string])[] = [
  ['laid out with blanks and line breaks', (text) => text.replaceAll(/<edXML:(DocumentId|CodeNumber|CodeNotation|Subject|OrganId|OrganName)>([^<]+)</g, '<edXML:$1>\n        $2\n      <')],
  ['with letters taken apart (NFD)', (text) => text.normalize('NFD')],
  ['in CDATA', (text) => text.replaceAll(/<edXML:(DocumentId|Subject|CodeNotation)>([^<]+)</g, '<edXML:$1><![CDATA[$2]]><')],
  ['with every letter as a reference', (text) => text.replaceAll(/(<edXML:(?:DocumentId|CodeNotation)>)([^<]+)</g, (_, tag: string, value: string) => `${tag}${[...value].map((letter) => `&#${String(letter.codePointAt(0))};`).join('')}<`)],
];

test.each(spellings)('the same document %s is a second copy, and a recall that writes it so finds it', async (_name, other) => {
  await office.axis.deliver(original());
  await office.axis.deliver(edited(original(), other), { to: ['H29.99'] });
  await office.axis.deliver(edited(statusFor('G09', 'H29.99', '13', id), other), { to: ['H29.99'] });
  expect(await ward.sync()).toMatchObject({ received: 2, duplicates: 1, quarantined: 0 });
  expect(await incoming()).toMatchObject([{ documentId: id, codeNotation: 'BNV-ỦY', openChange: 'recall' }]);
});

test.each(spellings)('a document first %s: its usual copy, its recall and its replacement find it', async (_name, other) => {
  await office.axis.deliver(edited(original(), other), { to: ['H29.99'] });
  await office.axis.deliver(original());
  await office.axis.deliver(statusFor('G09', 'H29.99', '13', id), { to: ['H29.99'] });
  await office.axis.deliver(documentMessage({ number: '124', business: { bussinessDocType: '3', bussinessDocReason: 'Sai', replacements: [{ documentId: id, organIds: ['H29.99'] }] } }));
  expect(await ward.sync()).toMatchObject({ received: 3, duplicates: 1, quarantined: 0 });
  expect(await incoming()).toMatchObject([{ state: 'replaced', changeRequests: [{ kind: 'recall' }] }, { codeNumber: '124' }]);
});

test.each(spellings)('a status about a document of ours %s is heard', async (_name, other) => {
  const document = await ministry.issue('1');
  await ministry.must('exchange', 'sendDocument', { document: document.id, recipients: [recipient(ward)] });
  await ministry.sync();
  const status = Buffer.from(statusFor('H29.99', 'G09', '03', document.documentId)).toString('utf8').replace(/<edXML:Code>[^<]*</, '<edXML:Code>khác<');
  await office.axis.deliver(edited(Buffer.from(status), other), { to: ['G09'] });
  await ministry.sync();
  expect(await ministry.must('exchange', 'deliveries', { document: document.id })).toMatchObject([{ statusCode: '03' }]);
});

test('a message in UTF-16 comes in like any other, and is kept byte for byte', async () => {
  const text = Buffer.from(original()).toString('utf8').replace('encoding="UTF-8"', 'encoding="UTF-16"');
  await office.axis.deliver(Buffer.from(`\ufeff${text}`, 'utf16le'));
  expect(await ward.sync()).toMatchObject({ received: 1, quarantined: 0 });
  expect(await incoming()).toMatchObject([{ documentId: id, files: [{ name: 'cong-van.pdf', mediaType: 'application/pdf' }] }]);
});

test('a date that its sender wrote in UTC is the day that it was in Vietnam', async () => {
  await office.axis.deliver(edited(original(), (text) => text.replace('>2026/11/20</edXML:PromulgationDate>', '>2026-11-19T17:00:00.000Z</edXML:PromulgationDate>')));
  await ward.sync();
  expect(await incoming()).toMatchObject([{ issuedDate: '2026-11-20' }]);
});

test.each([
  ['empty', (text: string) => text],
  ['not there', (text: string) => text.replace(/<edXML:ContentTransferEncoded>\s*<\/edXML:ContentTransferEncoded>|<edXML:ContentTransferEncoded\/>/, '')],
])('an attachment whose content is %s is told before anybody opens it', async (_name, change) => {
  await office.axis.deliver(edited(documentMessage({ files: [{ name: 'rong.pdf', bytes: new Uint8Array() }] }), change));
  await ward.sync();
  const [document] = await incoming();
  expect(document).toMatchObject({ files: [{ name: 'rong.pdf', size: 0 }] });
  expect(await ward.must('exchange', 'deviations', { document: document?.id ?? '' })).toContainEqual(expect.objectContaining({ element: 'Attachment/ContentTransferEncoded', rule: 'missing', value: 'rong.pdf' }));
});

test('a document and a recall in one message are not taken for a document: it is kept apart', async () => {
  await office.axis.deliver(original());
  await office.axis.deliver(edited(original(), (text) => text.replace('</edXML:edXMLHeader>', '<edXML:Bussiness><edXML:BussinessDocType>1</edXML:BussinessDocType></edXML:Bussiness></edXML:edXMLHeader>')), { to: ['H29.99'] });
  expect(await ward.sync()).toMatchObject({ received: 1, duplicates: 0, quarantined: 1 });
  expect((await ward.must('exchange', 'quarantine', {})).items).toMatchObject([{ reason: 'invalid-value' }]);
});

const long = (element: string, value: string) => (text: string) => text.replace(new RegExp(`<edXML:${element}>[^<]*`), `<edXML:${element}>${value}`);

test('texts of hundreds of thousands of letters do not stop the window: they are cut and told, and the message is kept whole', async () => {
  const changes = [
    long('Subject', 'Văn bản '.repeat(200_000)), long('OrganName', 'Bộ '.repeat(100_000)), long('FullName', 'An '.repeat(100_000)), long('TypeName', 'Loại '.repeat(50_000)),
    (text: string) => text.replace('<edXML:ToPlaces>', `<edXML:ToPlaces>${'<edXML:Place>x</edXML:Place>'.repeat(10_000)}`),
  ];
  const message = edited(original(), (text) => changes.reduce((sum, change) => change(sum), text));
  await office.axis.deliver(message, { to: ['H29.99'] });
  await office.axis.deliver(message, { to: ['H29.99'] });
  expect(await ward.sync()).toMatchObject({ received: 1, duplicates: 1 });
  const [document] = await incoming();
  expect(JSON.stringify(document).length).toBeLessThan(40_000);
  expect(document?.subject).toMatch(/^Văn bản .*…$/);
  expect(await ward.must('exchange', 'deviations', { document: document?.id ?? '' })).toContainEqual(expect.objectContaining({ element: 'Subject', rule: 'too-long' }));
  const listed = await ward.must('records', 'incomingList', { state: null, before: null, limit: 50 });
  expect(JSON.stringify(listed).length).toBeLessThan(20_000);
});

test('twenty thousand deviations are told as the first five hundred', { timeout: 60_000 }, async () => {
  const more = Array.from({ length: 20_000 }, (_, at) => `<edXML:To><edXML:OrganId>${'A'.repeat(40)}${String(at)}</edXML:OrganId></edXML:To>`).join('');
  await office.axis.deliver(edited(original(), (text) => text.replace('</edXML:To>', `</edXML:To>${more}`)), { to: ['H29.99'] });
  await ward.sync();
  const [document] = await incoming();
  const deviations = await ward.must('exchange', 'deviations', { document: document?.id ?? '' });
  expect(deviations.length).toBeGreaterThan(400);
  expect(deviations.length).toBeLessThan(600);
});

test.each([
  ['DocumentId', 'A'.repeat(3000)],
  ['CodeNotation', 'A'.repeat(600)],
  ['CodeNumber', '1'.repeat(600)],
])('a message whose %s is beyond all use is kept apart', async (element, value) => {
  await office.axis.deliver(edited(original(), long(element, value)), { to: ['H29.99'] });
  expect(await ward.sync()).toMatchObject({ received: 0, quarantined: 1 });
  expect((await ward.must('exchange', 'quarantine', {})).items).toMatchObject([{ reason: 'invalid-value' }]);
});

test('names of files are shown as what they are, and keep their end', async () => {
  const names = ['hop-dong\u202efdp.exe', '../../a.pdf', 'a.pdf', 'a.pdf', `${'dài'.repeat(3000)}.pdf`, 'x\ty.pdf'];
  await office.axis.deliver(documentMessage({ files: names.map((name, at) => ({ name, bytes: Buffer.from(`%PDF-1.4 ${String(at)}`) })) }));
  await ward.sync();
  const [document] = await incoming();
  expect(document?.files.map(({ name }) => name)).toEqual(['hop-dongfdp.exe', '../../a.pdf', 'a.pdf', 'a.pdf', `${'dài'.repeat(3000).slice(0, 200)}…${`${'dài'.repeat(3000)}.pdf`.slice(-50)}`, 'xy.pdf']);
});

test('two documents that name each other as replaced: the later one stays in force', async () => {
  const replacing = (number: string, other: string): Uint8Array =>
    documentMessage({ number, business: { bussinessDocType: '3', bussinessDocReason: 'Sai', replacements: [{ documentId: `G09,2026/11/20,${other}/BNV-VP`, organIds: ['H29.99'] }] } });
  await office.axis.deliver(replacing('1', '2'));
  await office.axis.deliver(replacing('2', '1'));
  expect(await ward.sync()).toMatchObject({ received: 2 });
  expect((await incoming()).map((one) => [one.codeNumber, one.state])).toEqual([['1', 'replaced'], ['2', 'arrived']]);
});
