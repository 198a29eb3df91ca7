import { describe, expect, test } from 'vitest';
import { practiceAxis, type PracticeAxis } from '../../../electron/services/practice/axis/axis.ts';
import { openAxisStore, type AxisStore } from '../../../electron/services/practice/axis/axis-store.ts';
import { numberedAfter, PartnerScript, practicePartners } from '../../../electron/services/practice/partners/script.ts';
import type { EdxmlMessage } from '../../../electron/services/exchange/edxml/model.ts';
import { documentFor, statusFor } from '../../integration/axis/axis-messages.ts';
import { readBack, valueOf } from '../exchange/edxml-samples.ts';
import { scratchFolder } from '../store/helpers.ts';

const us = { code: 'H37.02', name: 'Sở Thử nghiệm' };
const them = { code: 'G22', name: 'Văn phòng Chính phủ' };
const systems = [
  { systemId: 's1', secret: 'một', agencies: [us] },
  { systemId: 's2', secret: 'hai', agencies: [them] },
];
const clock = { now: () => new Date('2026-11-23T01:00:00.000Z') };
const id = 'H37.02,2026/11/20,5/STN';

function played(script: Partial<PartnerScript>, store?: AxisStore): PracticeAxis {
  const partners = [PartnerScript.parse({ agency: them, to: [us], ...script })];
  return practiceAxis({ systems, clock, partners, ...(store === undefined ? {} : { store }) });
}

async function told(axis: PracticeAxis): Promise<readonly EdxmlMessage[]> {
  const messages: EdxmlMessage[] = [];
  for (const { docId, to } of axis.inspect().deliveries) {
    if (to === us.code) messages.push(valueOf((await readBack(axis.bytesOf(docId) ?? '')).outcome));
  }
  return messages;
}

/** Status codes and kinds of document that reached us, in order. */
async function heard(axis: PracticeAxis): Promise<readonly string[]> {
  return (await told(axis)).map((one) => (one.kind === 'status' ? one.statusCode : `document ${one.business.bussinessDocType}`));
}

async function ticks(axis: PracticeAxis, count: number): Promise<void> {
  for (let at = 0; at < count; at++) await axis.advance();
}

const ours = (): Uint8Array => documentFor(us.code, them.code, { documentId: id, number: '5' });

describe('a partner with a document of ours', () => {
  test('accepts it step by step and answers it', async () => {
    const axis = played({ reply: true });
    await axis.deliver(ours());
    expect(await axis.advance()).toEqual({ tick: 1, heard: 1, sent: 1, planned: 5 });
    expect(await heard(axis)).toEqual(['01']);
    await ticks(axis, 9);
    expect(await heard(axis)).toEqual(['01', '03', '04', '05', '06', 'document 0']);
    const messages = await told(axis);
    for (const message of messages.slice(0, 5)) {
      expect(message).toMatchObject({ from: { organId: 'G22' }, responseFor: { organId: 'H37.02', documentId: id } });
    }
    expect(messages[5]).toMatchObject({ header: { responseFor: [{ organId: 'H37.02', documentId: id }], to: [{ organId: 'H37.02' }] } });
    expect(axis.inspect().deliveries.find(({ to }) => to === 'G22')?.state).toBe('done');
  });

  test('takes its time', async () => {
    const axis = played({ every: 3 });
    await axis.deliver(ours());
    await ticks(axis, 3);
    expect(await heard(axis)).toEqual(['01']);
    await ticks(axis, 4);
    expect(await heard(axis)).toEqual(['01', '03', '04']);
  });

  test('refuses it with a reason', async () => {
    const axis = played({ document: 'refuse', refusal: 'Gửi nhầm nơi.' });
    await axis.deliver(ours());
    await ticks(axis, 5);
    expect(await heard(axis)).toEqual(['01', '02']);
    expect((await told(axis))[1]).toMatchObject({ description: 'Gửi nhầm nơi.' });
  });

  test('says nothing', async () => {
    const axis = played({ document: 'silent', takeBack: 'silent' });
    await axis.deliver(ours());
    await axis.deliver(statusFor(us.code, them.code, '13', id));
    await ticks(axis, 5);
    expect(await heard(axis)).toEqual([]);
    expect(axis.inspect().deliveries.every(({ state }) => state === 'done')).toBe(true);
  });

  test('takes the same document twice for one', async () => {
    const axis = played({});
    axis.fault({ kind: 'duplicate', verb: 'deliver' });
    await axis.deliver(ours());
    expect(axis.inspect().deliveries).toHaveLength(2);
    await ticks(axis, 9);
    expect(await heard(axis)).toEqual(['01', '03', '04', '05', '06']);
  });

  test('what cannot be read is marked fail', async () => {
    const axis = played({});
    await axis.deliver(Buffer.from('rác'), { to: ['G22'], from: 'H37.02' });
    await axis.advance();
    expect(axis.inspect().deliveries[0]?.state).toBe('fail');
  });
});

