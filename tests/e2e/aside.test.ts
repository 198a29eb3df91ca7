import { afterEach, expect, test } from 'vitest';
import { insertInboxMessage } from '../../electron/services/exchange/inbox.store.ts';
import { incidentNote } from '../../electron/services/exchange/file-message.ts';
import { noteWithheld } from '../../electron/services/exchange/withheld.store.ts';
import { openStore } from '../../electron/store/index.ts';
import { documentMessage, ministry } from '../fakes/station/messages.ts';
import { ask, dress, exchangeOnce, goTo, looks, press, sendOwn, text, violationsOn, waitForNoText, waitForText } from './office.ts';
import { openStation, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

type Listed = { items: { id: string; codeNumber: string }[] };

test('a status that waits behind a refused one says so; so does a document that is about to be replaced', async () => {
  let replaced = '';
  station = await openStation(undefined, [ministry], async (start, axis) => {
    const core = await start();
    await axis.control.deliver(documentMessage({ number: '11' }));
    await axis.control.fault({ kind: 'refuse', verb: 'sendEdoc', errorCode: '18', errorDesc: 'Mã nơi nhận không đúng' });
    await exchangeOnce(core);
    const { items } = await ask<Listed>(core, 'records', 'incomingList', { state: null, before: null, limit: 9 });
    await ask(core, 'records', 'registerIncoming', { id: items[0]?.id });
    const before = await sendOwn(core, { number: '31', to: [ministry] });
    replaced = before.id;
    await exchangeOnce(core);
    const next = await sendOwn(core, { number: '32', to: [ministry] });
    const [row] = (await ask<{ id: string; outgoing: string }[]>(core, 'exchange', 'outbox', {})).filter((one) => one.outgoing === next.id);
    await ask(core, 'exchange', 'cancelSend', { id: row?.id, reason: 'thay thế' });
    await axis.control.fault({ kind: 'refuse', verb: '*', times: 1_000_000, errorCode: '20', errorDesc: 'thử' });
    await ask(core, 'exchange', 'replaceDocument', { document: next.id, replaces: before.id, reason: 'Sai thể thức' });
    await core.close();
  });
  const { page } = station;
  for (const look of looks) {
    await dress(page, look);
    const vi = look.language === 'vi';
    await goTo(page, '#/outbox');
    await waitForText(page, vi ? 'Chờ thư trước về cùng văn bản được gửi hoặc hủy.' : 'Waits until the earlier message about the same document is sent or cancelled.');
    expect(await violationsOn(page)).toEqual([]);
    await goTo(page, `#/outbox?tab=sent&document=${replaced}`);
    await waitForText(page, vi ? 'Sắp được thay thế' : 'About to be replaced');
    await waitForNoText(page, vi ? 'Thu hồi…' : 'Take back…');
    expect(await violationsOn(page)).toEqual([]);
  }
  expect(station.complaints).toEqual([]);
});

test('what a replacement names is said at it: struck, not here yet, or somebody else\'s', async () => {
  const replacing = (number: string, documentId: string): Uint8Array =>
    documentMessage({ number, business: { bussinessDocType: '3', bussinessDocReason: 'Ban hành lại', replacements: [{ documentId, organIds: ['H29.99'] }] } });
  let ids: Record<string, string> = {};
  station = await openStation(undefined, [ministry], async (start, axis) => {
    const core = await start();
    await axis.control.deliver(documentMessage({ number: '1' }));
    await axis.control.deliver(replacing('2', 'G09,2026/11/20,1/BNV-VP'));
    await axis.control.deliver(replacing('3', 'G09,2026/11/20,9/BNV-VP'));
    const strange = Buffer.from(documentMessage({ number: '7', documentId: 'H37,2026/11/20,7/UBND' })).toString('utf8');
    await axis.control.deliver(Buffer.from(strange.replace('<edXML:From><edXML:OrganId>G09<', '<edXML:From><edXML:OrganId>H37<')), { from: 'H37' });
    await axis.control.deliver(replacing('4', 'H37,2026/11/20,7/UBND'));
    await exchangeOnce(core);
    const { items } = await ask<Listed>(core, 'records', 'incomingList', { state: null, before: null, limit: 9 });
    ids = Object.fromEntries(items.map((item) => [item.codeNumber, item.id]));
    await core.close();
  });
  const { page } = station;
  const open = (number: string): Promise<void> => goTo(page, `#/incoming?id=${ids[number] ?? ''}`);
  await open('2');
  await waitForText(page, 'Văn bản này thay thế văn bản đã nhận trước:');
  await open('3');
  await waitForText(page, 'Thư ghi là thay thế văn bản G09,2026/11/20,9/BNV-VP mà trạm chưa nhận được.');
  for (const look of looks) {
    await dress(page, look);
    await open('4');
    await waitForText(page, 'H37,2026/11/20,7/UBND');
    expect(await violationsOn(page)).toEqual([]);
  }
  await station.axis.control.deliver(documentMessage({ number: '9' }));
  await open('3');
  await press(page, looks.at(-1)?.language === 'vi' ? 'Nhận văn bản' : 'Receive');
  await waitForText(page, '9/BNV-VP');
  expect(station.complaints).toEqual([]);
});

test('messages set aside come in pages as one goes down, withheld ones on request; a defect names its incident', async () => {
  station = await openStation();
  // Else what the axis does not list would be forgotten at once.
  await station.axis.control.fault({ kind: 'refuse', verb: '*', times: 1_000_000 });
  await station.restart((folder, key) => {
    const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: false });
    if (!opened.ok) throw new Error(opened.failure.code);
    const at = new Date('2026-11-22T01:00:00.000Z');
    opened.value.write((db) => {
      for (let n = 0; n < 230; n += 1) {
        const failed = n === 0;
        insertInboxMessage(db, {
          transportId: `q${String(n)}`,
          messageType: 'edoc',
          state: 'quarantined',
          sender: `Xã số ${String(n)}`,
          senderDocumentId: '',
          businessType: '',
          handedBy: '',
          receivedAt: at.toISOString(),
          sha256: '0'.repeat(64),
          size: 1,
          reason: failed ? 'filing-failed' : 'not-xml',
          document: null,
          outgoing: null,
          deviations: failed ? incidentNote('AB12CD34') : [],
        });
        if (n < 130) noteWithheld(db, { item: { docId: `w${String(n).padStart(3, '0')}`, from: 'G09' }, messageType: 'edoc', failure: 'refused', detail: '' }, 0, at);
      }
    });
    opened.value.close();
  });
  const { page } = station;
  await goTo(page, '#/outbox?tab=quarantine');
  await waitForText(page, 'w099');
  await press(page, 'Xem thêm');
  await waitForText(page, 'w129');
  await page.focus('[role=grid]');
  // Each time as far down as what has come.
  await expect
    .poll(
      async () => {
        await page.keyboard.press('End');
        return text(page);
      },
      { interval: 200 },
    )
    .toContain('Số sự cố: AB12CD34');
  await waitForText(page, 'Hãy báo số sự cố cho đơn vị hỗ trợ');
  for (const look of looks) {
    await dress(page, look);
    await goTo(page, '#/outbox?tab=quarantine');
    await waitForText(page, 'w099');
    expect(await violationsOn(page)).toEqual([]);
  }
  expect(station.complaints).toEqual([]);
});
