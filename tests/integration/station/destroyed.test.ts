import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { threeAgencies, type Agencies, type Station } from '../../fakes/station/agencies.ts';
import { documentMessage } from '../../fakes/station/messages.ts';

let office: Agencies;
let ward: Station;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-11-22T01:00:00.000Z');
  office = await threeAgencies({ clock: { now: () => now } });
  [, ward] = office.stations;
});
afterEach(() => office.close());

const file = (text: string) => [{ name: 'cong-van.pdf', bytes: Buffer.from(`%PDF-1.4 ${text}`) }];
const message = (text: string): Uint8Array => documentMessage({ files: file(text) });
const recall = (text: string): Uint8Array =>
  documentMessage({ business: { bussinessDocType: '1', bussinessDocReason: 'Sai', documentId: 'G09,2026/11/20,123/BNV-VP' }, files: file(text) });
/** A message that names two files and carries one. */
function halfMessage(text: string): Uint8Array {
  const whole = Buffer.from(documentMessage({ files: [...file(text), { name: 'phu-luc.pdf', bytes: Buffer.from('%PDF-1.4 phụ lục') }] })).toString('utf8');
  return Buffer.from(whole.replace(/<Attachment>(?!.*<Attachment>).*<\/Attachment>/s, ''));
}

/** Names of everything in the file store. */
const onDisk = (): string[] =>
  readdirSync(join(ward.folder, 'blobs'), { recursive: true, encoding: 'utf8' }).flatMap((path) => /[0-9a-f]{64}$/.exec(path)?.[0] ?? []);
const sha256 = (text: string): string => createHash('sha256').update(`%PDF-1.4 ${text}`).digest('hex');
const kept = async (): Promise<string[]> => (await ward.must('exchange', 'quarantine', {})).items.map((item) => item.reason).toSorted();

async function agree(): Promise<string> {
  const { items } = await ward.must('records', 'incomingList', { state: null, openChange: true, before: null, limit: 9 });
  const id = items[0]?.id ?? '';
  const { changeRequests } = await ward.must('records', 'incomingGet', { id });
  await ward.must('records', 'decideChange', { request: changeRequests[0]?.id ?? '', agree: true, reason: '' });
  await ward.restart();
  return id;
}

test("with a recalled document go the sender's messages kept apart that carry it, and what the recall itself carried", async () => {
  await office.axis.deliver(message('một'));
  await office.axis.deliver(message('hai'));
  await office.axis.deliver(halfMessage('ba'));
  await office.axis.deliver(recall('bốn'));
  await ward.sync();
  expect(await kept()).toEqual(['attachment-missing', 'same-id-other-content']);
  expect(onDisk()).toEqual(expect.arrayContaining(['một', 'hai', 'ba', 'bốn'].map(sha256)));
  const id = await agree();
  expect(onDisk()).toEqual([]);
  expect(await kept()).toEqual([]);
  const trace = await ward.must('records', 'trace', { id });
  expect(trace.filter((entry) => entry.action === 'message.destroyed').map((entry) => entry.detail['reason'])).toEqual(['same-id-other-content', 'attachment-missing']);
});

test("a stranger's message under its id stays, and so does what the sender sends under it afterwards", async () => {
  await office.axis.deliver(message('một'));
  // It names the issuer's document and comes from somebody else: a person must see it.
  const strange = Buffer.from(documentMessage({ business: { bussinessDocType: '2', bussinessDocReason: 'Sửa', documentId: 'G09,2026/11/20,123/BNV-VP' }, files: file('lạ') }));
  await office.axis.deliver(strange, { from: 'H37' });
  await office.axis.deliver(recall('một'));
  await ward.sync();
  expect(await kept()).toEqual(['not-a-party']);
  await agree();
  expect(await kept()).toEqual(['not-a-party']);
  expect(onDisk().toSorted()).toEqual([createHash('sha256').update(strange).digest('hex'), sha256('lạ')].toSorted());
  now = new Date('2026-11-22T02:00:00.000Z');
  await office.axis.deliver(message('bản đúng'));
  await ward.sync();
  await ward.restart();
  expect(await kept()).toEqual(['not-a-party', 'same-id-other-content']);
  expect(onDisk()).toContain(sha256('bản đúng'));
});
