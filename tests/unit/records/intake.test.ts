import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { intake as methods, type IncomingFields, type IntakeFile } from '../../../electron/contract/index.ts';
import { pdfTextReader } from '../../../electron/hosts/processes/pdf-text-process.ts';
import { codesOfAgency, queueStatusWith } from '../../../electron/services/exchange/index.ts';
import { sweepDestroyed } from '../../../electron/services/exchange/destroyed.ts';
import { intakeHandlers, numbersHandlers, recordArrival } from '../../../electron/services/records/index.ts';
import { sameBody } from '../../../electron/services/records/intake/duplicates.store.ts';
import { textMaker } from '../../../electron/services/records/text/file-text.ts';
import { textOf } from '../../../electron/services/records/text/file-text.store.ts';
import { all, one, sql, type Store } from '../../../electron/store/index.ts';
import { arrival } from '../../bench/profile.ts';
import { drawnDocument, plainLayout } from '../../fakes/intake/drawn-document.ts';
import { factsOf } from '../../fakes/intake/facts.ts';
import { fonts } from '../practice/pdf-tools.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const clock = { now: () => new Date('2026-11-22T03:00:00.000Z') };
const queueStatus = queueStatusWith(() => undefined);

type Desk = { readonly store: Store; readonly intake: ReturnType<typeof intakeHandlers>; readonly changed: string[]; readonly stop: () => void };

function desk(): Desk {
  const store = storeIn(scratchFolder());
  const changed: string[] = [];
  const reader = pdfTextReader(() => undefined);
  const made = intakeHandlers({ store, clock, queueStatus, reader, codesOf: codesOfAgency, changed: (ids) => changed.push(...ids), discarded: () => undefined });
  return {
    store,
    intake: made,
    changed,
    stop: () => {
      reader.stop();
    },
  };
}

async function handIn({ intake, store }: Desk, bytes: Uint8Array, name: string, mediaType = 'application/pdf'): Promise<IntakeFile> {
  const taken = await intake.takeFile({ file: { name, mediaType, ...(await store.blobs.put(bytes)) } });
  if (!taken.ok) throw new Error(taken.failure.code);
  return taken.value;
}

const fields: IncomingFields = {
  codeNumber: '88', codeNotation: 'UBND-VP', issuedDate: '2026-11-20', place: 'Lam Giang', typeName: 'Công văn', subject: 'mời họp', issuerName: 'Ủy ban nhân dân tỉnh Lam Giang',
  issuerOrganId: '', arrivedOn: '2026-11-22', signerName: 'Nguyễn Văn An', signerPosition: 'Phó Chủ tịch', signerCompetence: 'KT. Chủ tịch', urgency: 1, dueDate: null,
  holders: 'Phòng Tổng hợp', language: 'Tiếng Việt', pageAmount: 2, description: 'bản giấy',
};

test('a file that was handed over waits with its own hash, and survives being asked for again', async () => {
  const office = desk();
  const bytes = randomBytes(450_000);
  const file = await handIn(office, bytes, 'a.bin', 'application/octet-stream');
  expect(file).toMatchObject({ name: 'a.bin', size: 450_000, sha256: createHash('sha256').update(bytes).digest('hex') });
  expect(await office.intake.files({})).toMatchObject({ ok: true, value: [{ id: file.id }] });
  expect((await office.store.blobs.verify(file.sha256)).size).toBe(450_000);
  office.stop();
});

test('a file that is not in the store does not wait', async () => {
  const office = desk();
  const file = { name: 'a.pdf', mediaType: 'application/pdf', size: 3, sha256: '0'.repeat(64) };
  expect(await office.intake.takeFile({ file })).toMatchObject({ ok: false, failure: { code: 'file-damaged' } });
  expect(all(office.store.read, sql`SELECT 1 FROM intake_file`)).toEqual([]);
  office.stop();
});

