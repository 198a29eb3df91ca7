import { expect, test } from 'vitest';
import { openDesk, password } from './desk.ts';

test('a draft begins with the unit of the officer who writes it, and with none for the clerk, who writes down what any unit brings', async () => {
  const desk = await openDesk();
  const { id: unit } = await desk.must('people', 'saveUnit', { id: null, name: 'Phòng Kinh tế', abbreviation: 'KT', headPosition: 'Trưởng phòng', validFrom: null, since: null });
  const clerk = await desk.addPerson('Lê Văn Thư', ['administrator', 'clerk'], { unit });
  const officer = await desk.addPerson('Ngô Chuyên Viên', ['officer'], { unit });
  const begun = async (): Promise<string> => (await desk.must('drafting', 'prefill', { as: 'new' })).fields.unitName;
  expect(await begun(), 'nobody has an account').toBe('');
  await desk.must('people', 'setPassword', { person: clerk, password });
  await desk.must('people', 'signIn', { person: clerk, password });
  await desk.must('people', 'setPassword', { person: officer, password });
  expect(await begun()).toBe('');
  await desk.must('people', 'signOut', {});
  await desk.must('people', 'signIn', { person: officer, password });
  await desk.must('people', 'changePassword', { old: password, password: 'Mật-khẩu số 2' });
  expect(await begun()).toBe('Phòng Kinh tế');
  await desk.core.close();
});
