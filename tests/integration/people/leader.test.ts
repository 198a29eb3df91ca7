import { expect, test } from 'vitest';
import type { IncomingFields } from '#contract';
import { openDesk, password } from './desk.ts';

const other = 'Mật-khẩu số 2';
const fields: IncomingFields = {
  codeNumber: '88', codeNotation: 'SNV-VP', issuedDate: '2026-11-20', place: '', typeName: 'Báo cáo', subject: 's', issuerName: 'Sở Nội vụ', issuerOrganId: '', arrivedOn: '2026-11-22',
  signerName: '', signerPosition: '', signerCompetence: '', urgency: 0, dueDate: null, holders: '', language: '', pageAmount: null, description: '',
};

test('a leader sees what is presented to him, and is offered nothing of what waits for another', async () => {
  const desk = await openDesk();
  await desk.must('station', 'saveStation', { organId: 'H29.99', name: 'UBND phường', operator: 'Người trực' });
  const admin = await desk.addPerson('Lê Quản Trị', ['administrator', 'clerk']);
  const head = await desk.addPerson('Lê Chủ Tịch', ['leader']);
  const vice = await desk.addPerson('Ngô Phó', ['leader']);
  const enter = async (subject: string): Promise<string> => {
    const { id } = await desk.must('intake', 'addIncoming', { fields: { ...fields, subject }, source: 'paper', files: [], register: true });
    return id;
  };
  const [toHead, toVice, named, own] = [await enter('của chủ tịch'), await enter('của phó'), await enter('ghi tên'), await enter('chưa trình')];
  await desk.must('handling', 'present', { id: toHead, leader: head, leaderName: '', note: '' });
  await desk.must('handling', 'present', { id: toVice, leader: vice, leaderName: '', note: '' });
  await desk.must('handling', 'present', { id: named, leader: null, leaderName: 'Chánh Văn phòng', note: '' });
  const mine = async (): Promise<readonly [string[], number]> => {
    const { items, total } = await desk.must('records', 'incomingList', { state: 'presented', before: null, limit: 9, mine: true });
    return [items.map(({ subject }) => subject), total];
  };
  expect(await mine(), 'nobody is signed in').toEqual([[], 0]);
  await desk.must('people', 'setPassword', { person: admin, password });
  await desk.must('people', 'signIn', { person: admin, password });
  for (const person of [head, vice]) await desk.must('people', 'setPassword', { person, password });
  const next = async (id: string): Promise<string[]> => (await desk.must('handling', 'get', { id })).next;
  const usual = async (id: string): Promise<string | null> => (await desk.must('handling', 'get', { id })).usual;
  expect([await usual(own), await usual(toHead)], 'what is presented waits for the leader').toEqual(['present', null]);
  const settings = await desk.must('handling', 'settings', {});
  expect(settings.paperDirections).toBe(false);
  await desk.must('handling', 'saveSettings', { ...settings, paperDirections: true });
  expect(await usual(toHead), 'where leaders decide on paper the clerk goes on with it').toBe('record-direction');
  await desk.must('handling', 'saveSettings', settings);
  expect(await next(toHead), 'the clerk writes down what stands on paper, whoever it waits for').toContain('record-direction');
  await desk.must('people', 'signOut', {});

  await desk.must('people', 'signIn', { person: head, password });
  await desk.must('people', 'changePassword', { old: password, password: other });
  expect(await mine()).toEqual([['của chủ tịch'], 1]);
  expect(await usual(toHead)).toBe('direct');
  expect(await next(toHead)).toEqual(['direct', 'finish', 'take-back']);
  expect(await next(toVice)).toEqual([]);
  expect(await next(named), 'presented to a name of no row').toEqual(['direct', 'finish', 'take-back']);
  expect(await next(own)).toEqual([]);
  expect((await desk.must('records', 'incomingList', { state: 'presented', before: null, limit: 9 })).items).toHaveLength(3);
  await desk.core.close();
});