test('where the register is closed nothing of the document is written, and its file goes on waiting', async () => {
  const office = desk();
  const file = await handIn(office, Buffer.from('scan'), 'scan.pdf');
  const numbers = numbersHandlers({ store: office.store, clock });
  expect(await numbers.closeYear({ year: 2026, officeEnds: true, reason: 'Sáp nhập' })).toMatchObject({ ok: true });
  expect(await office.intake.addIncoming({ fields, source: 'paper', files: [file.id], register: true })).toMatchObject({ ok: false, failure: { code: 'series-closed' } });
  expect(all(office.store.read, sql`SELECT 1 FROM incoming_document`)).toEqual([]);
  expect(await office.intake.files({})).toMatchObject({ value: [{ id: file.id }] });
  office.stop();
});

test('a document with a stamp of State secrecy is refused by the core too, whoever asks', async () => {
  const office = desk();
  const secret = await handIn(office, await drawnDocument({ ...factsOf(5), secrecy: 'TỐI MẬT' }, plainLayout, fonts), 'mat.pdf');
  const plain = await handIn(office, await drawnDocument(factsOf(5), plainLayout, fonts), 'thuong.pdf');
  expect(await office.intake.addIncoming({ fields, source: 'file', files: [plain.id, secret.id], register: false })).toMatchObject({ ok: false, failure: { code: 'secret-refused' } });
  expect(all(office.store.read, sql`SELECT 1 FROM incoming_document`)).toEqual([]);
  expect(await office.intake.addIncoming({ fields, source: 'file', files: [plain.id], register: false })).toMatchObject({ ok: true });
  office.stop();
});

test('a document entered by hand is in the register with every field, its file, a trace, and nobody on the axis is told', async () => {
  const office = desk();
  const { store, intake } = office;
  const file = await handIn(office, Buffer.from('scan'), 'scan.pdf');
  const added = await intake.addIncoming({ fields, source: 'paper', files: [file.id], register: true });
  expect(added).toMatchObject({ ok: true, value: { arrivalNumber: 1, arrivalYear: 2026 } });
  const id = added.ok ? added.value.id : '';
  expect(
    one(store.read, sql`SELECT source, state, code_number, code_notation, issued_date, issuer_name, holders, language, description, page_amount, signer_name, signer_position,
      signer_competence, urgency, type_name, subject, place FROM incoming_document WHERE id = ${id}`),
  ).toEqual({
    source: 'paper', state: 'registered', code_number: '88', code_notation: 'UBND-VP', issued_date: '2026-11-20', issuer_name: 'Ủy ban nhân dân tỉnh Lam Giang', holders: 'Phòng Tổng hợp',
    language: 'Tiếng Việt', description: 'bản giấy', page_amount: 2, signer_name: 'Nguyễn Văn An', signer_position: 'Phó Chủ tịch', signer_competence: 'KT. Chủ tịch', urgency: 1,
    type_name: 'Công văn', subject: 'mời họp', place: 'Lam Giang',
  });
  expect(all(store.read, sql`SELECT name, sha256 FROM incoming_file WHERE document = ${id}`)).toEqual([{ name: 'scan.pdf', sha256: file.sha256 }]);
  expect(all(store.read, sql`SELECT 1 FROM outbox`)).toEqual([]);
  expect(all<{ action: string }>(store.read, sql`SELECT action FROM audit_entry ORDER BY seq`).map((row) => row.action)).toEqual(['file.added', 'document.entered', 'document.registered']);
  expect(await intake.files({})).toMatchObject({ value: [] });
  expect(await intake.addIncoming({ fields, source: 'file', files: [file.id], register: false })).toMatchObject({ failure: { code: 'file-not-waiting' } });
  expect(office.changed).toEqual([id]);
  office.stop();
});

