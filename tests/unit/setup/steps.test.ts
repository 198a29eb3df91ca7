import { expect, test } from 'vitest';
import { stepAfter, stepStates, type SetupFacts } from '../../../electron/services/setup/steps.ts';

const whole: SetupFacts = {
  office: { name: 'UBND xã', organId: 'H37.02', place: 'Đồng Mỏ', abbreviation: 'UBND', headPosition: 'Chủ tịch' },
  roles: ['clerk', 'leader', 'archivist', 'administrator'],
  administratorSignsIn: true,
  hasUnits: true,
  numbersBegun: true,
  tokenReady: true,
  pictures: { signature: true, seal: true },
  axis: { kind: 'vxp', endpoint: 'https://truc.example.vn/', systemId: 'x', username: '', hasSecret: true, hasPassword: false },
  axisAnswers: true,
  backup: { hasFolder: true, hasPassphrase: true, made: true },
};
const nobody = (): null => null;
const moment = { by: 'Hoa', at: '2026-11-23T01:00:00.000Z' };

test('a whole station lacks nothing but the look back', () => {
  const steps = stepStates(whole, nobody);
  expect(steps.filter(({ state }) => state !== 'done').map(({ step }) => step)).toEqual(['review']);
  expect(steps.flatMap(({ lacks }) => lacks)).toEqual(['look-back']);
});

test.each<[string, Partial<SetupFacts>, string, string[]]>([
  ['without a code no message leaves', { office: { ...whole.office, organId: '' } }, 'agency open', ['agency-code']],
  ['without a place documents can be made', { office: { ...whole.office, place: '' } }, 'agency done', ['agency-place']],
  ['an administrator without a password does not keep others out', { administratorSignsIn: false }, 'people open', ['administrator']],
  ['without a clerk nobody registers', { roles: ['administrator'] }, 'people open', ['clerk', 'leader', 'archivist']],
  ['without an archivist the day works', { roles: ['administrator', 'clerk', 'leader'] }, 'people done', ['archivist']],
  ['without a unit everything but a công văn is numbered', { hasUnits: false }, 'people done', ['units']],
  ['a token without pictures cannot sign what is drafted here', { pictures: { signature: false, seal: true } }, 'token done', ['signature-picture']],
  ['a broker asks for an account of its own', { axis: { ...whole.axis, kind: 'lgsp-rest' } }, 'axis open', ['axis-account', 'axis-secret']],
  ['an axis that has not answered is set up all the same', { axisAnswers: false }, 'axis done', ['axis-answer']],
  ['a folder without a passphrase holds nothing that would open', { backup: { hasFolder: true, hasPassphrase: false, made: false } }, 'backup open', ['backup-passphrase', 'backup-made']],
])('%s', (_, facts, stands, lacks) => {
  const [name, state] = stands.split(' ');
  expect(stepStates({ ...whole, ...facts }, nobody).find(({ step }) => step === name)).toMatchObject({ state, lacks });
});

test('what was said counts only where no setting can say it, and never against what a setting says', () => {
  const bare = { ...whole, numbersBegun: false, tokenReady: false, roles: [], administratorSignsIn: false };
  const said = (as: 'done' | 'skipped') => stepStates(bare, () => ({ as, ...moment })).map(({ step, state }) => `${step} ${state}`);
  expect(said('done')).toEqual(['agency done', 'people open', 'numbers done', 'token done', 'axis done', 'backup done', 'review done']);
  expect(said('skipped')).toEqual(['agency done', 'people skipped', 'numbers skipped', 'token skipped', 'axis done', 'backup done', 'review skipped']);
});

test('the last step is followed by itself', () => {
  expect([stepAfter('agency'), stepAfter('review')]).toEqual(['people', 'review']);
});
