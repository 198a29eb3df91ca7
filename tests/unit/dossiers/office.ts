import type { DossierDetail, DossierFields, EntryInput, Outcome, PlanDetail } from '#contract';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { dossiersHandlers } from '../../../electron/services/dossiers/index.ts';
import { seat } from '../../../electron/services/people/session.ts';
import type { Arrival } from '../../../electron/services/records/index.ts';
import { changeOne, run, sql } from '../../../electron/store/index.ts';
import { openOffice, people } from '../records/handling-office.ts';

export { people };

/** What a method promised, or an error with its failure. */
export async function must<T, Code extends string>(outcome: Outcome<T, Code> | Promise<Outcome<T, Code>>): Promise<T> {
  const done = await outcome;
  if (!done.ok) throw new Error(JSON.stringify(done.failure));
  return done.value;
}

/** The code of what was refused; undefined when it was not. */
export async function refusal<T, Code extends string>(outcome: Outcome<T, Code> | Promise<Outcome<T, Code>>): Promise<Code | string | undefined> {
  const done = await outcome;
  return done.ok ? undefined : done.failure.code;
}

export const finance = { unit: people.finance, unitName: '', person: people.officer, personName: '' };
export const tenYears = { kind: 'years', years: 10, basis: 'TT 10/2022/TT-BNV', scheduleRow: null } as const;
export const permanent = { kind: 'permanent', years: null, basis: 'TT 10/2022/TT-BNV', scheduleRow: null } as const;

export const fields: DossierFields = {
  catalog: 2026,
  notation: '01.TC',
  title: 'Hồ sơ về dự toán ngân sách năm 2026',
  retention: tenYears,
  maker: finance,
  useMode: 'public',
  language: '01',
  keyword: '',
  infoSign: '',
  condition: '01',
  paperCode: '',
  paperSheets: null,
  description: '',
  startDate: null,
  endDate: null,
};

/** An office with its registers and its dossiers. */
export function openDossiers(office = openOffice()) {
  const told: { readonly dossiers: readonly string[]; readonly plans: readonly string[] }[] = [];
  const dossiers = dossiersHandlers({ store: office.store, clock: office.clock, fonts: documentFonts, changed: (change) => told.push(change) });
  let lastNumber = 0;
  let lastCode = 0;

  async function issued(facts: Readonly<Record<string, unknown>> = {}, files: readonly string[] = ['a']): Promise<string> {
    lastNumber += 1;
    const codeNumber = String(lastNumber);
    const stored = await Promise.all(files.map(async (text) => ({ name: `${text}.txt`, mediaType: 'text/plain', ...(await office.store.blobs.put(Buffer.from(text))) })));
    const base = {
      codeNumber, codeNotation: 'UBND-VP', issuedDate: '2026-11-20', place: '', typeName: 'Công văn', subject: 'V/v trả lời', urgency: 0, dueDate: null,
      signerName: 'Lê Thị Chủ Tịch', signerPosition: '', signerCompetence: '', toPlaces: [], pageAmount: 2, paper: false, repliesTo: null,
    };
    const { id } = await must(office.records.recordOutgoing({ ...base, ...facts, files: stored }));
    return id;
  }

  return {
    ...office,
    dossiers,
    told,
    issued,
    arrive: (facts: Partial<Arrival> & { readonly registered?: boolean } = {}) => office.arrive(facts),
    /** Puts bytes into the store as a file that somebody handed in. */
    file: async (text: string, name = `${text}.txt`) => ({ name, mediaType: 'text/plain', ...(await office.store.blobs.put(Buffer.from(text))) }),
    open: (change: Partial<DossierFields> = {}, documents: readonly { readonly kind: 'incoming' | 'outgoing'; readonly id: string }[] = []): Promise<DossierDetail> => {
      lastCode += 1;
      const notation = change.notation ?? `${String(lastCode).padStart(2, '0')}.TC`;
      return must(dossiers.open({ entry: null, fields: { ...fields, ...change, notation }, documents: [...documents] }));
    },
    /** A plan of 2026 with two large headings and an entry in each, a draft unless told otherwise. */
    async plan(year = 2026, approved = false): Promise<PlanDetail> {
      let plan = await must(dossiers.createPlan({ year, numbering: 'heading', note: '', copyFrom: null }));
      const heading = async (symbol: string, title: string): Promise<string> => {
        plan = await must(dossiers.saveHeading({ id: plan.id, version: plan.version, heading: null, fields: { parent: null, symbol, title }, reason: '' }));
        return plan.headings.find((one) => one.title === title)?.id ?? '';
      };
      const entry = async (of: string, title: string, change: Partial<EntryInput> = {}): Promise<void> => {
        plan = await must(dossiers.saveEntry({ id: plan.id, version: plan.version, entry: null, fields: { heading: of, number: null, title, retention: tenYears, maker: finance, note: '', ...change }, reason: '' }));
      };
      const money = await heading('TC', 'Tài chính');
      const staff = await heading('TCCB', 'Tổ chức cán bộ');
      await entry(money, 'Hồ sơ về dự toán ngân sách nhà nước');
      await entry(money, 'Hồ sơ về quyết toán ngân sách', { retention: permanent });
      await entry(staff, 'Hồ sơ bổ nhiệm, miễn nhiệm cán bộ');
      if (approved) plan = await must(dossiers.approvePlan({ id: plan.id, version: plan.version, decisionNumber: '05/QĐ-UBND', decisionDate: `${String(year)}-01-05`, approver: 'Lê Thị Chủ Tịch' }));
      return plan;
    },
    /** Seats somebody who has an account from now on, so that rights count. */
    sit: (person: string): void => {
      office.store.write((db) => {
        run(db, sql`INSERT OR IGNORE INTO account (person, salt, hash, cost, set_at, to_change, used_at) VALUES (${person}, x'00', x'00', 1, 'z', 0, 'z')`);
      });
      seat(office.store.read, { person, locked: false });
    },
    /** Gives everybody an account, so that rights count, and seats nobody yet. */
    addPerson: (id: string, name: string, unit: string | null, roles: readonly string[]): void => {
      office.store.write((db) => {
        changeOne(db, sql`INSERT INTO person (id, name, position, unit) VALUES (${id}, ${name}, '', ${unit})`);
        for (const role of roles) changeOne(db, sql`INSERT INTO person_role (person, role) VALUES (${id}, ${role})`);
      });
    },
  };
}

