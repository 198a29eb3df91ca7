import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Contract, InputOf, OutputOf } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { ask } from '../../../electron/hosts/cli/profile.ts';
import { practiceCorrespondents } from '../../../electron/services/practice/index.ts';
import { quietCore } from '../../fakes/station/day.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

let core: Core | undefined;
afterEach(async () => {
  await core?.close();
  core = undefined;
});

const commune = { organId: 'H99.31', name: 'Ủy ban nhân dân xã Bình An' };

async function opened(folder: string, key: Buffer, background: boolean): Promise<Core> {
  const options = quietCore({ folder, keyHex: key.toString('hex') });
  core = await startCore({ ...options, practice: true, background });
  return core;
}

/** Issues a document and sends it to the commune. */
async function sent(station: Core, number: string): Promise<string> {
  const stored = await station.storeFile((async function* bytes() { yield await Promise.resolve(Buffer.from(`%PDF-1.4 ${number}`)); })());
  const input: InputOf<Contract['records']['recordOutgoing']> = {
    codeNumber: number,
    codeNotation: 'UBND-VP',
    issuedDate: new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10),
    place: '',
    typeName: 'Công văn',
    subject: `V/v thử ${number}`,
    urgency: 0,
    dueDate: null,
    signerName: 'Nguyễn Văn Ký',
    signerPosition: '',
    signerCompetence: '',
    toPlaces: [],
    pageAmount: 1,
    paper: false,
    repliesTo: null,
    files: [{ name: 'a.pdf', mediaType: 'application/pdf', ...stored }],
  };
  const document = await ask(station, 'records', 'recordOutgoing', input);
  if (!document.ok) throw new Error(document.failure.code);
  const queued = await ask(station, 'exchange', 'sendDocument', { document: document.value.id, recipients: [commune] });
  expect(queued).toMatchObject({ ok: true });
  return document.value.id;
}

type Deliveries = OutputOf<Contract['exchange']['deliveries']>;

async function deliveriesOf(station: Core, document: string): Promise<Deliveries> {
  const outcome = await ask(station, 'exchange', 'deliveries', { document });
  return outcome.ok ? outcome.value : [];
}

test('a new user finds a partner in the directory, sends to it, and sees its statuses come by themselves', async () => {
  const station = await opened(join(scratchFolder(), 'p'), randomBytes(32), true);
  let found: string[] = [];
  for (let tries = 0; tries < 1000 && found.length === 0; tries += 1) {
    const searched = await ask(station, 'directory', 'search', { text: 'ubnd xa binh an', limit: 20, includeClosed: false });
    found = searched.ok ? searched.value.map(({ code }) => code) : [];
    if (!found.includes(commune.organId)) {
      found = [];
      await wait(100);
    }
  }
  expect(found).toContain(commune.organId);
  const codes = practiceCorrespondents.map(({ code }) => code);
  const known = await ask(station, 'directory', 'lookup', { lines: codes });
  expect(known.ok && known.value.map(({ result, agencies }) => (result === 'found' ? agencies[0]?.code : result))).toEqual(codes);

  const document = await sent(station, '15');
  const began = Date.now();
  let [row] = await deliveriesOf(station, document);
  while (row?.statusCode === '' && Date.now() - began < 120_000) {
    await wait(200);
    [row] = await deliveriesOf(station, document);
  }
  expect(['01', '03']).toContain(row?.statusCode);
});

test('after a restart the partners number on, and nothing of theirs is taken for something else', async () => {
  const folder = join(scratchFolder(), 'p');
  const key = randomBytes(32);
  const replies: string[] = [];
  for (const number of ['15', '16']) {
    const station = await opened(folder, key, false);
    const document = await sent(station, number);
    await ask(station, 'exchange', 'receiveNow', {});
    for (let tick = 0; tick < 6; tick += 1) await station.practiceAxis?.control.advance();
    await ask(station, 'exchange', 'receiveNow', {});
    const [row] = await deliveriesOf(station, document);
    replies.push(row?.reply?.code ?? 'none');
    expect(await ask(station, 'exchange', 'quarantine', {})).toMatchObject({ ok: true, value: { items: [], total: 0 } });
    await station.close();
    core = undefined;
  }
  expect(replies).toEqual(['1/H9931-VP', '2/H9931-VP']);
});
