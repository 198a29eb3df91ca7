import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Contract, DraftFields, DraftFileRole, GivenPin, InputOf, Outcome, SigningProgress, SigningRole, StoredFile } from '#contract';
import { startCore, type Core, type CoreOptions } from '../../../electron/hosts/compose.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers } from '../../fakes/pki/servers.ts';
import { preparedProfile, quietCore, type AxisAccount } from '../../fakes/station/day.ts';
import { letter, stored } from '../../fakes/station/drafts.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { hasCompiler, hostileModule, importKey, makeToken, softHsm, tokenFolder } from '../../token/soft-token.ts';
import { publishLists } from './evidence.ts';
import { deviceOf, stationOver, typed, type DeskStation } from './desk-station.ts';
import { paperOfToday } from './papers.ts';
import { sealPng, signaturePng } from './pictures.ts';

export const keyHex = 'ab'.repeat(32);
/** As `vietnamDay` of now: numbers are given for today. */
const today = (): string => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

export type DeskOffice = {
  readonly pki: () => TestPki;
  readonly servers: () => PkiServers;
  /** Opens a station with pictures, anchor, token driver and settings; the same profile again with its folder. */
  readonly open: (more?: { readonly folder?: string; readonly options?: Partial<CoreOptions>; readonly settings?: object; readonly module?: string; readonly axis?: AxisAccount }) => Promise<DeskStation>;
  readonly badModule: () => string;
};

