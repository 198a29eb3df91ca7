import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, tvt } from './tvt.ts';

test('dossiers from the terminal: opened, listed, shown with their remarks, and closed only when those are overruled', () => {
  const p = ['--profile', join(scratchFolder(), 'profile')];
  const opened = json(['dossier', 'open', ...p, '--year', '2026', '--notation', '01.VT', '--title', 'Hồ sơ văn thư', '--years', '10', '--maker', 'Trần Thị A']);
  expect(opened).toMatchObject({ exit: 0, ok: true, value: { notation: '01.VT', state: 'open', retention: { years: 10 } } });
  const { id } = opened.value as { id: string };
  expect(json(['dossier', 'open', ...p, '--year', '2026', '--notation', '01.VT', '--title', 'x', '--years', 'permanent']).failure.code).toBe('notation-taken');
  expect(tvt(['dossier', 'list', ...p, '--words', 'van thu']).out).toContain('2026  01.VT  Hồ sơ văn thư  10 năm  0 văn bản  đang lập');
  expect(tvt(['dossier', 'list', ...p, '--state', 'nothing']).exit).toBe(2);
  expect(tvt(['dossier', 'show', id, ...p]).out).toContain('– Hồ sơ chưa có văn bản nào.');
  const refused = json(['dossier', 'close', id, ...p, '--end', '2026-12-31']);
  expect(refused).toMatchObject({ ok: false, failure: { code: 'remarks-unseen', params: { count: 2 } } });
  expect(json(['dossier', 'add', id, ...p, '--incoming', id]).failure.code).toBe('not-found');
  expect(json(['dossier', 'close', id, ...p, '--end', '2026-12-31', '--despite'])).toMatchObject({ ok: true, value: { state: 'closed', keepUntil: 2036 } });
});
