import { expect, test } from 'vitest';
import { judge } from './judges.ts';
import { bytesOf, checkedDraft, deskOffice, leftIn, numbered, signed } from './desk-office.ts';
import { good } from '../../fakes/pki/pki.ts';
import { readPng } from '../../../electron/services/signing/appearance/png.ts';

const office = deskOffice();
const byLeader = { field: 'NguoiKy', signer: 'Nguyễn Thị Thử', kind: 'rsa-v1.5', level: 'T' } as const;
const byAgency = { field: 'CoQuan', signer: 'BỘ THỬ NGHIỆM', kind: 'rsa-v1.5', level: 'T' } as const;

test('a draft is planned, signed by its leader, numbered, sealed and issued; every judge calls both signatures valid', async () => {
  const station = await office.open();
  const { must } = station;
  const draft = await checkedDraft(station);
  const planned = await must('signing', 'plan', { role: 'person', ids: [draft.id] });
  expect(planned.items).toMatchObject([{ id: draft.id, version: 1, refusal: null, signatures: 1, attachments: [], signerName: 'Nguyễn Thị Thử' }]);
  expect(planned.items[0]?.previews).toMatchObject([{ page: 1, confidence: 'sure', marks: [{ kind: 'picture', picture: planned.pictures[0]?.id }] }]);
  expect(planned.pictures[0]?.source.startsWith('data:image/png;base64,')).toBe(true);
  expect(good(readPng(Buffer.from(planned.pictures[0]?.source.split(',')[1] ?? '', 'base64'))).hasAlpha).toBe(true);
  expect(leftIn(station)).toEqual([]);

  const led = await signed(station, 'person', [draft]);
  expect(led).toMatchObject({ role: 'person', done: 1, failed: 0, token: null, signer: 'Nguyễn Thị Thử', items: [{ id: draft.id, state: 'done', level: 'T', missing: null }] });
  const signedDraft = await must('drafting', 'get', { id: draft.id });
  expect(signedDraft).toMatchObject({ state: 'signed', version: 2 });
  expect(signedDraft.acts.at(-1)).toMatchObject({ act: 'sign', person: 'Nguyễn Thị Thử', actor: 'Trần Thị Văn Thư', signed: { form: 'program', continues: true, signatures: 1 } });

  const [document = ''] = await numbered(station, [draft.id]);
  const toSeal = await must('signing', 'plan', { role: 'agency', ids: [document] });
  expect(toSeal.items).toMatchObject([{ code: '01/UBND-VP', refusal: null, signatures: 1, mayPoint: false }]);
  expect(toSeal.items[0]?.previews.flatMap(({ marks }) => marks.map((mark) => (mark.kind === 'text' ? mark.text : 'seal')))).toHaveLength(4);
  const sealed = await signed(station, 'agency', [{ id: document, version: 0 }]);
  expect(sealed.items).toMatchObject([{ id: document, code: '01/UBND-VP', state: 'done', level: 'T', missing: null }]);
  await must('drafting', 'issue', { document, send: false });
  const row = await must('records', 'outgoingGet', { id: document });
  expect(row.state).toBe('issued');
  const bytes = await bytesOf(station, row.files[0]?.id ?? '');
  judge(office.pki(), bytes, draft.main, [byLeader, byAgency]);
  expect(leftIn(station)).toEqual([]);
});
