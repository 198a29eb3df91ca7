import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileVerdict, IncomingDetail, IntakeFile, MessageFile, OutboxItem, TraceEntry } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { preparedProfile, quietCore } from '../../fakes/station/day.ts';
import { documentMessage, emptyPage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { statusFrom } from '../../e2e/office.ts';

let core: Core;
let folder: string;
let profile: { readonly folder: string; readonly keyHex: string };

beforeEach(async () => {
  folder = scratchFolder();
  profile = { folder: join(folder, 'profile'), keyHex: randomBytes(32).toString('hex') };
  preparedProfile({ ...profile, axis: { endpoint: 'http://127.0.0.1:9', systemId: 's', secret: 's' } });
  core = await startCore(quietCore(profile));
});
afterEach(async () => {
  await core.close();
});

async function ask<T>(domain: string, method: string, input: unknown): Promise<T> {
  const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value as T;
}

async function failureOf(domain: string, method: string, input: unknown): Promise<unknown> {
  const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
  return outcome.ok ? 'ok' : outcome.failure;
}

/** A file of the machine, opened as the system does. */
function opened(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  core.openFile(path);
  return path;
}

/** What the window hears of files that wait to be opened. */
async function waiting(): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const heard = Promise.withResolvers<{ value: { id: string; name: string }[] }>();
  const conversation = core.dispatcher.converse((message) => {
    if (message.kind === 'event') heard.resolve(message.item as { value: { id: string; name: string }[] });
  });
  conversation.receive({ kind: 'subscribe', id: 1, domain: 'messageFiles', event: 'opened' }, 'own-window');
  const { value } = await heard.promise;
  conversation.end();
  return value;
}

async function open(name: string, bytes: Uint8Array): Promise<IntakeFile> {
  opened(name, bytes);
  const [one] = await waiting();
  return ask('messageFiles', 'open', { id: one?.id });
}

const files = (): Promise<IntakeFile[]> => ask('intake', 'files', {});
const outbox = (): Promise<OutboxItem[]> => ask('exchange', 'outbox', {});

