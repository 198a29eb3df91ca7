import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Office, PlanDetail, Role, TokensState, Unit } from '#contract';
import type { Core } from '../../../electron/hosts/compose.ts';
import { openAuthorities, type Authorities } from '../../../electron/hosts/practice-day/authorities.ts';
import { softSigner } from '../../../electron/hosts/practice-day/soft-signer.ts';
import { agencyToken, leaderToken, makeTokens } from '../../../electron/hosts/practice-day/tokens.ts';
import { correspondents } from '../../../electron/services/practice/documents/correspondents.ts';
import { practiceArchive, practiceArchivist, practiceStaff, type OutsideSigning } from '../../../electron/services/practice/index.ts';
import { practiceSeal, practiceSignature } from '../../../electron/services/practice/pictures.ts';
import { readCertificate } from '../../../electron/services/trust/index.ts';
import { stored } from '../../fakes/station/drafts.ts';
import { ask } from '../office.ts';

/** The office whose day is played in the window: who sits there, its partners, authorities and tokens. */

export const { commune, provinceFinance: department } = correspondents;
export const archive = { ...practiceArchive, archivist: practiceArchivist };

export type Seat = 'clerk' | 'leader' | 'officer' | 'unitHead' | 'archivist';

/** As `practiceStaff` has them; the leader's name is in the practice certificate. */
export const seats: Readonly<Record<Seat, string>> = {
  clerk: 'Nguyễn Thị Luyện Tập',
  leader: 'Trần Văn Thực Hành',
  officer: 'Đỗ Văn Thí Dụ',
  unitHead: 'Phạm Văn Học Việc',
  archivist: 'Vũ Thị Lưu Mẫu',
};
const officersUnit = 'Phòng Kinh tế, Hạ tầng và Đô thị';
export const passwordOf = (seat: Seat): string => `Mat-khau cua ${seat} 1`;
/** Given by the administrator, changed at the first sign-in. */
const firstPassword = 'Mat-khau dau 1.';

export type Outside = {
  readonly folder: string;
  readonly authorities: Authorities;
  readonly signing: OutsideSigning;
  readonly token: { readonly module: string; readonly pin: string };
  readonly close: () => Promise<void>;
};

