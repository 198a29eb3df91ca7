import type { Office, StationSettings, Unit } from '#contract';
import type { Core } from '../../../electron/hosts/compose.ts';
import { ask, type Party } from '../office.ts';
import { today } from './papers.ts';

export const leader = 'Lê Thị Chủ Tịch';
export const checkers = { content: 'Hoàng Văn Trưởng Phòng', form: 'Phạm Thị Thể Thức' } as const;
const units = [['Phòng Kinh tế', 'KT'], ['Phòng Văn hóa - Xã hội', 'VX'], ['Trung tâm Phục vụ hành chính công', 'TTHC']] as const;

/** What an administrator has set before the first day: people, units, series, the line to the axis, the directory. */
export async function furnish(core: Core, endpoint: string, parties: readonly Party[]): Promise<void> {
  const [office] = await ask<Office[]>(core, 'people', 'offices', {});
  if (office === undefined) throw new Error('no office');
  const { predecessor: _, ...fields } = office;
  await ask(core, 'people', 'saveOffice', { ...fields, place: 'Luyện Tập', parentName: 'Ủy ban nhân dân tỉnh Lam Giang', collective: 'Ủy ban nhân dân', headPosition: 'Chủ tịch' });
  const made: Unit[] = [];
  for (const [name, abbreviation] of units) made.push(await ask<Unit>(core, 'people', 'saveUnit', { id: null, name, abbreviation, headPosition: 'Trưởng phòng', validFrom: null, since: null }));
  const person = (name: string, position: string, standing: string, unit: string | null, roles: string[]): Promise<unknown> =>
    ask(core, 'people', 'savePerson', { id: null, name, position, standing, unit, roles, validFrom: null, since: null });
  await person(leader, 'Chủ tịch', 'head', null, ['leader']);
  await person('Vũ Văn Phó Chủ Tịch', 'Phó Chủ tịch', 'deputy', null, ['leader']);
  await person(checkers.content, 'Trưởng phòng', 'unit-head', made[0]?.id ?? null, ['officer']);
  await person(checkers.form, 'Chuyên viên', 'staff', made[1]?.id ?? null, ['officer']);
  await ask(core, 'numbers', 'saveRules', {
    validFrom: today,
    rules: {
      administrative: 'groups',
      groups: [{ id: 'qd', name: 'Quyết định', kinds: ['QĐ'] }, { id: 'gm', name: 'Giấy mời', kinds: ['GM'] }],
      books: [],
      timeOrder: 'refuse',
    },
    reason: 'Quy chế công tác văn thư của cơ quan',
  });
  const { axis } = await ask<StationSettings>(core, 'station', 'settings', {});
  const { hasSecret: _s, hasPassword: _p, hasProxyPassword: _q, caCertificates: _c, ...line } = axis;
  await ask(core, 'station', 'saveAxis', { ...line, endpoint, secret: null });
  await ask(core, 'exchange', 'receiveNow', {});
  await ask(core, 'directory', 'syncNow', { acceptShorter: true });
  await ask(core, 'directory', 'saveGroup', { id: null, name: 'Các sở, ngành', codes: parties.slice(0, 6).map(({ code }) => code) });
}
