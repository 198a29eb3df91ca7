import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { expect, test } from 'vitest';
import { contract, type Book, type Method } from '#contract';
import { startCore } from '../../electron/hosts/compose.ts';
import { insertInboxMessage } from '../../electron/services/exchange/inbox.store.ts';
import { noteSending } from '../../electron/services/exchange/outbox-notes.store.ts';
import { recoverInterrupted } from '../../electron/services/exchange/outbox.store.ts';
import { askChange, recordArrival } from '../../electron/services/records/index.ts';
import { all, one, openStore, run, sql, type Store } from '../../electron/store/index.ts';
import { arrival } from '../bench/profile.ts';
import { quietCore } from '../fakes/station/day.ts';
import { scratchFolder } from '../unit/store/helpers.ts';
import { alarmedDocument } from './alarmed.ts';
import { expectSameAfterTransfer } from './same-after-transfer.ts';
import { furtherInputs, twoEntries } from './further-inputs.ts';
import { numbersInputs } from './numbers-inputs.ts';
import { lostFile } from './keeping-inputs.ts';
import { askEverything, idsIn, watchPlans } from './plans.ts';

const methods = Object.entries(contract).flatMap(([domain, row]) =>
  Object.entries(row).map(([name, method]) => ({ name: `${domain}.${name}`, method: method as Method })),
);

test('every command says whether it is audited, and a query never is', () => {
  for (const { name, method } of methods) {
    if (method.kind === 'query') expect(method.audited, name).not.toBe(true);
    else expect(method.audited === true || method.audited.no.length > 10, name).toBe(true);
  }
});

type Prepare = {
  /** calls a method that must succeed */
  readonly must: (domain: string, method: string, input: unknown) => Promise<never>;
  /** a new arrived document, with a file if wished */
  readonly arrived: (file?: Uint8Array) => Promise<string>;
  /** a request of a sender about a new document */
  readonly request: () => Promise<string>;
  /** a document with a verdict and an open mark */
  readonly alarmed: () => Promise<{ readonly document: string; readonly file: string }>;
  /** the power went while a row was being sent */
  readonly brokenOff: (row: string) => Promise<void>;
  /** nothing has left for days */
  readonly addedLongAgo: (document: string) => Promise<void>;
  /** a message that cannot be read */
  readonly kept: () => Promise<string>;
  /** a stored file that a check found missing */
  readonly lost: () => Promise<string>;
  readonly meanwhile: <T>(work: (store: Store) => T | Promise<T>) => Promise<T>;
  /** bytes in the store; those of a PDF where none are given */
  readonly file: (content?: string | Uint8Array) => Promise<object>;
  /** the bytes of a file that a window may fetch */
  readonly read: (id: string) => Promise<Buffer>;
};

const nobody = (): undefined => undefined;
const now = '2026-11-22T01:00:00.000Z';
const receivers = [{ organId: 'G09', name: 'Bộ Nội vụ' }];
let lastNumber = 0;

async function issue({ must, file }: Prepare): Promise<{ id: string }> {
  lastNumber += 1;
  return must('records', 'recordOutgoing', { ...outgoing, codeNumber: String(lastNumber), files: [await file()] });
}

async function sent(prepare: Prepare): Promise<{ document: string; row: string }> {
  const { id } = await issue(prepare);
  await prepare.must('exchange', 'sendDocument', { document: id, recipients: receivers });
  const rows = (await prepare.must('exchange', 'outbox', {})) as { id: string; outgoing: string }[];
  return { document: id, row: rows.find((row) => row.outgoing === id)?.id ?? '' };
}

async function registered({ must, arrived }: Prepare, bytes?: Uint8Array): Promise<string> {
  const id = await arrived(bytes);
  await must('records', 'registerIncoming', { id });
  return id;
}

const leader = { leader: null, leaderName: 'Chủ tịch' };
const direction = (id: string): object => ({
  id,
  text: 'Tham mưu',
  ...leader,
  delegatedAs: '',
  givenOn: '2026-11-20',
  fromPaper: true,
  deadline: null,
  assignees: [{ part: 'lead', unit: null, unitName: 'Phòng A', person: null, personName: '', deadline: null }],
  withdraw: false,
  reason: '',
});

