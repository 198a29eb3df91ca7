import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashFileAsSdk } from '../../../electron/services/exchange/transports/vxp-envelope.ts';
import { documentFor, statusFor } from './axis-messages.ts';
import { startAxis, type RunningAxis } from './practice-process.ts';
import { ask, rawCall, type Said } from './raw-call.ts';

const here = 'H37.02';
const there = 'G22';
const code = (said: Said): string => said.ErrorCode;
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

function sending(body: Uint8Array, hash: string, messageType: 'edoc' | 'status' = 'edoc', from = here): Parameters<typeof ask>[2] {
  const params = [['from', from], ['servicetype', 'eDoc'], ['messagetype', messageType], ['hash-file', hash]] as const;
  return { params, body: Buffer.concat([body, Buffer.from('\r\n')]), contentType: 'application/octet-stream' };
}

/** A document whose digest has a byte below 0x10, so that the two spellings differ. */
function withSmallByte(): Uint8Array {
  const body = Buffer.from(documentFor(here, there));
  for (let spaces = 0; ; spaces++) {
    const tried = Buffer.concat([body, Buffer.from(' '.repeat(spaces))]);
    if (createHash('sha256').update(tried).digest().some((byte) => byte < 0x10)) return tried;
  }
}

let axis: RunningAxis;
beforeAll(async () => {
  axis = await startAxis({ generated: { count: 3000, seed: 7 } });
});
afterAll(async () => {
  expect(await axis.stop()).toBe(0);
});

describe('counting and dates', () => {
  test('documents and statuses are counted apart', async () => {
    await axis.control.deliver(documentFor(there, here));
    await axis.control.deliver(documentFor(there, here, { documentId: 'x', number: '8' }));
    const [docId = ''] = await axis.control.deliver(statusFor(there, here, '03'));
    const params = [['servicetype', 'eDoc']] as const;
    expect(await ask(axis.port, 'countReceiveEdoc', { params })).toMatchObject({ status: 'OK', ErrorCode: '0', count: 2 });
    expect((await ask(axis.port, 'countReceiveStatus', { params, body: json({}) })).count).toBe(1);
    expect((await ask(axis.port, 'countReceiveStatus', { params, method: 'GET' })).count).toBe(1);
    await ask(axis.port, 'updateStatus', { params: [['docid', docId], ['status', 'done']] });
    expect((await ask(axis.port, 'countReceiveStatus', { params })).count).toBe(0);
    expect((await ask(axis.port, 'countReceiveEdoc', { params, system: 1 })).count).toBe(0);
    expect(code(await ask(axis.port, 'countReceiveEdoc'))).toBe('10');
  });

  test('lists keep to their days, both included', async () => {
    const [row] = (await ask(axis.port, 'getReceivedEdocList', { params: [['servicetype', 'eDoc'], ['messagetype', 'edoc']] })).data ?? [];
    const today = (row?.['created_time'] ?? '').slice(0, 10);
    const list = async (...days: (readonly [string, string])[]): Promise<number | string> => {
      const said = await ask(axis.port, 'getReceivedEdocList', { params: [['servicetype', 'eDoc'], ['messagetype', 'edoc'], ...days] });
      return said.data?.length ?? said.ErrorCode;
    };
    expect(await list(['fromDate', today], ['toDate', today])).toBe(2);
    expect(await list(['fromDate', today.replaceAll('/', '-')])).toBe(2);
    expect(await list(['fromDate', '2999/01/01'])).toBe(0);
    expect(await list(['toDate', '2000/01/01'])).toBe(0);
    expect(await list(['fromDate', 'hôm nay'])).toBe('10');
    const sent = async (day: string): Promise<number | undefined> =>
      (await ask(axis.port, 'getSentEdocList', { system: 1, params: [['servicetype', 'eDoc'], ['messagetype', 'edoc'], ['toDate', day]] })).data?.length;
    expect([await sent(today), await sent('2000/01/01')]).toEqual([2, 0]);
  });
});