test('paper needs no scan, a file needs its file, and impossible days are refused at their field', async () => {
  const { intake, stop } = desk();
  expect(await intake.addIncoming({ fields, source: 'paper', files: [], register: false })).toMatchObject({ ok: true, value: { arrivalNumber: null } });
  const refused = async (change: Partial<IncomingFields>, source: 'paper' | 'file' = 'paper'): Promise<unknown> => {
    const outcome = await intake.addIncoming({ fields: { ...fields, ...change }, source, files: [], register: true });
    return outcome.ok ? outcome : [outcome.failure.code, outcome.failure.params?.['field']];
  };
  expect(await refused({}, 'file')).toEqual(['file-missing', undefined]);
  expect(await refused({ arrivedOn: '2026-11-23' })).toEqual(['arrival-in-future', 'arrivedOn']);
  expect(await refused({ issuedDate: '2026-11-23' })).toEqual(['issued-after-arrival', 'issuedDate']);
  expect(await refused({ dueDate: '2026-11-01' })).toEqual(['due-before-issue', 'dueDate']);
  const door = methods.addIncoming.input;
  const faults = (change: object): unknown => door.safeParse({ fields: { ...fields, ...change }, source: 'paper', files: [], register: false }).error?.issues.map((issue) => issue.path.join('.'));
  expect(faults({})).toBeUndefined();
  expect(faults({ subject: 'x'.repeat(501), codeNumber: '1'.repeat(12), codeNotation: 'x'.repeat(31), issuerName: '', issuedDate: '2026-02-30', holders: 'x'.repeat(1001) })).toEqual([
    'fields.codeNumber', 'fields.codeNotation', 'fields.issuedDate', 'fields.subject', 'fields.issuerName', 'fields.holders',
  ]);
  stop();
});

test('a document of an earlier day has that day, and the register’s today', async () => {
  const { store, intake, stop } = desk();
  const added = await intake.addIncoming({ fields: { ...fields, arrivedOn: '2026-11-20' }, source: 'paper', files: [], register: true });
  expect(added.ok).toBe(true);
  expect(one(store.read, sql`SELECT arrived_at, registered_at FROM incoming_document`)).toEqual({ arrived_at: '2026-11-19T17:00:00.000Z', registered_at: '2026-11-22T03:00:00.000Z' });
  stop();
});

test('a file put away is gone from the desk and from the disk, unless a document has the same', async () => {
  const office = desk();
  const { store, intake } = office;
  const lone = await handIn(office, Buffer.from('only here'), 'a.pdf');
  const shared = await handIn(office, Buffer.from('twice'), 'b.pdf');
  const again = await handIn(office, Buffer.from('twice'), 'c.pdf');
  await intake.addIncoming({ fields, source: 'file', files: [again.id], register: false });
  expect((await intake.discardFile({ id: lone.id })).ok).toBe(true);
  expect((await intake.discardFile({ id: shared.id })).ok).toBe(true);
  expect(await intake.discardFile({ id: shared.id })).toMatchObject({ failure: { code: 'not-found' } });
  await sweepDestroyed(store, clock);
  expect(store.blobs.has(lone.sha256)).toBe(false);
  expect(store.blobs.has(shared.sha256)).toBe(true);
  office.stop();
});

test('the same document again is told by its id, its code and issuer however written, and its file', async () => {
  const office = desk();
  const { store, intake } = office;
  const first = { ...arrival(1), issuer: { organId: '000.00.00.G12', name: 'Bộ Nội vụ' }, codeNumber: '5', codeNotation: 'QĐ-BNV', issuedDate: '2026-03-01', documentId: 'G12,2026/03/01,5/QĐ-BNV' };
  const [id, other] = store.write((db) => [
    recordArrival(db, first, queueStatus, 'UBND'),
    recordArrival(db, { ...first, documentId: 'x', issuer: { organId: 'H29', name: 'Ủy ban nhân dân tỉnh Lam Giang' }, files: [] }, queueStatus, 'UBND'),
  ]);
  const question = { codeNumber: '05', codeNotation: 'qd - bnv', issuerName: '', issuerOrganId: 'G12', issuedDate: '2026-12-30', files: [] };
  const idsOf = (outcome: Awaited<ReturnType<typeof intake.findDuplicates>>): unknown => (outcome.ok ? outcome.value.map((one) => [one.id, one.reasons]) : outcome);
  expect(idsOf(await intake.findDuplicates(question))).toEqual([[id, ['code']]]);
  expect(idsOf(await intake.findDuplicates({ ...question, issuerOrganId: '', issuerName: 'BO NOI VU' }))).toEqual([[id, ['code']]]);
  expect(idsOf(await intake.findDuplicates({ ...question, issuerOrganId: '', issuerName: 'UBND tỉnh Lam Giang' }))).toEqual([[other, ['code']]]);
  expect(idsOf(await intake.findDuplicates({ ...question, issuedDate: '2025-03-01' }))).toEqual([]);
  expect(idsOf(await intake.findDuplicates({ ...question, codeNumber: '' }))).toEqual([]);
  const copy = await handIn(office, Buffer.from('same bytes'), 'copy.pdf');
  await intake.addIncoming({ fields, source: 'file', files: [copy.id], register: false });
  const twin = await handIn(office, Buffer.from('same bytes'), 'other-name.pdf');
  expect(idsOf(await intake.findDuplicates({ ...question, codeNumber: '1', files: [twin.id] }))).toMatchObject([[expect.anything(), ['file']]]);
  expect(await intake.duplicatesOf({ id: id ?? '' })).toMatchObject({ value: [] });
  office.stop();
});

