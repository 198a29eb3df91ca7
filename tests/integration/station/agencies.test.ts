import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutgoingDetail } from '#contract';
import { emptyAgency, emptyStaff } from '../../../electron/services/exchange/edxml/model.ts';
import { writeStatus } from '../../../electron/services/exchange/edxml/write.ts';
import { codesOfAgency, sameAgency } from '../../../electron/services/exchange/agency-code.store.ts';
import { all, run, sql } from '../../../electron/store/index.ts';
import { recipient, threeAgencies, type Agencies, type Station } from '../../fakes/station/agencies.ts';
import { storeIn } from '../../unit/store/helpers.ts';

let office: Agencies;
let ministry: Station;
let ward: Station;
let province: Station;
beforeEach(async () => {
  office = await threeAgencies();
  [ministry, ward, province] = office.stations;
});
afterEach(() => office.close());

async function received(station: Station, code: string) {
  const { items } = await station.must('records', 'incomingList', { state: null, before: null, limit: 100 });
  const row = items.find((item) => `${item.codeNumber}/${item.codeNotation}` === code);
  return row === undefined ? undefined : station.must('records', 'incomingGet', { id: row.id });
}

async function arrived(station: Station, code: string) {
  const document = await received(station, code);
  if (document === undefined) throw new Error(`${code} did not arrive`);
  return document;
}

const settle = (): Promise<void> => office.settle();

async function sendToBoth(number: string): Promise<OutgoingDetail> {
  const document = await ministry.issue(number);
  await ministry.must('exchange', 'sendDocument', { document: document.id, recipients: [recipient(ward), recipient(province)] });
  await settle();
  return document;
}

const matrix = (station: Station, document: string) => station.must('exchange', 'deliveries', { document });

describe('a document between agencies', () => {
  test('reaches each recipient once, with every field and file; statuses 01 and 03 come back into the matrix', async () => {
    const document = await sendToBoth('10');
    const there = await arrived(ward, '10/VP');
    expect(there).toMatchObject({
      documentId: 'G09,2026/11/20,10/VP',
      issuerOrganId: 'G09',
      subject: 'V/v kiểm thử số 10',
      signerName: 'Nguyễn Văn Ký',
      issuedDate: '2026-11-20',
      toPlaces: ['Như trên', 'Lưu: VT'],
    });
    expect(there.files.map((file) => file.sha256)).toEqual(document.files.map((file) => file.sha256));
    await ward.must('records', 'registerIncoming', { id: there.id });
    await settle();
    const rows = await matrix(ministry, document.id);
    expect(rows.map((row) => [row.organId, row.statusCode, row.statuses.map((status) => status.code), row.alarm])).toEqual([
      ['H29.99', '03', ['01', '03'], null],
      ['H37', '01', ['01'], null],
    ]);
    expect(office.axis.inspect().sent.filter((item) => item.messageType === 'edoc')).toHaveLength(1);
    const { items } = await ministry.must('exchange', 'deliveryLines', { alarms: false, before: null, limit: 10 });
    expect(items).toMatchObject([{ code: '10/VP', recipients: 2, sent: 2, arrived: 2, registered: 1, refused: 0, alarms: 0 }]);
  });

  test('is refused with a reason, which the sender sees as an alarm', async () => {
    const document = await sendToBoth('11');
    const { id } = await arrived(ward, '11/VP');
    expect(await ward.must('records', 'refuseIncoming', { id, reason: 'Gửi nhầm nơi nhận' })).toMatchObject({ state: 'refused' });
    expect(await ward.ask('records', 'registerIncoming', { id })).toMatchObject({ failure: { code: 'document-closed' } });
    await settle();
    const [row] = await matrix(ministry, document.id);
    expect(row).toMatchObject({ statusCode: '02', statusNote: 'Gửi nhầm nơi nhận', alarm: 'refused' });
    const lines = await ministry.must('exchange', 'deliveryLines', { alarms: true, before: null, limit: 10 });
    expect(lines).toMatchObject({ total: 1, alarms: 1, items: [{ refused: 1, alarms: 1 }] });
  });

  test('is answered: the reply is linked on both sides', async () => {
    const document = await sendToBoth('12');
    const { id } = await arrived(ward, '12/VP');
    const reply = await ward.issue('5', { repliesTo: id });
    await ward.must('exchange', 'sendDocument', { document: reply.id, recipients: [recipient(ministry)] });
    await settle();
    const answer = await arrived(ministry, '5/VP');
    expect(answer.answers).toEqual([{ id: document.id, code: '12/VP' }]);
    const [row] = await matrix(ministry, document.id);
    expect(row?.reply).toEqual({ id: answer.id, code: '5/VP' });
  });

  test('two documents of one number and year cannot be issued, and one recipient is not sent to twice', async () => {
    const document = await sendToBoth('13');
    await expect(ministry.issue('13')).rejects.toThrow(/number-taken/);
    const again = { document: document.id, recipients: [{ organId: '000.00.00.H37', name: 'mã cũ' }] };
    expect(await ministry.ask('exchange', 'sendDocument', again)).toMatchObject({ failure: { code: 'already-sent' } });
    const twice = { document: document.id, recipients: [{ organId: 'G22', name: 'a' }, { organId: '000.00.00.G22', name: 'b' }] };
    expect(await ministry.ask('exchange', 'sendDocument', twice)).toMatchObject({ failure: { code: 'recipient-twice' } });
  });
});

