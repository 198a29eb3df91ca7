import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startPracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { ministry, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, tvt } from './tvt.ts';

test('a document goes out from the terminal: recorded, queued, moved up, sent, recalled, with its evidence', async () => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  try {
    const p = ['--profile', join(scratchFolder(), 'profile')];
    const env = { AXIS: axis.secret };
    expect(json(['settings', 'station', ...p, '--organ-id', ownAgency.code, '--name', ownAgency.name, '--operator', 'Trần Thị Văn Thư']).exit).toBe(0);
    const account = ['--endpoint', axis.endpoint, '--system-id', axis.systemId, '--secret-env', 'AXIS', '--plain-http-host', '127.0.0.1'];
    expect(json(['settings', 'axis', ...p, ...account], env).exit).toBe(0);
    const pdf = join(scratchFolder(), 'cong-van.pdf');
    writeFileSync(pdf, '%PDF-1.4 đi');
    const record = ['outgoing', 'record', ...p, '--file', pdf, '--number', '15', '--notation', 'UBND-VP', '--date', '2026-11-20', '--type', 'Công văn', '--subject', 'V/v trả lời', '--signer', 'Nguyễn Văn Ký'];
    const document = (json(record).value as { id: string }).id;
    const another = (json(record.with(record.indexOf('15'), '16')).value as { id: string }).id;
    expect(json(record)).toMatchObject({ exit: 1, failure: { code: 'number-taken' } });
    expect(json(['outgoing', 'send', ...p, '--id', document, '--to', 'nobody'])).toMatchObject({ exit: 2 });
    expect(json(['outgoing', 'send', ...p, '--id', document, '--to', `${ministry.code}=${ministry.name}`]).value).toMatchObject([{ sentAt: null }]);
    const [row] = json(['outbox', 'list', ...p]).value as unknown as { id: string; dispatch: string }[];
    expect(row).toMatchObject({ dispatch: 'new', about: '15/UBND-VP' });
    expect(json(['outbox', 'up', ...p, '--id', row?.id ?? '']).value).toMatchObject({ movedUp: true });
    expect(json(['receive', ...p]).value).toMatchObject({ sent: 1 });
    expect(json(['outgoing', 'recall', ...p, '--id', document, '--reason', 'Sai', '--form', 'status']).value).toMatchObject([{ takeBack: 'asked' }]);
    expect(json(['outgoing', 'list', ...p, '--state', 'recalled']).value).toMatchObject({ items: [{ id: document }] });
    const evidence = scratchFolder();
    expect(json(['outgoing', 'evidence', ...p, '--id', document, '--out', evidence]).exit).toBe(0);
    expect(readdirSync(evidence).toSorted()).toEqual(['chung-cu-gui-15-UBND-VP.json', 'chung-cu-gui-15-UBND-VP.pdf']);
    expect(json(['quarantine', 'list', ...p])).toMatchObject({ exit: 0, value: { items: [], total: 0 } });
    expect(json(['withheld', 'list', ...p])).toMatchObject({ exit: 0, value: { items: [], total: 0 } });
    // What people read comes in the language that was asked for.
    expect(tvt(['receive', ...p]).out).toBe('Nhận mới 0, đã có 0, để riêng 0, gửi đi 1.\n');
    expect(tvt(['receive', ...p, '--lang', 'en']).out).toBe('Received 0, already here 0, set aside 0, sent 0.\n');
    expect(tvt(['outgoing', 'send', ...p, '--id', another, '--to', `${ministry.code}=${ministry.name}`, '--lang', 'en']).out).toContain('  waiting  ');
    const [waiting] = (json(['outbox', 'list', ...p]).value as unknown as { id: string; state: string }[]).filter((one) => one.state === 'waiting');
    expect(tvt(['outbox', 'cancel', ...p, '--id', waiting?.id ?? '', '--reason', 'x', '--lang', 'en']).out).toBe('Cancelled\n');
  } finally {
    await axis.stop();
  }
});

test('the life of a document from the terminal: drafted, checked by two, signed elsewhere, numbered, sealed, issued; a number voided', () => {
  const p = ['--profile', join(scratchFolder(), 'profile')];
  expect(json(['settings', 'station', ...p, '--organ-id', ownAgency.code, '--name', ownAgency.name, '--operator', 'Trần Thị Văn Thư', '--abbreviation', 'UBND']).exit).toBe(0);
  const pdf = join(scratchFolder(), 'du-thao.pdf');
  const signed = join(scratchFolder(), 'da-ky.pdf');
  writeFileSync(pdf, '%PDF-1.7 nội dung');
  writeFileSync(signed, '%PDF-1.7 nội dung /ByteRange');
  const start = ['outgoing', 'draft', ...p, '--file', pdf, '--type', 'Thông báo', '--subject', 'V/v kiểm tra', '--place', 'Luyện Tập', '--authority', 'KT.', '--lines', 'KT. CHỦ TỊCH', '--position', 'PHÓ CHỦ TỊCH', '--to', `${ministry.code}=${ministry.name}`];
  const draft = (json([...start, '--signer', 'Nguyễn Văn Ký']).value as { id: string }).id;
  const on = (words: string[], more: string[] = []): ReturnType<typeof json> => json(['outgoing', ...words, ...p, '--id', draft, ...more]);
  expect(on(['number'])).toMatchObject({ exit: 1, failure: { code: 'wrong-step' } });
  expect(on(['submit']).value).toMatchObject({ state: 'submitted' });
  expect(on(['check'], ['--what', 'content', '--person', 'A']).value).toMatchObject({ state: 'content-checked' });
  expect(on(['check'], ['--what', 'form', '--person', 'a'])).toMatchObject({ exit: 1, failure: { code: 'same-person' } });
  expect(on(['check'], ['--what', 'form', '--person', 'B']).value).toMatchObject({ state: 'form-checked' });
  expect(on(['sign'], ['--file', signed]).value).toMatchObject({ state: 'signed', version: 2 });
  const [{ document }] = on(['number']).value as unknown as [{ document: { id: string; codeNumber: string } }];
  expect(document.codeNumber).toBe('01');
  expect(json(['outgoing', 'void', ...p, '--id', document.id, '--reason', 'Sai']).value).toMatchObject({ state: 'draft' });
  for (const words of [['submit'], ['check', '--what', 'content', '--person', 'A'], ['check', '--what', 'form', '--person', 'B'], ['sign', '--paper']]) {
    expect(on([words[0] ?? ''], words.slice(1)).exit).toBe(0);
  }
  const [{ document: second }] = on(['number']).value as unknown as [{ document: { id: string; codeNumber: string } }];
  expect(second.codeNumber).toBe('02');
  expect(json(['outgoing', 'seal', ...p, '--id', second.id, '--paper']).exit).toBe(0);
  expect(json(['outgoing', 'issue', ...p, '--id', second.id, '--send']).value).toEqual({ document: second.id, queued: 1 });
  expect(json(['outgoing', 'drafts', ...p, '--tab', 'issued']).value).toMatchObject({ items: [{ code: '02/TB-UBND', sent: true }] });
});