async function assigned(prepare: Prepare): Promise<{ id: string; assignment: string }> {
  const id = await registered(prepare);
  const { assignments } = (await prepare.must('handling', 'direct', direction(id))) as { assignments: { id: string }[] };
  return { id, assignment: assignments[0]?.id ?? '' };
}

const outgoing = {
  codeNotation: 'VP',
  issuedDate: '2026-11-20',
  place: 'Hà Nội',
  typeName: 'Công văn',
  subject: 'V/v thử',
  urgency: 0,
  dueDate: null,
  signerName: 'Nguyễn Văn Ký',
  signerPosition: '',
  signerCompetence: '',
  toPlaces: [],
  pageAmount: null,
  paper: false,
  repliesTo: null,
};

const office = {
  organId: 'H29.99.01',
  formerOrganId: '',
  name: 'UBND xã mới',
  parentName: '',
  abbreviation: 'UBND',
  place: 'Xã Mới',
  fondsCode: '',
  collective: 'Ủy ban nhân dân',
  headPosition: 'Chủ tịch',
};
const person = { name: 'Lê Văn A', position: '', standing: 'staff', unit: null, roles: ['administrator'], validFrom: null, since: null };
let administrator = '';

function nothing(): object {
  return {};
}

async function newPerson({ must }: Prepare, name = person.name, standing = 'staff'): Promise<string> {
  return ((await must('people', 'savePerson', { id: null, ...person, name, standing })) as { id: string }).id;
}

async function delegation(prepare: Prepare): Promise<object> {
  const [giver, taker] = [await newPerson(prepare, 'Chủ tịch', 'head'), await newPerson(prepare, 'Phó', 'deputy')];
  return { kind: 'KT', giver, taker, validFrom: '2026-01-01', validTo: null, acts: ['sign'], types: [], content: '', basis: '' };
}