describe.each(['status', 'message'] as const)('recall by %s', (form) => {
  test('agreed: the sent document is frozen, the received one ended and its files destroyed, its metadata kept', async () => {
    const document = await sendToBoth('20');
    await ministry.must('exchange', 'recallDocument', { document: document.id, form, recipients: null, reason: 'Sai nội dung' });
    expect(await ministry.must('records', 'outgoingGet', { id: document.id })).toMatchObject({ state: 'recalled', frozenReason: 'Sai nội dung' });
    await settle();
    const asked = await arrived(ward, '20/VP');
    expect(asked).toMatchObject({ openChange: 'recall', changeRequests: [{ kind: 'recall', form, reason: 'Sai nội dung', state: 'open' }] });
    const [file] = asked.files;
    const request = asked.changeRequests[0]?.id ?? '';
    expect(await ward.must('records', 'decideChange', { request, agree: true, reason: '' })).toMatchObject({
      state: 'recalled',
      openChange: null,
      filesDestroyed: true,
      subject: 'V/v kiểm thử số 20',
      files: [{ name: 'cv-20.pdf', sha256: file?.sha256 }],
    });
    expect(await ward.ask('records', 'decideChange', { request, agree: true, reason: '' })).toMatchObject({ failure: { code: 'already-decided' } });
    await settle();
    expect((await matrix(ministry, document.id)).map((row) => row.takeBack)).toEqual(['agreed', 'asked']);

    expect(await ward.core.readFile(file?.id ?? '', 0, 10)).toMatchObject({ ok: false });
    await ward.core.close();
    const store = storeIn(ward.folder, ward.key);
    const gone = all<{ sha256: string }>(
      store.read,
      sql`SELECT sha256 FROM incoming_file UNION SELECT sha256 FROM inbox_message WHERE document IS NOT NULL`,
    );
    expect(gone.length).toBeGreaterThanOrEqual(3);
    for (const { sha256 } of gone) await expect(store.blobs.verify(sha256)).rejects.toThrow();
    store.close();
    await ward.restart();
  });

  test('refused with a reason: nothing is destroyed, the sender is told and may ask again', async () => {
    const document = await sendToBoth('21');
    const recall = { document: document.id, form, recipients: null, reason: 'Nhầm' };
    await ministry.must('exchange', 'recallDocument', recall);
    await settle();
    const asked = await arrived(ward, '21/VP');
    const request = asked.changeRequests[0]?.id ?? '';
    expect(await ward.ask('records', 'decideChange', { request, agree: false, reason: '' })).toMatchObject({ failure: { code: 'reason-needed' } });
    await ward.must('records', 'decideChange', { request, agree: false, reason: 'Đã thực hiện xong' });
    await settle();
    const [row] = await matrix(ministry, document.id);
    expect(row).toMatchObject({ takeBack: 'refused', alarm: 'take-back-refused' });
    expect(await arrived(ward, '21/VP')).toMatchObject({ state: 'arrived', filesDestroyed: false });
    await ministry.must('exchange', 'recallDocument', { ...recall, recipients: ['H29.99'], reason: 'Xin thu hồi lần nữa' });
    await settle();
    expect(await arrived(ward, '21/VP')).toMatchObject({ openChange: 'recall', changeRequests: [{ state: 'open' }, { state: 'refused' }] });
  });

  test('from one recipient only: the document stays in force for the other', async () => {
    const document = await sendToBoth('22');
    await ministry.must('exchange', 'recallDocument', { document: document.id, form, recipients: ['H37'], reason: 'Gửi nhầm' });
    await settle();
    expect(await ministry.must('records', 'outgoingGet', { id: document.id })).toMatchObject({ state: 'issued' });
    expect(await arrived(province, '22/VP')).toMatchObject({ openChange: 'recall' });
    expect(await arrived(ward, '22/VP')).toMatchObject({ openChange: null, changeRequests: [] });
  });

  test('before it left: nothing is ever sent, and the document is frozen', async () => {
    const document = await ministry.issue('23');
    await ministry.must('exchange', 'sendDocument', { document: document.id, recipients: [recipient(ward)] });
    await ministry.must('exchange', 'recallDocument', { document: document.id, form, recipients: null, reason: 'Chưa kịp gửi' });
    await settle();
    expect(office.axis.inspect().sent).toEqual([]);
    expect(await received(ward, '23/VP')).toBeUndefined();
    expect(await ministry.must('exchange', 'outbox', {})).toMatchObject([{ state: 'cancelled', dispatch: 'new' }]);
    expect(await ministry.must('records', 'outgoingGet', { id: document.id })).toMatchObject({ state: 'recalled' });
  });

  test('overtakes the document: it waits apart and is filed when the document has come', async () => {
    const document = await ministry.issue('24');
    await ministry.must('exchange', 'sendDocument', { document: document.id, recipients: [recipient(ward)] });
    await ministry.sync();
    await ministry.must('exchange', 'recallDocument', { document: document.id, form, recipients: null, reason: 'Nhầm' });
    await ministry.sync();
    // The axis shows the recall first.
    const edocs = office.axis.inspect().deliveries.filter((item) => item.to === 'H29.99');
    const [first] = edocs;
    const bytes = office.axis.bytesOf(first?.docId ?? '');
    const late = edocs.at(-1);
    if (form === 'message' && bytes !== undefined && late !== undefined) {
      office.axis.fault({ kind: 'refuse', verb: 'downloadEdoc', times: 1, delayMs: 0, errorCode: '20', errorDesc: 'sau' });
      office.axis.fault({ kind: 'refuse', verb: 'getEdoc', times: 1, delayMs: 0, errorCode: '20', errorDesc: 'sau' });
      await ward.sync();
      expect((await ward.must('exchange', 'quarantine', {})).items).toMatchObject([{ reason: 'unknown-document' }]);
    }
    await ward.sync();
    expect((await ward.must('exchange', 'quarantine', {})).items).toEqual([]);
    expect(await arrived(ward, '24/VP')).toMatchObject({ openChange: 'recall' });
  });
});