describe('taking back', () => {
  const recall = (): Uint8Array => documentFor(us.code, them.code, { documentId: id, number: '5', business: { bussinessDocType: '1' } });
  const update = (): Uint8Array =>
    documentFor(us.code, them.code, { documentId: id, number: '5', business: { bussinessDocType: '2', documentId: id, documentInfo: { documentInfo: '1', documentReceiver: '0', receivers: [] } } });

  test.each([
    ['status 13, agreed: nothing further about the document', 'agree', () => statusFor(us.code, them.code, '13', id), ['01', '15']],
    ['a recall message, agreed', 'agree', recall, ['01', '15']],
    ['status 13, declined: it goes on', 'decline', () => statusFor(us.code, them.code, '13', id), ['01', '03', '16', '04', '05', '06']],
    ['a recall message, declined', 'decline', recall, ['01', '03', '16', '04', '05', '06']],
    ['an update, agreed: it goes on', 'agree', update, ['01', '03', '15', '04', '05', '06']],
  ] as const)('%s', async (_name, takeBack, message, expected) => {
    const axis = played({ takeBack });
    await axis.deliver(ours());
    await axis.advance();
    await axis.deliver(message());
    await ticks(axis, 9);
    expect(await heard(axis)).toEqual(expected);
  });

  test('what never came cannot be given back', async () => {
    const axis = played({ takeBack: 'agree' });
    await axis.deliver(statusFor(us.code, them.code, '13', 'H37.02,2026/11/20,999/STN'));
    await axis.advance();
    expect((await told(axis))[0]).toMatchObject({ statusCode: '16', description: 'Không tìm thấy văn bản' });
  });

  test('a replacement ends what was planned about the old document', async () => {
    const axis = played({});
    await axis.deliver(ours());
    await axis.advance();
    const replacements = [{ documentId: id, organIds: [them.code] }];
    await axis.deliver(documentFor(us.code, them.code, { documentId: `${id}b`, number: '6', business: { bussinessDocType: '3', replacements } }));
    await ticks(axis, 9);
    const about = (await told(axis)).map((one) => (one.kind === 'status' ? one.responseFor.documentId : ''));
    expect(about).toEqual([id, ...Array.from({ length: 5 }, () => `${id}b`)]);
  });
});

describe("a partner's own documents", () => {
  test.each([
    ['document', ['document 0']],
    ['recall-status', ['document 0', '13']],
    ['recall-document', ['document 0', 'document 1']],
    ['update', ['document 0', 'document 2']],
    ['replace', ['document 0', 'document 3']],
  ] as const)('%s', async (sends, expected) => {
    const axis = played({ sends: [sends] });
    await ticks(axis, 4);
    expect(await heard(axis)).toEqual(expected);
    const [first, second] = await told(axis);
    if (first?.kind !== 'document') throw new Error('a document was expected');
    expect(first.attachments).toHaveLength(1);
    const { documentId } = first.header;
    if (second === undefined) return;
    if (second.kind === 'status') expect(second.responseFor).toMatchObject({ organId: 'H37.02', documentId });
    else if (sends === 'replace') {
      expect(second.header.documentId).not.toBe(documentId);
      expect(second.business.replacements).toEqual([{ documentId, organIds: ['H37.02'] }]);
    } else expect(second.header.documentId).toBe(documentId);
  });

  test('are sent once, also over a restart, and the plan goes on where it was', async () => {
    const folder = scratchFolder();
    const open = (): AxisStore => {
      const store = openAxisStore(folder);
      if (!store.ok) throw new Error(store.failure.code);
      return store.value;
    };
    const script = { sends: ['recall-status', 'document'], every: 2 } as const;
    let store = open();
    await ticks(played({ ...script, sends: [...script.sends] }, store), 2);
    store.close();
    store = open();
    const axis = played({ ...script, sends: [...script.sends] }, store);
    await ticks(axis, 6);
    expect(await heard(axis)).toEqual(['document 0', 'document 0', '13']);
    store.close();
  });

  test('two turns at once do not do a step twice', async () => {
    const axis = played({ sends: ['document'] });
    await Promise.all([axis.advance(), axis.advance(), axis.advance()]);
    expect(await heard(axis)).toEqual(['document 0']);
  });

  test('the same script plays the same way', async () => {
    const play = async (): Promise<unknown> => {
      const axis = played({ reply: true, sends: ['update', 'replace'] });
      await axis.deliver(ours());
      await ticks(axis, 12);
      return told(axis);
    };
    expect(await play()).toEqual(await play());
  });
});

test('the practice partners cover every behaviour', () => {
  const scripts = practicePartners([us]);
  expect(new Set(scripts.map(({ document }) => document))).toEqual(new Set(['accept', 'refuse', 'silent']));
  expect(new Set(scripts.map(({ takeBack }) => takeBack))).toEqual(new Set(['agree', 'decline', 'silent']));
  expect(new Set(scripts.flatMap(({ sends }) => sends))).toEqual(new Set(['document', 'recall-status', 'recall-document', 'update', 'replace']));
});

test('partners of a station that has documents of theirs number on behind those', () => {
  const script = PartnerScript.parse({ agency: { code: 'H99.31', name: 'Xã' }, firstNumber: 3 });
  const first = (received: readonly string[]): number | undefined => numberedAfter([script], received)[0]?.firstNumber;
  expect(first([])).toBe(3);
  expect(first(['H99.31,2026/11/22,1/H9931-VP'])).toBe(3);
  expect(first(['H99.31,2026/11/22,9/H9931-VP', 'H99.31,2026/11/22,4/H9931-VP'])).toBe(10);
  // Another sender, another series, and an id of another form say nothing about it.
  expect(first(['H99.3,2026/11/22,9/H993-VP', 'H99.31,2026/11/20,31/TTr-UBND', 'H99.31,2026,x/H9931-VP'])).toBe(3);
});

test('the first document of a partner bears its first number', async () => {
  const axis = played({ sends: ['document', 'document'], firstNumber: 7 });
  await ticks(axis, 3);
  const numbers = (await told(axis)).map((one) => (one.kind === 'document' ? one.header.code.codeNumber : ''));
  expect(numbers).toEqual(['7', '8']);
});
