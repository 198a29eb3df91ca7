import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DraftDetail, NumberOutcome, OutgoingDetail } from '#contract';
import { recipient, threeAgencies, type Agencies, type Station } from '../../fakes/station/agencies.ts';
import { drafted, letter, numberedDraft, signedDraft, stored, tinyPdf, type MustDraft } from '../../fakes/station/drafts.ts';

const now = new Date('2026-11-20T02:00:00.000Z');
const day = '2026-11-20';
let agencies: Agencies;
let ministry: Station;
let ward: Station;
let province: Station;
let must: MustDraft;
let at: Date;

beforeEach(async () => {
  at = now;
  agencies = await threeAgencies({ clock: { now: () => at } });
  [ministry, ward, province] = agencies.stations;
  must = (method, input) => ministry.must('drafting', method, input);
});
afterEach(async () => {
  await agencies.close();
});

const get = (id: string): Promise<DraftDetail> => ministry.must('drafting', 'get', { id });
const documentOf = (id: string): Promise<OutgoingDetail> => ministry.must('records', 'outgoingGet', { id });
const both = (): { organId: string; name: string }[] => [recipient(ward), recipient(province)];

/** A document that is numbered and sealed on paper, to be issued. */
async function sealed(fields: Parameters<typeof drafted>[2]): Promise<string> {
  const id = await numberedDraft(must, await drafted(ministry.core, must, fields), day);
  await must('seal', { document: id, form: 'paper', file: null });
  return id;
}

