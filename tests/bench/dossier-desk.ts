import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contract, Handlers, Outcome } from '#contract';
import { documentFonts } from '../../electron/hosts/document-fonts.ts';
import { dossiersHandlers } from '../../electron/services/dossiers/index.ts';
import { documentTraits } from '../../electron/services/dossiers/suggest/traits.ts';
import { seat } from '../../electron/services/people/session.ts';
import { saveStation } from '../../electron/services/settings/index.ts';
import { driverOf } from '../../electron/store/db.ts';
import { openStore, type Store } from '../../electron/store/index.ts';
import { ownAgency } from '../fakes/station/messages.ts';
import { departments, matters } from './document-words.ts';
import { inserter, madeDocuments, type MadeDocument } from './documents.ts';
import { figure, median, timings, type Figure } from './figures.ts';
import { takingOver } from './taking-over.ts';

const documentCount = 200_000;
const dossierCount = 100_000;
const bigCount = 5_000;
/** lines that the documents of the registers were put into, each a title of its own */
const lineCount = 2_000;
const officer = '01980000-0000-7000-8000-000000000012';
const id = (kind: string, n: number): string => `${(0x1980000000 + n).toString(16).padStart(12, '0').replace(/(.{8})(.{4})/, '$1-$2')}-7${kind}-8000-000000000000`;

type Desk = { readonly store: Store; readonly dossiers: Handlers<Contract>['dossiers']; readonly spare: readonly MadeDocument[] };

async function must<T, Code extends string>(outcome: Outcome<T, Code> | Promise<Outcome<T, Code>>): Promise<T> {
  const done = await outcome;
  if (!done.ok) throw new Error(JSON.stringify(done.failure));
  return done.value;
}