describe('a message opened from its file', () => {
  test('is shown by its envelope, with what it carries and what is believed of it, and waits', async () => {
    const file = await open('Giấy mời.edxml', documentMessage({ number: '7', files: [{ name: 'giấy mời.pdf', bytes: emptyPage('7') }, { name: 'phụ lục.txt', bytes: Buffer.from('một') }] }));
    expect(file).toMatchObject({ name: 'Giấy mời.edxml', message: true });
    expect(await waiting()).toEqual([]);
    const shown = await ask<MessageFile>('messageFiles', 'read', { id: file.id });
    expect(shown).toMatchObject({
      kind: 'new', documentId: 'G09,2026/11/20,7/BNV-VP', codeNumber: '7', codeNotation: 'BNV-VP', issuedDate: '2026-11-20', typeName: 'Công văn', urgency: 1, dueDate: '2026-12-05',
      issuer: { organId: ministry.code, name: ministry.name }, recipients: [{ organId: ownAgency.code, name: ownAgency.name }], signerName: 'Nguyễn Văn A', pageAmount: 2,
      files: [{ name: 'giấy mời.pdf', mediaType: 'application/pdf' }, { name: 'phụ lục.txt' }], missing: [], duplicates: [], ours: [], obstacle: null,
    });
    const verdicts = await ask<FileVerdict[]>('messageFiles', 'verdicts', { id: file.id });
    expect(verdicts.map(({ state, result }) => [state, result?.verdict.state])).toEqual([['done', 'none'], ['other', undefined]]);
    // Its files are the window's to show, and are no documents of their own.
    expect((await core.readFile(shown.files[0]?.id ?? '', 0, 8)).ok).toBe(true);
    expect((await files()).map(({ id }) => id)).toEqual([file.id]);
  });

  test('is entered as received by file: nothing typed again, nobody on the axis told, and kept with its document', async () => {
    const bytes = documentMessage({ number: '8' });
    const file = await open('8.edxml', bytes);
    const { document } = await ask<{ document: string }>('messageFiles', 'enter', { id: file.id });
    const detail = await ask<IncomingDetail>('records', 'incomingGet', { id: document });
    expect(detail).toMatchObject({ state: 'arrived', source: 'file', codeNumber: '8', codeNotation: 'BNV-VP', documentId: 'G09,2026/11/20,8/BNV-VP', issuerOrganId: 'G09', toPlaces: ['Như trên', 'Lưu: VT'], files: [{ name: 'cong-van.pdf' }] });
    const trace = await ask<TraceEntry[]>('records', 'trace', { id: document });
    expect(trace).toMatchObject([{ action: 'document.entered', actor: 'Trần Thị Văn Thư', detail: { source: 'file', message: { name: '8.edxml', sha256: file.sha256 } } }]);
    await ask('records', 'registerIncoming', { id: document });
    expect(await outbox()).toEqual([]);
    expect(await files()).toEqual([]);
    expect(await failureOf('messageFiles', 'enter', { id: file.id })).toMatchObject({ code: 'file-not-waiting' });
    // The message itself goes along with a whole export: the profile still holds it.
    const out = join(folder, 'out');
    expect(await core.transfer.exportTo(out)).toMatchObject({ ok: true });
    expect(readFileSync(join(out, 'files', file.sha256.slice(0, 2), file.sha256)).equals(bytes)).toBe(true);
  });

  test('tells of the document that is here already, by whichever way it came', async () => {
    const first = await open('một.edxml', documentMessage({ number: '9' }));
    await ask('messageFiles', 'enter', { id: first.id });
    const again = await open('hai.edxml', documentMessage({ number: '9', subject: 'Trích yếu khác' }));
    const { duplicates } = await ask<MessageFile>('messageFiles', 'read', { id: again.id });
    expect(duplicates).toMatchObject([{ reasons: ['document-id', 'code', 'file'], codeNumber: '9' }]);
  });

  test('is not taken twice while it waits, and is put away with all that it carries', async () => {
    const bytes = documentMessage({ number: '10' });
    const first = await open('10.edxml', bytes);
    const again = await open('10 (1).edxml', bytes);
    expect(again.id).toBe(first.id);
    const { files: parts } = await ask<MessageFile>('messageFiles', 'read', { id: first.id });
    // A part is no file of its own: neither to be entered nor put away.
    expect(await failureOf('intake', 'discardFile', { id: parts[0]?.id })).toMatchObject({ code: 'not-found' });
    await ask('intake', 'discardFile', { id: first.id });
    expect(await files()).toEqual([]);
    expect(await core.readFile(parts[0]?.id ?? '', 0, 8)).toMatchObject({ ok: false, failure: { code: 'not-found' } });
    expect(await failureOf('messageFiles', 'read', { id: first.id })).toMatchObject({ code: 'file-not-waiting' });
  });

  test('may be opened again after it was put away', async () => {
    const bytes = documentMessage({ number: '11' });
    const first = await open('11.edxml', bytes);
    await ask('intake', 'discardFile', { id: first.id });
    const again = await open('11.edxml', bytes);
    await ask('messageFiles', 'enter', { id: again.id });
    expect((await files()).length).toBe(0);
  });
});