describe('from a draft to its recipients', () => {
  test('every step leaves who, when and why; number, date and files reach the recipients', async () => {
    const draft = await drafted(ministry.core, must, { fields: { recipients: both(), urgency: 1 } });
    expect(draft).toMatchObject({ state: 'draft', version: 1, may: ['change', 'submit', 'discard'], missing: [] });
    const signed = await signedDraft(must, draft);
    expect(signed.acts.map(({ act, person, actor }) => [act, person, actor])).toEqual([
      ['submit', 'Trần Thị Văn Thư', 'Trần Thị Văn Thư'],
      ['check-content', 'Lê Thị Trưởng Phòng', 'Trần Thị Văn Thư'],
      ['check-form', 'Phạm Văn Thể Thức', 'Trần Thị Văn Thư'],
      ['sign', letter.signerName, 'Trần Thị Văn Thư'],
    ]);
    const [outcome] = (await must('number', { drafts: [draft.id], day })) as NumberOutcome[];
    expect(outcome).toMatchObject({ failure: null, document: { codeNumber: '01', codeNotation: 'BNV-VP' } });
    const document = outcome?.document?.id ?? '';
    expect(await documentOf(document)).toMatchObject({
      state: 'numbered',
      issuedDate: day,
      issuedAt: null,
      draft: draft.id,
      documentId: 'G09,2026/11/20,01/BNV-VP',
      signerCompetence: 'TM. ỦY BAN NHÂN DÂN',
    });
    expect(await ministry.ask('exchange', 'sendDocument', { document, recipients: both() }), 'not issued yet').toMatchObject({ ok: false });
    await must('seal', { document, form: 'paper', file: null });
    expect(await must('issue', { document, send: true })).toEqual({ document, queued: 2 });
    expect(await documentOf(document)).toMatchObject({ state: 'issued', sentAt: now.toISOString() });
    await agencies.settle();
    for (const station of [ward, province]) {
      const list = await station.must('records', 'incomingList', { state: null, before: null, limit: 10 });
      expect(list.items).toMatchObject([{ codeNumber: '01', codeNotation: 'BNV-VP', subject: letter.subject, urgency: 1 }]);
    }
    expect((await ministry.must('exchange', 'deliveries', { document })).map((one) => one.statusCode)).toEqual(['01', '01']);
    const actions = async (id: string): Promise<string[]> => (await ministry.must('records', 'trace', { id })).map((one) => one.action);
    expect(await actions(draft.id)).toEqual(['draft.created', 'draft.submitted', 'draft.content-checked', 'draft.form-checked', 'draft.signed', 'draft.numbered']);
    expect((await actions(document)).slice(0, 4)).toEqual(['document.numbered', 'document.sealed', 'document.issued', 'document.queued']);
    expect((await ministry.must('audit', 'verify', {})).brokenAt).toBeNull();
  });

  test('numbers run on in one series, also past what was written down by hand, and never lie before the day of the last', async () => {
    await ministry.issue('2', { codeNotation: 'BNV-VP' });
    const ids: string[] = [];
    for (const subject of ['một', 'hai', 'ba']) ids.push((await signedDraft(must, await drafted(ministry.core, must, { fields: { subject } }))).id);
    const numbered = (await must('number', { drafts: ids.slice(0, 2), day })) as NumberOutcome[];
    expect(numbered.map((one) => one.document?.codeNumber)).toEqual(['01', '03']);
    expect(await ministry.ask('drafting', 'number', { drafts: ids, day: '2026-11-21' })).toMatchObject({ failure: { code: 'date-ahead' } });
    expect(await must('number', { drafts: [...ids], day: '2026-11-19' })).toMatchObject([
      { failure: { code: 'wrong-step' } },
      { failure: { code: 'wrong-step' } },
      { failure: { code: 'date-before-last' }, document: null },
    ]);
    // What was refused took no number.
    expect(await must('number', { drafts: ids.slice(2), day })).toMatchObject([{ document: { codeNumber: '04' } }]);
    const decision = await signedDraft(must, await drafted(ministry.core, must, { fields: { typeName: 'Quyết định' } }));
    expect(await must('numberPreview', { drafts: [decision.id], day })).toEqual([{ draft: decision.id, notation: 'QĐ-BNV', series: { register: 'outgoing', scope: '', year: 2026 } }]);
  });

  test('a number that was kept is given to the draft that the clerk names, and to no other', async () => {
    const ids: string[] = [];
    for (const subject of ['một', 'hai', 'ba']) ids.push((await signedDraft(must, await drafted(ministry.core, must, { fields: { subject } }))).id);
    const [place] = await ministry.must('drafting', 'numberPreview', { drafts: ids.slice(0, 1), day });
    const key = place?.series ?? { register: 'outgoing', scope: '?', year: 0 };
    await ministry.must('numbers', 'reserve', { ...key, number: null, forWhom: 'Phòng Văn xã', until: null, reason: 'Kỳ họp' });
    const [first = '', second = '', third = ''] = ids;
    const held = { ...key, number: 1, suffix: '' };
    const outcomes = (await must('number', { drafts: ids, day, kept: [{ draft: second, number: held }, { draft: third, number: held }] })) as NumberOutcome[];
    expect(outcomes.map((one) => [one.draft, one.document?.codeNumber, one.failure?.code])).toEqual([
      [first, '02', undefined],
      [second, '01', undefined],
      [third, undefined, 'number-not-held'],
    ]);
    expect(await ministry.must('numbers', 'kept', key)).toEqual([]);
    expect((await ministry.must('numbers', 'check', { year: 2026 })).series.flatMap((one) => one.problems)).toEqual([]);
  });

  test('a number that did not go out is voided with its reason, is never given again, and the draft begins anew', async () => {
    const draft = await drafted(ministry.core, must);
    const id = await numberedDraft(must, draft, day);
    expect(await must('voidNumber', { document: id, reason: 'Sai người ký' })).toMatchObject({
      state: 'draft',
      returnedReason: 'Sai người ký',
      documents: [{ id, state: 'voided', code: '01/BNV-VP' }],
    });
    expect((await get(draft.id)).acts.filter((act) => act.voidedAt === null).map((act) => act.act)).toEqual(['submit', 'reopen']);
    expect(await documentOf(id)).toMatchObject({ state: 'voided', frozenReason: 'Sai người ký' });
    const again = await documentOf(await numberedDraft(must, await get(draft.id), day));
    expect(again.codeNumber).toBe('02');
    await must('seal', { document: again.id, form: 'paper', file: null });
    await must('issue', { document: again.id, send: true });
    expect(await ministry.ask('drafting', 'voidNumber', { document: again.id, reason: 'x' })).toMatchObject({ failure: { code: 'wrong-step' } });
    expect((await ministry.must('drafting', 'list', { tab: 'ended', before: null, limit: 5 })).counts).toMatchObject({ issued: 1, ended: 1, draft: 0 });
  });
});