/** What an archivist and an officer wait for at the board of dossiers, in a profile that holds ten years. */
export async function dossierDesk(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  try {
    const desk = fill(folder);
    const figures = [...(await adding(desk)), ...(await pages(desk)), ...(await suggesting(desk)), ...(await concluding(desk))];
    desk.store.close();
    return [...figures, ...(await takingOver())];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fill(folder: string): Desk {
  const opened = openStore({ folder, key: randomBytes(32), programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  const store = opened.value;
  const traits = new Map<string, number>();
  const spare: MadeDocument[] = [];
  const all = [...madeDocuments({ count: documentCount + 400, textShare: 0 })];
  store.write((db) => {
    saveStation(db, { agency: { organId: ownAgency.code, name: ownAgency.name }, operator: 'Trần Thị Văn Thư' }, '2026-11-20T01:00:00.000Z');
    const database = driverOf(db);
    const insert = inserter(db);
    for (const one of all) insert(one);
    spare.push(...all.filter((one, at) => at >= documentCount - 4000 && (one.register === 'outgoing' || one.arrivalNumber !== null)));
    database.exec(`
      WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 11)
        INSERT INTO unit (id, office, name, ordinal) SELECT 'unit-' || i, (SELECT id FROM office LIMIT 1), 'Phòng số ' || i, i FROM n;
      INSERT INTO person (id, name, position, unit) VALUES ('${officer}', 'Phạm Văn Chuyên Viên', '', 'unit-3');
      INSERT INTO person_role (person, role) VALUES ('${officer}', 'officer');
      INSERT INTO account (person, salt, hash, cost, set_at, to_change, used_at) VALUES ('${officer}', x'00', x'00', 1, 'z', 0, 'z');`);
    const office = database.prepare('SELECT id FROM office LIMIT 1').pluck().get() as string;
    const dossier = database.prepare(`
      INSERT INTO dossier (id, office, state, version, line, catalog, notation, title, retention_kind, retention_years, unit, unit_name, person, person_name,
        opened_at, opened_by, changed_at, changed_by, plain, access)
      VALUES (?, ?, 'open', 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'z', 'A', 'z', 'A', ?, ?)`);
    for (let n = 0; n < dossierCount; n += 1) {
      const [title, plain] = titleOf(n);
      const permanent = n % 10 === 0;
      const unit = n % 12;
      dossier.run(id('ddd', n), office, id('ddd', n % lineCount), 2017 + Math.floor((n * 10) / dossierCount), `${String(n)}.TC`, title, permanent ? 'permanent' : 'years', permanent ? null : 10,
        `unit-${String(unit)}`, `Phòng số ${String(unit)}`, unit === 3 ? officer : null, unit === 3 ? 'Phạm Văn Chuyên Viên' : '', `${String(n)} tc ${plain} phong so ${String(unit)}`, n % 20 === 0 ? 'named' : 'office');
    }
    // What nobody finds a use for in an insert is done after: the trigger counts members one by one.
    const member = database.prepare(`INSERT INTO dossier_member (id, dossier, ordinal, kind, incoming, outgoing, added_at, added_by) VALUES (?, ?, ?, ?, ?, ?, 'z', 'Phạm Văn Chuyên Viên')`);
    const places = new Map<string, number>();
    const registered = all.slice(0, documentCount - 4000).filter((one) => one.register === 'outgoing' || one.arrivalNumber !== null);
    for (const [at, one] of registered.entries()) {
      // The newest dossier of a line is the one that is still filled.
      const line = matters.indexOf(matters.find((matter) => one.subject.includes(matter)) ?? matters[0] ?? '') + matters.length * (at % Math.max(1, Math.floor(lineCount / matters.length)));
      const to = id('ddd', dossierCount - lineCount + line);
      const ordinal = (places.get(to) ?? 0) + 1_048_576;
      places.set(to, ordinal);
      member.run(id('aaa', at), to, ordinal, one.register, one.register === 'incoming' ? one.id : null, one.register === 'outgoing' ? one.id : null);
      for (const trait of documentTraits({ issuerName: one.register === 'incoming' ? one.issuer.name : 'Ủy ban nhân dân phường Luyện Tập', typeName: one.typeName, subject: one.subject })) {
        const key = `${trait}\u0000${id('ddd', line)}`;
        traits.set(key, (traits.get(key) ?? 0) + 1);
      }
    }
    for (const [at, one] of registered.slice(-bigCount).entries()) {
      member.run(id('bbb', at), id('ddd', 7), (at + 1) * 1_048_576, one.register, one.register === 'incoming' ? one.id : null, one.register === 'outgoing' ? one.id : null);
    }
    const trait = database.prepare('INSERT INTO dossier_trait (trait, line, n) VALUES (?, ?, ?)');
    for (const [key, n] of traits) {
      const [name = '', line = ''] = key.split('\u0000');
      trait.run(name, line, n);
    }
  });
  store.write((db) => {
    driverOf(db).exec('ANALYZE');
  });
  // All of ten years written at once is not what an office's day has behind it.
  driverOf(store.read).pragma('wal_checkpoint(TRUNCATE)');
  seat(store.read, { person: officer, locked: false });
  const clock = { now: () => new Date('2026-12-30T02:00:00.000Z') };
  return { store, spare, dossiers: dossiersHandlers({ store, clock, fonts: documentFonts, changed: () => undefined }) };
}

function titleOf(n: number): readonly [string, string] {
  const matter = matters[n % matters.length] ?? '';
  const [department] = departments[Math.floor(n / matters.length) % departments.length] ?? [''];
  const title = `Hồ sơ ${matter} ${department}`;
  return [title, title.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'd').toLowerCase()];
}

const p95 = (taken: readonly number[]): number => taken.toSorted((a, b) => a - b)[Math.ceil(taken.length * 0.95) - 1] ?? Number.NaN;

function limited(name: string, taken: readonly number[], most: number, reference: string, referenceValue: number): Figure {
  const value = p95(taken);
  return figure({ name: `${name}, p95 (p50 ${median(taken).toPrecision(2)} ms)`, value, unit: 'ms', reference, referenceValue, target: `≤ ${String(most)} ms`, met: value <= most });
}

/** One durable row: what no command of the contract can be quicker than. */
async function commit({ store }: Desk): Promise<number> {
  let n = 0;
  return median(
    await timings(50, () => {
      n += 1;
      store.write((db) => {
        driverOf(db).prepare('INSERT INTO dossier_trait (trait, line, n) VALUES (?, ?, 1)').run('bench', String(n));
      });
    }),
  );
}

async function adding(desk: Desk): Promise<readonly Figure[]> {
  const { dossiers, spare } = desk;
  const bare = await commit(desk);
  const big = id('ddd', 7);
  const byDay = spare.slice(0, 1500).toSorted((a, b) => (a.issuedDate < b.issuedDate ? -1 : 1));
  let n = 0;
  const add = async (): Promise<void> => {
    const one = byDay[n];
    n += 1;
    if (one === undefined) throw new Error('no more documents');
    const { added } = await must(dossiers.addDocuments({ dossier: big, documents: [{ kind: one.register, id: one.id }] }));
    if (added !== 1) throw new Error('it was there');
  };
  const atEnd = await timings(100, add);
  // The eldest of what is left come between others.
  byDay.splice(n, byDay.length, ...spare.slice(1500, 2500).toSorted((a, b) => (a.issuedDate < b.issuedDate ? -1 : 1)));
  const between = await timings(100, add);
  let { version } = await must(dossiers.get({ id: big }));
  const moving = await timings(50, async () => {
    const { items } = await must(dossiers.members({ dossier: big, after: 2500, limit: 1 }));
    ({ version } = await must(dossiers.moveMembers({ id: big, version, members: items.map((one) => one.id), to: 20 })));
  });
  const reading = await timings(50, () => must(dossiers.members({ dossier: big, after: 4000, limit: 500 })));
  const opening = await timings(50, () => must(dossiers.get({ id: big })));
  const one = 'one durable row (p50)';
  return [
    limited(`a document into a dossier of ${String(bigCount)}, at its end`, atEnd, 20, one, bare),
    limited(`a document into a dossier of ${String(bigCount)}, between others`, between, 20, one, bare),
    limited(`a member of ${String(bigCount)} moved by hand`, moving, 20, one, bare),
    limited(`500 members from the 4001st on`, reading, 40, one, bare),
    limited(`a dossier of ${String(bigCount)} opened`, opening, 20, one, bare),
  ];
}

async function pages(desk: Desk): Promise<readonly Figure[]> {
  const { dossiers, store } = desk;
  const page = { catalog: null, plan: null, entry: null, state: null, unit: null, person: null, retention: null, words: '', before: null, limit: 100 } as const;
  const bare = median(await timings(100, () => driverOf(store.read).prepare('SELECT * FROM dossier ORDER BY id DESC LIMIT 100').all()));
  const reference = '100 rows by their key (p50)';
  const ask = async (name: string, narrow: Partial<Record<keyof typeof page, unknown>>): Promise<Figure> => {
    const input = { ...page, ...narrow } as Parameters<typeof dossiers.list>[0];
    const first = await must(dossiers.list(input));
    const before = first.items.at(-1)?.id ?? null;
    return limited(`board of ${String(dossierCount)}: ${name} (${String(first.items.length)})`, await timings(60, () => must(dossiers.list({ ...input, before }))), 20, reference, bare);
  };
  return [
    await ask('all', {}),
    await ask('a year', { catalog: 2021 }),
    await ask('a year, closed', { catalog: 2021, state: 'closed' }),
    await ask('a person', { person: officer }),
    await ask('a unit', { unit: 'unit-5' }),
    await ask('words that all have', { words: 'hồ sơ' }),
    await ask('words of a year', { words: 'phòng so 3', catalog: 2019 }),
    await ask('a code', { words: '50007' }),
    limited('general search: a title', await timings(60, () => must(dossiers.find({ text: 'hồ sơ đất đai', limit: 20 }))), 20, reference, bare),
    limited('general search: accents that none has', await timings(20, () => must(dossiers.find({ text: 'hó sờ', limit: 20 }))), 100, reference, bare),
    limited('general search: a code', await timings(60, () => must(dossiers.find({ text: '50007.TC', limit: 3 }))), 20, reference, bare),
  ];
}

async function suggesting({ dossiers, spare, store }: Desk): Promise<readonly Figure[]> {
  let n = 3000;
  const bare = median(await timings(50, () => driverOf(store.read).prepare("SELECT line, n FROM dossier_trait WHERE trait LIKE 'word:%' LIMIT 4000").all()));
  const suggest = await timings(200, () => {
    n += 1;
    return must(dossiers.suggest({ document: spare[n % spare.length]?.id ?? '' }));
  });
  return [limited(`a dossier suggested over ${String(documentCount)} documents`, suggest, 50, '4 000 rows of past choices read (p50)', bare)];
}

/** Checking and closing go over all members at once, on the thread that serves every window. */
async function concluding({ dossiers }: Desk): Promise<readonly Figure[]> {
  const big = id('ddd', 7);
  const checking = await timings(10, () => must(dossiers.check({ id: big })));
  const now = await must(dossiers.get({ id: big }));
  const seen = (await must(dossiers.check({ id: big, endDate: '2026-12-31' }))).map(({ key }) => key);
  const from = performance.now();
  await must(dossiers.close({ id: big, version: now.version, endDate: '2026-12-31', seen }));
  const closing = performance.now() - from;
  const still = 'stillstand that a window may meet (ms)';
  return [
    limited(`a dossier of ${String(now.members)} checked`, checking, 200, still, 200),
    limited(`a dossier of ${String(now.members)} closed`, [closing], 200, still, 200),
  ];
}