/** One input that succeeds for each audited command. A new command without one fails this file. */
const inputs: Readonly<Record<string, (prepare: Prepare) => unknown>> = {
  'station.saveStation': () => ({ organId: 'H29.99', name: 'UBND phường', operator: 'Văn Thư' }),
  'station.saveAxis': () => ({
    endpoint: 'https://truc.example.vn/adapter',
    systemId: 'x',
    plainHttpHosts: [],
    pollSeconds: 300,
    secret: 'rất bí mật',
    password: 'rất bí mật 2',
    proxyPassword: 'rất bí mật 3',
  }),
  // Nobody listens there: the first steps are enough.
  'connection.test': () => ({
    endpoint: 'https://127.0.0.1:1/',
    systemId: 'x',
    plainHttpHosts: [],
    pollSeconds: 300,
    secret: 'rất bí mật',
    proxyPassword: 'rất bí mật 3',
  }),
  'records.registerIncoming': async ({ arrived }) => ({ id: await arrived() }),
  'records.refuseIncoming': async ({ arrived }) => ({ id: await arrived(), reason: 'Gửi nhầm' }),
  'records.decideChange': async ({ request }) => ({ request: await request(), agree: true, reason: '' }),
  'records.recordOutgoing': async ({ file }) => ({ ...outgoing, codeNumber: 'đầu', files: [await file()] }),
  'intake.takeFile': async ({ file }) => ({ file: await file() }),
  'intake.discardFile': async (prepare) => ({ id: ((await prepare.must('intake', 'takeFile', { file: await prepare.file() })) as { id: string }).id }),
  'exchange.cancelSend': async (prepare) => ({ id: (await sent(prepare)).row, reason: 'Nhầm' }),
  'exchange.moveUp': async (prepare) => ({ id: (await sent(prepare)).row }),
  'exchange.settleDoubt': async (prepare) => {
    const { row } = await sent(prepare);
    await prepare.brokenOff(row);
    return { id: row, sent: true, note: 'Hỏi qua điện thoại' };
  },
  'exchange.sendDocument': async (prepare) => ({ document: (await issue(prepare)).id, recipients: receivers }),
  'exchange.recallDocument': async (prepare) => ({
    document: (await sent(prepare)).document,
    form: 'status',
    recipients: null,
    reason: 'Sai nội dung',
  }),
  'exchange.updateDocument': async (prepare) => ({
    document: (await sent(prepare)).document,
    changes: { subject: 'V/v khác' },
    files: null,
    reason: 'Sửa trích yếu',
  }),
  'exchange.replaceDocument': async (prepare) => ({
    replaces: (await sent(prepare)).document,
    document: (await issue(prepare)).id,
    reason: 'Ban hành lại',
  }),
  'exchange.settleAlarm': async (prepare) => {
    const { document } = await sent(prepare);
    const [row] = (await prepare.must('exchange', 'deliveries', { document })) as { id: string }[];
    await prepare.addedLongAgo(document);
    return { delivery: row?.id ?? '', note: 'Đã gọi điện' };
  },
  'exchange.makeEvidence': async (prepare) => ({ document: (await sent(prepare)).document }),
  'exchange.replay': async ({ kept }) => ({ id: await kept() }),
  // In the order of the contract: the day is written before it is removed.
  'calendar.saveDay': () => ({
    date: '2027-03-15',
    kind: 'office-rest',
    name: 'Đại hội cơ quan',
    linkedDate: null,
    basis: '',
    reason: 'Quyết định 12/QĐ-UBND',
  }),
  'calendar.removeDay': () => ({ date: '2027-03-15', reason: 'hoãn' }),
  'calendar.importDays': () => ({ text: 'date,name,kind\n2028-01-03,Nghỉ bù,in-lieu', reason: 'thông báo' }),
  'calendar.saveHours': () => ({ morningFrom: '08:00', morningTo: '12:00', afternoonFrom: '13:00', afternoonTo: '17:00' }),
  'duties.saveSettings': () => ({ leadMinutes: 60, urgentMinutes: 30, receiptAfterHours: 'same-day', morningEnds: 'noon' }),
  'handling.present': async (prepare) => ({ id: await registered(prepare), ...leader, note: '' }),
  'handling.presentMany': async (prepare) => ({ ids: [await registered(prepare)], ...leader, note: '' }),
  'handling.takeBack': async (prepare) => {
    const id = await registered(prepare);
    await prepare.must('handling', 'present', { id, ...leader, note: '' });
    return { id, reason: 'Trình nhầm' };
  },
  'handling.direct': async (prepare) => direction(await registered(prepare)),
  'handling.transfer': async (prepare) => ({ assignment: (await assigned(prepare)).assignment, transferredOn: '2026-11-20', receivedBy: 'B' }),
  'handling.progress': async (prepare) => ({ id: (await assigned(prepare)).id, note: 'đang làm' }),
  'handling.endPart': async (prepare) => ({ assignment: (await assigned(prepare)).assignment, note: '' }),
  'handling.finish': async (prepare) => ({ id: (await assigned(prepare)).id, result: 'filed', answer: null, note: '' }),
  'handling.reopen': async (prepare) => {
    const { id } = await assigned(prepare);
    await prepare.must('handling', 'finish', { id, result: 'filed', answer: null, note: '' });
    return { id, reason: 'Còn thiếu' };
  },
  'handling.returnToSender': async (prepare) => ({ id: await registered(prepare), reason: 'Gửi nhầm' }),
  'handling.setDeadline': async (prepare) => ({ id: await registered(prepare), assignment: null, deadline: '2099-12-31', reason: 'Gia hạn' }),
  'handling.saveSettings': () => ({ soonDays: 3, rules: [], paperDirections: false }),
  'handling.printCopy': async (prepare) => {
    const pdf = await PDFDocument.create();
    pdf.addPage();
    const { files } = (await prepare.must('records', 'incomingGet', { id: await registered(prepare, await pdf.save()) })) as { files: { id: string }[] };
    return { file: files[0]?.id ?? '', at: null };
  },
  'directory.saveGroup': () => ({ id: null, name: 'Các bộ', codes: ['G12', '000.00.00.G09'] }),
  'directory.removeGroup': async ({ must }) => ({
    id: ((await must('directory', 'saveGroup', { id: null, name: 'Các sở', codes: ['G12'] })) as { id: string }).id,
  }),
  'directory.saveSync': () => ({ everyHours: 12 }),
  ...numbersInputs,
  'printing.makeBook': async (prepare) => {
    await registered(prepare);
    const book = ((await prepare.must('printing', 'books', {})) as Book[]).find((one) => one.register === 'incoming');
    return { kind: 'incoming', series: book?.series, year: 0, firstNumber: null, lastNumber: null, from: null, to: null, volume: '01', format: 'csv' };
  },
  'printing.makeHandlingSlip': async (prepare) => ({ incoming: await registered(prepare) }),
  'printing.makeEnvelopes': async (prepare) => {
    const [from, to] = [{ address: '', phone: '', fax: '', email: '', website: '' }, [{ name: 'Sở Nội vụ', address: '' }]];
    return { outgoing: [(await issue(prepare)).id], size: 'C5', from, to };
  },
  'printing.makeDispatchNote': async (prepare) => ({ outgoing: [(await issue(prepare)).id], to: 'A', code: '' }),
  'printing.makeReport': () => ({ kind: 'incoming', from: '2026-01-01', to: '2026-12-31', format: 'csv' }),
  'people.saveOffice': () => ({ id: null, ...office, name: 'UBND xã cũ', validFrom: null, validTo: '2025-06-30', successor: null }),
  'people.succeedOffice': () => ({ firstDay: '2025-07-01', ...office, keepUnits: true, reason: 'Sáp nhập' }),
  'people.saveUnit': () => ({ id: null, name: 'Văn phòng', abbreviation: 'VP', headPosition: '', validFrom: null, since: null }),
  'people.savePerson': () => ({ id: null, ...person }),
  'people.reorder': async (prepare) => ({ kind: 'person', ids: [await newPerson(prepare)] }),
  'people.endValidity': async (prepare) => ({ kind: 'person', id: await newPerson(prepare), lastDay: '2026-01-01', reason: 'Nghỉ hưu' }),
  'people.remove': async (prepare) => ({ kind: 'person', id: await newPerson(prepare) }),
  'people.importPeople': () => ({ text: 'Ngô Mới;Chuyên viên;Phòng Mới;văn thư', addUnits: true }),
  'people.addDelegation': async (prepare) => delegation(prepare),
  'people.endDelegation': async (prepare) => ({
    id: ((await prepare.must('people', 'addDelegation', await delegation(prepare))) as { id: string }).id,
    lastDay: '2026-02-01',
    reason: 'Hết nhiệm kỳ',
  }),
  'people.saveAccountRules': () => ({ lockMinutes: 10, maxTries: 5, idleDays: 45, administratorDays: 60 }),
  // In the order of the contract: from here on somebody must be signed in.
  'people.setPassword': async (prepare) => ({ person: (administrator = await newPerson(prepare)), password: 'Rất bí mật 4!' }),
  'people.signIn': () => ({ person: administrator, password: 'Rất bí mật 4!' }),
  'people.changePassword': () => ({ old: 'Rất bí mật 4!', password: 'Rất bí mật 5!' }),
  'people.unlockAccount': () => ({ person: administrator }),
  'people.removeAccount': async (prepare) => {
    const other = await newPerson({ ...prepare }, 'Người khác');
    await prepare.must('people', 'setPassword', { person: other, password: 'Rất bí mật 6!' });
    return { person: other, reason: 'Chuyển công tác' };
  },
  'people.lock': nothing,
  'people.signOut': nothing,
  ...furtherInputs,
};