describe('what was checked', () => {
  test('a change of fields or files voids the checks and keeps them in the trace; every version stays', async () => {
    const draft = await drafted(ministry.core, must);
    await must('submit', { id: draft.id, comment: 'xin kiểm tra' });
    await must('checkContent', { id: draft.id, version: 1, person: '', comment: 'đồng ý' });
    const files = draft.files.map(({ id: _, ...file }) => file);
    expect(await must('save', { id: draft.id, version: 1, fields: letter, files }), 'the same again').toMatchObject({ version: 1 });
    const back = await ministry.must('drafting', 'get', { id: draft.id });
    expect(back.acts.find((act) => act.act === 'check-content')?.voidedAt, 'nothing changed').toBeNull();
    const changed = (await must('save', { id: draft.id, version: 1, fields: { ...letter, subject: 'khác' }, files })) as DraftDetail;
    expect(changed).toMatchObject({ state: 'draft', version: 2 });
    expect(changed.acts.find((act) => act.act === 'check-content')).toMatchObject({ voidedAt: now.toISOString(), comment: 'đồng ý' });
    expect((await ministry.must('drafting', 'versions', { id: draft.id })).map((one) => one.fields.subject)).toEqual([letter.subject, 'khác']);
    expect(await ministry.ask('drafting', 'save', { id: draft.id, version: 1, fields: letter, files })).toMatchObject({ failure: { code: 'draft-changed' } });
  });

  test('content and form are checked by two persons, unless the office has it otherwise', async () => {
    const draft = await drafted(ministry.core, must);
    await must('submit', { id: draft.id, comment: '' });
    expect(await ministry.ask('drafting', 'checkForm', { id: draft.id, version: 1, person: '', comment: '', hints: [] })).toMatchObject({ failure: { code: 'wrong-step' } });
    await must('checkContent', { id: draft.id, version: 1, person: 'Lê  Thị Hoa', comment: '' });
    const form = { id: draft.id, version: 1, person: 'lê thị hoa', comment: '', hints: ['margin-left'] };
    expect(await ministry.ask('drafting', 'checkForm', form)).toMatchObject({ failure: { code: 'same-person' } });
    await must('saveSettings', { twoPersons: false });
    expect(await must('checkForm', form)).toMatchObject({ state: 'form-checked' });
    expect((await get(draft.id)).acts.at(-1)).toMatchObject({ act: 'check-form', hints: ['margin-left'] });
  });

  test('a draft comes back with a reason from each step before its number; its signature falls with it', async () => {
    const draft = await drafted(ministry.core, must);
    await signedDraft(must, draft);
    const files = draft.files.map(({ id: _, ...file }) => file);
    expect(await ministry.ask('drafting', 'save', { id: draft.id, version: 1, fields: { ...letter, subject: 'khác' }, files })).toMatchObject({ failure: { code: 'wrong-step' } });
    expect(await must('returnDraft', { id: draft.id, reason: 'Sai thẩm quyền' })).toMatchObject({ state: 'draft', returnedReason: 'Sai thẩm quyền', signedAt: null });
    expect((await get(draft.id)).acts.filter((act) => act.voidedAt !== null).map((act) => act.act)).toEqual(['check-content', 'check-form', 'sign']);
    await must('discard', { id: draft.id, reason: 'Không ban hành' });
    expect(await ministry.ask('drafting', 'submit', { id: draft.id, comment: '' })).toMatchObject({ failure: { code: 'wrong-step' } });
  });

  test('what is incomplete, secret, not a PDF or named twice is refused with the place', async () => {
    const create = (fields: object, files: object[] = []): Promise<unknown> =>
      ministry.ask('drafting', 'create', { fields: { ...letter, ...fields }, files: files as never });
    expect(await create({ secrecy: 1 })).toMatchObject({ failure: { code: 'secret-refused' } });
    expect(await create({ recipients: [recipient(ward), recipient(ward)] })).toMatchObject({ failure: { code: 'recipient-twice' } });
    const text = await stored(ministry.core, 'a.docx', Buffer.from('PK'));
    expect(await create({}, [{ ...text, role: 'main' }])).toMatchObject({ failure: { code: 'main-not-pdf', params: { file: 'a.docx' } } });
    expect(await create({}, [{ ...text, role: 'source', sha256: '0'.repeat(64) }])).toMatchObject({ failure: { code: 'file-damaged' } });
    const draft = await drafted(ministry.core, must, { fields: { signerName: '' } });
    expect(draft.missing).toEqual(['signerName']);
    expect(await ministry.ask('drafting', 'submit', { id: draft.id, comment: '' })).toMatchObject({ failure: { code: 'draft-incomplete', params: { field: 'signerName' } } });
  });
});