describe('update and replacement', () => {
  test('an update shows what it would change and changes it only when agreed', async () => {
    const document = await sendToBoth('30');
    await ministry.must('exchange', 'updateDocument', {
      document: document.id,
      changes: { subject: 'V/v kiểm thử đã sửa', urgency: 1 },
      files: null,
      reason: 'Sửa trích yếu',
    });
    await settle();
    const asked = await arrived(ward, '30/VP');
    expect(asked).toMatchObject({ subject: 'V/v kiểm thử số 30', openChange: 'update' });
    expect(asked.changeRequests[0]).toMatchObject({
      reason: 'Sửa trích yếu',
      changes: [
        { field: 'subject', before: 'V/v kiểm thử số 30', after: 'V/v kiểm thử đã sửa' },
        { field: 'urgency', before: '0', after: '1' },
      ],
    });
    await ward.must('records', 'decideChange', { request: asked.changeRequests[0]?.id ?? '', agree: true, reason: '' });
    expect(await arrived(ward, '30/VP')).toMatchObject({ subject: 'V/v kiểm thử đã sửa', urgency: 1, state: 'arrived' });
    await settle();
    const [row] = await matrix(ministry, document.id);
    expect(row?.statuses.map((status) => status.code)).toEqual(['01', '15']);
    expect(row).toMatchObject({ statusCode: '01', takeBack: null });
    expect(await ministry.ask('exchange', 'updateDocument', { document: document.id, changes: { urgency: 1 }, files: null, reason: 'x' })).toMatchObject({
      failure: { code: 'nothing-changed' },
    });
  });

  test('a replacement goes to everybody who has the old one, which is frozen here and struck there', async () => {
    const old = await sendToBoth('31');
    const next = await ministry.issue('32');
    await ministry.must('exchange', 'replaceDocument', { document: next.id, replaces: old.id, reason: 'Ban hành lại' });
    await settle();
    expect(await ministry.must('records', 'outgoingGet', { id: old.id })).toMatchObject({ state: 'replaced', replacedBy: next.id });
    for (const station of [ward, province]) {
      const there = await arrived(station, '32/VP');
      expect(await arrived(station, '31/VP')).toMatchObject({ state: 'replaced', replacedBy: there.id, closedReason: 'Ban hành lại', filesDestroyed: false });
    }
    const recall = { document: old.id, form: 'message' as const, recipients: null, reason: 'x' };
    expect(await ministry.ask('exchange', 'recallDocument', recall)).toMatchObject({ failure: { code: 'document-frozen' } });
  });
});