/** Practice authorities, tokens that every process started from now on sees, and a signer for what partners send. */
export async function openOutside(): Promise<Outside> {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-roles-'));
  const made = (name: string): string => {
    mkdirSync(join(folder, name), { mode: 0o700 });
    return join(folder, name);
  };
  const authorities = await openAuthorities(made('authorities'), new Date());
  const token = await makeTokens(made('tokens'), authorities);
  if ('missing' in token) throw new Error(`no practice token: ${token.missing} is missing`);
  const signing = softSigner(made('outside'), authorities, () => undefined);
  return {
    folder,
    authorities,
    signing,
    token,
    close: async () => {
      signing.close();
      token.forget();
      await authorities.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What an administrator has set before the first day: people with accounts, how the office signs, its file plan. */
export async function furnish(core: Core, outside: Outside): Promise<void> {
  await ask(core, 'exchange', 'receiveNow', {});
  await ask(core, 'directory', 'syncNow', { acceptShorter: true });
  const persons = await staff(core);
  await believe(core, outside);
  const usual = await ask<object>(core, 'signingSettings', 'settings', {});
  await ask(core, 'signingSettings', 'saveSettings', { ...usual, tsa: outside.authorities.tsa, level: 'LT', keepPinMinutes: 0 });
  const reason = 'Mẫu đăng ký';
  await ask(core, 'signingSettings', 'savePicture', { kind: 'signature', person: persons.leader, file: await stored(core, 'chu-ky.png', practiceSignature()), widthMm: 40, reason });
  await ask(core, 'signingSettings', 'savePicture', { kind: 'seal', person: null, file: await stored(core, 'con-dau.png', practiceSeal()), widthMm: 36, reason });
  await ask(core, 'tokens', 'useModule', { path: outside.token.module });
  await filePlan(core);
  await accounts(core, persons);
}

/** The archive's own profile. */
export async function furnishArchive(core: Core, outside: Outside): Promise<void> {
  await ask(core, 'station', 'saveStation', { organId: archive.code, name: archive.name, operator: archive.archivist });
  await believe(core, outside);
}

async function believe(core: Core, { authorities }: Outside): Promise<void> {
  const { der } = authorities.pki.root;
  const read = readCertificate(der);
  if (!read.ok) throw new Error('the practice root cannot be read');
  await ask(core, 'signingSettings', 'addAnchor', { certificate: der.toString('base64'), sha256: read.value.sha256, reason: 'Gốc luyện tập' });
}

async function staff(core: Core): Promise<Readonly<Record<Seat, string>>> {
  const [office] = await ask<Office[]>(core, 'people', 'offices', {});
  if (office === undefined) throw new Error('no office');
  const { predecessor: _, ...fields } = office;
  const { place, parentName, collective, headPosition } = practiceStaff;
  await ask(core, 'people', 'saveOffice', { ...fields, place, parentName, collective, headPosition });
  const known = await ask<{ units: Unit[]; persons: { id: string; name: string }[] }>(core, 'people', 'staff', { ended: false });
  const units = new Map(known.units.map(({ name, id }) => [name, id]));
  for (const { name, abbreviation } of practiceStaff.units) {
    if (!units.has(name)) units.set(name, (await ask<Unit>(core, 'people', 'saveUnit', { id: null, name, abbreviation, headPosition: 'Trưởng phòng', validFrom: null, since: null })).id);
  }
  const ids = new Map<string, string>();
  for (const { unit, roles, ...person } of practiceStaff.persons) {
    const asked = { ...person, id: null, unit: units.get(unit) ?? null, roles: [...roles] satisfies Role[], validFrom: null, since: null };
    ids.set(person.name, (await ask<{ id: string }>(core, 'people', 'savePerson', asked)).id);
  }
  const of = (seat: Seat): string => ids.get(seats[seat]) ?? '';
  return { clerk: of('clerk'), leader: of('leader'), officer: of('officer'), unitHead: of('unitHead'), archivist: of('archivist') };
}

async function filePlan(core: Core): Promise<void> {
  const year = new Date().getFullYear();
  let plan = await ask<PlanDetail>(core, 'dossiers', 'createPlan', { year, numbering: 'heading', note: '', copyFrom: null });
  plan = await ask<PlanDetail>(core, 'dossiers', 'saveHeading', { id: plan.id, version: plan.version, heading: null, fields: { parent: null, symbol: 'KTHTĐT', title: 'Kinh tế, hạ tầng và đô thị' }, reason: '' });
  const retention = { kind: 'permanent', years: null, basis: 'TT 10/2022/TT-BNV', scheduleRow: null };
  const maker = { unit: null, unitName: officersUnit, person: null, personName: seats.officer };
  plan = await ask<PlanDetail>(core, 'dossiers', 'saveEntry', { id: plan.id, version: plan.version, entry: null, fields: { heading: plan.headings[0]?.id ?? '', number: null, title: `Hồ sơ kiểm kê tài sản công năm ${String(year)}`, retention, maker, note: '' }, reason: '' });
  await ask(core, 'dossiers', 'approvePlan', { id: plan.id, version: plan.version, decisionNumber: '01/QĐ-UBND', decisionDate: `${String(year)}-01-05`, approver: seats.leader });
}

/** Everybody has an account and has changed the first password; who signs has chosen a certificate. */
async function accounts(core: Core, persons: Readonly<Record<Seat, string>>): Promise<void> {
  const { devices } = await ask<TokensState>(core, 'tokens', 'look', {});
  const certificateOn = (label: string): string => devices.find(({ token }) => token?.label === label)?.certificates.find(({ privateKey }) => privateKey !== 'none')?.sha256 ?? '';
  const chosen: Partial<Record<Seat, string>> = { clerk: certificateOn(agencyToken), leader: certificateOn(leaderToken) };
  // Accounts are the administrator's, who is the clerk here and comes first.
  const all = ['clerk', 'leader', 'officer', 'unitHead', 'archivist'] as const;
  for (const seat of all) {
    await ask(core, 'people', 'setPassword', { person: persons[seat], password: seat === 'clerk' ? passwordOf(seat) : firstPassword });
    if (seat === 'clerk') await ask(core, 'people', 'signIn', { person: persons.clerk, password: passwordOf('clerk') });
  }
  for (const seat of all) {
    if (seat !== 'clerk') {
      await ask(core, 'people', 'signIn', { person: persons[seat], password: firstPassword });
      await ask(core, 'people', 'changePassword', { old: firstPassword, password: passwordOf(seat) });
    }
    const certificate = chosen[seat];
    if (certificate !== undefined) await ask(core, 'tokens', 'choose', { certificate });
    await ask(core, 'people', 'signOut', {});
  }
}