test('every audited command writes its entry, no secret is in the log, and nothing reads a growing table through', async () => {
  const plans = watchPlans();
  const folder = join(scratchFolder(), 'profile');
  const keyHex = randomBytes(32).toString('hex');
  let core = await startCore(quietCore({ folder, keyHex }));
  /** What comes from outside is put in by hand while the station is closed. */
  async function meanwhile<T>(work: (store: Store) => T | Promise<T>): Promise<T> {
    await core.close();
    const opened = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0.1.0', mayCreate: false });
    if (!opened.ok) throw new Error(opened.failure.code);
    const value = await work(opened.value);
    opened.value.close();
    core = await startCore(quietCore({ folder, keyHex }));
    return value;
  }
  const prepare: Prepare = {
    must: async (domain, method, input) => {
      const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
      if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)}`);
      return outcome.value as never;
    },
    arrived: (bytes) =>
      meanwhile(async (store) => {
        const files = bytes === undefined ? [] : [{ name: 'a.pdf', mediaType: 'application/pdf', ...(await store.blobs.put(bytes)) }];
        return store.write((db) => recordArrival(db, { ...arrival(++lastNumber), files }, nobody, 'UBND'));
      }),
    request: () =>
      meanwhile((store) =>
        store.write((db) => {
          const incoming = recordArrival(db, arrival(++lastNumber), nobody, 'UBND');
          askChange(db, nobody, { incoming, kind: 'recall', form: 'status', reason: 'Nhầm', at: now, content: null, occasion: 'x' });
          return one<{ id: string }>(db, sql`SELECT id FROM change_request WHERE incoming = ${incoming}`)?.id ?? '';
        }),
      ),
    alarmed: () => meanwhile((store) => alarmedDocument(store, ++lastNumber)),
    brokenOff: (row) =>
      meanwhile((store) => {
        store.write((db) => {
          noteSending(db, row, now);
          recoverInterrupted(db, now);
        });
      }),
    addedLongAgo: (document) =>
      meanwhile((store) => {
        store.write((db) => run(db, sql`UPDATE recipient SET added_at = '2020-01-01T00:00:00.000Z' WHERE document = ${document}`));
      }),
    lost: () => meanwhile(lostFile),
    meanwhile,
    kept: () =>
      meanwhile(async (store) => {
        const raw = await store.blobs.put(Buffer.from('không phải XML'));
        const entry = { transportId: 't', messageType: 'edoc', state: 'quarantined', sender: '', senderDocumentId: '', businessType: '' } as const;
        return store.write((db) =>
          insertInboxMessage(db, { ...entry, handedBy: '', receivedAt: now, ...raw, reason: 'not-xml', document: null, outgoing: null, deviations: [] }),
        );
      }),
    read: async (id) => {
      const read = await core.readFile(id, 0, 10_000_000);
      if (!read.ok) throw new Error(read.failure.code);
      return Buffer.from(read.value.bytes);
    },
    file: async (content: string | Uint8Array = '%PDF-1.7') => {
      async function* bytes(): AsyncGenerator<Uint8Array> {
        yield await Promise.resolve(Buffer.from(content));
      }
      return { name: 'cv.pdf', mediaType: 'application/pdf', ...(await core.storeFile(bytes())) };
    },
  };
  const entries = async (): Promise<number> => {
    const verdict = await core.dispatcher.answer('audit', 'verify', {}, 'host');
    return verdict.ok ? (verdict.value as { entries: number }).entries : Number.NaN;
  };
  for (const { name, method } of methods.filter((one) => one.method.audited === true)) {
    const input = inputs[name];
    if (input === undefined) throw new Error(`no input for ${name}`);
    const given = await input(prepare);
    const before = await entries();
    const [domain = '', command = ''] = name.split('.');
    const outcome = await core.dispatcher.answer(domain, command, given, 'own-window');
    expect(outcome, name).toMatchObject({ ok: true });
    expect(method.output.safeParse(outcome.ok ? outcome.value : undefined).success, name).toBe(true);
    expect(await entries(), name).toBe(before + (twoEntries.includes(name) ? 2 : 1));
    expect(JSON.stringify(outcome).toLowerCase()).not.toContain('rất bí mật');
  }
  const ids = await meanwhile(idsIn);
  await askEverything(core, ids);
  await core.close();
  plans.stop();
  expect(plans.scans(), 'no table that grows with the registers is read from one end to the other').toEqual([]);
  expect(plans.statements()).toBeGreaterThan(600);

  const again = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0', mayCreate: false });
  if (!again.ok) throw new Error(again.failure.code);
  const log = all(again.value.read, sql`SELECT detail FROM audit_entry`);
  expect(log.length).toBeGreaterThan(3);
  expect(JSON.stringify(log).toLowerCase()).not.toContain('rất bí mật');
  again.value.close();
  await expectSameAfterTransfer({ folder, keyHex });
}, 600_000);