describe('nobody else may touch a document', () => {
  test("another agency's recall, update and status are kept apart and change nothing", async () => {
    const document = await sendToBoth('40');
    const { documentId } = document;
    const about = { organId: 'H29.99', code: '40/VP', promulgationDate: '2026/11/20', documentId };
    const say = (statusCode: string, from: string, organId: string): Uint8Array => {
      const written = writeStatus({
        from: { ...emptyAgency, organId: from, organName: 'giả' },
        responseFor: { ...about, organId },
        staff: emptyStaff,
        statusCode,
        description: 'giả',
        timestamp: '2026/11/22 08:00:00',
      });
      if (!written.ok) throw new Error('not written');
      return written.value;
    };
    await office.axis.deliver(say('13', 'H37', 'H29.99'));
    // Its own From names the issuer, but the axis says that another agency handed it in.
    await office.axis.deliver(say('13', 'G09', 'H29.99'), { from: 'H37' });
    await office.axis.deliver(say('02', 'G22', 'G09'), { to: ['G09'] });
    await settle();
    expect((await ward.must('exchange', 'quarantine', {})).items).toMatchObject([{ reason: 'not-a-party' }, { reason: 'not-a-party' }]);
    expect((await ministry.must('exchange', 'quarantine', {})).items).toMatchObject([{ reason: 'not-a-party' }]);
    expect(await arrived(ward, '40/VP')).toMatchObject({ state: 'arrived', openChange: null });
    expect((await matrix(ministry, document.id)).map((row) => row.statusCode)).toEqual(['01', '01']);
  });
});

describe('a message that deviates from the format', () => {
  test('is taken in, and its deviations are told with their source', async () => {
    const document = await ministry.issue('60', { dueDate: '2026-12-01' });
    await ministry.must('exchange', 'sendDocument', { document: document.id, recipients: [recipient(ward)] });
    await ministry.sync();
    const [sent] = office.axis.inspect().sent;
    const bytes = Buffer.from(office.axis.bytesOf(sent?.docId ?? '') ?? []).toString('utf8');
    await office.axis.deliver(
      Buffer.from(bytes.replaceAll('60/VP', '61/VP').replace('>60<', '>61<').replace('>0</edXML:Priority>', '>9</edXML:Priority>').replace('2026/12/01', '2026/13/01')),
    );
    await ward.sync();
    const clean = await arrived(ward, '60/VP');
    expect((await ward.must('exchange', 'deviations', { document: clean.id })).filter((one) => one.element !== 'DocumentType/Type')).toEqual([]);
    const odd = await arrived(ward, '61/VP');
    expect(await ward.must('exchange', 'deviations', { document: odd.id })).toMatchObject([
      { element: 'DueDate', value: '2026/13/01' },
      { element: 'OtherInfo/Priority', value: '9' },
    ]);
  });
});