test('bodies are the same under other spellings, and not because one name begins like another', () => {
  expect(sameBody('UBND TP Hà Nội', 'Ủy ban nhân dân thành phố Hà Nội')).toBe(true);
  expect(sameBody('Sở Nội vụ', 'Sở Nội vụ tỉnh Lam Giang')).toBe(true);
  expect(sameBody('Sở Y tế', 'Sở Y tế dự phòng')).toBe(false);
  expect(sameBody('', '')).toBe(false);
});

test('the form’s suggestions come from the waiting file, and a file without text says why', async () => {
  const office = desk();
  const facts = factsOf(11);
  const file = await handIn(office, await drawnDocument(facts, plainLayout, fonts), 'van-ban.pdf');
  const told = await office.intake.suggest({ file: file.id });
  expect(told).toMatchObject({ value: { state: 'read', secret: null } });
  const values = told.ok ? Object.fromEntries(told.value.fields.map((one) => [one.field, one.best?.value])) : {};
  expect(values).toMatchObject({ codeNumber: facts.number, codeNotation: facts.notation, subject: facts.subject, issuedDate: facts.date });
  const state = async (bytes: Uint8Array, name: string, mediaType?: string): Promise<unknown> => {
    const suggested = await office.intake.suggest({ file: (await handIn(office, bytes, name, mediaType)).id });
    return suggested.ok ? suggested.value.state : suggested.failure.code;
  };
  expect(await state(new Uint8Array(), 'empty.pdf')).toBe('empty');
  expect(await state(Buffer.from('nonsense'), 'broken.pdf')).toBe('broken');
  expect(await state(Buffer.from('x'), 'table.xlsx', 'application/vnd.ms-excel')).toBe('no-pdf');
  expect(methods.suggest.output.safeParse(told.ok ? told.value : undefined).success).toBe(true);
  office.stop();
});

test('the text of what arrives and of what is entered is made once per content, with old letters made readable', async () => {
  const office = desk();
  const { store } = office;
  const reader = pdfTextReader(() => undefined);
  const facts = factsOf(12);
  const file = await handIn(office, await drawnDocument(facts, { ...plainLayout, letters: 'tcvn3' }, fonts), 'a.pdf');
  await office.intake.addIncoming({ fields, source: 'file', files: [file.id], register: false });
  const made = textMaker({ store, clock, reader, failed: (error) => { throw error; } });
  made.wake();
  await expect.poll(() => textOf(store.read, file.sha256)?.state).toBe('read');
  // Old letters are stored as one searches for them.
  expect(textOf(store.read, file.sha256)?.text.replaceAll(/\s+/g, ' ')).toContain('đề nghị phản ánh về');
  await made.stop();
  reader.stop();
  office.stop();
});

test('a missing file of the store is told as lost, and the next one is read', async () => {
  const office = desk();
  const { store } = office;
  const reader = pdfTextReader(() => undefined);
  const [gone, there] = [await handIn(office, Buffer.from('%PDF-1.4 gone'), 'gone.pdf'), await handIn(office, await drawnDocument(factsOf(13), plainLayout, fonts), 'b.pdf')];
  await office.intake.addIncoming({ fields, source: 'file', files: [gone.id, there.id], register: false });
  await store.blobs.remove(gone.sha256);
  const made = textMaker({ store, clock, reader, failed: (error) => { throw error; } });
  made.wake();
  await expect.poll(() => [textOf(store.read, gone.sha256)?.state, textOf(store.read, there.sha256)?.state]).toEqual(['lost', 'read']);
  await made.stop();
  reader.stop();
  office.stop();
});