describe('signed and sealed elsewhere', () => {
  test('a file that goes on from the draft is told from one that does not; the text it was made of is never sent', async () => {
    const plain = await stored(ministry.core, 'cv.pdf', tinyPdf('nội dung'));
    const main = { ...plain, role: 'main' as const };
    const source = { ...(await stored(ministry.core, 'cv.docx', Buffer.from('PK text'))), role: 'source' as const };
    const annex = { ...(await stored(ministry.core, 'pl.pdf', tinyPdf('phụ lục'))), role: 'attachment' as const };
    const draft = await drafted(ministry.core, must, { fields: { recipients: [recipient(ward)] }, files: [main, source, annex] });
    await must('submit', { id: draft.id, comment: '' });
    await must('checkContent', { id: draft.id, version: 1, person: 'A', comment: '' });
    await must('checkForm', { id: draft.id, version: 1, person: 'B', comment: '', hints: [] });
    const sign = (file: object | null, form = 'file'): Promise<unknown> => ministry.ask('drafting', 'sign', { id: draft.id, version: 1, form: form as 'file', file: file as never });
    expect(await sign(null)).toMatchObject({ failure: { code: 'file-needed' } });
    expect(await sign(plain)).toMatchObject({ failure: { code: 'file-same' } });
    // What is signed here is noted by the desk itself.
    expect(await sign(null, 'program')).toMatchObject({ failure: { code: 'bad-input' } });
    const signed = await stored(ministry.core, 'cv-ky.pdf', tinyPdf('nội dung', '/ByteRange [0 1 2 3]\n%%EOF'));
    expect(await sign(signed)).toMatchObject({ ok: true });
    expect((await get(draft.id)).acts.at(-1)?.signed).toEqual({ form: 'file', continues: true, signatures: 1 });
    const [outcome] = (await must('number', { drafts: [draft.id], day })) as NumberOutcome[];
    const document = outcome?.document?.id ?? '';
    expect((await documentOf(document)).files.map((file) => file.name)).toEqual(['cv-ky.pdf', 'pl.pdf']);
    const scan = await stored(ministry.core, 'scan.pdf', tinyPdf('bản quét'));
    expect(await must('seal', { document, form: 'file', file: scan })).toMatchObject({ signed: { continues: false, signatures: 0 } });
    await must('issue', { document, send: true });
    await agencies.settle();
    const [arrived] = (await ward.must('records', 'incomingList', { state: null, before: null, limit: 5 })).items;
    expect((await ward.must('records', 'incomingGet', { id: arrived?.id ?? '' })).files.map((file) => file.name)).toEqual(['scan.pdf', 'pl.pdf']);
  });
});