describe('what is not to be entered', () => {
  test.each([
    ['a recall', documentMessage({ number: '12', business: { bussinessDocType: '1', bussinessDocReason: 'Ban hành nhầm' } }), 'recall'],
    ['an update', documentMessage({ number: '13', business: { bussinessDocType: '2' } }), 'update'],
    ['a status', statusFrom({ from: ministry, code: '03', about: { documentId: 'H29.99,2026,1', codeNumber: '1', codeNotation: 'UBND-VP', issuedDate: '2026-11-20' } }), 'status'],
  ])('%s is shown, and comes over the axis only', async (_, bytes, kind) => {
    const file = await open('x.edxml', bytes);
    expect(await ask('messageFiles', 'read', { id: file.id })).toMatchObject({ kind, obstacle: 'message-no-document' });
    expect(await failureOf('messageFiles', 'enter', { id: file.id })).toMatchObject({ code: 'message-no-document' });
  });

  test('a message that names a file and does not carry it', async () => {
    const whole = Buffer.from(documentMessage({ number: '14' })).toString('utf8');
    const file = await open('14.edxml', Buffer.from(whole.replace(/<Attachment>[\s\S]*<\/Attachment>/, '')));
    expect(await ask('messageFiles', 'read', { id: file.id })).toMatchObject({ obstacle: 'message-incomplete', missing: ['cong-van.pdf'] });
    expect(await failureOf('messageFiles', 'enter', { id: file.id })).toMatchObject({ code: 'message-incomplete', params: { file: 'cong-van.pdf' } });
  });

  test('a message file among those of a document that is typed', async () => {
    const file = await open('15.edxml', documentMessage({ number: '15' }));
    const fields = { codeNumber: '15', codeNotation: '', issuedDate: null, place: '', typeName: 'Công văn', subject: 'x', issuerName: 'y', issuerOrganId: '', arrivedOn: '2026-01-02', signerName: '', signerPosition: '', signerCompetence: '', urgency: 0, dueDate: null, holders: '', language: '', pageAmount: null, description: '' };
    const { files: parts } = await ask<MessageFile>('messageFiles', 'read', { id: file.id });
    for (const id of [file.id, parts[0]?.id]) expect(await failureOf('intake', 'addIncoming', { fields, source: 'file', files: [id], register: false })).toMatchObject({ code: 'file-not-waiting' });
  });
});

describe('a bad or hostile file', () => {
  test.each([
    ['no XML', Buffer.from('%PDF-1.7 …'), 'not-xml'],
    ['another XML', Buffer.from('<a/>'), 'wrong-root'],
    ['a DOCTYPE', Buffer.from('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">&x;</edXML>'), 'doctype'],
    ['no UTF-8', Buffer.from([0x3c, 0xff, 0xfe]), 'not-utf8'],
    ['UTF-16 cut short', Buffer.from([0xff, 0xfe, 0x3c, 0x00]), 'truncated'],
    ['cut short', Buffer.from(documentMessage()).subarray(0, 3000), 'truncated'],
    ['empty', Buffer.alloc(0), 'not-xml'],
  ])('%s is refused with its cause and leaves nothing behind', async (_, bytes, errorCode) => {
    opened('xấu.edxml', bytes);
    const [one] = await waiting();
    expect(await failureOf('messageFiles', 'open', { id: one?.id })).toMatchObject({ code: 'message-unreadable', params: { errorCode, file: 'xấu.edxml' } });
    expect([await files(), await waiting()]).toEqual([[], []]);
    const kept = readdirSync(join(profile.folder, 'blobs'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(kept).toEqual([]);
  });

  test('one that went away, or is a folder, is told', async () => {
    mkdirSync(join(folder, 'thư mục.edxml'));
    core.openFile(join(folder, 'thư mục.edxml'));
    core.openFile(join(folder, 'không có.edxml'));
    for (const { id, name } of await waiting()) expect(await failureOf('messageFiles', 'open', { id })).toMatchObject({ code: 'file-unreadable', params: { file: name } });
    expect(await failureOf('messageFiles', 'open', { id: '019aa0c0-0000-7000-8000-000000000000' })).toMatchObject({ code: 'not-found' });
  });

  test('no more than fifty wait, and one path waits once', async () => {
    for (let at = 0; at < 60; at += 1) core.openFile(join(folder, `${String(at)}.edxml`));
    core.openFile(join(folder, '0.edxml'));
    expect(await waiting()).toHaveLength(50);
  });
});