/** Sets tokens and servers up once for a file of tests. */
export function deskOffice(): DeskOffice {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-desk-'));
  const cores: Core[] = [];
  let pki: TestPki;
  let servers: PkiServers;
  let bad = '';

  beforeAll(async () => {
    pki = await testPki();
    servers = await startPkiServers(pki, { responder: 'g2ocsp' });
    await publishLists(pki, servers);
    tokenFolder(folder);
    if (hasCompiler) bad = hostileModule(folder);
    for (const [label, id] of [['Lãnh đạo', 'leader'], ['Cơ quan', 'agency']] as const) {
      const token = makeToken(label);
      const der = join(folder, `${id}.der`);
      writeFileSync(der, pki.der(id));
      importKey(token, { id: '01', name: id, key: join(pki.folder, `${id}.key`), certificate: der });
      for (const [number, ca] of [['a1', 'g2ca'], ['a2', 'g2root']] as const) {
        const at = join(folder, `${ca}.der`);
        writeFileSync(at, pki.der(ca));
        importKey(token, { id: number, name: ca, key: null, certificate: at });
      }
    }
  });
  afterEach(async () => {
    for (const one of cores.splice(0)) await one.close();
    delete process.env['HOSTILE'];
    servers.instead.clear();
  });
  afterAll(async () => {
    await servers.close();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    pki: () => pki,
    servers: () => servers,
    badModule: () => bad,
    open: async (more = {}) => {
      const profile = more.folder ?? join(scratchFolder(), 'profile');
      const isNew = more.folder === undefined;
      if (isNew) preparedProfile({ folder: profile, keyHex, axis: more.axis ?? { endpoint: 'http://127.0.0.1:9', systemId: 'x', secret: 'y' } });
      const core = await startCore({ ...quietCore({ folder: profile, keyHex }), findTokenModules: () => Promise.resolve([]), ...more.options });
      cores.push(core);
      const station = stationOver(profile, core);
      const { must } = station;
      if (isNew) {
        await must('station', 'saveStation', { organId: 'G09', name: 'Bộ Thử nghiệm', operator: 'Trần Thị Văn Thư' });
        const root = pki.certificate('g2root');
        await must('signingSettings', 'addAnchor', { certificate: pki.der('g2root').toString('base64'), sha256: root.sha256, reason: 'Thử' });
        const settings = await must('signingSettings', 'settings', {});
        await must('signingSettings', 'saveSettings', { ...settings, tsa: 'http://tsa.ca.test/', hosts: Object.entries(servers.hosts).map(([from, to]) => ({ from, to })), ...more.settings });
        const person = await must('people', 'savePerson', { id: null, name: 'Nguyễn Thị Thử', position: 'Chủ tịch', standing: 'head', unit: null, roles: ['leader'], validFrom: null, since: null });
        const reason = 'Mẫu';
        await must('signingSettings', 'savePicture', { kind: 'signature', person: person.id, file: await stored(core, 'ky.png', signaturePng()), widthMm: 40, reason });
        await must('signingSettings', 'savePicture', { kind: 'seal', person: null, file: await stored(core, 'dau.png', sealPng()), widthMm: 36, reason });
      }
      const used = await core.tokens.useModule(more.module ?? softHsm);
      if (!used.ok) throw new Error(JSON.stringify(used.failure));
      return station;
    },
  };
}

export type DraftMore = { readonly bytes?: Buffer; readonly fields?: Partial<DraftFields>; readonly others?: readonly (StoredFile & { role: DraftFileRole })[] };

/** A draft whose form was checked, with a letter of the decree's form as its file. */
export async function checkedDraft({ core, must }: DeskStation, { bytes, fields = {}, others = [] }: DraftMore = {}): Promise<{ readonly id: string; readonly version: number; readonly main: Buffer }> {
  const main = bytes ?? (await paperOfToday({ symbol: '/UBND-VP' }));
  const file = { ...(await stored(core, 'cong-van.pdf', main)), role: 'main' as const };
  const draft = await must('drafting', 'create', { fields: { ...letter, signerName: 'Nguyễn Thị Thử', ...fields }, files: [file, ...others] });
  const { id } = draft;
  await must('drafting', 'submit', { id, comment: '' });
  await must('drafting', 'checkContent', { id, version: 1, person: 'A', comment: '' });
  await must('drafting', 'checkForm', { id, version: 1, person: 'B', comment: '', hints: [] });
  return { id, version: 1, main };
}

type Item = InputOf<Contract['signing']['start']>['items'][number];

/** What the window does for a list: check, look, sign. Answers the outcome of `start`. */
export async function signItems(station: DeskStation, role: SigningRole, items: readonly (Pick<Item, 'id' | 'version'> & Partial<Item>)[], more: { readonly pin?: GivenPin } = {}): Promise<Outcome<{ batch: string }, string>> {
  const { ask, must } = station;
  const device = await deviceOf(station, role === 'person' ? 'Lãnh đạo' : 'Cơ quan');
  const { warnings } = await must('signing', 'check', { role, ids: items.map(({ id }) => id), ...device });
  return ask('signing', 'start', { role, items: items.map(({ id, version, place = null, opened = true }) => ({ id, version, place, opened })), ...device, pin: more.pin ?? typed(), seen: warnings.map(({ key }) => key) });
}

/** Signs and waits for the end. */
export async function signed(station: DeskStation, role: SigningRole, items: Parameters<typeof signItems>[2], more: { readonly pin?: GivenPin } = {}): Promise<SigningProgress> {
  const outcome = await signItems(station, role, items, more);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return station.ended();
}

/** Numbers a signed draft today; answers the id of its row of the register. */
export async function numbered({ must }: DeskStation, drafts: readonly string[]): Promise<string[]> {
  const outcomes = await must('drafting', 'number', { drafts: [...drafts], day: today() });
  return outcomes.map(({ document, failure }) => {
    if (document === null) throw new Error(JSON.stringify(failure));
    return document.id;
  });
}

/** The bytes of a stored file, by its id. */
export async function bytesOf({ core }: DeskStation, id: string): Promise<Buffer> {
  const read = await core.readFile(id, 0, 100_000_000);
  if (!read.ok) throw new Error(read.failure.code);
  return Buffer.from(read.value.bytes);
}

/** What lies in the desk's own folder. */
export function leftIn({ folder }: Pick<DeskStation, 'folder'>): string[] {
  return readdirSync(join(folder, 'signing'));
}