describe('after it went out', () => {
  test('a replacement goes to all who have the old one, and to whoever is named beside; the old one is frozen', async () => {
    const old = await sealed({ fields: { recipients: [recipient(ward)] } });
    await must('issue', { document: old, send: true });
    await agencies.settle();
    const { fields, about } = await ministry.must('drafting', 'prefill', { as: 'replacement', document: old });
    expect(about?.code).toBe('01/BNV-VP');
    expect(fields).toMatchObject({ replaces: old, subject: letter.subject, recipients: [recipient(ward)] });
    const fresh = await sealed({ fields: { ...fields, subject: 'bản đúng', recipients: both() } });
    expect(await must('issue', { document: fresh, send: true })).toMatchObject({ queued: 2 });
    expect(await documentOf(old), 'until the axis has it').toMatchObject({ state: 'issued', replacedBy: fresh });
    await agencies.settle();
    expect(await documentOf(old)).toMatchObject({ state: 'replaced', replacedBy: fresh });
    expect((await ward.must('records', 'incomingList', { state: 'replaced', before: null, limit: 5 })).total).toBe(1);
    expect((await province.must('records', 'incomingList', { state: 'arrived', before: null, limit: 5 })).items).toMatchObject([{ subject: 'bản đúng' }]);
    expect((await ministry.must('exchange', 'deliveries', { document: fresh })).length).toBe(2);
  });

  test('what was issued and never sent is replaced by issuing the new one', async () => {
    const old = await sealed({ fields: { recipients: [recipient(ward)] } });
    await must('issue', { document: old, send: false });
    const fresh = await sealed({ fields: { replaces: old, recipients: both() } });
    expect(await must('issue', { document: fresh, send: true })).toMatchObject({ queued: 2 });
    expect(await documentOf(old)).toMatchObject({ state: 'replaced', replacedBy: fresh });
    const paper = await sealed({ fields: { paperRecipients: [{ name: 'Hộ ông A', copies: 1 }] } });
    await must('issue', { document: paper, send: true });
    await must('paperSent', { document: paper, note: '' });
    const second = await sealed({ fields: { replaces: paper } });
    expect(await must('issue', { document: second, send: true })).toMatchObject({ queued: 0 });
    expect(await documentOf(paper)).toMatchObject({ state: 'replaced', replacedBy: second });
  });

  test('a letter of correction names what it puts right; that stays in force', async () => {
    const wrong = await sealed({ fields: { typeName: 'Quyết định', recipients: [recipient(ward)] } });
    await must('issue', { document: wrong, send: true });
    const { fields } = await ministry.must('drafting', 'prefill', { as: 'correction', document: wrong });
    expect(fields).toMatchObject({ typeName: 'Công văn', subject: 'đính chính Quyết định số 01/QĐ-BNV ngày 20/11/2026', corrects: wrong });
    const letterOf = await sealed({ fields });
    expect((await documentOf(wrong)).correctedBy).toEqual([{ id: letterOf, code: '02/BNV-VP' }]);
    expect((await documentOf(wrong)).state).toBe('issued');
  });

  test('update and recall from the new states: only what is issued can be', async () => {
    const id = await sealed({ fields: { recipients: [recipient(ward)] } });
    const update = { document: id, changes: { subject: 'đã sửa' }, files: null, reason: 'Sửa trích yếu' };
    expect(await ministry.ask('exchange', 'updateDocument', update)).toMatchObject({ failure: { code: 'document-frozen' } });
    expect(await ministry.ask('drafting', 'recallPaper', { document: id, reason: 'x' })).toMatchObject({ failure: { code: 'wrong-step' } });
    await must('issue', { document: id, send: true });
    await agencies.settle();
    expect(await ministry.ask('drafting', 'recallPaper', { document: id, reason: 'x' })).toMatchObject({ failure: { code: 'went-electronically' } });
    at = new Date('2026-11-20T03:00:00.000Z');
    await ministry.must('exchange', 'updateDocument', update);
    expect(await documentOf(id)).toMatchObject({ subject: 'đã sửa', updatedAt: at.toISOString() });
    await agencies.settle();
    await ministry.must('exchange', 'recallDocument', { document: id, form: 'message', recipients: null, reason: 'Sai' });
    expect(await documentOf(id)).toMatchObject({ state: 'recalled' });
    expect(await ministry.ask('drafting', 'send', { document: id })).toMatchObject({ failure: { code: 'document-frozen' } });
  });

  test('what goes on paper alone is sent when it is handed over, and taken back by hand', async () => {
    const id = await sealed({ fields: { paperRecipients: [{ name: 'Hộ ông A', copies: 2 }] } });
    expect(await must('issue', { document: id, send: true })).toEqual({ document: id, queued: 0 });
    const owed = async (): Promise<string[]> => (await ministry.must('duties', 'list', {})).items.filter((item) => item.kind === 'sending').map((item) => item.subjectId);
    expect(await owed()).toEqual([id]);
    await must('paperSent', { document: id, note: '' });
    expect(await owed()).toEqual([]);
    expect(await ministry.ask('drafting', 'paperSent', { document: id, note: '' })).toMatchObject({ failure: { code: 'wrong-step' } });
    await must('recallPaper', { document: id, reason: 'Nhầm người' });
    expect(await documentOf(id)).toMatchObject({ state: 'recalled', frozenReason: 'Nhầm người' });
  });

  test('the day to send runs from the signature, through number and seal, until the axis has it', async () => {
    const draft = await drafted(ministry.core, must, { fields: { recipients: [recipient(ward)] } });
    await signedDraft(must, draft);
    const owed = async (): Promise<unknown[]> =>
      (await ministry.must('duties', 'list', {})).items.filter((item) => item.kind === 'sending').map(({ since, open, about }) => [since, open.section, about]);
    expect(await owed()).toEqual([[now.toISOString(), 'outgoing', 'Công văn']]);
    at = new Date('2026-11-20T04:00:00.000Z');
    const [outcome] = (await must('number', { drafts: [draft.id], day })) as NumberOutcome[];
    const document = outcome?.document?.id ?? '';
    expect(await owed()).toEqual([[now.toISOString(), 'outgoing', '01/BNV-VP']]);
    await must('seal', { document, form: 'paper', file: null });
    await must('issue', { document, send: true });
    expect(await owed(), 'in the outbox').toEqual([[now.toISOString(), 'outbox', '01/BNV-VP']]);
    await agencies.settle();
    expect(await owed()).toEqual([]);
  });
});