describe('one agency under two codes', () => {
  test('the same document under the old and the new code of its sender is stored once', async () => {
    await sendToBoth('70');
    const [sent] = office.axis.inspect().sent;
    const bytes = Buffer.from(office.axis.bytesOf(sent?.docId ?? '') ?? []).toString('utf8');
    const twin = bytes.replace('<edXML:From><edXML:OrganId>G09<', '<edXML:From><edXML:OrganId>000.00.00.G09<');
    expect(twin).not.toBe(bytes);
    await office.axis.deliver(Buffer.from(twin), { from: '000.00.00.G09', to: ['H29.99'] });
    expect(await ward.sync()).toMatchObject({ received: 0, duplicates: 1 });
  });

  test('a code that the directory knows as a pair counts as the same', async () => {
    await ward.core.close();
    const store = storeIn(ward.folder, ward.key);
    store.write((db) => {
      run(db, sql`INSERT INTO agency_alias (alias, plain, code, since) VALUES ('000.99.29.H29', '0009929H29', 'H29.99', 0)`);
      expect(sameAgency(db, '000.99.29.H29', 'h29.99')).toBe(true);
      expect(sameAgency(db, '000.99.29.H29', 'H29.9.9')).toBe(false);
      expect(sameAgency(db, '', '')).toBe(false);
      expect(codesOfAgency(db, 'H29.99')).toEqual(['H29.99', '000.99.29.H29']);
      expect(codesOfAgency(db, 'G12')).toEqual(['G12', '000.00.00.G12']);
    });
    store.close();
    await ward.restart();
  });

  test('a document that names another sender than the axis does, or not us, says so', async () => {
    await sendToBoth('71');
    const [sent] = office.axis.inspect().sent;
    const bytes = Buffer.from(office.axis.bytesOf(sent?.docId ?? '') ?? []).toString('utf8').replaceAll('71/VP', '72/VP').replace('>71<', '>72<');
    await office.axis.deliver(Buffer.from(bytes.replace('<edXML:OrganId>H29.99<', '<edXML:OrganId>H29.98<')), { from: 'H37', to: ['H29.99'] });
    await ward.sync();
    const { id } = await arrived(ward, '72/VP');
    const rules = (await ward.must('exchange', 'deviations', { document: id })).map((one) => [one.rule, one.value, one.limit]);
    expect(rules).toContainEqual(['handed-in-by-another', 'G09', 'H37']);
    expect(rules).toContainEqual(['not-addressed-to-us', 'H29.98, H37', 'H29.99']);
  });
});

describe('what is owed', () => {
  test('a document that waits in the outbox, and an answer to a recall, until each is done', async () => {
    const document = await ministry.issue('50', { urgency: 1 });
    await ministry.must('exchange', 'sendDocument', { document: document.id, recipients: [recipient(ward)] });
    const sending = await ministry.must('duties', 'list', {});
    expect(sending.items.filter((item) => item.kind === 'sending')).toMatchObject([{ about: '50/VP', title: 'V/v kiểm thử số 50', state: 'soon', open: { section: 'outbox' } }]);
    await settle();
    expect((await ministry.must('duties', 'list', {})).items.filter((item) => item.kind === 'sending')).toEqual([]);
    await ministry.must('exchange', 'recallDocument', { document: document.id, form: 'message', recipients: null, reason: 'Sai' });
    await settle();
    const there = await arrived(ward, '50/VP');
    const owed = (await ward.must('duties', 'list', {})).items.filter((item) => item.kind === 'recall-answer');
    expect(owed).toMatchObject([{ about: '50/VP', party: 'Bộ Nội vụ', open: { section: 'incoming', id: there.id } }]);
    await ward.must('records', 'decideChange', { request: there.changeRequests[0]?.id ?? '', agree: true, reason: '' });
    const left = (await ward.must('duties', 'list', {})).items.filter((item) => item.subjectId === there.id);
    expect(left).toEqual([]);
  });
});