describe('the directory', () => {
  test('holds the accounts and 3000 made-up agencies, no code twice', async () => {
    const rows = (await ask(axis.port, 'getAgenciesList')).data ?? [];
    expect(rows[0]).toEqual({ id: expect.any(String) as string, pid: '', code: here, name: 'Sở Thử nghiệm', mail: '', oldCode: '000.00.02.H37' });
    expect(rows.find((row) => row['code'] === 'H29')).toMatchObject({ name: 'Ủy ban nhân dân thành phố Hồ Chí Minh', oldCode: '000.00.00.H29' });
    const codes = rows.map((row) => row['code'] ?? '');
    expect(new Set(codes).size).toBe(codes.length);
    // Of the made-up ones G12, G22, 000.00.00.G12 and H37.02 have accounts.
    expect(codes.length).toBe(3000);
    expect(new Set(rows.map((row) => row['id'])).size).toBe(rows.length);
    const ids = new Set(rows.map((row) => row['id']));
    expect(rows.filter((row) => row['pid'] !== '' && ids.has(row['pid'])).length).toBeGreaterThan(2000);
  });

  test('by level, in the codes of QĐ 20/2020 with the old one beside it', async () => {
    const level = async (value: string): Promise<readonly Readonly<Record<string, string>>[]> =>
      (await ask(axis.port, 'getAgenciesListQD20', { params: [['level', value]] })).data ?? [];
    const first = await level('1');
    expect(first.find((row) => row['code'] === 'H29')).toEqual({
      id: expect.any(String) as string,
      code: 'H29',
      name: 'Ủy ban nhân dân thành phố Hồ Chí Minh',
      mail: 'h29@vidu.example',
      code102: '000.00.00.H29',
    });
    expect(first.every((row) => /^[A-Z]\d{2}$/.test(row['code'] ?? ''))).toBe(true);
    expect(first.some((row) => row['code'] === 'G04')).toBe(false);
    expect((await level('2')).every((row) => /^[A-Z]\d{2}\.[0-9A-Z]{2}$/.test(row['code'] ?? ''))).toBe(true);
    expect((await level('')).length).toBeGreaterThan(first.length);
    expect(code(await ask(axis.port, 'getAgenciesListQD20', { params: [['level', 'x']] }))).toBe('10');
  });

  test('a message to a made-up agency is taken, to a closed one or a centre not', async () => {
    const send = async (to: string): Promise<string> => {
      const body = documentFor(here, to, { documentId: `to ${to}` });
      return code(await ask(axis.port, 'sendEdoc', sending(body, hashFileAsSdk(body))));
    };
    expect([await send('H29'), await send('G04'), await send('00.01.W00'), await send('Z99')]).toEqual(['0', '23', '18', '18']);
  });

  test('registering, changing and deleting an agency, and what that leaves in the deltas', async () => {
    const before = (await ask(axis.port, 'getSynchronizeUnit')).data ?? [];
    expect(before.some((row) => row['code'] === 'G04' && row['deleted'] === '1')).toBe(true);
    const agency = { id: '', pcode: here, code: 'H37.02.77', name: 'Phòng Mới', mail: 'moi@vidu.example', mobile: '', fax: '' };
    expect(await ask(axis.port, 'registerAgency', { body: json(agency) })).toEqual({ status: 'OK', ErrorCode: '0', ErrorDesc: '' });
    const listed = async (): Promise<Readonly<Record<string, string>> | undefined> =>
      ((await ask(axis.port, 'getAgenciesList')).data ?? []).find((row) => row['code'] === 'H37.02.77');
    expect(await listed()).toMatchObject({ name: 'Phòng Mới', mail: 'moi@vidu.example' });
    expect((await listed())?.['pid']).not.toBe('');
    const body = documentFor('H37.02.77', there, { documentId: 'mới' });
    expect(code(await ask(axis.port, 'sendEdoc', sending(body, hashFileAsSdk(body), 'edoc', 'H37.02.77')))).toBe('0');
    await ask(axis.port, 'registerAgency', { body: json({ ...agency, name: 'Phòng Đổi tên' }) });
    expect(await ask(axis.port, 'deleteAgency', { params: [['AgencyCode', 'H37.02.77']], system: 1 })).toMatchObject({ ErrorCode: '19' });
    expect(code(await ask(axis.port, 'deleteAgency', { params: [['AgencyCode', 'H37.02.77']], body: json({}) }))).toBe('0');
    expect(await listed()).toBeUndefined();
    const to = documentFor(there, 'H37.02.77', { documentId: 'đã đóng' });
    expect(code(await ask(axis.port, 'sendEdoc', { ...sending(to, hashFileAsSdk(to), 'edoc', there), system: 1 }))).toBe('23');
    const deltas = ((await ask(axis.port, 'getSynchronizeUnit')).data ?? []).slice(before.length);
    expect(deltas.map((row) => [row['name'], row['deleted'], row['isAgency'], row['centerCode']])).toEqual([
      ['Phòng Mới', '0', '1', '00.21.W00'],
      ['Phòng Đổi tên', '0', '1', '00.21.W00'],
      ['Phòng Đổi tên', '1', '1', '00.21.W00'],
    ]);
    expect(Object.keys(deltas[0] ?? {}).toSorted()).toEqual(
      ['id', 'pid', 'code', 'name', 'mail', 'centerCode', 'version', 'deleted', 'modifyDate', 'isAgency'].toSorted(),
    );
    expect(deltas[0]?.['modifyDate']).toMatch(/^\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}$/);
  });

  test("what cannot be registered is refused: another's code, no code, no JSON", async () => {
    const register = async (body: Uint8Array): Promise<string> => code(await ask(axis.port, 'registerAgency', { body }));
    expect(await register(json({ code: there, name: 'x' }))).toBe('19');
    expect(await register(json({ code: 'h37', name: 'x' }))).toBe('10');
    expect(await register(json({ code: 'H37.03', name: ' ' }))).toBe('10');
    expect(await register(Buffer.from('{'))).toBe('10');
    expect(code(await ask(axis.port, 'deleteAgency', { params: [['AgencyCode', 'H37.55']] }))).toBe('19');
  });

  test('a registered code with W00 is a centre and gets no messages', async () => {
    await ask(axis.port, 'registerAgency', { body: json({ code: '77.01.W00', name: 'Trung tâm' }) });
    const deltas = (await ask(axis.port, 'getSynchronizeUnit')).data ?? [];
    expect(deltas.at(-1)).toMatchObject({ code: '77.01.W00', isAgency: '0' });
    const body = documentFor(here, '77.01.W00', { documentId: 'trung tâm' });
    expect(code(await ask(axis.port, 'sendEdoc', sending(body, hashFileAsSdk(body))))).toBe('18');
  });
});