test('an answer is prefilled from the document it answers, and its recipient is told so', async () => {
  const document = await province.issue('9');
  await province.must('exchange', 'sendDocument', { document: document.id, recipients: [recipient(ministry)] });
  await agencies.settle();
  const [incoming] = (await ministry.must('records', 'incomingList', { state: null, before: null, limit: 1 })).items;
  const { fields } = await ministry.must('drafting', 'prefill', { as: 'reply', incoming: incoming?.id ?? '' });
  expect(fields).toMatchObject({
    subject: 'trả lời Công văn số 9/VP ngày 20/11/2026 của Ủy ban nhân dân tỉnh Lạng Sơn',
    recipients: [recipient(province)],
    repliesTo: incoming?.id,
  });
  // The symbol of a letter names the unit that drafted it: it is asked for before anybody checks or signs.
  const bare = await drafted(ministry.core, must, { fields: { ...fields, signerName: 'A', signerPosition: 'B', place: 'Hà Nội' } });
  expect(bare.missing).toEqual(['unitName']);
  expect(await ministry.ask('drafting', 'submit', { id: bare.id, comment: '' })).toMatchObject({ failure: { code: 'draft-incomplete', params: { field: 'unitName' } } });
  const id = await sealed({ fields: { ...bare.fields, unitName: 'Văn phòng' } });
  await must('issue', { document: id, send: true });
  await agencies.settle();
  expect((await province.must('exchange', 'deliveries', { document: document.id })).map((one) => one.reply?.code)).toEqual(['01/BNV-VP']);
});