test('125 000 agencies are one answer of a size that the real one has, quickly and again', async () => {
  const large = await startAxis({ generated: { count: 125_000, seed: 1 } });
  try {
    const answer = await rawCall(large.port, 'getAgenciesList');
    if (!answer.ok) throw new Error(answer.failure.code);
    expect((JSON.parse(answer.value.text) as Said).data?.length).toBeGreaterThanOrEqual(125_000);
    const megabytes = Buffer.byteLength(answer.value.text) / 1024 / 1024;
    expect(megabytes).toBeGreaterThan(12);
    expect(megabytes).toBeLessThan(32);
    const again = await rawCall(large.port, 'getAgenciesList');
    expect(again.ok && again.value.text === answer.value.text).toBe(true);
  } finally {
    await large.stop();
  }
});

describe('how strictly a call is judged', () => {
  const body = withSmallByte();
  const hex = createHash('sha256').update(body).digest('hex');
  const sdk = hashFileAsSdk(body);

  test.each([
    ['sdk', ['0', '10']],
    ['hex', ['10', '0']],
    ['either', ['0', '0']],
  ] as const)('hash-file as %s', async (hashForm, expected) => {
    const strict = await startAxis({ hashForm });
    try {
      expect(sdk).not.toBe(hex);
      const said = [await ask(strict.port, 'sendEdoc', sending(body, sdk)), await ask(strict.port, 'sendEdoc', sending(body, hex))];
      expect(said.map(code)).toEqual(expected);
      expect(code(await ask(strict.port, 'sendEdoc', sending(body, 'a'.repeat(64))))).toBe('10');
    } finally {
      await strict.stop();
    }
  });

  test("a call's clock is looked at only where that is configured", async () => {
    const params = [['servicetype', 'eDoc']] as const;
    const late = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
    expect(code(await ask(axis.port, 'countReceiveEdoc', { params, at: late(600) }))).toBe('0');
    const strict = await startAxis({ clockToleranceMinutes: 5 });
    try {
      const said = async (at: Date): Promise<string> => code(await ask(strict.port, 'countReceiveEdoc', { params, at }));
      expect([await said(late(0)), await said(late(4)), await said(late(6)), await said(late(-6))]).toEqual(['0', '0', '10', '10']);
      await strict.control.fault({ kind: 'wrong-clock', minutes: 60 });
      expect([await said(late(0)), await said(late(-60))]).toEqual(['10', '0']);
    } finally {
      await strict.stop();
    }
  });
});
